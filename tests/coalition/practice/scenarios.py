"""A scenario for each action of coalition.practice and coalition.evidence (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

from coalition.evidence.actions import record_finding
from coalition.practice.actions import set_milestone
from tests.factories import make_case
from tests.factories.practice import (
    case_ref,
    make_adoption,
    make_barrier,
    make_indicator,
    make_measurement,
    make_model,
    make_pilot,
)

DAY = dt.date(2026, 4, 1)


def _adoption(s: Any) -> Any:
    return make_adoption(make_model(s.get("garam")), s.get("nuri"))


def _pilot(s: Any) -> Any:
    return make_pilot(s.get("garam"))


def _case(s: Any) -> Any:
    return make_case(s.get("garam"))


SCENARIOS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "coalition.practice.keep_model": lambda s: {
        "slug": "garam-care",
        "municipality": s.get("garam"),
        "name": "마을 돌봄 코디",
        "source": None,
    },
    "coalition.practice.keep_pilot": lambda s: {
        "slug": "garam-care-pilot",
        "model": make_model(s.get("garam")),
        "name": "돌봄 코디 시범",
        "source": None,
    },
    "coalition.practice.record_pilot_event": lambda s: {
        "pilot": _pilot(s),
        "state": "running",
        "on": DAY,
        "note": "참여자를 뽑았다",
    },
    "coalition.practice.set_milestone": lambda s: {
        "pilot": _pilot(s),
        "name": "모집",
        "planned_on": DAY,
    },
    "coalition.practice.reach_milestone": lambda s: {
        "milestone": set_milestone(pilot=_pilot(s), name="모집", planned_on=DAY, by=None),
        "on": DAY,
    },
    "coalition.practice.write_plan": lambda s: {
        "pilot": _pilot(s),
        "on": DAY,
        "told": {"goal": "돌봄을 잇는다", "target": "동", "activities": "모집", "period": "6개월"},
    },
    "coalition.practice.adopt": lambda s: {
        "adopter": s.get("nuri"),
        "model": make_model(s.get("garam")),
        "on": DAY,
    },
    "coalition.practice.record_adoption_event": lambda s: {
        "adoption": _adoption(s),
        "state": "decided",
        "on": DAY,
    },
    "coalition.practice.adapt": lambda s: {"adoption": _adoption(s), "told": {"period": "4개월"}},
    "coalition.practice.record_outcome": lambda s: {
        "adoption": _adoption(s),
        "months": 6,
        "on": DAY,
        "text": "열두 명이 계속 일한다",
    },
    "coalition.practice.withdraw_adoption": lambda s: {
        "adoption": _adoption(s),
        "because": "잘못 눌렀다",
    },
    "coalition.practice.record_barrier": lambda s: {
        "case": case_ref(_case(s)),
        "kind": "budget",
        "what": "예산 과목이 없다",
        "proof": "회신 공문",
    },
    "coalition.practice.withdraw_barrier": lambda s: {
        "barrier": make_barrier(_case(s)),
        "because": "잘못 적었다",
    },
    "coalition.practice.record_zone_item": lambda s: {
        "municipality": s.get("garam"),
        "point": "plan",
        "on": DAY,
    },
    "coalition.evidence.keep_indicator": lambda s: {
        "key": "felt",
        "told": {
            "name": "체감도",
            "dimension": "felt",
            "definition": "느끼는 정도",
            "unit": "점",
            "direction": "up",
        },
    },
    "coalition.evidence.measure": lambda s: {
        "pilot": _pilot(s),
        "indicator": make_indicator(),
        "on": DAY,
        "n": 24,
        "value": Decimal("3.1"),
        "respondents": "participant",
        "side": "internal",
        "wave": "baseline",
        "method": "설문",
    },
    "coalition.evidence.withdraw_measurement": lambda s: {
        "measurement": make_measurement(_pilot(s)),
        "because": "잘못 옮겼다",
    },
    "coalition.evidence.record_finding": lambda s: {
        "municipality": s.get("garam"),
        "claim": "열아홉 명이 계속 일한다",
        "told": {"source_text": "가람시 결과 보고서"},
    },
    "coalition.evidence.withdraw_finding": lambda s: {
        "finding": record_finding(
            municipality=s.get("garam"), claim="말", told={"source_text": "보고서"}, by=None
        ),
        "because": "틀렸다",
    },
}
