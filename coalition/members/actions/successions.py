"""Writes of 승계: a municipality was merged into another, or goes by another name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from coalition.members.models import (
    CarriedSuccession,
    Level,
    Membership,
    MembershipState,
    Municipality,
    Role,
    Succession,
)
from coalition.members.posts import close_desk, close_unused, give_post, take_post
from coalition.members.queries import members, state_of, today
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Source, User


@transaction.atomic
def enter_succession(
    *,
    successor: Municipality,
    predecessors: Sequence[Municipality],
    on: dt.date,
    kind: str,
    event: str,
    by: User,
    source: Source | None = None,
) -> list[Succession]:
    """Write down what a municipality was before. Nothing is moved by it.

    Raises ValidationError without a predecessor, for one's own, for what was entered before, and for a
    real municipality without a Source.
    """
    if not predecessors or successor in predecessors:
        raise ValidationError({"predecessors": "이어받을 곳과 다른 지방정부를 하나 이상 고르세요."})
    if not source and not all(place.fictional for place in (successor, *predecessors)):
        raise ValidationError({"title": "실제 지방정부의 승계에는 출처가 있어야 합니다."})
    if Succession.objects.filter(successor=successor, predecessor__in=predecessors).exists():
        raise ValidationError({"predecessors": "이미 적은 승계입니다."})
    rows = [
        Succession.objects.create(
            successor=successor,
            predecessor=place,
            old_code=place.code,
            old_name=place.name,
            old_region_name=place.region.name,
            on=on,
            kind=kind,
            event=event,
            source=source,
        )
        for place in predecessors
    ]
    codes = [place.code for place in predecessors]
    record_event("succession.entered", rows[0], by=by, successor=successor.code, codes=codes)
    return rows


@transaction.atomic
def carry_succession(
    *,
    successor: Municipality,
    rows: Sequence[Succession],
    reappointed: Collection[int],
    joins: bool,
    pages: int,
    by: User,
) -> list[CarriedSuccession]:
    """End the predecessors' posts and give those of `reappointed` (keys of posts) at the successor.

    With `joins` the successor takes part from the day of the change, when one of its predecessors did. The
    predecessors exist until that day: members of earlier days stay what they were. `pages` is how many were
    moved. Raises ValidationError when a row was carried out before.
    """
    if not rows or CarriedSuccession.objects.filter(succession__in=rows).exists():
        raise ValidationError("이미 옮긴 승계입니다.")
    places = [row.predecessor for row in rows if row.predecessor is not None]
    on, day = max(row.on for row in rows), timezone.localdate()
    took_part = members(on - dt.timedelta(days=1)).filter(pk__in=[p.pk for p in places]).exists()
    given = sum(_pass_posts(place, successor, reappointed, day, by) for place in places)
    for row in rows:
        if row.predecessor is not None and row.predecessor.valid_to is None:
            row.predecessor.valid_to = row.on
            row.predecessor.save(update_fields=["valid_to"])
    if joins and took_part:
        _take_part(successor, rows[0], on, by)
    carried = [
        CarriedSuccession.objects.create(succession=row, pages=pages, carried_by=by) for row in rows
    ]
    record_event("succession.carried", successor, by=by, pages=pages, posts=given)
    return carried


def _pass_posts(
    place: Municipality,
    successor: Municipality,
    reappointed: Collection[int],
    day: dt.date,
    by: User,
) -> int:
    """Those who go on hold the same post at the successor; everybody else's ends."""
    posts = place.appointments.filter(until__isnull=True, pk__in=reappointed)
    going_on = [(post.user, Role(post.role)) for post in posts.select_related("user")]
    for post in posts.select_related("user", "municipality__editors", "municipality__approvers"):
        take_post(post, day)
    for user, role in going_on:
        give_post(user, successor, role, day, by)
    close_desk(place, day)
    for user, _ in going_on:
        close_unused(user)
    return len(going_on)


def _take_part(successor: Municipality, row: Succession, on: dt.date, by: User) -> None:
    last = state_of(successor)
    if last is not None and last.state == MembershipState.APPROVED:
        return
    if not successor.fictional and row.source is None:
        raise ValidationError("실제 지방정부의 참여를 이으려면 승계에 출처가 있어야 합니다.")
    Membership.objects.create(
        municipality=successor,
        state=MembershipState.APPROVED,
        on=on,
        note=f"앞선 지방정부의 참여를 이어받음: {row.event}"[:300],
        source=row.source,
        recorded_by=by,
    )


@transaction.atomic
def rename_municipality(
    *,
    municipality: Municipality,
    name: str,
    slug: str,
    on: dt.date,
    event: str,
    by: User,
    source: Source | None = None,
) -> Succession:
    """Another name or address for the same municipality; what it was called before stays readable and findable.

    Raises ValidationError when nothing changes, when the address is taken, for a day to come, and for a real
    municipality without a Source.
    """
    municipality = Municipality.objects.select_for_update(of=("self",)).get(pk=municipality.pk)
    if (name, slug) == (municipality.name, municipality.slug):
        raise ValidationError({"name": "지금과 같은 이름과 주소입니다."})
    if Municipality.objects.filter(slug=slug).exclude(pk=municipality.pk).exists():
        raise ValidationError({"slug": "다른 지방정부의 주소입니다."})
    if on > today():
        raise ValidationError({"on": "앞날의 이름은 그날이 오면 바꿉니다."})
    if source is None and not municipality.fictional:
        raise ValidationError({"title": "실제 지방정부의 이름을 바꾸려면 출처가 있어야 합니다."})
    before = fingerprint(municipality)
    row = Succession.objects.create(
        successor=municipality,
        old_code=municipality.code,
        old_name=municipality.name,
        old_region_name=municipality.region.name,
        on=on,
        kind="renamed",
        event=event,
        source=source,
    )
    municipality.name, municipality.slug = name, slug
    if municipality.level != Level.METRO:
        municipality.kind = name[-1:]
    municipality.full_clean()
    municipality.save(update_fields=["name", "slug", "kind"])
    record_event("municipality.renamed", municipality, by=by, before=before, code=municipality.code)
    return row
