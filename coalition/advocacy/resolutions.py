"""Reads of the tracker of council resolutions, as of any day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from coalition.advocacy.models import (
    CouncilResolution,
    ResolutionStage,
    ResolutionStep,
    StepVerification,
)
from coalition.drafts.models import Bill
from coalition.members.heritage import heir, told_at, told_at_outer
from coalition.members.models import Municipality
from coalition.members.queries import today


@dataclass(frozen=True, slots=True)
class Reached:
    """One stage of the road, with the last step there, if any."""

    stage: ResolutionStage
    step: Any | None


@dataclass(frozen=True, slots=True)
class Tracked:
    """A resolution (of `resolutions_until`) on one day. `waiting` is for how many days nobody has answered."""

    row: Any
    steps: list[Any]
    stages: list[Reached]
    passed: Any | None
    waiting: int | None
    replied: Any | None

    @property
    def verified(self) -> bool:
        """Whether it is counted: passed, and the document of the vote was accepted."""
        return self.passed is not None and self.passed.accepted is True

    @property
    def now(self) -> Any | None:
        """The step that came last."""
        return self.steps[-1] if self.steps else None


@dataclass(frozen=True, slots=True)
class ResolutionCount:
    """What is counted, and what stands apart."""

    passed: int
    replied: int
    unverified: int
    under_way: int


def steps_until(on: dt.date) -> QuerySet[Any]:
    """The steps that count on a day, each with `accepted`: a correction takes the place of what it corrects."""
    looks = StepVerification.objects.filter(step=OuterRef("pk"), on__lte=on)
    later = ResolutionStep.objects.filter(replaces=OuterRef("pk"), on__lte=on)
    return (
        ResolutionStep.objects.filter(on__lte=on)
        .exclude(Exists(later))
        .select_related("stage", "document", "source")
        .annotate(accepted=Subquery(looks.order_by("-pk").values("accepted")[:1]))
        .order_by("happened_on", "stage__order", "pk")
    )


def resolutions_until(on: dt.date) -> QuerySet[CouncilResolution]:
    """Resolutions that were entered by that day, with `told`, their steps of that day."""
    return (
        CouncilResolution.objects.filter(on__lte=on)
        .select_related("municipality__region", "bill", "source")
        .annotate(heir=heir(on))
        .prefetch_related(Prefetch("steps", queryset=steps_until(on), to_attr="told"))
        .order_by("-pk")
    )


def has_resolutions() -> Exists:
    """Whether its council, or one of which it is the heir, ever resolved: for an outer query of municipalities."""
    return Exists(CouncilResolution.objects.filter(told_at_outer()))


def newest_stages(municipality: Municipality, on: dt.date) -> QuerySet[Any]:
    """What a municipality's council resolved, and those of which it is the heir: one query.

    Each has `stage` and `since` of that day.
    """
    newest = (
        steps_until(on)
        .filter(resolution=OuterRef("pk"))
        .order_by("-happened_on", "-stage__order", "-pk")
    )
    return (
        CouncilResolution.objects.filter(told_at(municipality, on), on__lte=on)
        .select_related("bill", "municipality__region")
        .annotate(
            stage=Subquery(newest.values("stage__name")[:1]),
            since=Subquery(newest.values("happened_on")[:1]),
            accepted=Subquery(newest.values("accepted")[:1]),
        )
        .order_by("-on", "-pk")
    )


def tracked(rows: Iterable[CouncilResolution], on: dt.date | None = None) -> list[Tracked]:
    """Each resolution with the stages it reached by that day."""
    day = on or today()
    stages = list(ResolutionStage.objects.all())
    return [_tracked(row, stages, day) for row in rows]


def of_bill(bill: Bill, on: dt.date | None = None) -> list[Tracked]:
    """What councils resolved about a bill."""
    return tracked(resolutions_until(on or today()).filter(bill=bill), on)


def counted(found: list[Tracked]) -> ResolutionCount:
    """The public total counts verified ones only."""
    passed = [one for one in found if one.verified]
    return ResolutionCount(
        passed=len(passed),
        replied=sum(one.replied is not None for one in passed),
        unverified=sum(one.passed is not None and not one.verified for one in found),
        under_way=sum(one.passed is None for one in found),
    )


def _tracked(row: Any, stages: list[ResolutionStage], day: dt.date) -> Tracked:
    last = {step.stage_id: step for step in row.told}
    sent, replied = last.get(ResolutionStage.SENT), last.get(ResolutionStage.REPLIED)
    reached = [Reached(stage, last.get(stage.key)) for stage in stages]
    return Tracked(
        row=row,
        steps=row.told,
        # An ending that is off the road stands there only when it was reached.
        stages=[one for one in reached if one.step is not None or not one.stage.ends],
        passed=last.get(ResolutionStage.PASSED),
        waiting=(day - sent.happened_on).days if sent is not None and replied is None else None,
        replied=replied,
    )
