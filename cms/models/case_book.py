"""공동 사례집: an edition as it was printed once, with the cases that stand in it in their order."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.members.models import Municipality
from coalition.record.models import Attachment


class CaseBookEdition(models.Model):
    """One edition. Its file is made once and kept: whoever asks gets the same bytes. Never changed."""

    number = models.PositiveSmallIntegerField("몇째 판", unique=True)
    title = models.CharField("이름", max_length=120)
    foreword = models.CharField("여는 글", max_length=2000, blank=True)
    sha256 = models.CharField("내용의 지문", max_length=64, unique=True)
    document = models.OneToOneField(
        Attachment, models.PROTECT, related_name="+", verbose_name="문서"
    )
    on = models.DateField("낸 날")
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="만든 사람"
    )
    made_at = models.DateTimeField("만든 때", auto_now_add=True)

    class Meta:
        verbose_name = "공동 사례집의 판"
        verbose_name_plural = "공동 사례집의 판"
        ordering = ("-number",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(sha256=""), name="an edition has its name and hash"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} 제{self.number}판"


class CaseBookChapter(models.Model):
    """A case in an edition: which published text, in which place. The page may go later, so no foreign key."""

    edition = models.ForeignKey(
        CaseBookEdition, models.PROTECT, related_name="chapters", verbose_name="판"
    )
    place = models.PositiveSmallIntegerField("차례")
    page_key = models.PositiveBigIntegerField("사례의 쪽")
    revision = models.PositiveBigIntegerField("실은 글")
    title = models.CharField("사례", max_length=255)
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="+", verbose_name="지방정부"
    )

    class Meta:
        verbose_name = "공동 사례집의 사례"
        verbose_name_plural = "공동 사례집의 사례"
        ordering = ("edition", "place")
        constraints = [
            models.UniqueConstraint(
                fields=("edition", "place"), name="a chapter has its own place"
            ),
            models.UniqueConstraint(
                fields=("edition", "page_key"), name="a case stands once in an edition"
            ),
        ]

    def __str__(self) -> str:
        return self.title
