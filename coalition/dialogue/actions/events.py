"""Writes about 대화: planned, told of, 완료 only with what its method owes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max

from coalition.dialogue.actions.bodies import require_source
from coalition.dialogue.models import Body, DialogueEvent, DialogueMethod, Division, EventState
from coalition.particles import topic
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Source, User
from coalition.record.privacy import stops

# What may be told of an event after it was planned.
TOLD = (
    "begins_on", "ends_on", "participants", "outcome", "place", "invited", "announced_on", "sampling",
    "asked", "questionnaire", "consent", "anonymisation", "platform",
)  # fmt: skip


def _refuse_numbers(event: DialogueEvent) -> None:
    texts = (event.title, event.purpose, event.outcome, event.questionnaire, event.invited)
    if any(stops(text) for text in texts):
        raise ValidationError("고유식별정보로 보이는 번호가 있습니다. 지우고 다시 저장하세요.")


@transaction.atomic
def plan_event(
    *,
    body: Body,
    method: str,
    title: str,
    purpose: str,
    begins_on: dt.date | None = None,
    division: Division | None = None,
    source: Source | None = None,
    by: User | None,
) -> DialogueEvent:
    """Enter a 대화 of the body; it gets the body's next number."""
    require_source(body, source, "대화는")
    if method not in DialogueMethod.values:
        raise ValidationError("대화 방식을 고르세요.")
    if division is not None and division.body_id != body.pk:
        raise ValidationError("다른 일자리회의 분과입니다.")
    last = DialogueEvent.objects.filter(body=body).aggregate(n=Max("number"))["n"] or 0
    event = DialogueEvent(
        body=body, method=method, title=title.strip(), purpose=purpose.strip(), number=last + 1,
        begins_on=begins_on, division=division, source=source,
    )  # fmt: skip
    event.full_clean()
    _refuse_numbers(event)
    event.save()
    record_event("dialogue.planned", event, by=by, body=body.pk)
    return event


def _open(event: DialogueEvent) -> DialogueEvent:
    event = DialogueEvent.objects.select_for_update().get(pk=event.pk)
    if event.state != EventState.PLANNED:
        raise ValidationError(f"이미 {event.get_state_display()}된 대화입니다.")
    return event


@transaction.atomic
def tell_event(*, event: DialogueEvent, told: dict[str, Any], by: User | None) -> DialogueEvent:
    """Write down what is known of it by now: days, n, sampling, questionnaire, consent, outcome."""
    event = _open(event)
    strange = sorted(set(told) - set(TOLD))
    if strange:
        raise ValidationError(f"적을 수 없는 것입니다: {', '.join(strange)}")
    before = fingerprint(event)
    for name, value in told.items():
        setattr(event, name, value.strip() if isinstance(value, str) else value)
    event.full_clean()
    _refuse_numbers(event)
    event.save()
    record_event("dialogue.told", event, by=by, before=before)
    return event


@transaction.atomic
def complete_event(*, event: DialogueEvent, by: User | None) -> DialogueEvent:
    """완료. Raises ValidationError with what its method still owes."""
    event = _open(event)
    owed = event.owes()
    if owed:
        raise ValidationError(
            f"{topic(event.get_method_display())} 이것이 있어야 완료됩니다: {', '.join(owed)}"
        )
    before = fingerprint(event)
    event.state = EventState.DONE
    event.full_clean()
    event.save()
    record_event("dialogue.completed", event, by=by, before=before)
    return event


@transaction.atomic
def cancel_event(*, event: DialogueEvent, because: str, by: User | None) -> DialogueEvent:
    """It does not take place; its page stays and says why."""
    event = _open(event)
    if not because.strip():
        raise ValidationError("취소하는 까닭을 쓰세요.")
    before = fingerprint(event)
    event.state, event.cancelled_because = EventState.CANCELLED, because.strip()
    event.full_clean()
    event.save()
    record_event("dialogue.cancelled", event, by=by, before=before)
    return event
