"""Writes about barriers and the points of a zone."""

from __future__ import annotations

import datetime as dt

from django.contrib.contenttypes.models import ContentType
from django.db import transaction

from coalition.members.models import Municipality
from coalition.practice.cases import case_of
from coalition.practice.models import (
    Barrier,
    ZoneItem,
)
from coalition.practice.rules import need_source, take_back
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Attachment, User
from coalition.record.sources import Known


@transaction.atomic
def record_barrier(
    *,
    case: tuple[ContentType, int],
    kind: str,
    what: str,
    proof: str,
    on: dt.date | None = None,
    source: Known = None,
    document: Attachment | None = None,
    by: User | None,
) -> Barrier:
    """Enter what the rules did not let a public case do, with what proves it."""
    found = case_of(*case)
    source = need_source(found.municipality, source)
    barrier = Barrier(
        case_type=case[0],
        case_id=case[1],
        municipality=found.municipality,
        kind=kind,
        what=what.strip(),
        proof=proof.strip(),
        on=on,
        source=source,
        document=document,
    )
    barrier.full_clean()
    barrier.save()
    record_event("barrier.recorded", barrier, by=by, municipality=found.municipality.code)
    return barrier


@transaction.atomic
def withdraw_barrier(*, barrier: Barrier, because: str, by: User) -> Barrier:
    """Take back a barrier: it stands on no page and in no count any more."""
    before = fingerprint(barrier)
    take_back(barrier, because)
    record_event(
        "barrier.withdrawn", barrier, by=by, before=before, municipality=barrier.municipality.code
    )
    return barrier


@transaction.atomic
def record_zone_item(
    *,
    municipality: Municipality,
    point: str,
    on: dt.date,
    title: str = "",
    address: str = "",
    source: Known = None,
    document: Attachment | None = None,
    by: User | None,
) -> ZoneItem:
    """Say what a municipality has for one point of the 특구 checklist, or (without a title) that it has none."""
    source = need_source(municipality, source)
    item = ZoneItem(
        municipality=municipality,
        point=point,
        on=on,
        title=title.strip(),
        address=address,
        source=source,
        document=document,
    )
    item.full_clean()
    item.save()
    record_event("zone.checked", item, by=by, municipality=municipality.code, point=str(point))
    return item
