"""입장: what a municipality says of a clause, or of the whole bill, and by which act it said so."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from coalition.advocacy.models.verification import Verification
from coalition.drafts.models import Provision, Version
from coalition.members.models import Municipality, Term
from coalition.record.models import Attachment, Source


class Stance(models.TextChoices):
    """What is said."""

    SUPPORT = "support", "지지"
    CONDITIONAL = "conditional", "조건부"
    RESERVED = "reserved", "유보"
    OPPOSED = "opposed", "반대"


class Act(models.TextChoices):
    """By which act it was said. One municipality may speak by several: its head and its council are two."""

    HEAD = "head", "단체장 서명"
    COUNCIL = "council", "의회 건의안·결의안"
    OFFICE = "office", "부서 의견"


class Position(models.Model):
    """One row of the ledger. Append-only: a correction is a later row that `replaces` this one.

    It hangs on the clause's identity (`uid`) and on the version whose text was looked at; without a clause it
    is about the whole bill. `acted_on` is the day of the act. `on` is the day from which the ledger tells it:
    the day of filing, so that what was counted on a day is counted for that day for ever.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="positions", verbose_name="지방정부"
    )
    term = models.ForeignKey(
        Term, models.PROTECT, related_name="positions", verbose_name="민선 N기"
    )
    version = models.ForeignKey(
        Version, models.PROTECT, related_name="positions", verbose_name="보고 정한 판"
    )
    provision = models.ForeignKey(
        Provision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="positions",
        verbose_name="조문",
    )
    uid = models.UUIDField("조문의 정체", null=True, blank=True, db_index=True)
    stance = models.CharField("입장", max_length=12, choices=Stance.choices)
    reason = models.CharField("조건이나 까닭", max_length=500, blank=True)
    act = models.CharField("무엇으로", max_length=8, choices=Act.choices)
    acted_on = models.DateField("정한 날")
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
    withdrawn = models.BooleanField("거둠", default=False)
    on = models.DateField("등록한 날")
    filed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="등록한 사람",
    )
    filed_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "입장"
        verbose_name_plural = "입장"
        ordering = ("pk",)
        indexes = [models.Index(fields=("version", "on"), name="position_as_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(stance__in=Stance.values), name="a position has a known stance"
            ),
            models.CheckConstraint(
                condition=Q(act__in=Act.values), name="a position has a known act"
            ),
            models.CheckConstraint(
                condition=~Q(stance="conditional") | ~Q(reason=""),
                name="a conditional position says its condition",
                violation_error_message="조건부이면 조건을 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(provision__isnull=True, uid__isnull=True)
                | Q(provision__isnull=False, uid__isnull=False),
                name="a position on a clause has its identity",
            ),
            models.CheckConstraint(
                condition=Q(on__gte=F("acted_on")),
                name="a position is filed after its act",
                violation_error_message="정한 날이 등록하는 날보다 늦습니다.",
            ),
            models.CheckConstraint(
                condition=Q(votes_for__isnull=True, votes_against__isnull=True)
                | Q(votes_for__isnull=False, votes_against__isnull=False),
                name="a vote has both sides",
                violation_error_message="표결은 찬성과 반대를 함께 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | Q(replaces__isnull=False),
                name="only a filed position is withdrawn",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_stance_display()}"


class PositionVerification(Verification):
    """A look at a position's document. Only what was accepted is counted."""

    position = models.ForeignKey(
        Position, models.PROTECT, related_name="verifications", verbose_name="입장"
    )

    class Meta:
        verbose_name = "입장 확인"
        verbose_name_plural = "입장 확인"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(accepted=True) | ~Q(note=""),
                name="a position that is not accepted has its reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.position} {'확인' if self.accepted else '돌려보냄'}"
