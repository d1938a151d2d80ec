"""The two groups of a municipality. They mirror its open appointments and have no life of their own."""

from __future__ import annotations

from django.contrib.auth.models import Group

from coalition.members.models import Appointment, Municipality, Role
from coalition.record.models import User


def make_groups(municipality: Municipality) -> None:
    """Give the municipality its groups 담당자 and 결재자 and put today's holders in. Safe to repeat."""
    for role, field in ((Role.EDITOR, "editors"), (Role.APPROVER, "approvers")):
        if getattr(municipality, field) is None:
            name = f"{municipality.full_name} {role.label}"
            group, _ = Group.objects.get_or_create(name=name)
            setattr(municipality, field, group)
    municipality.save(update_fields=["editors", "approvers"])
    holders = Appointment.objects.filter(municipality=municipality, until__isnull=True)
    for appointment in holders.select_related("user"):
        match_groups(appointment.user, municipality)


def match_groups(user: User, municipality: Municipality) -> None:
    """Put the user into exactly those of the municipality's groups whose post they hold."""
    held = set(
        user.appointments.filter(municipality=municipality, until__isnull=True).values_list(
            "role", flat=True
        )
    )
    pairs = ((Role.EDITOR, municipality.editors), (Role.APPROVER, municipality.approvers))
    for role, group in pairs:
        if group is not None:
            (user.groups.add if role in held else user.groups.remove)(group)
