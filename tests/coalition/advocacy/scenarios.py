"""A scenario for each action of coalition.advocacy (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from coalition.advocacy.actions import file_position
from tests.factories import make_bill, make_version
from tests.factories.positions import document, make_terms

DAY = dt.date(2026, 4, 1)


def _filed(s: Any) -> dict[str, Any]:
    make_terms()
    return {
        "municipality": s.get("garam"),
        "version": make_version(make_bill()),
        "provision": None,
        "stance": "support",
        "act": "head",
        "acted_on": DAY,
        "file": document(),
    }


def _position(s: Any) -> Any:
    return file_position(**_filed(s), by=s.by)


SCENARIOS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "coalition.advocacy.file_position": _filed,
    "coalition.advocacy.withdraw_position": lambda s: {
        "position": _position(s),
        "reason": "의회가 다시 논의한다",
    },
    "coalition.advocacy.verify_position": lambda s: {"position": _position(s), "accepted": True},
}
