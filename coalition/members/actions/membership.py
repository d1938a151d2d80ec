"""Writes of participation: into the coalition, and out of it."""

from __future__ import annotations

import datetime as dt

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify

from coalition.members.models import Level, Membership, MembershipState, Municipality, Region
from coalition.members.posts import close_desk
from coalition.members.queries import state_of, today
from coalition.particles import topic
from coalition.record.actions import record_event
from coalition.record.models import Attachment, Source, User

FICTIONAL_REGION = ("X0", "가상도")


@transaction.atomic
def enter_fictional(*, code: str, name: str, slug: str, by: User | None) -> Municipality:
    """Enter an invented municipality of 「가상도」 for the demo. Its code begins with X.

    Raises ValidationError when code or name won't do.
    """
    region_code, region_name = FICTIONAL_REGION
    region, _ = Region.objects.get_or_create(
        code=region_code, defaults={"name": region_name, "fictional": True}
    )
    municipality = Municipality(
        code=code,
        name=name,
        region=region,
        kind=name[-1:],
        level=Level.BASIC,
        slug=slug or slugify(anyascii(name)),
        fictional=True,
    )
    municipality.full_clean()
    municipality.save()
    record_event("municipality.invented", municipality, by=by)
    return municipality


@transaction.atomic
def record_membership(
    *,
    municipality: Municipality,
    state: MembershipState,
    on: dt.date,
    by: User | None,
    note: str = "",
    document: Attachment | None = None,
    source: Source | None = None,
) -> Membership:
    """Add one step to the ledger.

    Raises ValidationError for 행정시, which can't join, and for a real municipality without a Source or
    a document.
    """
    membership = _step(municipality, state, on, note, document, source, by)
    record_event("membership.recorded", membership, by=by, municipality=municipality.code)
    return membership


@transaction.atomic
def leave_coalition(
    *,
    municipality: Municipality,
    on: dt.date,
    by: User,
    note: str = "",
    document: Attachment | None = None,
    source: Source | None = None,
) -> Membership:
    """탈퇴: one step more in the ledger, and the desk closes today. Pages and records stay as they are.

    Raises ValidationError for who does not take part, for a day to come, and for one before the last step.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    last = state_of(municipality)
    if last is None or last.state != MembershipState.APPROVED:
        raise ValidationError(f"{topic(municipality)} 지금 참여하고 있지 않습니다.")
    if on > today():
        raise ValidationError({"on": "앞날의 탈퇴는 그날이 오면 적습니다."})
    if on < last.on:
        raise ValidationError({"on": f"참여한 날({last.on})보다 앞설 수 없습니다."})
    step = _step(municipality, MembershipState.LEFT, on, note, document, source, by)
    closed = close_desk(municipality, timezone.localdate())
    record_event("membership.left", step, by=by, municipality=municipality.code, closed=closed)
    return step


def _step(
    municipality: Municipality,
    state: MembershipState,
    on: dt.date,
    note: str,
    document: Attachment | None,
    source: Source | None,
    by: User | None,
) -> Membership:
    if not municipality.can_join:
        raise ValidationError(f"{topic(municipality)} 지방자치단체가 아니어서 참여할 수 없습니다.")
    if not municipality.fictional and source is None and document is None:
        raise ValidationError("실제 지방정부의 참여는 출처나 문서가 있어야 적을 수 있습니다.")
    return Membership.objects.create(
        municipality=municipality,
        state=state,
        on=on,
        note=note,
        document=document,
        source=source,
        recorded_by=by,
    )
