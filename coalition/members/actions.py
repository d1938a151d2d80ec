"""Writes of the ledger of participation and of the posts at the desk."""

from __future__ import annotations

import datetime as dt

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.text import slugify

from coalition.members.groups import match_groups
from coalition.members.models import (
    Appointment,
    Deputation,
    Level,
    Membership,
    MembershipState,
    Municipality,
    Region,
    Role,
)
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
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
    if not municipality.can_join:
        raise ValidationError(f"{municipality}은(는) 지방자치단체가 아니어서 참여할 수 없습니다.")
    if not municipality.fictional and source is None and document is None:
        raise ValidationError("실제 지방정부의 참여는 출처나 문서가 있어야 적을 수 있습니다.")
    membership = Membership.objects.create(
        municipality=municipality,
        state=state,
        on=on,
        note=note,
        document=document,
        source=source,
        recorded_by=by,
    )
    record_event("membership.recorded", membership, by=by, municipality=municipality.code)
    return membership


@transaction.atomic
def appoint(
    *, user: User, municipality: Municipality, role: Role, since: dt.date, by: User | None
) -> Appointment:
    """Give a user a post. Somebody who holds it already keeps it as it is, and that is an Event too.

    Raises ValidationError when the user works for another municipality.
    """
    elsewhere = user.appointments.filter(until__isnull=True).exclude(municipality=municipality)
    if elsewhere.exists():
        raise ValidationError(f"{user}은(는) 다른 지방정부의 일을 맡고 있습니다.")
    appointment, _ = Appointment.objects.get_or_create(
        user=user,
        municipality=municipality,
        role=role,
        until=None,
        defaults={"since": since, "appointed_by": by},
    )
    match_groups(user, municipality)
    record_event("appointment.made", appointment, by=by, municipality=municipality.code)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date, by: User | None) -> Appointment:
    """Take a post back. What was written under it stays."""
    before = fingerprint(appointment)
    appointment.until = on
    appointment.save(update_fields=["until"])
    match_groups(appointment.user, appointment.municipality)
    record_event("appointment.ended", appointment, by=by, before=before)
    return appointment


@transaction.atomic
def name_deputy(*, municipality: Municipality, since: dt.date, reason: str, by: User) -> Deputation:
    """Let the secretariat edit and approve for this municipality."""
    deputation = Deputation.objects.create(
        municipality=municipality, since=since, reason=reason, named_by=by
    )
    record_event("deputation.named", deputation, by=by, municipality=municipality.code)
    return deputation


@transaction.atomic
def end_deputation(*, deputation: Deputation, on: dt.date, by: User) -> Deputation:
    """Take the secretariat's deputation back."""
    before = fingerprint(deputation)
    deputation.until = on
    deputation.save(update_fields=["until"])
    record_event("deputation.ended", deputation, by=by, before=before)
    return deputation
