"""대화: what a body asked people by one of six methods, and what each method owes before it is 완료."""

from __future__ import annotations

from functools import reduce
from operator import and_

from django.db import models
from django.db.models import F, Q

from coalition.dialogue.models.body import Body, Division
from coalition.record.models import Source


class DialogueMethod(models.TextChoices):
    """대화 방식. The first four are those of Gwangsan-gu (data/facts.csv, dialogue-methods)."""

    TALK = "talk", "간담회"
    HEARING = "hearing", "공청회"
    SURVEY = "survey", "설문조사"
    INTERVIEW = "interview", "심층 면접 조사"
    FORUM = "forum", "대화마당"
    ONLINE = "online", "온라인"


class EventState(models.TextChoices):
    """How far it is."""

    PLANNED = "planned", "예정"
    DONE = "done", "완료"
    CANCELLED = "cancelled", "취소"


# What each method owes before it may be called 완료: without it nobody can weigh what came of it.
_ALWAYS = ("begins_on", "ends_on", "participants", "outcome")
OWED: dict[str, tuple[str, ...]] = {
    DialogueMethod.TALK: (*_ALWAYS, "invited", "place"),
    DialogueMethod.HEARING: (*_ALWAYS, "announced_on", "invited", "place"),
    DialogueMethod.SURVEY: (*_ALWAYS, "sampling", "questionnaire"),
    DialogueMethod.INTERVIEW: (*_ALWAYS, "consent", "anonymisation"),
    DialogueMethod.FORUM: (*_ALWAYS, "invited", "place"),
    DialogueMethod.ONLINE: (*_ALWAYS, "platform"),
}
_DAYS_AND_COUNTS = frozenset({"begins_on", "ends_on", "participants", "announced_on"})


def _given(name: str) -> Q:
    return Q(**{f"{name}__isnull": False}) if name in _DAYS_AND_COUNTS else ~Q(**{name: ""})


def _owes(method: str) -> Q:
    paid = reduce(and_, (_given(name) for name in OWED[method]))
    return ~Q(state=EventState.DONE) | ~Q(method=method) | paid


class DialogueEvent(models.Model):
    """A 간담회, 공청회, 설문조사, 심층 면접 조사, 대화마당 or 온라인 of a body. Its number is its address."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="events", verbose_name="일자리회")
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="events", verbose_name="분과"
    )
    number = models.PositiveIntegerField("번호")
    method = models.CharField("대화 방식", max_length=10, choices=DialogueMethod.choices)
    title = models.CharField("이름", max_length=120)
    purpose = models.CharField("무엇을 물었나", max_length=300)
    state = models.CharField(
        "상태", max_length=10, choices=EventState.choices, default=EventState.PLANNED
    )
    begins_on = models.DateField("시작한 날", null=True, blank=True)
    ends_on = models.DateField("끝난 날", null=True, blank=True)
    participants = models.PositiveIntegerField("참여한 사람(n)", null=True, blank=True)
    outcome = models.TextField("나온 말과 결과", blank=True)
    cancelled_because = models.CharField("취소한 까닭", max_length=200, blank=True)
    # 간담회, 공청회, 대화마당
    place = models.CharField("곳", max_length=120, blank=True)
    invited = models.CharField("누구를 불렀나", max_length=200, blank=True)
    # 공청회
    announced_on = models.DateField("공고한 날", null=True, blank=True)
    # 설문조사
    sampling = models.CharField("표본을 뽑은 방법", max_length=300, blank=True)
    asked = models.PositiveIntegerField("물은 사람", null=True, blank=True)
    questionnaire = models.TextField("질문지", blank=True)
    # 심층 면접 조사
    consent = models.CharField("동의를 받은 방법", max_length=300, blank=True)
    anonymisation = models.CharField("비식별 방법", max_length=300, blank=True)
    # 온라인
    platform = models.CharField("열린 곳", max_length=120, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "대화"
        verbose_name_plural = "대화"
        ordering = ("-begins_on", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "number"), name="a dialogue event has its number once"
            ),
            models.CheckConstraint(
                condition=Q(method__in=DialogueMethod.values),
                name="a dialogue event has a known method",
            ),
            models.CheckConstraint(
                condition=Q(state__in=EventState.values), name="a dialogue event has a known state"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True)
                | Q(begins_on__isnull=True)
                | Q(begins_on__lte=F("ends_on")),
                name="a dialogue event ends after it begins",
            ),
            models.CheckConstraint(
                condition=Q(asked__isnull=True)
                | Q(participants__isnull=True)
                | Q(participants__lte=F("asked")),
                name="no more answer than were asked",
            ),
            models.CheckConstraint(
                condition=~Q(state=EventState.CANCELLED) | ~Q(cancelled_because=""),
                name="a cancelled dialogue event has its reason",
            ),
            *(
                models.CheckConstraint(
                    condition=_owes(method), name=f"a finished {method} gives what it owes"
                )
                for method in DialogueMethod.values
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def owes(self) -> list[str]:
        """Labels of what this event's method needs for 완료 and doesn't have yet."""
        return [
            str(self._meta.get_field(name).verbose_name)  # type: ignore[union-attr]
            for name in OWED[self.method]
            if getattr(self, name) in (None, "")
        ]
