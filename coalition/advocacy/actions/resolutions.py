"""Writes of the tracker of council resolutions: they add rows and never change one."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from coalition.advocacy.filing import Votes, kept_document, new_step, show_document_of
from coalition.advocacy.models import CouncilResolution, ResolutionStep, StepVerification
from coalition.drafts.models import Bill
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.models import Source, User


@transaction.atomic
def enter_resolution(
    *,
    municipality: Municipality,
    bill: Bill,
    council: str,
    title: str,
    by: User | None,
    source: Source | None = None,
    on: dt.date | None = None,
) -> CouncilResolution:
    """Enter a council's 건의안 or 결의안 about a bill; its steps tell what happened to it."""
    if municipality.fictional and not bill.fictional:
        raise ValidationError("가상 지방의회는 시연용 법안에만 결의합니다.")
    row = CouncilResolution(
        municipality=municipality,
        bill=bill,
        council=council.strip(),
        title=title.strip(),
        source=source,
        on=on or today(),
        entered_by=by,
    )
    row.full_clean()
    row.save()
    record_event("resolution.entered", row, by=by, municipality=municipality.code)
    return row


@transaction.atomic
def record_resolution_step(
    *,
    resolution: CouncilResolution,
    stage: str,
    happened_on: dt.date,
    by: User | None,
    place: str = "",
    note: str = "",
    votes: Votes | None = None,
    file: File[bytes] | None = None,
    source: Source | None = None,
    replaces: ResolutionStep | None = None,
    on: dt.date | None = None,
) -> ResolutionStep:
    """Say what happened to a resolution, or correct what was said with a row that replaces it.

    Raises ValidationError when 의결 has no document, when a real council's step has no proof, and when the
    row to be replaced was replaced before.
    """
    document = kept_document(file, resolution.title, by)
    step = new_step(
        resolution=resolution,
        stage=stage,
        happened_on=happened_on,
        place=place,
        note=note,
        votes=votes or Votes(),
        document=document,
        source=source,
        replaces=replaces,
        on=on or today(),
        by=by,
    )
    step.save()
    record_event("resolution.stepped", step, by=by, resolution=resolution.pk, stage=stage)
    return step


@transaction.atomic
def verify_step(
    *,
    step: ResolutionStep,
    accepted: bool,
    by: User | None,
    note: str = "",
    show_document: bool = True,
    on: dt.date | None = None,
) -> StepVerification:
    """Say whether the document holds what the step tells. An accepted document becomes public unless told."""
    if accepted and step.document is None:
        raise ValidationError("문서가 없는 걸음은 확인할 수 없습니다.")
    if not accepted and not note.strip():
        raise ValidationError("돌려보내는 까닭을 쓰세요.")
    row = StepVerification.objects.create(
        step=step,
        accepted=accepted,
        note=note.strip()[:300],
        on=max(on or today(), step.on),
        verified_by=by,
    )
    if accepted and show_document:
        show_document_of(step.document)
    record_event(
        "resolution.verified" if accepted else "resolution.returned", row, by=by, step=step.pk
    )
    return row
