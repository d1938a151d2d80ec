"""How the constraints of 참여, 민선 N기 and 승계 are broken (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from coalition.members.models import Application, TermOpening
from coalition.record.models import Person
from tests.coalition.members.joining_scenarios import ON, make_term


def _application(ground: Any, **changes: Any) -> Application:
    person = Person.objects.create(
        purpose="참여 신청", consented_at=timezone.now(), retain_until=dt.date(2030, 1, 1)
    )
    fields = {"municipality": ground.garam, "asks": "applied", "post": "과", "person": person}
    return Application.objects.create(**{**fields, **changes})


def _answered(ground: Any, **changes: Any) -> Application:
    now = timezone.now()
    fields = {
        "confirmed_at": now,
        "answered_at": now,
        "answered_by": ground.get("secretariat"),
        "accepted": True,
    }
    return _application(ground, **{**fields, **changes})


def _opened(ground: Any) -> TermOpening:
    return TermOpening.objects.create(
        term=make_term(),
        municipality=ground.garam,
        on=ON,
        renewed=0,
        ended=0,
        opened_by=ground.get("secretariat"),
    )


BREACHES: dict[str, Callable[[Any], Any]] = {
    "an application asks for a known step": lambda g: _application(g, asks="gift"),
    "an application waits once": lambda g: [
        _application(g, confirmed_at=timezone.now()) for _ in range(2)
    ],
    "an answered application was confirmed and has its answerer": lambda g: _answered(
        g, answered_by=None
    ),
    "a declined application has its reason": lambda g: _answered(g, accepted=False, answer=""),
    "a term opens once in a municipality": lambda g: [_opened(g) for _ in range(2)],
}
