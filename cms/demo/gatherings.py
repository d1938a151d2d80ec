"""The demo's meetings and dialogue events: 가람시's from their notices on, 광산구's two as its sources tell them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from coalition.dialogue import actions
from coalition.dialogue.actions import Item, Vote, When
from coalition.dialogue.models import Body, DialogueEvent, Division, Meeting
from coalition.dialogue.queries import divisions
from coalition.members.models import Fact
from coalition.record.models import User

_DAYS = ("begins_on", "ends_on", "announced_on")
# What two publications say of 광산구's meetings (data/facts.csv); nothing else of them is known here.
_GWANGSAN = (
    (
        "body-launched",
        "발대식과 1차 정기회의",
        dt.date(2025, 5, 23),
        "활동 방향을 공유하고, 조직 구성과 그해 운영 방안 등의 안건을 다루었습니다.",
    ),
    (
        "meeting-2026-first",
        "2026년 첫 정기회의",
        dt.date(2026, 1, 27),
        "네 시범 사업의 추진과 네 분과로의 재편을 알렸습니다.",
    ),
)


def make_gwangsan_meetings(by: User) -> None:
    """The two meetings that publications tell of, each with its Source, unless they are there."""
    body = Body.objects.select_related("municipality__region").get(slug="gwangsan")
    if body.meetings.exists():
        return
    for key, title, on, told in _GWANGSAN:
        source = Fact.objects.get(municipality=body.municipality, key=key).source
        with transaction.atomic():
            meeting = actions.plan_meeting(
                body=body, kind="regular", title=title, when=When(on, place="구청 7층 윤상원홀"),
                source=source, by=by,
            )  # fmt: skip
            actions.notice_meeting(
                meeting=meeting, notice=told, on=source.published_on or on, by=by
            )


def make_meeting(told: dict[str, Any], by: User) -> None:
    """One invented meeting with all that came of it, unless it is there."""
    body = Body.objects.select_related("municipality__region").get(slug=told["body"])
    on = dt.date.fromisoformat(told["on"])
    if Meeting.objects.filter(body=body, title=told["title"], on=on).exists():
        return
    begins, ends = dt.time.fromisoformat(told["begins"]), dt.time.fromisoformat(told["ends"])
    with transaction.atomic():
        meeting = actions.plan_meeting(
            body=body,
            kind=told["kind"],
            title=told["title"],
            when=When(on, begins, ends, told["place"]),
            division=_division(body, told.get("division"), on),
            by=by,
        )
        noticed = dt.date.fromisoformat(told["noticed_on"])
        actions.notice_meeting(meeting=meeting, notice=told["notice"], on=noticed, by=by)
        items = [Item(title, text) for title, text in told["agenda"]]
        actions.set_agenda(meeting=meeting, items=items, by=by)
        if "cancelled_because" in told:
            actions.cancel_meeting(meeting=meeting, because=told["cancelled_because"], by=by)
        _minute(meeting, told, by)


def _minute(meeting: Meeting, told: dict[str, Any], by: User) -> None:
    text = told.get("minutes") or told.get("draft")
    if text is None:
        return
    actions.draft_minutes(
        meeting=meeting, text=text, present=told["present"], seats=told["seats"], by=by
    )
    if "minutes" not in told:
        return
    items = {item.order: item for item in meeting.agenda.all()}
    later = []
    for one in told["decisions"]:
        decision = actions.record_decision(
            meeting=meeting,
            text=one["text"],
            result=one["result"],
            item=items.get(one["item"]),
            vote=Vote(*one["vote"]) if one["vote"] else None,
            by=by,
        )
        later += [(decision, *step) for step in one["follow"]]
    actions.confirm_minutes(meeting=meeting, by=by)
    for decision, state, on, note in later:
        actions.follow_up(
            decision=decision, state=state, on=dt.date.fromisoformat(on), note=note, by=by
        )


def _division(body: Body, name: str | None, on: dt.date) -> Division | None:
    return divisions(on).get(body=body, name=name) if name else None


def make_event(told: dict[str, Any], by: User) -> None:
    """One invented dialogue event, unless it is there."""
    body = Body.objects.select_related("municipality__region").get(slug=told["body"])
    if DialogueEvent.objects.filter(body=body, title=told["title"]).exists():
        return
    values = {
        name: dt.date.fromisoformat(value) if name in _DAYS else value
        for name, value in told["told"].items()
    }
    with transaction.atomic():
        event = actions.plan_event(
            body=body,
            method=told["method"],
            title=told["title"],
            purpose=told["purpose"],
            division=_division(body, told.get("division"), values["begins_on"]),
            by=by,
        )
        event = actions.tell_event(event=event, told=values, by=by)
        if told["state"] == "done":
            actions.complete_event(event=event, by=by)
        elif told["state"] == "cancelled":
            actions.cancel_event(event=event, because=told["because"], by=by)
