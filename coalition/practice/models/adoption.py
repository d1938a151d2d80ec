"""도입: who took what over from whom, what was changed, and what came of it."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coalition.members.models import Municipality
from coalition.practice.models.case import OfCase, Withdrawable
from coalition.practice.models.job_model import JobModel
from coalition.practice.models.parameters import Parameters
from coalition.record.models import Source


class AdoptionKind(models.TextChoices):
    """What was taken over."""

    MODEL = "model", "모델"
    CASE = "case", "사례"
    ORDINANCE = "ordinance", "조례"


class AdoptionState(models.TextChoices):
    """How far an adoption is. A stop is a result."""

    REVIEW = "review", "검토"
    DECIDED = "decided", "결정"
    RUNNING = "running", "시행"
    STOPPED = "stopped", "중단"
    ENDED = "ended", "종료"


OVER = (AdoptionState.STOPPED, AdoptionState.ENDED)


class Adoption(Parameters, OfCase, Withdrawable):
    """One municipality takes over a model, a case or an ordinance of another. Its state is its newest event.

    The four parameters say only what the adopter changed.
    """

    kind = models.CharField("무엇을", max_length=10, choices=AdoptionKind.choices)
    model = models.ForeignKey(
        JobModel,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="adoptions",
        verbose_name="일자리 모델",
    )
    ordinance = models.CharField("조례 이름", max_length=200, blank=True)
    donor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="adoptions_given", verbose_name="준 곳"
    )
    adopter = models.ForeignKey(
        Municipality, models.PROTECT, related_name="adoptions", verbose_name="도입한 곳"
    )
    adaptation = models.TextField("무엇을 바꾸었나", blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "도입"
        verbose_name_plural = "도입"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(donor=F("adopter")),
                name="nobody adopts from itself",
                violation_error_message="스스로에게서 가져올 수는 없습니다.",
            ),
            models.CheckConstraint(
                condition=Q(kind="model", model__isnull=False, case_id__isnull=True, ordinance="")
                | Q(
                    kind="case",
                    model__isnull=True,
                    case_type__isnull=False,
                    case_id__isnull=False,
                    ordinance="",
                )
                | (
                    Q(kind="ordinance", model__isnull=True, case_id__isnull=True) & ~Q(ordinance="")
                ),
                name="an adoption names the one thing that is adopted",
                violation_error_message="모델, 사례, 조례 가운데 하나만 고르세요.",
            ),
            models.UniqueConstraint(
                fields=("adopter", "model"),
                condition=Q(withdrawn_at__isnull=True, model__isnull=False),
                name="a model is adopted once by a place",
                violation_error_message="이미 도입한 모델입니다.",
            ),
            models.UniqueConstraint(
                fields=("adopter", "case_type", "case_id"),
                condition=Q(withdrawn_at__isnull=True, case_id__isnull=False),
                name="a case is adopted once by a place",
                violation_error_message="이미 도입한 사례입니다.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_because=""),
                name="a withdrawn adoption has its reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.donor} → {self.adopter}"


class AdoptionEvent(models.Model):
    """A dated step of an adoption. Append-only; a stop and an end carry their reason."""

    adoption = models.ForeignKey(
        Adoption, models.PROTECT, related_name="events", verbose_name="도입"
    )
    state = models.CharField("상태", max_length=10, choices=AdoptionState.choices)
    on = models.DateField("날짜")
    note = models.CharField("덧붙임, 또는 까닭", max_length=300, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "도입 기록"
        verbose_name_plural = "도입 기록"
        ordering = ("adoption", "on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=AdoptionState.values),
                name="an adoption's event has a known state",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[*OVER]) | ~Q(note=""),
                name="an adoption is over for a reason",
                violation_error_message="중단하거나 마친 까닭을 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"


class AdoptionOutcome(models.Model):
    """What came of an adoption after 6 or 12 months. Append-only."""

    adoption = models.ForeignKey(
        Adoption, models.PROTECT, related_name="outcomes", verbose_name="도입"
    )
    months = models.PositiveSmallIntegerField("몇 달 뒤", choices=[(6, "6개월"), (12, "12개월")])
    on = models.DateField("날짜")
    text = models.CharField("어떻게 되었나", max_length=300)
    n = models.PositiveIntegerField("n", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "도입 결과"
        verbose_name_plural = "도입 결과"
        ordering = ("adoption", "months")
        constraints = [
            models.UniqueConstraint(
                fields=("adoption", "months"),
                name="an adoption's outcome is told once",
                violation_error_message="그 개월의 결과는 이미 적었습니다.",
            ),
            models.CheckConstraint(
                condition=Q(months__in=[6, 12]), name="an outcome is of 6 or 12 months"
            ),
            models.CheckConstraint(
                condition=~Q(text=""),
                name="an outcome says something",
                violation_error_message="어떻게 되었는지 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.months}개월"
