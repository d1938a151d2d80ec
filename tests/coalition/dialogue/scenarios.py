"""What the actions of bodies, meetings and dialogue events are tried with (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from coalition.dialogue.actions import LineageLine, found_body, give_seat
from coalition.dialogue.models import Body

DAY, LATER = dt.date(2026, 4, 1), dt.date(2026, 9, 1)


def a_body(scene: Any) -> Body:
    """가람시's body with one division."""
    return found_body(
        municipality=scene.get("garam"), name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄"], since=DAY, source=None, by=None,
    )  # fmt: skip


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
}
