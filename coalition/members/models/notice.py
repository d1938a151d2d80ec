"""지방정부 알림: what the secretariat tells all member municipalities and nobody else."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.record.models import Attachment


class Notice(models.Model):
    """One notice. Append-only: a correction is a later row that `replaces` this one, and so is a withdrawal.

    Who read it is written down nowhere.
    """

    title = models.CharField("제목", max_length=120)
    text = models.TextField("글", max_length=5000)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn = models.BooleanField("거둠", default=False)
    on = models.DateField("알린 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="알린 사람",
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "지방정부 알림"
        verbose_name_plural = "지방정부 알림"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="a notice says something"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(replaces__isnull=False),
                name="only a posted notice is withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class NoticeDocument(models.Model):
    """A file that goes with a notice; it never becomes public."""

    notice = models.ForeignKey(
        Notice, models.PROTECT, related_name="documents", verbose_name="지방정부 알림"
    )
    document = models.ForeignKey(Attachment, models.PROTECT, related_name="+", verbose_name="문서")

    class Meta:
        verbose_name = "지방정부 알림의 문서"
        verbose_name_plural = "지방정부 알림의 문서"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("notice", "document"), name="a document stands once with a notice"
            ),
        ]

    def __str__(self) -> str:
        return self.document.title
