"""Reads of what was tried: states are the newest events, counts are counted when they are asked for."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from coalition.members.heritage import told_at
from coalition.members.models import Municipality
from coalition.practice.models import (
    PARAMETERS,
    Adoption,
    AdoptionEvent,
    Barrier,
    JobModel,
    Parameters,
    Pilot,
    PilotEvent,
    PilotMilestone,
    PilotPlan,
    ZoneItem,
    ZonePoint,
)


@dataclass(frozen=True, slots=True)
class Difference:
    """A field that two things say differently. Empty: not said."""

    label: str
    before: str
    after: str


def job_models() -> QuerySet[JobModel]:
    """Every model with its place and division."""
    return JobModel.objects.select_related(
        "municipality__region", "division", "source", "paper"
    ).order_by("municipality__fictional", "municipality__code", "name")


def pilots(on: dt.date | None = None) -> QuerySet[Pilot]:
    """Every pilot with `state` and `since`: its newest event (until that day)."""
    events = PilotEvent.objects.filter(pilot=OuterRef("pk"))
    if on is not None:
        events = events.filter(on__lte=on)
    newest = events.order_by("-on", "-pk")
    return (
        Pilot.objects.select_related("municipality__region", "model", "division", "source")
        .annotate(
            state=Subquery(newest.values("state")[:1]), since=Subquery(newest.values("on")[:1])
        )
        .order_by("municipality__fictional", "municipality__code", "name")
    )


def adoptions(on: dt.date | None = None) -> QuerySet[Adoption]:
    """Every adoption that was not withdrawn, with `state`, `since` and `why` of its newest event."""
    events = AdoptionEvent.objects.filter(adoption=OuterRef("pk"))
    if on is not None:
        events = events.filter(on__lte=on)
    newest = events.order_by("-on", "-pk")
    return (
        Adoption.objects.filter(withdrawn_at__isnull=True)
        .select_related("donor__region", "adopter__region", "model__municipality", "source")
        .annotate(
            state=Subquery(newest.values("state")[:1]),
            since=Subquery(newest.values("on")[:1]),
            why=Subquery(newest.values("note")[:1]),
        )
        .order_by("pk")
    )


def barriers() -> QuerySet[Barrier]:
    """Every barrier that was not withdrawn."""
    return Barrier.objects.filter(withdrawn_at__isnull=True).select_related(
        "municipality", "source"
    )


@dataclass(frozen=True, slots=True)
class Terms:
    """대상·단가·기간·주체 as they hold at a place."""

    target: str
    unit_price: str
    period: str
    lead: str


#: Standing adoptions by model and by who adopted it.
Taken = Mapping[tuple[int, int], Adoption]


def taken_models(rows: Iterable[Adoption]) -> Taken:
    """Who else took over the models of these adoptions: asked for only where one learned from another adopter."""
    chained = {
        row.model_id
        for row in rows
        if row.model is not None and row.donor_id != row.model.municipality_id
    }
    if not chained:
        return {}
    found = Adoption.objects.filter(model__in=chained, withdrawn_at__isnull=True)
    return {(row.model_id or 0, row.adopter_id): row for row in found}


def terms_given(adoption: Adoption, taken: Taken) -> Terms:
    """What the giver had: the model's own terms, under what it and those before it changed."""
    model = adoption.model
    if model is None:
        return Terms("", "", "", "")
    changed: list[Adoption] = []
    giver = taken.get((model.pk, adoption.donor_id))
    while giver is not None and giver not in changed and giver.adopter_id != model.municipality_id:
        changed.append(giver)
        giver = taken.get((model.pk, giver.donor_id))
    return Terms(
        *(
            next(filter(None, (getattr(one, name) for one in (*changed, model))), "")
            for name in PARAMETERS
        )
    )


def changed_parameters(before: Terms, adoption: Parameters) -> list[Difference]:
    """바꾼 곳: the parameters that the adopter says and the giver does not say so."""
    found = []
    for name in PARAMETERS:
        old, new = getattr(before, name), getattr(adoption, name)
        if new and new != old:
            found.append(Difference(_label(Parameters, name), old, new))
    return found


PLAN_FIELDS = ("goal", "target", "activities", "budget", "period", "evaluation")


def changed_plan(before: PilotPlan, after: PilotPlan) -> list[Difference]:
    """What the later version of a plan says otherwise."""
    pairs = ((name, _said(before, name), _said(after, name)) for name in PLAN_FIELDS)
    return [Difference(_label(PilotPlan, name), old, new) for name, old, new in pairs if old != new]


def _said(plan: PilotPlan, name: str) -> str:
    value = getattr(plan, name)
    if name == "budget":
        return f"{value:,}원" if value is not None else ""
    return str(value)


def _label(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).verbose_name).removesuffix("(원)")


@dataclass(frozen=True, slots=True)
class Progress:
    """How many milestones were reached. Without milestones there is none, and no percentage."""

    reached: int
    total: int

    @property
    def percent(self) -> int:
        return round(100 * self.reached / self.total)


@dataclass(frozen=True, slots=True)
class Reached:
    """A milestone, planned and actual. `days` late (or early, below 0); open ones count to today."""

    milestone: PilotMilestone
    days: int
    overdue: bool


def reached(milestones: Iterable[PilotMilestone], today: dt.date) -> list[Reached]:
    """The milestones with how late they were reached, or are."""
    found = []
    for one in milestones:
        late = ((one.reached_on or today) - one.planned_on).days
        open_yet = one.reached_on is None
        found.append(Reached(one, late if not open_yet or late > 0 else 0, open_yet and late > 0))
    return found


def progress(milestones: Iterable[PilotMilestone]) -> Progress | None:
    """Counted from milestones alone; None without any."""
    given = list(milestones)
    if not given:
        return None
    return Progress(sum(one.reached_on is not None for one in given), len(given))


@dataclass(frozen=True, slots=True)
class ZoneLine:
    """One of the five points, with what the newest row says of it. None: nobody has looked yet."""

    label: str
    item: ZoneItem | None

    @property
    def has(self) -> bool:
        return self.item is not None and bool(self.item.title)


@dataclass(frozen=True, slots=True)
class Zones:
    """The 특구 checklist of a municipality, and those of the ones that came into it, which it has not looked at."""

    own: list[ZoneLine]
    before: list[tuple[Municipality, list[ZoneLine]]]


def zones_told_at(municipality: Municipality) -> Zones:
    """Its own checklist and those of which it is the heir: one query."""
    rows = ZoneItem.objects.filter(told_at(municipality)).select_related(
        "source", "document", "municipality__region"
    )
    by_place: dict[int, list[ZoneItem]] = {}
    for row in rows.order_by("municipality", "on", "pk"):
        by_place.setdefault(row.municipality_id, []).append(row)
    own = _lines(by_place.pop(municipality.pk, []))
    return Zones(own, [(items[0].municipality, _lines(items)) for items in by_place.values()])


def zone_lines(municipality: Municipality) -> list[ZoneLine]:
    """The 특구 checklist of a municipality; empty when nobody has looked at any point."""
    return zones_told_at(municipality).own


def _lines(items: Iterable[ZoneItem]) -> list[ZoneLine]:
    newest = {item.point: item for item in items}
    if not newest:
        return []
    return [ZoneLine(str(point.label), newest.get(point.value)) for point in ZonePoint]
