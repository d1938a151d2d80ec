"""근거: one sentence of what was found, with everything a reader needs to weigh it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coalition.members.models import Municipality
from coalition.practice.models import JobModel, OfCase, Pilot, Withdrawable
from coalition.record.models import Source


class Finding(OfCase, Withdrawable):
    """A claim. Its level (0 to 4) is computed from these fields by coalition.evidence.level, never chosen."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="findings", verbose_name="지방정부"
    )
    model = models.ForeignKey(
        JobModel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="일자리 모델",
    )
    pilot = models.ForeignKey(
        Pilot,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name="시범 사업",
    )
    claim = models.CharField("무엇을 알았나", max_length=300)
    method = models.CharField("방법", max_length=200, blank=True)
    begins = models.DateField("기간의 처음", null=True, blank=True)
    ends = models.DateField("기간의 끝", null=True, blank=True)
    n = models.PositiveIntegerField("n", null=True, blank=True)
    unit = models.CharField("단위", max_length=20, blank=True)
    before = models.DecimalField("앞선 값", max_digits=14, decimal_places=2, null=True, blank=True)
    after = models.DecimalField("뒤의 값", max_digits=14, decimal_places=2, null=True, blank=True)
    comparison_before = models.DecimalField(
        "견줄 집단의 앞선 값", max_digits=14, decimal_places=2, null=True, blank=True
    )
    comparison_after = models.DecimalField(
        "견줄 집단의 뒤의 값", max_digits=14, decimal_places=2, null=True, blank=True
    )
    comparison_n = models.PositiveIntegerField("견줄 집단의 n", null=True, blank=True)
    assignment = models.CharField("견줄 집단을 어떻게 정했나", max_length=200, blank=True)
    cautions = models.BooleanField(
        "주의가 필요한 결과", default=False, help_text="효과가 없거나 나빠진 결과, 부작용"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    source_text = models.CharField(
        "출처(쓰인 그대로)", max_length=200, blank=True, help_text="공표되지 않은 보고서의 이름"
    )

    class Meta:
        verbose_name = "근거"
        verbose_name_plural = "근거"
        ordering = ("-ends", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(claim=""),
                name="a finding claims something",
                violation_error_message="무엇을 알았는지 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(begins__isnull=True) | Q(ends__isnull=True) | Q(begins__lte=F("ends")),
                name="a finding's period ends after it begins",
                violation_error_message="기간의 끝은 처음보다 앞설 수 없습니다.",
            ),
            models.CheckConstraint(
                condition=Q(source__isnull=False) | ~Q(source_text=""),
                name="a finding has its source",
                violation_error_message="출처를 쓰세요. 공표되지 않은 보고서면 그 이름을 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a withdrawn finding has its reason",
            ),
        ]

    def __str__(self) -> str:
        return self.claim
