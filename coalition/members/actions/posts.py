"""Writes of the posts at the desk: appointed, invited, handed over, ended."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from coalition.members.models import (
    Appointment,
    Deputation,
    Invitation,
    Municipality,
    Role,
)
from coalition.members.posts import close_unused, give_post, refuse_who_left, take_post
from coalition.members.queries import open_invitations
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User

INVITATION_LASTS = dt.timedelta(days=14)


@transaction.atomic
def appoint(
    *, user: User, municipality: Municipality, role: Role, since: dt.date, by: User | None
) -> Appointment:
    """Give a user a post. Somebody who holds it already keeps it as it is, and that is an Event too.

    Raises ValidationError when the user works for another municipality.
    """
    appointment = give_post(user, municipality, role, since, by)
    record_event("appointment.made", appointment, by=by, municipality=municipality.code)
    return appointment


@transaction.atomic
def end_appointment(*, appointment: Appointment, on: dt.date, by: User | None) -> Appointment:
    """Take a post back. What was written under it stays."""
    before = fingerprint(appointment)
    take_post(appointment, on)
    record_event("appointment.ended", appointment, by=by, before=before)
    return appointment


@transaction.atomic
def name_deputy(*, municipality: Municipality, since: dt.date, reason: str, by: User) -> Deputation:
    """Let the secretariat edit and approve for this municipality. Raises ValidationError when it has left."""
    refuse_who_left(municipality)
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

    Raises ValidationError when the municipality has left, when the address has an account that works
    elsewhere, when an invitation waits already, or `replaces` is no open post of this municipality.
    """
    email = email.strip().lower()
    refuse_who_left(municipality)
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
    appointment = give_post(
        user, invitation.municipality, Role(invitation.role), today, invitation.invited_by
    )
    if invitation.replaces is not None and invitation.replaces.until is None:
        take_post(invitation.replaces, today)
        close_unused(invitation.replaces.user)
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
    take_post(appointment, today)
    new = give_post(to, appointment.municipality, Role(appointment.role), today, by)
    close_unused(appointment.user)
    record_event("appointment.handed-over", appointment, by=by, before=before, to=new.pk)
    return new


def _in_use(user: User) -> bool:
    """Whether somebody works with this account, or could."""
    has_post = user.appointments.filter(until__isnull=True).exists() or user.groups.exists()
    return has_post or user.is_superuser or (user.has_usable_password() and user.is_active)
