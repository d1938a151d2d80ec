"""Every constraint of coalition.advocacy broken once (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from coalition.advocacy.models import (
    AssemblyBill,
    CouncilResolution,
    Follow,
    Opinion,
    OpinionModeration,
    OpinionReply,
    Position,
    PositionVerification,
    ResolutionStep,
    RoadStep,
    Statement,
    StatementJoin,
    StatementStep,
    StepVerification,
    Support,
    SuspensionRequest,
    TaskLink,
)
from coalition.drafts.models import Bill
from coalition.members.actions import record_membership
from coalition.members.models import MembershipState
from coalition.record.models import Person
from tests.factories import make_bill, make_version
from tests.factories.opinions import make_opinion, make_suspension
from tests.factories.positions import make_position, make_terms

EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)


def _position(g: Any, **changes: Any) -> Position:
    """A filed position once more with changes, past the action."""
    make_terms()
    version = make_version(make_bill())
    row = make_position(g.garam, version, "art_1", by=g.get("secretariat"))
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def _resolution(g: Any, **changes: Any) -> CouncilResolution:
    bill = Bill.objects.first() or make_bill()
    fields = {"municipality": g.garam, "bill": bill, "council": "의회", "title": "t", "on": LATE}
    return CouncilResolution.objects.create(**{**fields, **changes})


def _step(g: Any, **changes: Any) -> ResolutionStep:
    fields = {"resolution": _resolution(g), "stage_id": "sent", "happened_on": LATE, "on": LATE}
    return ResolutionStep.objects.create(**{**fields, **changes})


def _assembly_bill(g: Any, **changes: Any) -> AssemblyBill:
    bill = Bill.objects.first() or make_bill()
    fields = {"bill": bill, "number": "1", "title": "t", "source": g.source}
    return AssemblyBill.objects.create(**{**fields, **changes})


def _road_step(g: Any, **changes: Any) -> RoadStep:
    found = AssemblyBill.objects.first() or _assembly_bill(g)
    fields = {
        "bill": found.bill,
        "assembly_bill": found,
        "stage_id": "introduced",
        "happened_on": LATE,
        "on": LATE,
        "source": g.source,
    }
    return RoadStep.objects.create(**{**fields, **changes})


def _task(g: Any, **changes: Any) -> TaskLink:
    fields = {"bill": make_bill(), "task": "t", "quote": "q", "on": LATE, "source": g.source}
    return TaskLink.objects.create(**{**fields, **changes})


def _follow(g: Any, **changes: Any) -> Follow:
    person = Person.objects.first() or Person.objects.create(
        purpose="알림 받기", consented_at=timezone.now(), retain_until=LATE
    )
    fields = {"person": person, "kind": "bill", "key": "k", "label": "l", "address": "/"}
    return Follow.objects.create(**{**fields, **changes})


def _statement(**changes: Any) -> Statement:
    fields = {"title": "t", "text": "t", "fictional": True, "on": EARLY}
    return Statement.objects.create(**{**fields, **changes})


def _act(act: str, statement: Statement | None = None) -> StatementStep:
    return StatementStep.objects.create(statement=statement or _statement(), act=act, on=LATE)


def _join(g: Any, **changes: Any) -> StatementJoin:
    record_membership(municipality=g.garam, state=MembershipState.APPROVED, on=EARLY, by=None)
    fields = {"statement": _statement(), "municipality": g.garam, "on": LATE}
    return StatementJoin.objects.create(**{**fields, **changes})


def _twice_joined(g: Any) -> StatementJoin:
    return _join(g, statement=_join(g).statement)


def _twice_released() -> StatementStep:
    return _act("released", _act("released").statement)


CONFIRMED = {"address_hash": "a" * 64, "confirmed_on": LATE, "retain_until": LATE}


def _supporter() -> Person:
    found = Person.objects.filter(purpose="공감 확인").first()
    return found or Person.objects.create(
        purpose="공감 확인", consented_at=timezone.now(), retain_until=LATE
    )


def _support(g: Any, **fields: Any) -> Support:
    bill = Bill.objects.first() or make_bill()
    return Support.objects.create(bill=bill, asked_on=EARLY, **fields)


def _opinion(**changes: Any) -> Opinion:
    """A confirmed opinion once more with changes, past the action."""
    row = make_opinion(make_version(make_bill()), "art_1")
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


def _moderation(**changes: Any) -> OpinionModeration:
    opinion = Opinion.objects.first() or make_opinion(make_version(make_bill()))
    fields = {"opinion": opinion, "kind": "hidden", "reason": "까닭", "on": LATE}
    return OpinionModeration.objects.create(**{**fields, **changes})


def _reply(**changes: Any) -> OpinionReply:
    opinion = Opinion.objects.first() or make_opinion(make_version(make_bill()))
    fields = {"opinion": opinion, "verdict": "accepted", "reason": "까닭", "on": LATE}
    return OpinionReply.objects.create(**{**fields, **changes})


def _asked(**changes: Any) -> SuspensionRequest:
    row = make_suspension(make_opinion(make_version(make_bill())))
    row.pk = None
    for name, value in changes.items():
        setattr(row, name, value)
    row.save(force_insert=True)
    return row


BREACHES: dict[str, Callable[[Any], Any]] = {
    "a resolution is entered once": lambda g: [_resolution(g) for _ in range(2)],
    "a resolution is named": lambda g: _resolution(g, title=""),
    "a passed resolution has its document": lambda g: _step(g, stage_id="passed"),
    "a council's vote has both sides": lambda g: _step(g, votes_for=3),
    "a step is entered after it happened": lambda g: _step(g, on=EARLY),
    "a step that is not accepted has its reason": lambda g: StepVerification.objects.create(
        step=_step(g), accepted=False, on=LATE
    ),
    "an assembly bill has its number": lambda g: _assembly_bill(g, number=""),
    "after the draft every step is of an assembly bill": lambda g: _road_step(
        g, assembly_bill=None
    ),
    "an absorbed bill names the alternative": lambda g: _road_step(g, stage_id="absorbed"),
    "a bill is not absorbed by itself": lambda g: _road_step(
        g, stage_id="absorbed", into=_assembly_bill(g)
    ),
    "a road step is entered after it happened": lambda g: _road_step(g, on=EARLY),
    "a task link quotes what was promised": lambda g: _task(g, quote=""),
    "a task link on a clause has its identity": lambda g: _task(g, uid=uuid.uuid4()),
    "an address supports a bill once": lambda g: [_support(g, **CONFIRMED) for _ in range(2)],
    "a person asks to support a bill once": lambda g: [
        _support(g, person=_supporter()) for _ in range(2)
    ],
    "a confirmed support keeps no address": lambda g: _support(g, **CONFIRMED, person=_supporter()),
    "an ended support keeps nothing": lambda g: _support(g, **CONFIRMED, ended_on=LATE),
    "an opinion has a known kind of author": lambda g: _opinion(author_kind="crowd"),
    "who gives an opinion is fourteen or older": lambda g: _opinion(of_age=False),
    "an opinion on a clause has its identity": lambda g: _opinion(uid=None),
    "an opinion says something until it is withdrawn": lambda g: _opinion(text=""),
    "an opinion is told from its confirmation": lambda g: _opinion(on=None),
    "only a confirmed opinion is withdrawn": lambda g: _opinion(
        text="", confirmed_at=None, on=None, withdrawn_on=LATE
    ),
    "a moderation is of a known kind": lambda g: _moderation(kind="burnt"),
    "an opinion is not hidden without a reason": lambda g: _moderation(reason="  "),
    "a suspension and nothing else has an end": lambda g: _moderation(kind="suspended"),
    "an opinion is suspended once": lambda g: [
        _moderation(kind="suspended", until=dt.date(2026, 10, 1)) for _ in range(2)
    ],
    "a reply has a known verdict": lambda g: _reply(verdict="maybe"),
    "an opinion is not closed without a reason": lambda g: _reply(reason="  "),
    "an opinion has one reply that corrections replace": lambda g: [_reply() for _ in range(2)],
    "a suspension is asked for a known right": lambda g: _asked(right="taste"),
    "a suspension is asked for with a reason until it is forgotten": lambda g: _asked(claim=" "),
    "a confirmed suspension request is answered with a reason": lambda g: _asked(
        outcome="declined", answered_at=timezone.now(), answer=" "
    ),
    "a granted suspension request names what was done": lambda g: _asked(
        outcome="hidden", answered_at=timezone.now(), answer="가렸습니다."
    ),
    "a thing is followed once by a person": lambda g: [_follow(g) for _ in range(2)],
    "a follow has a known kind": lambda g: _follow(g, kind="rumour"),
    "a followed clause is a provision": lambda g: _follow(g, kind="clause"),
    "a position has a known stance": lambda g: _position(g, stance="maybe"),
    "a position has a known act": lambda g: _position(g, act="rumour"),
    "a conditional position says its condition": lambda g: _position(g, stance="conditional"),
    "a position on a clause has its identity": lambda g: _position(g, uid=None),
    "a position is filed after its act": lambda g: _position(g, on=EARLY),
    "a vote has both sides": lambda g: _position(g, votes_for=1),
    "only a filed position is withdrawn": lambda g: _position(g, withdrawn=True),
    "a position that is not accepted has its reason": lambda g: PositionVerification.objects.create(
        position=_position(g), accepted=False, on=LATE
    ),
    "a statement says something": lambda g: _statement(text=""),
    "a statement is released and withdrawn once": lambda g: _twice_released(),
    "a statement's act is known": lambda g: _act("rumour"),
    "a withdrawn statement says why": lambda g: _act("withdrawn"),
    "a municipality joins a statement once": _twice_joined,
    "a name that is taken back was given, and says why": lambda g: _join(g, withdrawn=True),
}
