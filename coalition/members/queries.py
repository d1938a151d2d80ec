"""Reads of the registry and of the ledger of participation, as of any day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db.models import Case, DateField, OuterRef, Q, QuerySet, Subquery, Value, When
from django.db.models.lookups import Exact
from django.utils import timezone

from coalition.members.models import (
    Appointment,
    Invitation,
    Membership,
    MembershipState,
    Municipality,
    Term,
)


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
    """참여 지방정부: those whose last step until that day was the approval, while they exist."""
    day = on or today()
    still = Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    return with_membership(day).filter(still, state=MembershipState.APPROVED)  # type: ignore[misc]


def state_of(municipality: Municipality) -> Membership | None:
    """The newest step of its participation, today's included; None when there was none yet."""
    rows = Membership.objects.filter(municipality=municipality, on__lte=today())
    return rows.order_by("-on", "-pk").first()


def has_left(municipality: Municipality) -> bool:
    """Whether it took part and does no more: its pages stay, nobody writes there."""
    last = state_of(municipality)
    return last is not None and last.state == MembershipState.LEFT


def left_on(outer: str = "pk") -> Case:
    """The day on which the municipality of an outer query left; NULL while it has not."""
    steps = Membership.objects.filter(municipality=OuterRef(outer), on__lte=today())
    newest = steps.order_by("-on", "-pk")
    is_left = Exact(Subquery(newest.values("state")[:1]), Value(MembershipState.LEFT))
    return Case(When(is_left, then=Subquery(newest.values("on")[:1])), output_field=DateField())


def gone(on: dt.date | None = None) -> QuerySet[Municipality]:
    """Those that had left by that day (탈퇴), with `since` as the day on which they did."""
    return with_membership(on).filter(state=MembershipState.LEFT)  # type: ignore[misc]


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


def posts_to_renew(term: Term) -> QuerySet[Appointment]:
    """Posts that somebody holds since before a term: whoever governs now has not confirmed them."""
    return Appointment.objects.filter(until__isnull=True, since__lt=term.begins).select_related(
        "user", "municipality__region", "municipality__editors", "municipality__approvers"
    )


def open_invitations(municipality: Municipality) -> QuerySet[Invitation]:
    """Invitations that somebody may still take up."""
    return Invitation.objects.filter(
        municipality=municipality,
        accepted_at__isnull=True,
        withdrawn_at__isnull=True,
        expires_at__gt=timezone.now(),
    ).select_related("user", "invited_by", "replaces__user")
