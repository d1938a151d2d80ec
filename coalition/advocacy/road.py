"""Reads of the road of a bill, as of any day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from coalition.advocacy.carrying import is_carried
from coalition.advocacy.models import AssemblyBill, RoadStage, RoadStep, TaskLink
from coalition.drafts.models import Bill, Version
from coalition.members.queries import today


@dataclass(frozen=True, slots=True)
class Passed:
    """A stage, and the step that reached it, if any. `by_way_of`: it was reached by the alternative."""

    stage: RoadStage
    step: RoadStep | None
    by_way_of: AssemblyBill | None = None


@dataclass(frozen=True, slots=True)
class Lane:
    """One bill before the Assembly: its steps, and the alternatives that took it up, nearest first."""

    assembly_bill: AssemblyBill
    steps: list[RoadStep]
    heirs: list[AssemblyBill]


@dataclass(frozen=True, slots=True)
class Tied:
    """A 국정과제 and what it is tied to; `stale` when the clause says something else by now."""

    row: TaskLink
    stale: bool


@dataclass(frozen=True, slots=True)
class Road:
    """How far a bill has come by a day, by whichever of its lanes came furthest."""

    stages: list[Passed]
    drafts: list[RoadStep]
    lanes: list[Lane]
    tasks: list[Tied]


def steps_until(bill: Bill, on: dt.date) -> QuerySet[RoadStep]:
    """The steps that count on a day, oldest first."""
    later = RoadStep.objects.filter(replaces=OuterRef("pk"), on__lte=on)
    return (
        RoadStep.objects.filter(bill=bill, on__lte=on)
        .exclude(Exists(later))
        .select_related(
            "stage", "source", "assembly_bill__version", "assembly_bill__source", "into"
        )
        .defer("assembly_bill__version__source_text")
        .order_by("happened_on", "stage__order", "pk")
    )


def road(bill: Bill, newest: Version | None, on: dt.date | None = None) -> Road:
    """Everything that is known of a bill's road on that day."""
    day = on or today()
    steps = list(steps_until(bill, day))
    lanes = _lanes(steps)
    return Road(
        stages=_stages(list(RoadStage.objects.all()), steps),
        drafts=[step for step in steps if step.assembly_bill is None],
        lanes=lanes,
        tasks=tasks(bill, newest, day),
    )


def stages_of(bill: Bill, on: dt.date | None = None) -> list[Passed]:
    """The stages alone, for a line that says where the bill stands."""
    steps = list(steps_until(bill, on or today()))
    return _stages(list(RoadStage.objects.all()), steps)


def tasks(bill: Bill, newest: Version | None, on: dt.date) -> list[Tied]:
    """국정과제 that the bill is tied to, held against the text of that day."""
    later = TaskLink.objects.filter(replaces=OuterRef("pk"), on__lte=on)
    rows = (
        TaskLink.objects.filter(bill=bill, on__lte=on, withdrawn=False)
        .exclude(Exists(later))
        .select_related("source", "provision__version")
        .defer("provision__version__source_text")
    )
    return [
        Tied(
            row,
            stale=row.provision is not None
            and newest is not None
            and not is_carried(row.provision.eid, row.provision.version, newest),
        )
        for row in rows
    ]


def _lanes(steps: list[RoadStep]) -> list[Lane]:
    """One lane per 의안, in the order of their first steps."""
    bills: dict[int, AssemblyBill] = {}
    own: dict[int, list[RoadStep]] = {}
    into: dict[int, AssemblyBill] = {}
    for step in steps:
        if step.assembly_bill is not None:
            bills.setdefault(step.assembly_bill.pk, step.assembly_bill)
            own.setdefault(step.assembly_bill.pk, []).append(step)
            if step.into is not None:
                into[step.assembly_bill.pk] = step.into
                bills.setdefault(step.into.pk, step.into)
    return [Lane(found, own.get(pk, []), _heirs(pk, into)) for pk, found in bills.items()]


def _heirs(pk: int, into: dict[int, AssemblyBill]) -> list[AssemblyBill]:
    heirs: list[AssemblyBill] = []
    while pk in into and into[pk] not in heirs:
        heirs.append(into[pk])
        pk = into[pk].pk
    return heirs


def _stages(stages: list[RoadStage], steps: list[RoadStep]) -> list[Passed]:
    """Each stage with the first step that reached it; endings stand with their own 의안 only."""
    first: dict[str, Any] = {}
    for step in steps:
        first.setdefault(step.stage_id, step)
    absorbed = {step.into_id for step in steps if step.into_id}
    return [
        Passed(
            stage,
            first.get(stage.key),
            by_way_of=_alternative(first.get(stage.key), absorbed),
        )
        for stage in stages
        if not stage.ends
    ]


def _alternative(step: RoadStep | None, absorbed: set[int]) -> AssemblyBill | None:
    if step is None or step.assembly_bill_id not in absorbed:
        return None
    return step.assembly_bill
