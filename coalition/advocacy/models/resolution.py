"""의회 결의: what a council resolved about a bill, step by step until somebody answers."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.advocacy.models.verification import Verification
from coalition.drafts.models import Bill
from coalition.members.models import Municipality
from coalition.record.models import Attachment, Source


class ResolutionStage(models.Model):
    """A stage of a resolution's road: rows, so that a council's own words can be used. The keys are fixed."""

    PASSED, SENT, REPLIED = "passed", "sent", "replied"

    key = models.SlugField("열쇠", max_length=20, primary_key=True)
    name = models.CharField("이름", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("차례", unique=True)
    ends = models.BooleanField("여기에서 끝남", default=False)

    class Meta:
        verbose_name = "의회 결의의 단계"
        verbose_name_plural = "의회 결의의 단계"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class CouncilResolution(models.Model):
    """A council's 건의안 or 결의안. What happened to it is told by its steps."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="resolutions", verbose_name="지방정부"
    )
    bill = models.ForeignKey(Bill, models.PROTECT, related_name="resolutions", verbose_name="법안")
    council = models.CharField("의회", max_length=60)
    title = models.CharField("이름", max_length=200)
    on = models.DateField("등록한 날")
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="등록한 사람",
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "의회 결의"
        verbose_name_plural = "의회 결의"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "bill", "title"),
                name="a resolution is entered once",
                violation_error_message="같은 이름의 의회 결의가 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(council=""), name="a resolution is named"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ResolutionStep(models.Model):
    """One dated step. Append-only: a correction is a later row that `replaces` this one.

    `happened_on` is the day in the council, `on` the day from which the tracker tells it.
    """

    resolution = models.ForeignKey(
        CouncilResolution, models.PROTECT, related_name="steps", verbose_name="의회 결의"
    )
    stage = models.ForeignKey(
        ResolutionStage, models.PROTECT, related_name="+", verbose_name="단계"
    )
    happened_on = models.DateField("날짜")
    place = models.CharField("위원회, 받는 곳, 답한 곳", max_length=120, blank=True)
    note = models.CharField("결과나 내용", max_length=500, blank=True)
    votes_for = models.PositiveSmallIntegerField("찬성", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("반대", null=True, blank=True)
    votes_abstained = models.PositiveSmallIntegerField("기권", null=True, blank=True)
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="문서"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    on = models.DateField("등록한 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="등록한 사람",
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "의회 결의의 걸음"
        verbose_name_plural = "의회 결의의 걸음"
        ordering = ("resolution", "happened_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(stage="passed") | Q(document__isnull=False),
                name="a passed resolution has its document",
                violation_error_message="본회의 의결에는 문서가 있어야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True)
                | Q(votes_for__isnull=False, votes_against__isnull=False),
                name="a council's vote has both sides",
                violation_error_message="표결은 찬성과 반대를 함께 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(on__gte=models.F("happened_on")),
                name="a step is entered after it happened",
                violation_error_message="그 일의 날짜가 등록하는 날보다 늦습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.resolution} {self.stage_id}"


class StepVerification(Verification):
    """A look at the document of a step. Only resolutions whose 의결 was accepted are counted."""

    step = models.ForeignKey(
        ResolutionStep, models.PROTECT, related_name="verifications", verbose_name="걸음"
    )

    class Meta:
        verbose_name = "의회 결의 확인"
        verbose_name_plural = "의회 결의 확인"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(note=""),
                name="a step that is not accepted has its reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.step} {'확인' if self.accepted else '돌려보냄'}"
