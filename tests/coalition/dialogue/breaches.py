"""The named constraints of bodies, meetings and dialogue events, each broken once (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from coalition.dialogue.models import (
    AgendaItem,
    Body,
    BodyTerm,
    Decision,
    DialogueEvent,
    Division,
    DivisionLineage,
    FollowUp,
    Meeting,
    MeetingDocument,
    Minutes,
    Seat,
)
from coalition.record.models import Attachment

EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)


def _twice(make: Callable[[], Any]) -> None:
    make()
    make()


def _term(g: Any, **changes: Any) -> BodyTerm:
    fields = {"body": g.body(), "number": 1, "begins": EARLY, "ends": LATE}
    return BodyTerm.objects.create(**{**fields, **changes})


def _seat(g: Any, **changes: Any) -> Seat:
    fields = {"body": g.body(), "sector": "citizen", "since": EARLY}
    return Seat.objects.create(**{**fields, **changes})


def _related(g: Any, **changes: Any) -> DivisionLineage:
    before, _ = Division.objects.get_or_create(body=g.body(), name="앞", valid_to=LATE)
    after, _ = Division.objects.get_or_create(body=g.body(), name="뒤", valid_from=LATE)
    fields = {"before": before, "after": after, "kind": "succeeded"}
    return DivisionLineage.objects.create(**{**fields, **changes})


def _meeting(g: Any, **changes: Any) -> Meeting:
    fields = {"body": g.body(), "number": 1, "kind": "regular", "title": "회의", "on": EARLY}
    return Meeting.objects.get_or_create(number=1, defaults={**fields, **changes})[0]


def _second(g: Any, **changes: Any) -> Meeting:
    fields = {"body": g.body(), "number": 2, "kind": "regular", "title": "회의", "on": EARLY}
    return Meeting.objects.create(**{**fields, **changes})


def _item(g: Any, **changes: Any) -> AgendaItem:
    return AgendaItem.objects.create(
        **{"meeting": _meeting(g), "order": 1, "title": "안", **changes}
    )


def _minutes(g: Any, **changes: Any) -> Minutes:
    return Minutes.objects.create(**{"meeting": _meeting(g), "text": "글", **changes})


def _decision(g: Any, **changes: Any) -> Decision:
    fields = {"meeting": _meeting(g), "number": 1, "text": "정한다", "result": "passed"}
    return Decision.objects.create(**{**fields, **changes})


def _follow_up(g: Any, **changes: Any) -> FollowUp:
    decision = Decision.objects.first() or _decision(g)
    fields = {"decision": decision, "state": "begun", "on": LATE, "note": "시작"}
    return FollowUp.objects.create(**{**fields, **changes})


def _document(g: Any, **changes: Any) -> MeetingDocument:
    attachment, _ = Attachment.objects.get_or_create(
        title="a", filename="a", media_type="t", size=1, sha256="0",
        uploaded_by=g.get("secretariat"),
    )  # fmt: skip
    fields = {"meeting": _meeting(g), "kind": "notice", "attachment": attachment}
    return MeetingDocument.objects.create(**{**fields, **changes})


def _event(g: Any, **changes: Any) -> DialogueEvent:
    fields = {"body": g.body(), "number": 1, "method": "talk", "title": "간담회", "purpose": "p"}
    return DialogueEvent.objects.create(**{**fields, **changes})


BREACHES: dict[str, Callable[[Any], Any]] = {
    "a body ends after it begins": lambda g: Body.objects.filter(pk=g.body().pk).update(
        valid_from=LATE, valid_to=EARLY
    ),
    "a term of a body has its number once": lambda g: _twice(lambda: _term(g)),
    "a term of a body ends after it begins": lambda g: _term(g, ends=EARLY),
    "a division lineage has a known kind": lambda g: _related(g, kind="eaten"),
    "a division lineage names its divisions": lambda g: _related(g, after=None),
    "two divisions are related once": lambda g: _twice(lambda: _related(g)),
    "a seat has a known sector": lambda g: _seat(g, sector="king"),
    "a seat has a known role": lambda g: _seat(g, role="king"),
    "a seat is left after it is taken": lambda g: _seat(g, until=EARLY),
    "a meeting has its number once": lambda g: _twice(lambda: _second(g)),
    "a meeting has a known kind": lambda g: _second(g, kind="party"),
    "a division meeting has its division": lambda g: _second(g, kind="division"),
    "a meeting ends after it begins": lambda g: _second(g, ends=dt.time(10)),
    "a cancelled meeting has its reason": lambda g: _second(g, cancelled_on=EARLY),
    "an agenda item has its place once": lambda g: _twice(lambda: _item(g)),
    "an agenda item says something": lambda g: _item(g, title=""),
    "minutes say something": lambda g: _minutes(g, text=""),
    "confirmed minutes have their confirmer and hash": lambda g: _minutes(
        g, confirmed_at=timezone.now()
    ),
    "no more are present than have seats": lambda g: _minutes(g, present=9, seats=8),
    "a decision has its number once": lambda g: _twice(lambda: _decision(g)),
    "a decision says something": lambda g: _decision(g, text=""),
    "a decision has a known result": lambda g: _decision(g, result="eaten"),
    "a vote is counted whole": lambda g: _decision(g, votes_for=3),
    "a follow-up has a known state": lambda g: _follow_up(g, state="lost"),
    "a follow-up says something": lambda g: _follow_up(g, note=""),
    "a follow-up is told once": lambda g: _twice(lambda: _follow_up(g)),
    "a meeting document has a known kind": lambda g: _document(g, kind="novel"),
    "a document stands beside a meeting once": lambda g: _twice(lambda: _document(g)),
    "a dialogue event has its number once": lambda g: _twice(lambda: _event(g)),
    "a dialogue event has a known method": lambda g: _event(g, method="seance"),
    "a dialogue event has a known state": lambda g: _event(g, state="lost"),
    "a dialogue event ends after it begins": lambda g: _event(g, begins_on=LATE, ends_on=EARLY),
    "no more answer than were asked": lambda g: _event(g, participants=9, asked=8),
    "a cancelled dialogue event has its reason": lambda g: _event(g, state="cancelled"),
    **{
        f"a finished {method} gives what it owes": lambda g, method=method: _event(
            g, method=method, state="done"
        )
        for method in ("talk", "hearing", "survey", "interview", "forum", "online")
    },
}
