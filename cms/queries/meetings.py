"""What the pages of meetings and dialogue events show."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import QueryDict

from cms.queries.dialogue import Addresses, Link
from coalition.dialogue.consequences import Consequence, consequences
from coalition.dialogue.gatherings import (
    event_address,
    meeting_address,
    of_meeting,
    public_events,
    public_meetings,
    upcoming,
)
from coalition.dialogue.models import (
    Body,
    Decision,
    DialogueEvent,
    DialogueMethod,
    Meeting,
)
from coalition.evidence.suppression import SMALLEST, shows
from coalition.members.queries import today

MEETINGS_A_PAGE = 20
_LATELY = 5


@dataclass(frozen=True, slots=True)
class MeetingItem:
    """A meeting as a list shows it. `css` colours its state."""

    meeting: Meeting
    address: str
    state: str
    css: str


@dataclass(frozen=True, slots=True)
class Decided:
    """A decision with its vote in words and what it changed."""

    decision: Decision
    vote: str
    changed: list[Consequence]


@dataclass(slots=True)
class EventItem:
    """A dialogue event as a list shows it."""

    event: DialogueEvent
    address: str
    people: str
    facts: list[tuple[str, Any]] = field(default_factory=list)


def meeting_state(meeting: Meeting) -> tuple[str, str]:
    """Where the meeting stands, and the tag for it."""
    if meeting.cancelled_on is not None:
        return "취소", "tag--warn"
    minutes = getattr(meeting, "minutes", None)
    if minutes is not None and minutes.is_confirmed:
        return "회의록 확정", "tag--on"
    if meeting.on >= today():
        return "예정", "tag--add"
    return ("회의록 쓰는 중", "") if minutes is not None else ("회의록 미수록", "")


def _item(meeting: Meeting) -> MeetingItem:
    return MeetingItem(meeting, meeting_address(meeting), *meeting_state(meeting))


def meeting_list(rows: QuerySet[Meeting], path: str, data: QueryDict) -> dict[str, Any]:
    """Meetings to come, the next first, and those that were, the newest first."""
    addresses = Addresses(path, data)
    past = rows.exclude(pk__in=upcoming(rows).values("pk"))
    page = Paginator(past, MEETINGS_A_PAGE).get_page(data.get("page", "1")[:9])
    return {
        "coming": [_item(one) for one in upcoming(rows)],
        "past": [_item(one) for one in page.object_list],
        "pages": addresses.pages(page),
    }


def meeting_details(meeting: Meeting) -> dict[str, Any]:
    """Everything of a meeting's page. Of a draft nothing is shown but that it is being written."""
    agenda, decisions, documents = of_meeting(meeting)
    minutes = getattr(meeting, "minutes", None)
    confirmed = minutes if minutes is not None and minutes.is_confirmed else None
    changed = consequences(decisions) if confirmed else {}
    state, css = meeting_state(meeting)
    return {
        "meeting": meeting,
        "body": meeting.body,
        "state": state,
        "css": css,
        "agenda": agenda,
        "minutes": confirmed,
        "drafting": minutes is not None and confirmed is None,
        "decisions": [
            Decided(one, vote_in_words(one), changed.get(one.pk, [])) for one in decisions
        ]
        if confirmed
        else [],
        "documents": documents,
        "was": meeting.on < today(),
    }


def vote_in_words(decision: Decision) -> str:
    """찬성 15 · 반대 3 · 기권 2; without a count it was by agreement."""
    if decision.votes_for is None:
        return "표결 없이 합의"
    return (
        f"찬성 {decision.votes_for} · 반대 {decision.votes_against} · 기권 {decision.abstentions}"
    )


def _people(event: DialogueEvent) -> str:
    """How many took part; of a few people only that they were few."""
    if event.participants is None:
        return ""
    return f"{event.participants:,}명" if shows(event.participants) else f"{SMALLEST}명 미만"


def event_item(event: DialogueEvent) -> EventItem:
    """The event with what its method says of itself."""
    people = _people(event)
    n = people
    if event.asked and event.participants is not None and shows(event.participants):
        n += f" (물은 {event.asked:,}명의 {100 * event.participants / event.asked:.1f}%)"
    facts = [
        ("참여(n)", n),
        ("누구를 불렀나", event.invited),
        ("곳", event.place),
        ("열린 곳", event.platform),
        ("공고한 날", event.announced_on),
        ("표본", event.sampling),
        ("동의", event.consent),
        ("비식별", event.anonymisation),
    ]
    return EventItem(event, event_address(event), people, [(k, v) for k, v in facts if v])


def event_details(event: DialogueEvent) -> dict[str, Any]:
    """Everything of a dialogue event's page."""
    return {"item": event_item(event), "event": event, "body": event.body, "owed": event.owes()}


def body_gatherings(body: Body, until: dt.date | None) -> dict[str, Any]:
    """For the body's page: the newest meetings, and its dialogue events by method."""
    meetings = list(public_meetings(until).filter(body=body)[:_LATELY])
    events = list(public_events(body, until))
    by_method = [
        Link(str(label), "", sum(event.method == value for event in events))
        for value, label in DialogueMethod.choices
    ]
    return {
        "meetings": [_item(one) for one in meetings],
        "events": [event_item(one) for one in events],
        "methods": [one for one in by_method if one.count],
    }
