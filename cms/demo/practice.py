"""The demo's models, pilots, measurements and adoptions: 광산구's by their sources, the rest invented."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from cms.models import CasePage
from coalition.dialogue.models import CoreQuestion, Division
from coalition.dialogue.queries import divisions
from coalition.evidence.actions import Part, keep_indicator, measure, record_finding
from coalition.evidence.models import Indicator
from coalition.members.models import Fact, Municipality
from coalition.practice.actions import (
    adopt,
    keep_model,
    keep_pilot,
    reach_milestone,
    record_adoption_event,
    record_barrier,
    record_outcome,
    record_pilot_event,
    record_zone_item,
    set_milestone,
    write_plan,
)
from coalition.practice.models import PARAMETERS, JobModel, Pilot
from coalition.record.models import User

GREEN = "garam-green"
GWANGSAN = "12330"
# The pilots that the article names (data/facts.csv); the models have the same names there.
GWANGSAN_PILOTS = {
    "pilot-youth-housing": "gwangsan-youth-housing",
    "pilot-care-coordinator": "gwangsan-care-coordinator",
    "pilot-energy": "gwangsan-energy",
    "pilot-village": "gwangsan-village",
}


def make_practice(told: dict[str, Any], titles: dict[str, str], by: User) -> None:
    """Everything that was tried, unless it is there. `titles` are those of the demo's cases, by key."""
    if JobModel.objects.exists():
        return
    with transaction.atomic():
        _gwangsan(by)
        places = {place.slug: place for place in Municipality.objects.filter(fictional=True)}
        for one in told["models"]:
            _model(one, places, by)
        for one in told["pilots"]:
            _pilot(one, by)
        for one in told["indicators"]:
            given = {name: value for name, value in one.items() if name != "key"}
            bounds = {name: Decimal(given[name]) for name in ("lowest", "highest") if name in given}
            keep_indicator(key=one["key"], told={**given, **bounds}, by=by)
        for one in told["measurements"]:
            _measure(one, by)
        for one in told["adoptions"]:
            _adopt(one, places, by)
        cases = {page.title: page for page in CasePage.objects.live()}
        found = {key: cases[title] for key, title in titles.items() if title in cases}
        _said(told, places, found, by)


