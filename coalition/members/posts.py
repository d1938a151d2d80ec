"""What the actions about posts have in common. They are parts of an action: none writes an Event."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils import timezone

from coalition.members.groups import match_groups
from coalition.members.models import Appointment, Deputation, Invitation, Municipality, Role
from coalition.members.queries import has_left
from coalition.particles import topic
from coalition.record.models import User


def give_post(
    user: User, municipality: Municipality, role: Role, since: dt.date, by: User | None
) -> Appointment:
    """Raises ValidationError for who works elsewhere, and where nobody works any more."""
    refuse_who_left(municipality)
    elsewhere = user.appointments.filter(until__isnull=True).exclude(municipality=municipality)
    if elsewhere.exists():
        raise ValidationError(f"{topic(user)} 다른 지방정부의 일을 맡고 있습니다.")
    appointment, _ = Appointment.objects.get_or_create(
        user=user,
        municipality=municipality,
        role=role,
        until=None,
        defaults={"since": since, "appointed_by": by},
    )
    match_groups(user, municipality)
    return appointment


def take_post(appointment: Appointment, on: dt.date) -> None:
    """A post that was taken up later than that day ends on the day it was taken up."""
    appointment.until = max(on, appointment.since)
    appointment.save(update_fields=["until"])
    match_groups(appointment.user, appointment.municipality)


def renew_post(appointment: Appointment, on: dt.date, by: User | None) -> Appointment:
    """The same post for the same person from `on` on, as a row of its own."""
    take_post(appointment, on)
    municipality = appointment.municipality
    return give_post(appointment.user, municipality, Role(appointment.role), on, by)


def close_desk(municipality: Municipality, on: dt.date) -> int:
    """End every post, invitation and deputation of a municipality; how many posts ended."""
    held = list(
        Appointment.objects.filter(municipality=municipality, until__isnull=True).select_related(
            "user", "municipality__editors", "municipality__approvers"
        )
    )
    for appointment in held:
        take_post(appointment, on)
        close_unused(appointment.user)
    waiting = Invitation.objects.filter(
        municipality=municipality, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    waiting.update(withdrawn_at=timezone.now())
    Deputation.objects.filter(municipality=municipality, until__isnull=True).update(until=on)
    return len(held)


def close_unused(user: User) -> None:
    """An account belongs to a post: without one it lets nobody in. It stays, because Events point to it."""
    in_use = user.is_superuser or user.groups.exists()
    if not in_use and not user.appointments.filter(until__isnull=True).exists():
        user.is_active = False
        user.save(update_fields=["is_active"])


def refuse_who_left(municipality: Municipality) -> None:
    """Raise ValidationError where nobody works any more."""
    if has_left(municipality):
        raise ValidationError(
            f"{topic(municipality)} 탈퇴했습니다. 다시 참여한 뒤에 담당을 둘 수 있습니다."
        )
