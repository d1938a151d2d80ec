"""The named constraints of bodies, meetings and dialogue events, each broken once (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from coalition.dialogue.models import Body, BodyTerm, Division, DivisionLineage, Seat

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
}
