"""The named constraints of coalition.practice and coalition.evidence, each broken once (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from coalition.evidence.models import Finding, Indicator, Measurement
from coalition.practice.models import (
    CRITERIA,
    Adoption,
    AdoptionEvent,
    AdoptionOutcome,
    Barrier,
    JobModel,
    Pilot,
    PilotEvent,
    PilotPlan,
    ZoneItem,
)
from tests.factories.practice import make_indicator, make_model, make_pilot

EARLY, LATE = dt.date(2026, 3, 2), dt.date(2026, 9, 1)


def _twice(make: Callable[[], Any]) -> None:
    make()
    make()


def _model(g: Any, **changes: Any) -> JobModel:
    fields = {"municipality": g.garam, "name": "모델", "slug": f"m{JobModel.objects.count()}"}
    return JobModel.objects.create(**{**fields, **changes})


def _pilot(g: Any, **changes: Any) -> Pilot:
    model = JobModel.objects.filter(slug="garam-care").first() or make_model(g.garam)
    fields = {"municipality": g.garam, "model": model, "name": "시범"}
    return Pilot.objects.create(**{**fields, "slug": f"p{Pilot.objects.count()}", **changes})


def _plan(g: Any, **changes: Any) -> PilotPlan:
    pilot = Pilot.objects.first() or _pilot(g)
    fields = {"pilot": pilot, "number": 1, "on": EARLY, "goal": "g", "target": "t"}
    return PilotPlan.objects.create(**{**fields, "activities": "a", "period": "p", **changes})


def _adoption(g: Any, **changes: Any) -> Adoption:
    model = JobModel.objects.filter(slug="garam-care").first() or make_model(g.garam)
    fields = {"kind": "model", "model": model, "donor": g.garam, "adopter": g.get("nuri")}
    return Adoption.objects.create(**{**fields, **changes})


def _case_type() -> ContentType:
    return ContentType.objects.get(app_label="cms", model="casepage")


def _of_case(g: Any) -> Adoption:
    return _adoption(g, kind="case", model=None, case_type=_case_type(), case_id=1)


def _step(g: Any, **changes: Any) -> None:
    AdoptionEvent.objects.create(
        **{"adoption": _adoption(g), "state": "review", "on": EARLY, **changes}
    )


def _outcome(g: Any, adoption: Adoption | None = None, **changes: Any) -> None:
    fields = {"adoption": adoption or _adoption(g), "months": 6, "on": LATE, "text": "t"}
    AdoptionOutcome.objects.create(**{**fields, **changes})


def _told_twice(g: Any) -> None:
    adoption = _adoption(g)
    _twice(lambda: _outcome(g, adoption))


def _barrier(g: Any, **changes: Any) -> None:
    fields = {
        "case_type": _case_type(),
        "case_id": 1,
        "municipality": g.garam,
        "kind": "budget",
        "what": "w",
        "proof": "p",
    }
    Barrier.objects.create(**{**fields, **changes})


def _zone(g: Any, **changes: Any) -> None:
    fields = {"municipality": g.garam, "point": "plan", "on": EARLY}
    ZoneItem.objects.create(**{**fields, **changes})


def _indicator(**changes: Any) -> None:
    fields = {"key": "k", "name": "n", "dimension": "pay", "definition": "d", "unit": "원"}
    Indicator.objects.create(**{**fields, "direction": "up", **changes})


def _measurement(g: Any, **changes: Any) -> Measurement:
    fields = {
        "pilot": Pilot.objects.first() or make_pilot(g.garam),
        "indicator": make_indicator(),
        "respondents": "citizen",
        "side": "internal",
        "wave": "baseline",
        "on": EARLY,
        "n": 10,
        "value": 3,
        "method": "m",
    }
    return Measurement.objects.create(**{**fields, **changes})


def _cell(g: Any, *labels: str, trait: str = "나이대") -> None:
    measurement = _measurement(g)
    for label in labels:
        measurement.cells.create(trait=trait, label=label, n=5)


def _finding(g: Any, **changes: Any) -> None:
    fields = {"municipality": g.garam, "claim": "c", "source_text": "s"}
    Finding.objects.create(**{**fields, **changes})


def _milestones(g: Any) -> None:
    pilot = _pilot(g)
    _twice(lambda: pilot.milestones.create(name="n", planned_on=EARLY))


def _score(name: str) -> Callable[[Any], Any]:
    return lambda g: _model(g, **{name: 6})


WITHDRAWN = {"withdrawn_at": timezone.now()}
BREACHES: dict[str, Callable[[Any], Any]] = {
    "a model has its name once": lambda g: _twice(lambda: _model(g)),
    "a model has a name and an address": lambda g: _model(g, name=""),
    **{f"a model's score of {one} is 1 to 5": _score(one) for one in CRITERIA},
    "a pilot has its name once": lambda g: _twice(lambda: _pilot(g)),
    "a pilot is planned to end after it begins": lambda g: _pilot(
        g, planned_from=LATE, planned_to=EARLY
    ),
    "a pilot's event has a known state": lambda g: PilotEvent.objects.create(
        pilot=_pilot(g), state="x", on=EARLY, note="n"
    ),
    "a pilot's event says what happened": lambda g: PilotEvent.objects.create(
        pilot=_pilot(g), state="planned", on=EARLY
    ),
    "a milestone is set once": _milestones,
    "a plan's version has its number once": lambda g: _twice(lambda: _plan(g)),
    "a later plan says what changed it": lambda g: _plan(g, number=2),
    "a plan's cause is named whole": lambda g: _plan(g, cause_id=1),
    "nobody adopts from itself": lambda g: _adoption(g, adopter=g.garam),
    "an adoption names the one thing that is adopted": lambda g: _adoption(g, ordinance="조례"),
    "a model is adopted once by a place": lambda g: _twice(lambda: _adoption(g)),
    "a case is adopted once by a place": lambda g: _twice(lambda: _of_case(g)),
    "a withdrawn adoption has its reason": lambda g: _adoption(g, **WITHDRAWN),
    "an adoption's event has a known state": lambda g: _step(g, state="x"),
    "an adoption is over for a reason": lambda g: _step(g, state="stopped"),
    "an adoption's outcome is told once": _told_twice,
    "an outcome is of 6 or 12 months": lambda g: _outcome(g, months=7),
    "an outcome says something": lambda g: _outcome(g, text=""),
    "a barrier is one of a case": lambda g: _barrier(g, case_id=None),
    "a barrier has its proof": lambda g: _barrier(g, proof=""),
    "a barrier has a known kind": lambda g: _barrier(g, kind="x"),
    "a withdrawn barrier has its reason": lambda g: _barrier(g, **WITHDRAWN),
    "a zone's point is one of five": lambda g: _zone(g, point="x"),
    "a zone's document has a title": lambda g: _zone(g, address="https://example.kr/"),
    "an indicator says what it measures": lambda g: _indicator(unit=""),
    "an indicator has a direction": lambda g: _indicator(direction="x"),
    "an indicator has a known dimension": lambda g: _indicator(dimension="x"),
    "a scale goes from low to high": lambda g: _indicator(lowest=5, highest=1),
    "a wave is measured once": lambda g: _twice(lambda: _measurement(g)),
    "no more people answer than were invited": lambda g: _measurement(g, invited=9),
    "a value lies in its interval": lambda g: _measurement(g, low=4, high=5),
    "a measurement says of whom, by whom and when": lambda g: _measurement(g, wave="x"),
    "a measurement says how it was made": lambda g: _measurement(g, method=""),
    "only a comparison group is assigned": lambda g: _measurement(g, assignment="추첨"),
    "a withdrawn measurement has its reason": lambda g: _measurement(g, **WITHDRAWN),
    "a cell stands once": lambda g: _cell(g, "20대", "20대"),
    "a cell says whose it is": lambda g: _cell(g, ""),
    "a finding claims something": lambda g: _finding(g, claim=""),
    "a finding's period ends after it begins": lambda g: _finding(g, begins=LATE, ends=EARLY),
    "a finding has its source": lambda g: _finding(g, source_text=""),
    "a withdrawn finding has its reason": lambda g: _finding(g, **WITHDRAWN),
}
