"""Every constraint of coalition.advocacy broken once (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from coalition.advocacy.models import Position, PositionVerification
from tests.factories import make_bill, make_version
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


BREACHES: dict[str, Callable[[Any], Any]] = {
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
}
