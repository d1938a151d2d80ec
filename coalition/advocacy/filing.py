"""What a new row of the ledger of positions needs, and what refuses one."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone

from coalition.advocacy.models import (
    CouncilResolution,
    Position,
    ResolutionStage,
    ResolutionStep,
)
from coalition.drafts.models import Provision, Version
from coalition.drafts.originals import refuse_what_is_no_original
from coalition.drafts.queries import identity_now, uid_of
from coalition.members.models import Municipality
from coalition.members.queries import term_on
from coalition.particles import topic
from coalition.record.attachments import store_attachment
from coalition.record.models import Attachment, Source, User
from coalition.record.privacy import stops


@dataclass(frozen=True, slots=True)
class Votes:
    """A vote as the minutes tell it; nothing where there was none."""

    yes: int | None = None
    no: int | None = None
    abstained: int | None = None


def kept_document(file: File[bytes] | None, title: str, by: User | None) -> Attachment | None:
    """The document behind an act, stored. Raises ValidationError for what is no document."""
    if file is None:
        return None
    if by is None:
        raise ValidationError("문서는 누가 올렸는지 남아야 합니다.")
    name = (file.name or "").rpartition("/")[2]
    refuse_what_is_no_original(name, file.size, file)
    return store_attachment(file=file, title=title[:200], uploader=by)


def new_position(
    *,
    municipality: Municipality,
    version: Version,
    provision: Provision | None,
    stance: str,
    act: str,
    acted_on: dt.date,
    reason: str,
    votes: Votes,
    document: Attachment | None,
    source: Source | None,
    on: dt.date,
    by: User | None,
) -> Position:
    """A position to be saved, in the place of what the same act said of the same clause before."""
    _refuse_wrong_place(version, provision, municipality)
    if document is None and source is None and not municipality.fictional:
        raise ValidationError("실제 지방정부의 입장에는 문서가 있어야 합니다.")
    if acted_on > on:
        raise ValidationError({"acted_on": "정한 날이 등록하는 날보다 늦습니다."})
    if acted_on < version.date:
        raise ValidationError(
            {
                "acted_on": f"{topic(f'v{version.no}')} {version.date}의 판입니다. 그보다 앞서 정할 수 없습니다."
            }
        )
    if stops(reason):
        raise ValidationError({"reason": "고유식별정보로 보이는 숫자가 있습니다. 지우고 쓰세요."})
    term = term_on(acted_on)
    if term is None:
        raise ValidationError({"acted_on": "그날의 민선 기를 알 수 없습니다."})
    uid = (uid_of(provision) or uuid.uuid4()) if provision is not None else None
    before = _said_before(municipality, version, uid, act)
    position = Position(
        municipality=municipality,
        term=term,
        version=version,
        provision=provision,
        uid=uid,
        stance=stance,
        reason=reason.strip(),
        act=act,
        acted_on=acted_on,
        votes_for=votes.yes,
        votes_against=votes.no,
        votes_abstained=votes.abstained,
        document=document,
        source=source,
        replaces=before,
        on=on,
        filed_by=by,
    )
    if before is not None and document is None and _says_the_same(before, position):
        raise ValidationError("이미 등록된 입장과 같습니다.")
    position.full_clean()
    return position


def tail_of(position: Position) -> Position:
    """The last row in the line of rows that replace each other."""
    while True:
        later = Position.objects.filter(replaces=position).first()
        if later is None:
            return position
        position = later


def _refuse_wrong_place(
    version: Version, provision: Provision | None, municipality: Municipality
) -> None:
    if not version.is_published:
        raise ValidationError("발행된 판에만 입장을 등록할 수 있습니다.")
    if provision is not None and (
        provision.version_id != version.pk or provision.kind != "article" or provision.deleted
    ):
        raise ValidationError(f"v{version.no}의 조를 고르세요.")
    if not municipality.can_join:
        raise ValidationError(f"{topic(municipality)} 지방자치단체가 아닙니다.")
    if municipality.fictional and not version.bill.fictional:
        raise ValidationError("가상 지방정부는 시연용 법안에만 입장을 등록합니다.")


def _said_before(
    municipality: Municipality, version: Version, uid: uuid.UUID | None, act: str
) -> Position | None:
    rows = Position.objects.filter(
        municipality=municipality, version__bill=version.bill_id, act=act, replaced_by__isnull=True
    )
    newest_first = rows.select_related("version__bill").order_by("-pk")
    if uid is None:
        return newest_first.filter(uid__isnull=True).first()
    now = identity_now(uid)  # a corrected lineage may have given the clause another identity
    about_clauses = newest_first.filter(uid__isnull=False)
    return next((row for row in about_clauses if row.uid and identity_now(row.uid) == now), None)


def _says_the_same(before: Position, now: Position) -> bool:
    fields = (
        "version_id",
        "stance",
        "reason",
        "acted_on",
        "votes_for",
        "votes_against",
        "withdrawn",
    )
    return all(getattr(before, name) == getattr(now, name) for name in fields)


def new_step(
    *,
    resolution: CouncilResolution,
    stage: str,
    happened_on: dt.date,
    place: str,
    note: str,
    votes: Votes,
    document: Attachment | None,
    source: Source | None,
    replaces: ResolutionStep | None,
    on: dt.date,
    by: User | None,
) -> ResolutionStep:
    """A resolution's step to be saved. Raises ValidationError when it can't be."""
    found = ResolutionStage.objects.filter(pk=stage).first()
    if found is None:
        raise ValidationError({"stage": "없는 단계입니다."})
    if document is None and source is None and not resolution.municipality.fictional:
        raise ValidationError("실제 지방의회의 걸음에는 문서나 출처가 있어야 합니다.")
    if replaces is not None and replaces.resolution_id != resolution.pk:
        raise ValidationError("다른 의회 결의의 걸음은 갈음할 수 없습니다.")
    if replaces is not None and ResolutionStep.objects.filter(replaces=replaces).exists():
        raise ValidationError("그 사이 고쳐 적은 걸음입니다. 지금 것을 보고 다시 적으세요.")
    if stops(f"{place} {note}"):
        raise ValidationError("고유식별정보로 보이는 숫자가 있습니다. 지우고 쓰세요.")
    step = ResolutionStep(
        resolution=resolution,
        stage=found,
        happened_on=happened_on,
        place=place.strip(),
        note=note.strip(),
        votes_for=votes.yes,
        votes_against=votes.no,
        votes_abstained=votes.abstained,
        document=document,
        source=source,
        replaces=replaces,
        on=on,
        entered_by=by,
    )
    step.full_clean()
    return step


def show_document_of(document: Attachment | None) -> None:
    """The file of what was accepted is for everybody from now on."""
    if document is not None:
        document.public_since = document.public_since or timezone.now()
        document.save(update_fields=["public_since"])
