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


def pass_groups(old: Municipality, new: Municipality) -> None:
    """The successor takes the groups with all that they were granted, under its own name, and empty:
    who is in them follows from its own posts."""
    groups = (old.editors, old.approvers)
    for group in groups:
        if group is not None:
            group.user_set.clear()
    old.editors = old.approvers = None
    old.save(update_fields=["editors", "approvers"])
    new.editors, new.approvers = groups
    new.save(update_fields=["editors", "approvers"])
    name_groups(new)


def name_groups(municipality: Municipality) -> None:
    """Call the groups what the municipality is called now."""
    for role, group in (
        (Role.EDITOR, municipality.editors),
        (Role.APPROVER, municipality.approvers),
    ):
        if group is not None:
            group.name = f"{municipality.full_name} {role.label}"
            group.save(update_fields=["name"])
