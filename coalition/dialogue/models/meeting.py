"""회의: notice, agenda, minutes, decisions and what came of them.

A meeting's number is part of its address and is never given again. What confirmed minutes hold is locked
by triggers (coalition.dialogue.triggers).
"""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from coalition.dialogue.models.body import Body, Division
from coalition.record.models import Attachment, Source


class MeetingKind(models.TextChoices):
    """Who meets."""

    REGULAR = "regular", "정기회의"
    EXTRAORDINARY = "extra", "임시회의"
    DIVISION = "division", "분과회의"


class Meeting(models.Model):
    """A meeting of a body or of one of its divisions. Public from its notice on."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="meetings", verbose_name="일자리회")
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="meetings",
        verbose_name="분과",
    )
    number = models.PositiveIntegerField("번호")
    kind = models.CharField("종류", max_length=8, choices=MeetingKind.choices)
    title = models.CharField("이름", max_length=120)
    on = models.DateField("여는 날")
    begins = models.TimeField("시작", null=True, blank=True)
    ends = models.TimeField("끝", null=True, blank=True)
    place = models.CharField("곳", max_length=120, blank=True)
    notice = models.TextField("공고", blank=True)
    noticed_on = models.DateField("공고한 날", null=True, blank=True)
    cancelled_on = models.DateField("취소한 날", null=True, blank=True)
    cancelled_because = models.CharField("취소한 까닭", max_length=200, blank=True)
    # For calendars (RFC 5545): how often place or time changed, and when.
    sequence = models.PositiveIntegerField("고친 번수", default=0)
    changed_at = models.DateTimeField("고친 때", auto_now=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "회의"
        verbose_name_plural = "회의"
        ordering = ("-on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "number"), name="a meeting has its number once"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=MeetingKind.values), name="a meeting has a known kind"
            ),
            models.CheckConstraint(
                condition=Q(kind=MeetingKind.DIVISION, division__isnull=False)
                | ~Q(kind=MeetingKind.DIVISION) & Q(division__isnull=True),
                name="a division meeting has its division",
            ),
            models.CheckConstraint(
                condition=Q(ends__isnull=True) | Q(begins__isnull=False, ends__gt=F("begins")),
                name="a meeting ends after it begins",
            ),
            models.CheckConstraint(
                condition=Q(cancelled_on__isnull=True) | ~Q(cancelled_because=""),
                name="a cancelled meeting has its reason",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class AgendaItem(models.Model):
    """안건."""

    meeting = models.ForeignKey(Meeting, models.CASCADE, related_name="agenda", verbose_name="회의")
    order = models.PositiveSmallIntegerField("차례")
    title = models.CharField("안건", max_length=200)
    text = models.TextField("설명", blank=True)
    brought_by = models.CharField("내놓은 곳", max_length=80, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "안건"
        verbose_name_plural = "안건"
        ordering = ("meeting", "order")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "order"), name="an agenda item has its place once"
            ),
            models.CheckConstraint(condition=~Q(title=""), name="an agenda item says something"),
        ]

    def __str__(self) -> str:
        return self.title


class Minutes(models.Model):
    """회의록: a draft that only the body's desk reads, then confirmed and locked."""

    meeting = models.OneToOneField(
        Meeting, models.PROTECT, related_name="minutes", verbose_name="회의"
    )
    text = models.TextField("회의록")
    present = models.PositiveSmallIntegerField("출석", null=True, blank=True)
    seats = models.PositiveSmallIntegerField("재적", null=True, blank=True)
    confirmed_at = models.DateTimeField("확정한 때", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="확정한 사람",
    )
    sha256 = models.CharField(max_length=64, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "회의록"
        verbose_name_plural = "회의록"
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="minutes say something"),
            models.CheckConstraint(
                condition=Q(confirmed_at__isnull=True, confirmed_by__isnull=True, sha256="")
                | Q(confirmed_at__isnull=False, confirmed_by__isnull=False) & ~Q(sha256=""),
                name="confirmed minutes have their confirmer and hash",
            ),
            models.CheckConstraint(
                condition=Q(present__isnull=True)
                | Q(seats__isnull=True)
                | Q(present__lte=F("seats")),
                name="no more are present than have seats",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.meeting} 회의록"

    @property
    def is_confirmed(self) -> bool:
        return self.confirmed_at is not None


