"""Writes of the ledger of participation and of the posts at the desk."""

from __future__ import annotations

import datetime as dt

from anyascii import anyascii
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from coalition.members.groups import match_groups
from coalition.members.models import (
    Appointment,
    Deputation,
    Invitation,
    Level,
    Membership,
    MembershipState,
    Municipality,
    Region,
    Role,
)
from coalition.members.queries import open_invitations
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Attachment, Source, User

INVITATION_LASTS = dt.timedelta(days=14)
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
    appointment = _give_post(user, municipality, role, since, by)
    record_event("appointment.made", appointment, by=by, municipality=municipality.code)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date, by: User | None) -> Appointment:
    """Take a post back. What was written under it stays."""
    before = fingerprint(appointment)
    _take_post(appointment, on)
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


@transaction.atomic
def invite(
    *,
    email: str,
    name: str,
    post: str,
    municipality: Municipality,
    role: Role,
    by: User,
    replaces: Appointment | None = None,
) -> Invitation:
    """Ask somebody to take a post; a reader of the Event sends the mail. The account is made without a password.

    Raises ValidationError when the address has an account that works elsewhere or was closed, when an
    invitation waits already, or `replaces` is no open post of this municipality.
    """
    email = email.strip().lower()
    if replaces is not None and (replaces.municipality != municipality or replaces.until):
        raise ValidationError("이미 끝났거나 다른 지방정부의 담당입니다.")
    user = User.objects.filter(Q(email__iexact=email) | Q(username__iexact=email)).first()
    if user is None:
        # One name as it is spoken; the desk's menu greets with `first_name`.
        user = User(username=email, email=email, first_name=name.strip()[:150], post=post.strip())
        user.set_unusable_password()
        user.save()
    elif _in_use(user):
        raise ValidationError("이미 쓰고 있는 계정의 주소입니다. 있는 계정에 맡기세요.")
    if open_invitations(municipality).filter(user=user, role=role).exists():
        raise ValidationError("이미 초대했습니다. 다시 보내려면 앞선 초대를 거두세요.")
    if (
        not user.is_active
    ):  # somebody comes back to a post: the old password is no longer theirs to use
        user.is_active = True
        user.set_unusable_password()
        user.save()
    invitation = Invitation.objects.create(
        user=user,
        municipality=municipality,
        role=role,
        replaces=replaces,
        invited_by=by,
        expires_at=timezone.now() + INVITATION_LASTS,
    )
    record_event("invitation.made", invitation, by=by, municipality=municipality.code)
    return invitation


@transaction.atomic
def accept_invitation(*, invitation: Invitation, password: str, by: User) -> Appointment:
    """Set the password and take the post; the post that it replaces ends. `by` is who was invited.

    Raises ValidationError when it was taken up, withdrawn or is too old.
    """
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not open_invitations(invitation.municipality).filter(pk=invitation.pk).exists():
        raise ValidationError("이미 썼거나 기한이 지난 초대입니다.")
    today = timezone.localdate()
    user = invitation.user
    user.set_password(password)
    user.save(update_fields=["password"])
    appointment = _give_post(
        user, invitation.municipality, Role(invitation.role), today, invitation.invited_by
    )
    if invitation.replaces is not None and invitation.replaces.until is None:
        _take_post(invitation.replaces, today)
        _close_unused(invitation.replaces.user)
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    record_event("invitation.accepted", invitation, by=by, appointment=appointment.pk)
    return appointment


@transaction.atomic
def withdraw_invitation(*, invitation: Invitation, by: User) -> Invitation:
    """Take an invitation back. Raises ValidationError when it was taken up already."""
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at or invitation.withdrawn_at:
        raise ValidationError("이미 받아들였거나 거둔 초대입니다.")
    before = fingerprint(invitation)
    invitation.withdrawn_at = timezone.now()
    invitation.save(update_fields=["withdrawn_at"])
    record_event("invitation.withdrawn", invitation, by=by, before=before)
    return invitation


@transaction.atomic
def hand_over(*, appointment: Appointment, to: User, by: User) -> Appointment:
    """인사이동: the post ends for who held it and begins for a colleague's account. What was written stays.

    Raises ValidationError when the post is over, or the colleague holds it or works elsewhere.
    """
    appointment = Appointment.objects.select_for_update().get(pk=appointment.pk)
    if appointment.until is not None:
        raise ValidationError("이미 끝난 담당입니다.")
    if appointment.user_id == to.pk or not to.is_active:
        raise ValidationError("다른 사람의 쓰고 있는 계정을 고르세요.")
    before = fingerprint(appointment)
    today = timezone.localdate()
    _take_post(appointment, today)
    new = _give_post(to, appointment.municipality, Role(appointment.role), today, by)
    _close_unused(appointment.user)
    record_event("appointment.handed-over", appointment, by=by, before=before, to=new.pk)
    return new


def _in_use(user: User) -> bool:
    """Whether somebody works with this account, or could."""
    has_post = user.appointments.filter(until__isnull=True).exists() or user.groups.exists()
    return has_post or user.is_superuser or (user.has_usable_password() and user.is_active)


def _give_post(
    user: User, municipality: Municipality, role: Role, since: dt.date, by: User | None
) -> Appointment:
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
    return appointment


def _take_post(appointment: Appointment, on: dt.date) -> None:
    appointment.until = on
    appointment.save(update_fields=["until"])
    match_groups(appointment.user, appointment.municipality)


def _close_unused(user: User) -> None:
    """An account belongs to a post: without one it lets nobody in. It stays, because Events point to it."""
    in_use = user.is_superuser or user.groups.exists()
    if not in_use and not user.appointments.filter(until__isnull=True).exists():
        user.is_active = False
        user.save(update_fields=["is_active"])
