"""Writes about adoptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.members.models import Municipality
from coalition.particles import topic
from coalition.practice.cases import case_of
from coalition.practice.models import (
    OVER,
    PARAMETERS,
    Adoption,
    AdoptionEvent,
    AdoptionKind,
    AdoptionOutcome,
    AdoptionState,
    JobModel,
)
from coalition.practice.rules import NOTHING, Told, need_source, take_back
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User
from coalition.record.sources import Known


def _refuse_twice(adoption: Adoption) -> None:
    """What was taken over stays the same adoption, whatever becomes of it (a constraint keeps it so)."""
    same = Adoption.objects.filter(adopter=adoption.adopter, withdrawn_at__isnull=True)
    if adoption.kind == AdoptionKind.MODEL:
        same = same.filter(model=adoption.model)
    elif adoption.kind == AdoptionKind.CASE:
        same = same.filter(case_type=adoption.case_type, case_id=adoption.case_id)
    else:
        return
    if same.exists():
        raise ValidationError("이미 도입했습니다. 그 도입에 이어서 적으세요.")


@transaction.atomic
def adopt(
    *,
    adopter: Municipality,
    on: dt.date,
    model: JobModel | None = None,
    case: tuple[ContentType, int] | None = None,
    ordinance: str = "",
    donor: Municipality | None = None,
    source: Known = None,
    told: Told = NOTHING,
    by: User | None,
) -> Adoption:
    """우리도 도입: begin an adoption of one thing, in 검토. `donor` is who gave an ordinance; of a model it may be
    a place that took it over itself, when that is from whom it was learned.

    `told` are the adaptation and the parameters that are changed. Raises ValidationError for one's own thing,
    for a case that is not public, for what this municipality has taken over already, and for a donor that
    never took the model over.
    """
    source = need_source(adopter, source)
    adoption = Adoption(adopter=adopter, source=source, **told)
    if model is not None:
        adoption.kind, adoption.model = AdoptionKind.MODEL, model
        adoption.donor = _giver(model, donor)
        if model.municipality_id == adopter.pk:
            raise ValidationError("자기 것을 도입할 수는 없습니다.")
    elif case is not None:
        adoption.case_type, adoption.case_id = case
        adoption.kind, adoption.donor = AdoptionKind.CASE, case_of(*case).municipality
    elif donor is not None and ordinance.strip():
        adoption.kind, adoption.ordinance = AdoptionKind.ORDINANCE, ordinance.strip()
        adoption.donor = donor
    else:
        raise ValidationError("무엇을 도입하는지 고르세요.")
    if adoption.donor_id == adopter.pk:
        raise ValidationError("자기 것을 도입할 수는 없습니다.")
    _refuse_twice(adoption)
    adoption.full_clean()
    adoption.save()
    AdoptionEvent.objects.create(
        adoption=adoption, state=AdoptionState.REVIEW, on=on, source=source
    )
    record_event(
        "adoption.begun",
        adoption,
        by=by,
        donor=adoption.donor.code,
        municipality=adopter.code,
    )
    return adoption


def _giver(model: JobModel, donor: Municipality | None) -> Municipality:
    """From whom a model is taken: its own municipality, or one that took it over."""
    if donor is None or donor.pk == model.municipality_id:
        return model.municipality
    if not Adoption.objects.filter(model=model, adopter=donor, withdrawn_at__isnull=True).exists():
        raise ValidationError({"donor": f"{topic(donor.name)} 이 모델을 도입한 적이 없습니다."})
    return donor


@transaction.atomic
def record_adoption_event(
    *,
    adoption: Adoption,
    state: AdoptionState | str,
    on: dt.date,
    note: str = "",
    source: Known = None,
    by: User | None,
) -> AdoptionEvent:
    """Say how far an adoption is. Raises ValidationError for a stop or an end without its reason."""
    source = need_source(adoption.adopter, source)
    if adoption.withdrawn_at is not None:
        raise ValidationError("거둔 도입입니다.")
    if state in OVER and not note.strip():
        raise ValidationError({"note": "멈추거나 마친 까닭을 쓰세요. 까닭은 지워지지 않습니다."})
    event = AdoptionEvent(adoption=adoption, state=state, on=on, note=note.strip(), source=source)
    event.full_clean()
    event.save()
    record_event(
        "adoption.stepped",
        adoption,
        by=by,
        state=str(state),
        donor=adoption.donor.code,
        municipality=adoption.adopter.code,
    )
    return event


@transaction.atomic
def adapt(*, adoption: Adoption, told: Mapping[str, str], by: User | None) -> Adoption:
    """Say what was changed: the adaptation in words, and the parameters that differ from the donor's."""
    before = fingerprint(adoption)
    unknown = set(told) - {"adaptation", *PARAMETERS}
    if unknown:
        raise ValidationError(f"바꿀 수 없는 것입니다: {', '.join(sorted(unknown))}")
    for field, value in told.items():
        setattr(adoption, field, value.strip())
    adoption.full_clean()
    adoption.save()
    record_event(
        "adoption.adapted", adoption, by=by, before=before, municipality=adoption.adopter.code
    )
    return adoption


@transaction.atomic
def record_outcome(
    *,
    adoption: Adoption,
    months: int,
    on: dt.date,
    text: str,
    n: int | None = None,
    source: Known = None,
    by: User | None,
) -> AdoptionOutcome:
    """Say what came of an adoption after 6 or 12 months."""
    source = need_source(adoption.adopter, source)
    if adoption.withdrawn_at is not None:
        raise ValidationError("거둔 도입입니다.")
    outcome = AdoptionOutcome(
        adoption=adoption, months=months, on=on, text=text.strip(), n=n, source=source
    )
    outcome.full_clean()
    outcome.save()
    record_event(
        "adoption.told",
        adoption,
        by=by,
        months=months,
        donor=adoption.donor.code,
        municipality=adoption.adopter.code,
    )
    return outcome


@transaction.atomic
def withdraw_adoption(*, adoption: Adoption, because: str, by: User) -> Adoption:
    """Take back an adoption that was entered by mistake: no page and no count knows it any more.

    One that was really tried is ended by `record_adoption_event` and stays.
    """
    before = fingerprint(adoption)
    take_back(adoption, because)
    record_event(
        "adoption.withdrawn", adoption, by=by, before=before, municipality=adoption.adopter.code
    )
    return adoption
