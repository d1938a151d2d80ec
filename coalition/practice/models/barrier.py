"""제도적 장애: what the rules of today did not let a case do."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coalition.members.models import Municipality
from coalition.practice.models.case import OfCase, Withdrawable
from coalition.record.models import Attachment, Source


class BarrierKind(models.TextChoices):
    """Which kind of rule stood in the way."""

    BUDGET = "budget", "예산 과목 없음"
    DATA = "data", "정보 연계 근거 없음"
    CONTRACT = "contract", "위탁·계약 기간 제한"
    QUALIFICATION = "qualification", "자격 인정 불가"
    AUTHORITY = "authority", "권한 없음"
    OTHER = "other", "그 밖"


class Barrier(OfCase, Withdrawable):
    """One obstacle that a case met, with what proves it."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="barriers", verbose_name="지방정부"
    )
    kind = models.CharField("갈래", max_length=14, choices=BarrierKind.choices)
    what = models.CharField("무엇이 막았나", max_length=300)
    on = models.DateField("막힌 날", null=True, blank=True)
    proof = models.CharField(
        "무엇으로 아는가", max_length=300, help_text="공문, 회의록, 반려 통지처럼 찾아볼 수 있는 것"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="문서"
    )

    class Meta:
        verbose_name = "제도적 장애"
        verbose_name_plural = "제도적 장애"
        ordering = ("pk",)
        indexes = [models.Index(fields=("case_type", "case_id"), name="barriers_of_a_case")]
        constraints = [
            models.CheckConstraint(
                condition=Q(case_type__isnull=False, case_id__isnull=False),
                name="a barrier is one of a case",
            ),
            models.CheckConstraint(
                condition=~Q(what="") & ~Q(proof=""),
                name="a barrier has its proof",
                violation_error_message="무엇이 막았고 무엇으로 아는지 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=BarrierKind.values), name="a barrier has a known kind"
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a withdrawn barrier has its reason",
            ),
        ]

    def __str__(self) -> str:
        return self.what
