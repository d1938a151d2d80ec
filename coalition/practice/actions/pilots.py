"""Writes about models, pilots and their plans."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.dialogue.models import CoreQuestion
from coalition.members.models import Municipality
from coalition.practice.models import (
    JobModel,
    Pilot,
    PilotEvent,
    PilotMilestone,
    PilotPlan,
    PilotState,
)
from coalition.practice.rules import NOTHING, Told, need_source
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User
from coalition.record.sources import Known


@transaction.atomic
def keep_model(
    *,
    slug: str,
    municipality: Municipality,
    name: str,
    source: Known,
    core_questions: Iterable[CoreQuestion] | None = None,
    told: Told = NOTHING,
    by: User | None,
) -> JobModel:
    """Enter a model, or bring the one of that address to what is said here.

    `told` are its other fields; what is not given stays. Raises ValidationError without a Source for a real
    municipality, for a division of another one, and for an address that another municipality's model has.
    """
    source = need_source(municipality, source)
    model = JobModel.objects.select_for_update().filter(slug=slug).first() or JobModel(slug=slug)
    if model.pk and model.municipality_id != municipality.pk:
        raise ValidationError("다른 지방정부의 모델이 쓰는 주소입니다.")
    before = fingerprint(model) if model.pk else ""
    model.municipality, model.name, model.source = municipality, name.strip(), source
    for field, value in told.items():
        setattr(model, field, value)
    _same_place(model.division, municipality)
    model.full_clean()
    model.save()
    if core_questions is not None:
        model.core_questions.set(core_questions)
    record_event("model.kept", model, by=by, before=before, municipality=municipality.code)
    return model


def _same_place(division: Any, municipality: Municipality) -> None:
    if division is not None and division.body.municipality_id != municipality.pk:
        raise ValidationError({"division": "다른 지방정부의 분과입니다."})


@transaction.atomic
def keep_pilot(
    *,
    slug: str,
    model: JobModel,
    name: str,
    source: Known,
    told: Told = NOTHING,
    by: User | None,
) -> Pilot:
    """Enter a pilot of a model, or bring the one of that address to what is said here.

    It belongs to the model's municipality. A new one begins with 준비 as of today only by an event of its own.
    """
    source = need_source(model.municipality, source)
    pilot = Pilot.objects.select_for_update().filter(slug=slug).first() or Pilot(slug=slug)
    if pilot.pk and pilot.municipality_id != model.municipality_id:
        raise ValidationError("다른 지방정부의 시범 사업이 쓰는 주소입니다.")
    before = fingerprint(pilot) if pilot.pk else ""
    pilot.model, pilot.municipality = model, model.municipality
    pilot.name, pilot.source = name.strip(), source
    for field, value in told.items():
        setattr(pilot, field, value)
    _same_place(pilot.division, model.municipality)
    pilot.full_clean()
    pilot.save()
    record_event("pilot.kept", pilot, by=by, before=before, municipality=model.municipality.code)
    return pilot


@transaction.atomic
def record_pilot_event(
    *,
    pilot: Pilot,
    state: PilotState | str,
    on: dt.date,
    note: str,
    source: Known = None,
    by: User | None,
) -> PilotEvent:
    """Say what happened to a pilot on a day."""
    source = need_source(pilot.municipality, source)
    event = PilotEvent(pilot=pilot, state=state, on=on, note=note.strip(), source=source)
    event.full_clean()
    event.save()
    record_event("pilot.stepped", pilot, by=by, state=str(state), step=event.pk)
    return event


@transaction.atomic
def set_milestone(
    *,
    pilot: Pilot,
    name: str,
    planned_on: dt.date,
    source: Known = None,
    by: User | None,
) -> PilotMilestone:
    """Set what is to be reached by when."""
    source = need_source(pilot.municipality, source)
    milestone = PilotMilestone(pilot=pilot, name=name.strip(), planned_on=planned_on, source=source)
    milestone.full_clean()
    milestone.save()
    record_event("milestone.set", milestone, by=by, pilot=pilot.pk)
    return milestone


@transaction.atomic
def reach_milestone(
    *, milestone: PilotMilestone, on: dt.date, note: str = "", by: User | None
) -> PilotMilestone:
    """Say when it was reached; the day that was planned stays beside it.

    Raises ValidationError when it was reached before.
    """
    milestone = PilotMilestone.objects.select_for_update().get(pk=milestone.pk)
    if milestone.reached_on is not None:
        raise ValidationError("이미 이룬 이정표입니다.")
    before = fingerprint(milestone)
    milestone.reached_on, milestone.note = on, note.strip()
    milestone.full_clean()
    milestone.save()
    record_event("milestone.reached", milestone, by=by, before=before, pilot=milestone.pilot_id)
    return milestone


@transaction.atomic
def write_plan(
    *,
    pilot: Pilot,
    on: dt.date,
    because: str = "",
    cause: Any = None,
    told: Told,
    source: Known = None,
    by: User | None,
) -> PilotPlan:
    """Write the next version of a pilot's plan.

    `told` are goal, target, activities, budget, period and evaluation. `cause` is the meeting, decision or
    question (a row of coalition.dialogue) that changed it. Raises ValidationError when a later version does
    not say what changed it.
    """
    source = need_source(pilot.municipality, source)
    Pilot.objects.select_for_update().get(pk=pilot.pk)
    last = pilot.plans.order_by("-number").first()
    if last is not None and not because.strip():
        raise ValidationError({"because": "무엇이 계획을 바꾸었는지 쓰세요."})
    if cause is not None and cause._meta.app_label != "dialogue":
        raise ValidationError({"because": "계획은 대화나 결정이 바꿉니다."})
    plan = PilotPlan(
        pilot=pilot,
        number=last.number + 1 if last else 1,
        on=on,
        division=pilot.division,
        because=because.strip(),
        cause_type=ContentType.objects.get_for_model(cause) if cause is not None else None,
        cause_id=cause.pk if cause is not None else None,
        source=source,
        **told,
    )
    plan.full_clean()
    plan.save()
    record_event("plan.written", plan, by=by, pilot=pilot.pk, number=plan.number)
    return plan
