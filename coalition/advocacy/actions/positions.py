"""Writes of the ledger of positions: they add rows and never change one."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from coalition.advocacy.filing import (
    Votes,
    kept_document,
    new_position,
    show_document_of,
    tail_of,
)
from coalition.advocacy.models import Position, PositionVerification
from coalition.drafts.models import Provision, Version
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.models import Source, User


@transaction.atomic
def file_position(
    *,
    municipality: Municipality,
    version: Version,
    provision: Provision | None,
    stance: str,
    act: str,
    acted_on: dt.date,
    by: User | None,
    reason: str = "",
    votes: Votes | None = None,
    file: File[bytes] | None = None,
    source: Source | None = None,
    on: dt.date | None = None,
) -> Position:
    """Enter what a municipality says of an article, or of the whole bill.

    What the same municipality said of the same clause by the same kind of act is replaced and stays readable.
    `on` is only told by who enters what was filed elsewhere before; else it is today. Raises ValidationError
    when the version is not published, when no 민선 기 fits, or when nothing would change.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)  # one filing after another
    document = kept_document(file, f"{municipality} 입장", by)
    position = new_position(
        municipality=municipality,
        version=version,
        provision=provision,
        stance=stance,
        act=act,
        acted_on=acted_on,
        reason=reason,
        votes=votes or Votes(),
        document=document,
        source=source,
        on=on or today(),
        by=by,
    )
    position.save()
    record_event(
        "position.filed", position, by=by, municipality=municipality.code, stance=position.stance
    )
    return position


@transaction.atomic
def withdraw_position(*, position: Position, reason: str, by: User | None) -> Position:
    """Take a position back from today on: a row more, none less.

    Raises ValidationError without a reason, and when it was withdrawn before.
    """
    Municipality.objects.select_for_update().get(pk=position.municipality_id)
    last = tail_of(position)
    if last.withdrawn:
        raise ValidationError("이미 거둔 입장입니다.")
    if not reason.strip():
        raise ValidationError("거두는 까닭을 쓰세요.")
    day = today()
    row = Position(
        municipality_id=last.municipality_id,
        term_id=last.term_id,
        version_id=last.version_id,
        provision_id=last.provision_id,
        uid=last.uid,
        stance=last.stance,
        reason=reason.strip()[:500],
        act=last.act,
        acted_on=day,
        source_id=last.source_id,
        replaces=last,
        withdrawn=True,
        on=max(day, last.on),
        filed_by=by,
    )
    row.save()
    record_event("position.withdrawn", row, by=by, municipality=row.municipality.code)
    return row


@transaction.atomic
def verify_position(
    *,
    position: Position,
    accepted: bool,
    by: User | None,
    note: str = "",
    show_document: bool = True,
    on: dt.date | None = None,
) -> PositionVerification:
    """Say whether the document holds what was filed. Only accepted positions are counted.

    An accepted document becomes public unless told otherwise. Raises ValidationError when there is no
    document to look at, or no reason for sending it back.
    """
    if accepted and position.document is None:
        raise ValidationError("문서가 없는 입장은 확인할 수 없습니다.")
    if not accepted and not note.strip():
        raise ValidationError("돌려보내는 까닭을 쓰세요.")
    if position.withdrawn:
        raise ValidationError("거둔 입장은 확인하지 않습니다.")
    row = PositionVerification.objects.create(
        position=position,
        accepted=accepted,
        note=note.strip()[:300],
        on=max(on or today(), position.on),
        verified_by=by,
    )
    if accepted and show_document:
        show_document_of(position.document)
    record_event(
        "position.verified" if accepted else "position.returned",
        row,
        by=by,
        position=position.pk,
        municipality=position.municipality.code,
    )
    return row