def _day(value: str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if value else None


def _gwangsan(by: User) -> None:
    """Four pilots that are named, of four models; nothing that no source says."""
    place = Municipality.objects.get(code=GWANGSAN)
    facts = {fact.key: fact for fact in Fact.objects.filter(municipality=place)}
    start = facts["pilots-start"]
    for key, slug in GWANGSAN_PILOTS.items():
        fact = facts[key]
        model = keep_model(
            slug=slug, municipality=place, name=fact.statement, source=fact.source, by=by
        )
        pilot = keep_pilot(
            slug=f"{slug}-2026",
            model=model,
            name=fact.statement,
            source=fact.source,
            told={"planned_as": f"{start.value} 예정"},
            by=by,
        )
        record_pilot_event(
            pilot=pilot,
            state="planned",
            on=fact.source.published_on or dt.date(2026, 1, 27),
            note="1차 시범 사업 대상으로 선정한 모델(안) 네 개 가운데 하나",
            source=fact.source,
            by=by,
        )
    ordinance = facts["ordinance"]
    record_zone_item(
        municipality=place,
        point="ordinance",
        on=dt.date.fromisoformat(ordinance.value),
        title="광주광역시 광산구 지속가능 일자리 지원 조례 의결",
        source=ordinance.source,
        by=by,
    )


def _division(place: Municipality, name: str) -> Division | None:
    return divisions().filter(body__municipality=place, name=name).select_related("body").first()


def _model(one: dict[str, Any], places: dict[str, Municipality], by: User) -> None:
    place = places[one["municipality"]]
    plain = ("slug", "municipality", "name", "division", "cores", "chosen_on")
    keep_model(
        slug=one["slug"],
        municipality=place,
        name=one["name"],
        source=None,
        core_questions=CoreQuestion.objects.filter(paper__key=GREEN, number__in=one["cores"]),
        told={
            **{name: value for name, value in one.items() if name not in plain},
            "division": _division(place, one["division"]),
            "chosen_on": _day(one["chosen_on"]),
        },
        by=by,
    )


def _pilot(one: dict[str, Any], by: User) -> None:
    model = JobModel.objects.select_related("municipality").get(slug=one["model"])
    pilot = keep_pilot(
        slug=one["slug"],
        model=model,
        name=one["name"],
        source=None,
        told={
            **{name: one[name] for name in ("owner", "target_group", "budget", "summary")},
            "division": _division(model.municipality, one["division"]),
            "planned_from": _day(one["planned_from"]),
            "planned_to": _day(one["planned_to"]),
        },
        by=by,
    )
    for state, on, note in one["events"]:
        record_pilot_event(pilot=pilot, state=state, on=dt.date.fromisoformat(on), note=note, by=by)
    for name, planned, done, note in one["milestones"]:
        planned_on = dt.date.fromisoformat(planned)
        milestone = set_milestone(pilot=pilot, name=name, planned_on=planned_on, by=by)
        if done:
            reach_milestone(milestone=milestone, on=dt.date.fromisoformat(done), note=note, by=by)
    for plan in one["plans"]:
        core = CoreQuestion.objects.filter(paper__key=GREEN, number=plan.get("core")).first()
        told = {
            name: value for name, value in plan.items() if name not in ("on", "because", "core")
        }
        write_plan(
            pilot=pilot,
            on=dt.date.fromisoformat(plan["on"]),
            because=plan.get("because", ""),
            cause=core,
            told=told,
            by=by,
        )


def _measure(one: dict[str, Any], by: User) -> None:
    measure(
        pilot=Pilot.objects.select_related("municipality").get(slug=one["pilot"]),
        indicator=Indicator.objects.get(key=one["indicator"]),
        on=dt.date.fromisoformat(one["on"]),
        n=one["n"],
        invited=one["invited"],
        value=Decimal(one["value"]),
        low=Decimal(one["low"]) if "low" in one else None,
        high=Decimal(one["high"]) if "high" in one else None,
        respondents=one["respondents"],
        side=one["side"],
        wave=one["wave"],
        method=one["method"],
        comparison=one.get("comparison", False),
        assignment=one.get("assignment", ""),
        parts=[_part(*part) for part in one.get("parts", [])],
        by=by,
    )


def _part(trait: str, label: str, n: int, value: str | None = None) -> Part:
    return Part(trait, label, n, Decimal(value) if value is not None else None)


def _adopt(one: dict[str, Any], places: dict[str, Municipality], by: User) -> None:
    model = JobModel.objects.select_related("municipality").filter(slug=one.get("model")).first()
    adoption = adopt(
        adopter=places[one["adopter"]],
        model=model,
        ordinance=one.get("ordinance", ""),
        donor=places.get(one.get("donor", "")),
        on=dt.date.fromisoformat(one["on"]),
        told={name: one[name] for name in ("adaptation", *PARAMETERS) if name in one},
        by=by,
    )
    for state, on, note in one["events"]:
        record_adoption_event(
            adoption=adoption, state=state, on=dt.date.fromisoformat(on), note=note, by=by
        )
    for outcome in one.get("outcomes", []):
        on = dt.date.fromisoformat(outcome["on"])
        record_outcome(adoption=adoption, by=by, **{**outcome, "on": on})


def _said(
    told: dict[str, Any],
    places: dict[str, Municipality],
    cases: dict[str, CasePage],
    by: User,
) -> None:
    """Barriers, findings and the 특구 checklist."""
    kind = ContentType.objects.get_for_model(CasePage)
    for one in told["barriers"]:
        if one["case"] in cases:
            record_barrier(
                case=(kind, cases[one["case"]].pk),
                kind=one["kind"],
                what=one["what"],
                proof=one["proof"],
                on=_day(one["on"]),
                by=by,
            )
    for one in told["findings"]:
        page = cases.get(one["case"])
        fields = {
            name: one[name]
            for name in (
                "method",
                "n",
                "unit",
                "comparison_n",
                "assignment",
                "cautions",
                "source_text",
            )
            if name in one
        }
        for name in ("before", "after", "comparison_before", "comparison_after"):
            fields[name] = Decimal(one[name]) if name in one else None
        record_finding(
            municipality=places[one["municipality"]],
            claim=one["claim"],
            case=(kind, page.pk) if page else None,
            told={
                **fields,
                "begins": _day(one["begins"]),
                "ends": _day(one["ends"]),
                "pilot": Pilot.objects.filter(slug=one.get("pilot")).first(),
                "model": JobModel.objects.filter(slug=one.get("model")).first(),
            },
            by=by,
        )
    for one in told["zones"]:
        record_zone_item(
            municipality=places[one["municipality"]],
            point=one["point"],
            on=dt.date.fromisoformat(one["on"]),
            title=one.get("title", ""),
            by=by,
        )
