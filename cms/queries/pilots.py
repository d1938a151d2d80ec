"""What a pilot's page shows: plan and progress, what was measured, and its drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.queries.charts import Chart, part_chart, series_chart
from cms.queries.practice import FindingItem, finding_items
from coalition.dialogue.models import CoreQuestion, Question
from coalition.dialogue.papers import core_address, question_address
from coalition.evidence.level import Level, level_of_measurements
from coalition.evidence.queries import Series, findings, measurements, series_of
from coalition.evidence.suppression import Cell
from coalition.members.queries import today
from coalition.practice.models import PilotEvent, PilotPlan, PilotState
from coalition.practice.queries import (
    Difference,
    Progress,
    Reached,
    changed_plan,
    pilots,
    progress,
    reached,
)


@dataclass(frozen=True, slots=True)
class PartItem:
    """Who answered, by one trait, with its drawing. A row: the class, how many, and their value or share."""

    trait: str
    heading: str
    rows: list[tuple[Cell, str]]
    chart: Chart | None


@dataclass(frozen=True, slots=True)
class SeriesItem:
    """A series with its drawing; none when every value is hidden."""

    series: Series
    chart: Chart | None
    parts: list[PartItem]


@dataclass(frozen=True, slots=True)
class PlanItem:
    """A version of the plan, with what it changed and what changed it."""

    plan: PilotPlan
    changed: list[Difference]
    cause: str
    activities: list[str]


@dataclass(frozen=True, slots=True)
class PilotPage:
    """Everything of a pilot's page."""

    pilot: Any
    state: str
    state_label: str
    level: Level
    events: list[PilotEvent]
    milestones: list[Reached]
    progress: Progress | None
    plans: list[PlanItem]
    series: list[SeriesItem]
    findings: list[FindingItem]


def pilot_page(slug: str) -> PilotPage | None:
    """The pilot of that address, or None."""
    pilot: Any = (
        pilots()
        .prefetch_related("events__source", "milestones", "plans__division")
        .filter(slug=slug)
        .first()
    )
    if pilot is None:
        return None
    day = today()
    rows = list(
        measurements().filter(pilot=pilot).select_related("indicator").prefetch_related("cells")
    )
    milestones = list(pilot.milestones.all())
    return PilotPage(
        pilot=pilot,
        state=pilot.state or "",
        state_label=str(PilotState(pilot.state).label) if pilot.state else "기록 없음",
        level=level_of_measurements(rows, day),
        events=list(pilot.events.all()),
        milestones=reached(milestones, day),
        progress=progress(milestones),
        plans=plan_items(pilot.plans.all()),
        series=[series_item(one, place) for place, one in enumerate(series_of(rows), 1)],
        findings=finding_items(findings().filter(pilot=pilot), day),
    )


def plan_items(plans: Iterable[PilotPlan]) -> list[PlanItem]:
    """The versions, newest first, each with what it says otherwise than the one before."""
    found: list[PlanItem] = []
    before: PilotPlan | None = None
    for plan in plans:
        changed = changed_plan(before, plan) if before is not None else []
        lines = [line for line in plan.activities.splitlines() if line.strip()]
        found.append(PlanItem(plan, changed, _cause_address(plan), lines))
        before = plan
    return found[::-1]


def _cause_address(plan: PilotPlan) -> str:
    """Where the meeting, decision, event or question that changed it can be read."""
    if plan.cause_type is None:
        return ""
    model = plan.cause_type.model_class()
    cause: Any = model._default_manager.filter(pk=plan.cause_id).first() if model else None
    if isinstance(cause, CoreQuestion):
        return core_address(cause)
    if isinstance(cause, Question):
        return question_address(cause)
    name = plan.cause_type.model
    if cause is not None and name == "dialogueevent":
        return reverse("dialogue_event", args=(cause.body.slug, cause.number))
    meeting = cause if name == "meeting" else getattr(cause, "meeting", None)
    return reverse("meeting", args=(meeting.body.slug, meeting.number)) if meeting else ""


def series_item(series: Series, place: int) -> SeriesItem:
    """The series with its drawings; `place` tells the drawings of one page apart."""
    whole = series.own[-1].n if series.own else None
    parts = [
        _part_item(series, trait, cells, whole or 1, f"chart-{place}-{order}")
        for order, (trait, cells) in enumerate(series.parts, 1)
    ]
    return SeriesItem(series, series_chart(series, f"chart-{place}"), parts)


def _part_item(series: Series, trait: str, cells: list[Cell], whole: int, key: str) -> PartItem:
    indicator = series.indicator
    drawn = part_chart(trait, cells, indicator, key, whole)
    if drawn is not None and drawn.bars:
        rows = [(cell, f"{100 * cell.n / whole:.0f}%" if cell.n else "") for cell in cells]
        return PartItem(trait, "비율", rows, drawn)
    return PartItem(trait, "값", [(cell, _said(cell, indicator.unit)) for cell in cells], drawn)


def _said(cell: Cell, unit: str) -> str:
    if cell.value is None:
        return "가림" if cell.few else ""
    return f"{cell.value:,.2f}".rstrip("0").rstrip(".") + unit
