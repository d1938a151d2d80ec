"""측정: what was found with one indicator, asked of one group, at one time."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coalition.evidence.models.indicator import Indicator
from coalition.practice.models import Pilot, Withdrawable
from coalition.record.models import Source


class Respondents(models.TextChoices):
    """Who was asked (data/facts.csv: evaluation)."""

    CITIZEN = "citizen", "시민"
    EXPERT = "expert", "전문가"
    PARTICIPANT = "participant", "참여자"


class Side(models.TextChoices):
    """Who did the asking."""

    INTERNAL = "internal", "내부 평가"
    EXTERNAL = "external", "외부 평가"


class Wave(models.TextChoices):
    """When, in the life of a pilot."""

    BASELINE = "baseline", "기초"
    MIDDLE = "middle", "중간"
    END = "end", "종료"


WAVES = (Wave.BASELINE, Wave.MIDDLE, Wave.END)


class Measurement(Withdrawable):
    """One value. What was written is never changed: a mistake is withdrawn with its reason and measured anew.

    `comparison` says that these people had no part in the pilot; `assignment` how they were chosen. `low`
    and `high` are the bounds of the 95 % interval. `invited` is how many were asked, `n` how many answered.
    """

    pilot = models.ForeignKey(
        Pilot, models.PROTECT, related_name="measurements", verbose_name="시범 사업"
    )
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, related_name="measurements", verbose_name="지표"
    )
    respondents = models.CharField("누구에게서", max_length=12, choices=Respondents.choices)
    side = models.CharField("누가 쟀나", max_length=10, choices=Side.choices)
    wave = models.CharField("차수", max_length=10, choices=Wave.choices)
    comparison = models.BooleanField("견줄 집단", default=False)
    assignment = models.CharField("견줄 집단을 어떻게 정했나", max_length=200, blank=True)
    on = models.DateField("잰 날")
    n = models.PositiveIntegerField("응답자 수")
    invited = models.PositiveIntegerField("물은 사람 수", null=True, blank=True)
    value = models.DecimalField("값", max_digits=14, decimal_places=2)
    low = models.DecimalField(
        "95% 구간의 아래", max_digits=14, decimal_places=2, null=True, blank=True
    )
    high = models.DecimalField(
        "95% 구간의 위", max_digits=14, decimal_places=2, null=True, blank=True
    )
    method = models.CharField("방법", max_length=200)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "측정"
        verbose_name_plural = "측정"
        ordering = ("pilot", "indicator", "respondents", "side", "comparison", "on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("pilot", "indicator", "respondents", "side", "wave", "comparison"),
                condition=Q(withdrawn_at__isnull=True),
                name="a wave is measured once",
                violation_error_message="같은 지표를 같은 집단에게 같은 차수에 잰 값이 이미 있습니다. 먼저 거두세요.",
            ),
            models.CheckConstraint(
                condition=Q(invited__isnull=True) | Q(n__lte=F("invited")),
                name="no more people answer than were invited",
                violation_error_message="응답자가 물은 사람보다 많을 수 없습니다.",
            ),
            models.CheckConstraint(
                condition=Q(low__isnull=True, high__isnull=True)
                | Q(low__lte=F("value"), high__gte=F("value")),
                name="a value lies in its interval",
                violation_error_message="값은 95%% 구간 안에 있어야 하고, 구간은 양쪽을 모두 씁니다.",
            ),
            models.CheckConstraint(
                condition=Q(wave__in=Wave.values)
                & Q(side__in=Side.values)
                & Q(respondents__in=Respondents.values),
                name="a measurement says of whom, by whom and when",
            ),
            models.CheckConstraint(
                condition=~Q(method=""),
                name="a measurement says how it was made",
                violation_error_message="어떻게 쟀는지 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(comparison=True) | Q(assignment=""),
                name="only a comparison group is assigned",
                violation_error_message="어떻게 정했는지는 견줄 집단일 때만 씁니다.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a withdrawn measurement has its reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.get_respondents_display()} {self.get_wave_display()}"


class MeasurementCell(models.Model):
    """A part of a measurement: of one trait (나이대, 동) one class of people, with how many and what value.

    What is shown of these goes through coalition.evidence.suppression, never straight to a page.
    """

    measurement = models.ForeignKey(
        Measurement, models.PROTECT, related_name="cells", verbose_name="측정"
    )
    trait = models.CharField("무엇으로 나누었나", max_length=30)
    label = models.CharField("부류", max_length=40)
    order = models.PositiveSmallIntegerField("차례", default=0)
    n = models.PositiveIntegerField("응답자 수")
    value = models.DecimalField("값", max_digits=14, decimal_places=2, null=True, blank=True)

    class Meta:
        verbose_name = "측정의 나눔"
        verbose_name_plural = "측정의 나눔"
        ordering = ("measurement", "trait", "order", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("measurement", "trait", "label"),
                name="a cell stands once",
                violation_error_message="같은 부류를 두 번 적었습니다.",
            ),
            models.CheckConstraint(
                condition=~Q(trait="") & ~Q(label=""),
                name="a cell says whose it is",
                violation_error_message="무엇으로 나누었고 어느 부류인지 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.trait}: {self.label}"
