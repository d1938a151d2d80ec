"""What a pilot's page shows: plan and progress, what was measured, and its drawing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from cms.queries.practice import FindingItem, finding_items
from coalition.dialogue.models import CoreQuestion, Question
from coalition.dialogue.papers import core_address, question_address
from coalition.evidence.level import Level, level_of_measurements
from coalition.evidence.queries import Series, Value, findings, measurements, series_of
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

# The drawing: a scale across, a row for each value. Numbers of its view box.
_WIDE, _LEFT, _RIGHT, _ROW, _HEAD = 360, 96, 344, 30, 14


@dataclass(frozen=True, slots=True)
class Mark:
    """A value in the drawing."""

    label: str
    text: str
    x: int
    y: int
    low: int | None
    high: int | None
    css: str

    @property
    def text_y(self) -> int:
        return self.y + 4


@dataclass(frozen=True, slots=True)
class Chart:
    """The values of a series on their scale. Every fact of it stands in the table too."""

    marks: list[Mark]
    height: int
    lowest: str
    highest: str
    told: str

    @property
    def view_box(self) -> str:
        return f"0 0 {_WIDE} {self.height}"

    @property
    def axis_y(self) -> int:
        return self.height - 22

    @property
    def label_y(self) -> int:
        return self.height - 6

    left, right = _LEFT, _RIGHT


@dataclass(frozen=True, slots=True)
class SeriesItem:
    """A series with its drawing; none when every value is hidden."""

    series: Series
    chart: Chart | None


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
        series=[SeriesItem(one, chart(one)) for one in series_of(rows)],
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


def chart(series: Series) -> Chart | None:
    """The drawing of a series. Hidden values are not drawn, not even as a gap."""
    values = [value for value in [*series.own, *series.other] if not value.hidden]
    if not values:
        return None
    lowest, highest = _bounds(series, values)

    def across(value: Decimal) -> int:
        return _LEFT + round((_RIGHT - _LEFT) * (value - lowest) / (highest - lowest))

    marks = []
    for place, value in enumerate(values):
        shown = value.measurement
        marks.append(
            Mark(
                label=f"{'견줄 집단 ' if shown.comparison else ''}{value.wave}",
                text=f"{shown.value.normalize():f}",
                x=across(shown.value),
                y=_HEAD + _ROW * place + 12,
                low=across(shown.low) if shown.low is not None else None,
                high=across(shown.high) if shown.high is not None else None,
                css="d0" if shown.comparison else "d1",
            )
        )
    unit = series.indicator.unit
    told = ", ".join(f"{mark.label} {mark.text}{unit}" for mark in marks)
    return Chart(
        marks,
        _HEAD + _ROW * len(marks) + 28,
        f"{lowest.normalize():f}",
        f"{highest.normalize():f}{unit}",
        told,
    )


def _bounds(series: Series, values: list[Value]) -> tuple[Decimal, Decimal]:
    """The whole scale of the indicator, so that a small change looks small; without one, from zero."""
    indicator = series.indicator
    if indicator.lowest is not None and indicator.highest is not None:
        return indicator.lowest, indicator.highest
    ends = [
        bound
        for value in values
        for bound in (value.value, value.low, value.high)
        if bound is not None
    ]
    lowest, highest = min(Decimal(0), *ends), max(Decimal(0), *ends)
    return lowest, highest if highest > lowest else lowest + 1
