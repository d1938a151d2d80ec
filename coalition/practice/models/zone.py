"""지속가능일자리특구: what it stands on in a municipality, point by point."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coalition.members.models import Municipality
from coalition.record.models import Attachment, Source


class ZonePoint(models.TextChoices):
    """The five points of the checklist (mission S13)."""

    ORDINANCE = "ordinance", "조례"
    PLAN = "plan", "계획"
    OFFICE = "office", "조직"
    BUDGET = "budget", "예산"
    LAW = "law", "법률 조항"


class ZoneItem(models.Model):
    """What a municipality has for one point since a day: a document, or 없음. Append-only; the newest counts."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="zone_items", verbose_name="지방정부"
    )
    point = models.CharField("항목", max_length=10, choices=ZonePoint.choices)
    on = models.DateField("날짜")
    title = models.CharField("문서", max_length=200, blank=True, help_text="비우면 「없음」")
    address = models.URLField("주소", max_length=300, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="파일"
    )

    class Meta:
        verbose_name = "특구 점검"
        verbose_name_plural = "특구 점검"
        ordering = ("municipality", "point", "on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(point__in=ZonePoint.values), name="a zone's point is one of five"
            ),
            models.CheckConstraint(
                condition=~Q(title="") | Q(address="", document__isnull=True),
                name="a zone's document has a title",
                violation_error_message="문서가 있으면 그 제목을 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_point_display()}: {self.title or '없음'}"