class DecisionResult(models.TextChoices):
    """How it was decided."""

    PASSED = "passed", "원안 의결"
    AMENDED = "amended", "수정 의결"
    REJECTED = "rejected", "부결"
    DEFERRED = "deferred", "보류"


class Decision(models.Model):
    """의결 사항. What it changed is said by what it changed (coalition.dialogue.consequences)."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="decisions", verbose_name="회의"
    )
    number = models.PositiveSmallIntegerField("번호")
    item = models.ForeignKey(
        AgendaItem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name="안건",
    )
    text = models.CharField("의결 사항", max_length=500)
    result = models.CharField("결과", max_length=8, choices=DecisionResult.choices)
    # A vote is counted whole; without one it was decided by agreement.
    votes_for = models.PositiveSmallIntegerField("찬성", null=True, blank=True)
    votes_against = models.PositiveSmallIntegerField("반대", null=True, blank=True)
    abstentions = models.PositiveSmallIntegerField("기권", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "의결 사항"
        verbose_name_plural = "의결 사항"
        ordering = ("meeting", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("meeting", "number"), name="a decision has its number once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a decision says something"),
            models.CheckConstraint(
                condition=Q(result__in=DecisionResult.values), name="a decision has a known result"
            ),
            models.CheckConstraint(
                condition=Q(
                    votes_for__isnull=True, votes_against__isnull=True, abstentions__isnull=True
                )
                | Q(
                    votes_for__isnull=False, votes_against__isnull=False, abstentions__isnull=False
                ),
                name="a vote is counted whole",
            ),
        ]

    def __str__(self) -> str:
        return self.text


class FollowUpState(models.TextChoices):
    """What came of a decision."""

    BEGUN = "begun", "착수"
    DONE = "done", "이행"
    DELAYED = "delayed", "지연"
    STOPPED = "stopped", "중단"


class FollowUp(models.Model):
    """후속: one dated report on a decision. Append-only."""

    decision = models.ForeignKey(
        Decision, models.PROTECT, related_name="follow_ups", verbose_name="의결 사항"
    )
    state = models.CharField("상태", max_length=8, choices=FollowUpState.choices)
    on = models.DateField("날짜")
    note = models.CharField("무엇을", max_length=300)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "후속"
        verbose_name_plural = "후속"
        ordering = ("decision", "on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=FollowUpState.values), name="a follow-up has a known state"
            ),
            models.CheckConstraint(condition=~Q(note=""), name="a follow-up says something"),
            models.UniqueConstraint(
                fields=("decision", "state", "on", "note"), name="a follow-up is told once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"


class DocumentKind(models.TextChoices):
    """What a document of a meeting is."""

    NOTICE = "notice", "공고문"
    AGENDA = "agenda", "안건 자료"
    MINUTES = "minutes", "회의록 원본"
    OTHER = "other", "그 밖의 자료"


class MeetingDocument(models.Model):
    """A document beside a meeting; as public as the meeting."""

    meeting = models.ForeignKey(
        Meeting, models.PROTECT, related_name="documents", verbose_name="회의"
    )
    kind = models.CharField("종류", max_length=8, choices=DocumentKind.choices)
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", verbose_name="첨부 문서"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "회의 문서"
        verbose_name_plural = "회의 문서"
        ordering = ("meeting", "kind", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=DocumentKind.values),
                name="a meeting document has a known kind",
            ),
            models.UniqueConstraint(
                fields=("meeting", "attachment"), name="a document stands beside a meeting once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.attachment)
