"""지표: what is measured, and in which direction it is good."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coalition.record.models import Source


class Dimension(models.TextChoices):
    """What of a job it is about: the seven of 산업연구원's job quality study, and how it is felt."""

    OPPORTUNITY = "opportunity", "고용 기회"
    STABILITY = "stability", "고용 안정성"
    SKILL = "skill", "능력 개발"
    PAY = "pay", "임금·보상"
    TIME = "time", "근로 시간"
    SAFETY = "safety", "작업장 안전"
    EQUALITY = "equality", "고용 평등"
    FELT = "felt", "좋은 일자리 체감도"


class Direction(models.TextChoices):
    """Which way is better."""

    UP = "up", "높을수록 좋음"
    DOWN = "down", "낮을수록 좋음"


class Indicator(models.Model):
    """One thing to measure, the same for everybody who measures it."""

    key = models.SlugField("열쇠", max_length=60, unique=True)
    name = models.CharField("이름", max_length=80)
    dimension = models.CharField("영역", max_length=12, choices=Dimension.choices)
    definition = models.CharField("무엇을 재는가", max_length=300)
    unit = models.CharField("단위", max_length=20)
    direction = models.CharField("방향", max_length=4, choices=Direction.choices)
    lowest = models.DecimalField(
        "척도의 가장 낮은 값", max_digits=14, decimal_places=2, null=True, blank=True
    )
    highest = models.DecimalField(
        "척도의 가장 높은 값", max_digits=14, decimal_places=2, null=True, blank=True
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "지표"
        verbose_name_plural = "지표"
        ordering = ("dimension", "name")
        constraints = [
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(definition="") & ~Q(unit=""),
                name="an indicator says what it measures",
            ),
            models.CheckConstraint(
                condition=Q(direction__in=Direction.values), name="an indicator has a direction"
            ),
            models.CheckConstraint(
                condition=Q(dimension__in=Dimension.values),
                name="an indicator has a known dimension",
            ),
            models.CheckConstraint(
                condition=Q(lowest__isnull=True, highest__isnull=True) | Q(lowest__lt=F("highest")),
                name="a scale goes from low to high",
                violation_error_message="척도의 가장 높은 값은 가장 낮은 값보다 커야 합니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
