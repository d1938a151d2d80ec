"""What the actions of bodies, meetings and dialogue events are tried with (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from coalition.dialogue.actions import (
    Item,
    LineageLine,
    When,
    confirm_minutes,
    draft_minutes,
    found_body,
    give_seat,
    notice_meeting,
    open_term,
    plan_event,
    plan_meeting,
    record_decision,
    reorganise_divisions,
    tell_event,
)
from coalition.dialogue.models import Body, Decision, DialogueEvent, Meeting, Seat

DAY, LATER = dt.date(2026, 4, 1), dt.date(2026, 9, 1)


def a_body(scene: Any) -> Body:
    """가람시's body with one division."""
    return found_body(
        municipality=scene.get("garam"), name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄"], since=DAY, source=None, by=None,
    )  # fmt: skip


def a_seat(scene: Any) -> Seat:
    """A seat in it."""
    return give_seat(body=a_body(scene), sector="labour", since=DAY, by=None)


def a_lineage(scene: Any) -> dict[str, Any]:
    """What became of its division, now that a source says it."""
    body = a_body(scene)
    unknown = [LineageLine("돌봄", "", "unknown"), LineageLine("", "마을", "unknown")]
    reorganise_divisions(body=body, on=LATER, divisions=["마을"], lineage=unknown, by=None)
    before, after = body.divisions.get(name="돌봄"), body.divisions.get(name="마을")
    return {"before": before, "after": after, "kind": "succeeded"}


def a_meeting(scene: Any, *, noticed: bool = True, drafted: bool = False) -> Meeting:
    """A meeting of that body; noticed, and with minutes if told."""
    meeting = plan_meeting(
        body=a_body(scene), kind="regular", title="1차 정기회의", when=When(DAY), by=None
    )
    if noticed:
        notice_meeting(meeting=meeting, notice="엽니다.", on=DAY, by=None)
    if drafted:
        draft_minutes(meeting=meeting, text="열었다.", present=20, seats=29, by=None)
    meeting.refresh_from_db()
    return meeting


def a_decision(scene: Any) -> Decision:
    """A decision of confirmed minutes."""
    meeting = a_meeting(scene, drafted=True)
    decision = record_decision(meeting=meeting, text="정한다", result="passed", by=None)
    confirm_minutes(meeting=meeting, by=scene.by)
    return decision


def an_event(scene: Any, **told: Any) -> DialogueEvent:
    """A planned 간담회."""
    event = plan_event(
        body=a_body(scene), method="talk", title="간담회", purpose="집", begins_on=DAY, by=None
    )
    return tell_event(event=event, told=told, by=None) if told else event


SCENARIOS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "coalition.dialogue.ground_body": lambda s: {
        "body": a_body(s),
        "basis": "가람시 조례",
        "on": DAY,
    },
    "coalition.dialogue.open_term": lambda s: {
        "body": a_body(s),
        "number": 1,
        "begins": DAY,
        "ends": LATER,
    },
    "coalition.dialogue.give_seat": lambda s: {
        "body": a_body(s),
        "sector": "citizen",
        "since": DAY,
    },
    "coalition.dialogue.end_seat": lambda s: {
        "seat": give_seat(body=a_body(s), sector="labour", since=DAY, by=None),
        "on": LATER,
    },
    "coalition.dialogue.reorganise_divisions": lambda s: {
        "body": a_body(s),
        "on": LATER,
        "divisions": ["마을"],
        "lineage": [LineageLine("돌봄", "", "unknown"), LineageLine("", "마을", "new")],
    },
    "coalition.dialogue.revise_body": lambda s: {
        "body": a_body(s),
        "name": "가람시 일자리 대화회",
        "begins": DAY,
    },
    "coalition.dialogue.revise_term": lambda s: {
        "term": open_term(body=a_body(s), number=1, begins=DAY, ends=LATER, by=None),
        "number": 2,
        "begins": DAY,
        "ends": LATER,
    },
    "coalition.dialogue.revise_seat": lambda s: {"seat": a_seat(s), "told": {"sector": "civic"}},
    "coalition.dialogue.take_seat_away": lambda s: {"seat": a_seat(s), "because": "두 번 적음"},
    "coalition.dialogue.revise_division": lambda s: {
        "division": a_body(s).divisions.get(),
        "name": "마을 돌봄",
        "order": 1,
        "begins": DAY,
    },
    "coalition.dialogue.tell_lineage": a_lineage,
    "coalition.dialogue.plan_meeting": lambda s: {
        "body": a_body(s),
        "kind": "regular",
        "title": "1차 정기회의",
        "when": When(DAY),
    },
    "coalition.dialogue.revise_meeting": lambda s: {
        "meeting": a_meeting(s),
        "title": "1차 정기회의",
        "when": When(LATER),
    },
    "coalition.dialogue.notice_meeting": lambda s: {
        "meeting": a_meeting(s, noticed=False),
        "notice": "엽니다.",
    },
    "coalition.dialogue.cancel_meeting": lambda s: {"meeting": a_meeting(s), "because": "태풍"},
    "coalition.dialogue.set_agenda": lambda s: {"meeting": a_meeting(s), "items": [Item("안건")]},
    "coalition.dialogue.draft_minutes": lambda s: {"meeting": a_meeting(s), "text": "열었다."},
    "coalition.dialogue.record_decision": lambda s: {
        "meeting": a_meeting(s),
        "text": "정한다",
        "result": "passed",
    },
    "coalition.dialogue.confirm_minutes": lambda s: {"meeting": a_meeting(s, drafted=True)},
    "coalition.dialogue.follow_up": lambda s: {
        "decision": a_decision(s),
        "state": "begun",
        "on": LATER,
        "note": "시작했다",
    },
    "coalition.dialogue.attach_document": lambda s: {
        "meeting": a_meeting(s),
        "file": ContentFile(b"x", name="a.pdf"),
        "title": "공고문",
        "kind": "notice",
    },
    "coalition.dialogue.plan_event": lambda s: {
        "body": a_body(s),
        "method": "survey",
        "title": "조사",
        "purpose": "집",
    },
    "coalition.dialogue.tell_event": lambda s: {"event": an_event(s), "told": {"participants": 9}},
    "coalition.dialogue.complete_event": lambda s: {
        "event": an_event(
            s, ends_on=DAY, participants=9, outcome="말", invited="청년", place="시청"
        )
    },
    "coalition.dialogue.cancel_event": lambda s: {"event": an_event(s), "because": "태풍"},
}
