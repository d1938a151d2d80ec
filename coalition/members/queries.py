"""Reads of the registry and of the ledger of participation, as of any day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from coalition.members.models import Invitation, Membership, MembershipState, Municipality, Term


def today() -> dt.date:
    """The day in Seoul."""
    return timezone.localdate()


def with_membership(on: dt.date | None = None) -> QuerySet[Municipality]:
    """Every municipality with `state` (its participation on that day, or None) and `since`."""
    latest = Membership.objects.filter(municipality=OuterRef("pk"), on__lte=on or today()).order_by(
        "-on", "-pk"
    )
    return Municipality.objects.select_related("region").annotate(
        state=Subquery(latest.values("state")[:1]), since=Subquery(latest.values("on")[:1])
    )


def members(on: dt.date | None = None) -> QuerySet[Municipality]:
    """참여 지방정부: those whose last step until that day was the approval."""
    return with_membership(on).filter(state=MembershipState.APPROVED)  # type: ignore[misc]


def existing(on: dt.date | None = None) -> QuerySet[Municipality]:
    """The municipalities that there were on that day, as far as the registry knows."""
    day = on or today()
    return Municipality.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=day),
        Q(valid_to__isnull=True) | Q(valid_to__gt=day),
    )


@dataclass(frozen=True, slots=True)
class Name:
    """How a municipality was called on some day."""

    code: str
    name: str
    region: str


def name_on(municipality: Municipality, on: dt.date) -> Name:
    """The code, name and 시도 of that day: before 2026-07-01, 광산구 was 29200 of 광주광역시.

    Of several successions after that day the earliest counts: it replaced what stood on that day.
    """
    change = municipality.predecessors.filter(on__gt=on).order_by("on", "pk").first()
    if change is None:
        return Name(municipality.code, municipality.name, municipality.region.name)
    return Name(change.old_code, change.old_name, change.old_region_name)


def by_code(code: str) -> Municipality | None:
    """The municipality of today's code, else of a code that it had before."""
    return (
        Municipality.objects.filter(code=code).first()
        or Municipality.objects.filter(predecessors__old_code=code).order_by("code").first()
    )


def term_on(on: dt.date | None = None) -> Term | None:
    """민선 N기 of that day."""
    day = on or today()
    return Term.objects.filter(begins__lte=day, ends__gte=day).first()


def open_invitations(municipality: Municipality) -> QuerySet[Invitation]:
    """Invitations that somebody may still take up."""
    return Invitation.objects.filter(
        municipality=municipality,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).select_related("user", "invited_by", "replaces__user")
