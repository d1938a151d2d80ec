"""Models and pilots as documents. Both are public from the day on which they are entered."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import QuerySet

from cms.queries.practice import measured_by_model
from coalition.evidence.level import level_of_measurements
from coalition.evidence.models import Measurement
from coalition.evidence.queries import measurements
from coalition.members.queries import today
from coalition.practice.models import JobModel, Pilot
from coalition.practice.models.parameters import PARAMETERS
from coalition.practice.queries import job_models, pilots
from coalition.record.models import Event
from search.models import Kind
from search.pages import lines
from search.source import Document, Label, Source, place_labels, year_label

# What is measured changes the level of the pilot and of its model.
_MEASURED = frozenset({"measurement.made", "measurement.withdrawn"})


def _labels(kind: Kind, row: JobModel | Pilot, year: int | None) -> tuple[Label, ...]:
    labels = [Label("kind", kind.value, str(kind.label)), *place_labels(row.municipality)]
    if row.division is not None:
        labels.append(Label("division", row.division.name, row.division.name))
    if row.target_group:
        labels.append(Label("target", row.target_group, str(row.get_target_group_display())))
    return (*labels, *year_label(year))


def _common(kind: Kind, row: JobModel | Pilot, labels: tuple[Label, ...]) -> dict[str, Any]:
    spoken = [
        label.name for label in labels if label.facet in ("region", "division", "target", "phase")
    ]
    return {
        "kind": kind,
        "key": row.slug,
        "owner": row.pk,
        "title": row.name,
        "tags": tuple(spoken),
        "labels": labels,
        "municipality": row.municipality,
        "fictional": row.municipality.fictional,
    }


# ---- models ----


def _build_models(pks: Sequence[int]) -> Iterator[Document]:
    rows = job_models().filter(pk__in=pks).prefetch_related("core_questions").order_by("pk")
    measured = measured_by_model(pks)
    for model in rows:
        told = [getattr(model, name) for name in PARAMETERS]
        asked = [core.text for core in model.core_questions.all()]
        paper = model.paper.title if model.paper is not None else ""
        labels = _labels(Kind.MODEL, model, model.chosen_on.year if model.chosen_on else None)
        yield Document(
            **_common(Kind.MODEL, model, labels),
            url=f"/models/{model.slug}/",
            body=lines(model.summary, model.agenda, *told, *asked, paper),
            date=model.chosen_on,
            evidence_level=_reached(measured.get(model.pk, ())),
        )


def _reached(rows: Iterable[Measurement]) -> int:
    return level_of_measurements(rows, today()).number


def _models_of(event: Event) -> Iterable[int]:
    """The model itself, or that of the pilot at which something was measured."""
    if event.verb in _MEASURED:
        return list(Pilot.objects.filter(pk=event.data["pilot"]).values_list("model", flat=True))
    return [int(event.object_id)]


def _every_model() -> list[int]:
    return list(JobModel.objects.order_by("pk").values_list("pk", flat=True))


MODELS = Source(
    name="model",
    verbs=_MEASURED | {"model.kept"},
    affected=_models_of,
    build=_build_models,
    readable=JobModel.objects.all,
    everything=_every_model,
    kinds=frozenset({Kind.MODEL}),
)


# ---- pilots ----


def _build_pilots(pks: Sequence[int]) -> Iterator[Document]:
    rows = pilots().filter(pk__in=pks).prefetch_related("events", "milestones", "plans")
    measured: dict[int, list[Measurement]] = defaultdict(list)
    for row in measurements().filter(pilot__in=pks):
        measured[row.pilot_id].append(row)
    for pilot in rows.order_by("pk"):
        yield _pilot(pilot, _reached(measured[pilot.pk]))


def _pilot(pilot: Pilot, level: int) -> Document:
    happened = sorted(pilot.events.all(), key=lambda event: (event.on, event.pk))
    newest = happened[-1] if happened else None
    plan = max(pilot.plans.all(), key=lambda plan: plan.number, default=None)
    day = newest.on if newest is not None else pilot.planned_from
    labels = _labels(Kind.PILOT, pilot, day.year if day else None)
    if newest is not None:
        labels = (*labels, Label("phase", newest.state, str(newest.get_state_display())))
    planned = (
        (plan.goal, plan.target, *plan.activities.splitlines(), plan.period, plan.evaluation)
        if plan is not None
        else ()
    )
    return Document(
        **_common(Kind.PILOT, pilot, labels),
        url=f"/pilots/{pilot.slug}/",
        body=lines(
            pilot.summary,
            pilot.model.name,
            pilot.owner,
            *planned,
            *(f"{row.name} {row.note}" for row in pilot.milestones.all()),
            *(event.note for event in happened),
        ),
        note="중단" if newest is not None and newest.state == "stopped" else "",
        date=day,
        evidence_level=level,
    )


def _pilots_of(event: Event) -> Iterable[int]:
    """The pilot itself, that of a plan or milestone, or those of a model whose name may be another."""
    if event.verb == "model.kept":
        return list(Pilot.objects.filter(model=int(event.object_id)).values_list("pk", flat=True))
    return [int(event.data.get("pilot", event.object_id))]


def _all_pilots() -> QuerySet[Pilot]:
    return Pilot.objects.all()


def _every_pilot() -> list[int]:
    return list(Pilot.objects.order_by("pk").values_list("pk", flat=True))


PILOTS = Source(
    name="pilot",
    verbs=_MEASURED
    | frozenset(
        {
            "model.kept",
            "pilot.kept",
            "pilot.stepped",
            "milestone.set",
            "milestone.reached",
            "plan.written",
        }
    ),
    affected=_pilots_of,
    build=_build_pilots,
    readable=_all_pilots,
    everything=_every_pilot,
    kinds=frozenset({Kind.PILOT}),
)
