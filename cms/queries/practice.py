"""What the pages of models show: the list, one model, and where it was taken over."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Prefetch

from cms.queries.dialogue import Link
from cms.queries.genealogy import Tree, tree
from cms.queries.spread import AdoptionRow, adoption_rows, state_counts
from coalition.dialogue.papers import core_address
from coalition.evidence.level import Level, level_of_finding, level_of_measurements
from coalition.evidence.models import Finding, Measurement
from coalition.evidence.queries import findings, measurements
from coalition.evidence.suppression import shown_n
from coalition.members.models import Fact, Municipality
from coalition.members.queries import today
from coalition.practice.models import CRITERIA, PARAMETERS, JobModel, PilotState
from coalition.practice.queries import adoptions, job_models, pilots


@dataclass(frozen=True, slots=True)
class ModelItem:
    """A model as the list shows it."""

    model: JobModel
    level: Level
    pilots: int
    adoptions: int


@dataclass(slots=True)
class ModelsOfPlace:
    """The models of a municipality, held against what was published of them."""

    municipality: Municipality
    items: list[ModelItem]
    figure: Fact | None = None

    @property
    def unnamed(self) -> int:
        """명칭 미수록: published, and named by no source that the hub has."""
        if self.figure is None or self.figure.number is None:
            return 0
        return max(0, int(self.figure.number) - len(self.items))


@dataclass(frozen=True, slots=True)
class FindingItem:
    """A finding with its level. `n` is nothing when fewer than five people stand behind it."""

    finding: Finding
    level: Level
    n: int | None


@dataclass(frozen=True, slots=True)
class PilotItem:
    """A pilot as a list shows it."""

    pilot: Any
    state: str
    state_label: str
    level: Level


def measured_by_model(models: Collection[int] | None = None) -> dict[int, list[Measurement]]:
    """Every measurement that stands (of these models), by the model that its pilot tries."""
    found: dict[int, list[Measurement]] = defaultdict(list)
    rows = measurements() if models is None else measurements().filter(pilot__model__in=models)
    for row in rows.select_related("pilot"):
        found[row.pilot.model_id].append(row)
    return found


def model_list() -> list[ModelsOfPlace]:
    """Everything of `/models/`: seven queries, however many there are."""
    day = today()
    measured = measured_by_model()
    tried = Counter(pilots().order_by().values_list("model", flat=True))
    taken = Counter(
        adoptions().filter(model__isnull=False).order_by().values_list("model", flat=True)
    )
    figures = {
        fact.municipality_id: fact
        for fact in Fact.objects.filter(key="models").select_related("source")
    }
    places: dict[int, ModelsOfPlace] = {}
    for model in job_models():
        place = places.setdefault(
            model.municipality_id,
            ModelsOfPlace(model.municipality, [], figures.get(model.municipality_id)),
        )
        level = level_of_measurements(measured.get(model.pk, ()), day)
        place.items.append(ModelItem(model, level, tried[model.pk], taken[model.pk]))
    return list(places.values())


def pilot_items(rows: Iterable[Any]) -> list[PilotItem]:
    """These pilots (from `pilots()`) with their levels."""
    listed = list(rows)
    measured: dict[int, list[Measurement]] = defaultdict(list)
    for row in measurements().filter(pilot__in=[pilot.pk for pilot in listed]):
        measured[row.pilot_id].append(row)
    day = today()
    return [
        PilotItem(
            pilot,
            pilot.state or "",
            str(PilotState(pilot.state).label) if pilot.state else "기록 없음",
            level_of_measurements(measured.get(pilot.pk, ()), day),
        )
        for pilot in listed
    ]


def finding_items(rows: Iterable[Finding], day: dt.date) -> list[FindingItem]:
    """These findings, each with its level."""
    return [
        FindingItem(finding, level_of_finding(finding, day), shown_n(finding.n)) for finding in rows
    ]


@dataclass(frozen=True, slots=True)
class Scored:
    """A criterion with its score. No score is no score."""

    label: str
    score: int | None


def _label(name: str) -> str:
    field: Any = JobModel._meta.get_field(name)
    return str(field.verbose_name)


def scores(model: JobModel) -> list[Scored]:
    """The four criteria; empty when nobody has scored it."""
    found = [Scored(_label(name), getattr(model, name)) for name in CRITERIA]
    return found if any(one.score is not None for one in found) else []


def parameters(model: JobModel) -> list[tuple[str, str]]:
    """대상·단가·기간·주체, as far as they are told."""
    return [(_label(name), getattr(model, name)) for name in PARAMETERS if getattr(model, name)]


@dataclass(frozen=True, slots=True)
class ModelPage:
    """Everything of a model's page."""

    model: JobModel
    level: Level
    parameters: list[tuple[str, str]]
    scores: list[Scored]
    questions: list[Link]
    pilots: list[PilotItem]
    adoptions: list[AdoptionRow]
    states: list[tuple[str, int]]
    tree: Tree | None
    findings: list[FindingItem]


def model_page(slug: str) -> ModelPage | None:
    """The model of that address, or None."""
    from coalition.dialogue.models import CoreQuestion

    cores = Prefetch("core_questions", queryset=CoreQuestion.objects.select_related("paper"))
    model = job_models().prefetch_related(cores).filter(slug=slug).first()
    if model is None:
        return None
    day = today()
    rows = adoption_rows(adoptions().filter(model=model))
    return ModelPage(
        model=model,
        level=level_of_measurements(measurements().filter(pilot__model=model), day),
        parameters=parameters(model),
        scores=scores(model),
        questions=[Link(str(core), core_address(core)) for core in model.core_questions.all()],
        pilots=pilot_items(pilots().filter(model=model)),
        adoptions=rows,
        states=state_counts(rows),
        tree=tree(model.municipality.name, model.municipality_id, model.name, rows, day),
        findings=finding_items(findings().filter(model=model), day),
    )
