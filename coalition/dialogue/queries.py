"""Reads of bodies, divisions and seats, as of any day."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet

from coalition.dialogue.models import (
    Body,
    BodyTerm,
    Division,
    DivisionLineage,
    LineageKind,
    Seat,
    SeatRole,
    Sector,
)
from coalition.members.models import Municipality
from coalition.members.queries import today


def _valid_on(day: dt.date) -> Q:
    """An unknown beginning counts as always, an unknown end as never."""
    return Q(Q(valid_from__isnull=True) | Q(valid_from__lte=day)) & Q(
        Q(valid_to__isnull=True) | Q(valid_to__gt=day)
    )


def divisions(on: dt.date | None = None) -> QuerySet[Division]:
    """The divisions of that day."""
    return Division.objects.filter(_valid_on(on or today()))


def bodies(on: dt.date | None = None) -> QuerySet[Body]:
    """The bodies of that day, each with the divisions that it had then, under `current`."""
    current = Prefetch("divisions", queryset=divisions(on), to_attr="current")
    return (
        Body.objects.filter(_valid_on(on or today()))
        .select_related("municipality__region", "source", "basis_source")
        .prefetch_related(current)
    )


def division_choices(municipality: Municipality | None) -> QuerySet[Division]:
    """What a case of this municipality can belong to: its own divisions of today."""
    if municipality is None:
        return Division.objects.none()
    return divisions().filter(body__municipality=municipality).select_related("body")


def seats(body: Body, on: dt.date | None = None) -> QuerySet[Seat]:
    """Who sat in the body on that day."""
    day = on or today()
    return (
        Seat.objects.filter(Q(until__isnull=True) | Q(until__gt=day), body=body, since__lte=day)
        .select_related("division", "source")
        .order_by("pk")
    )


def with_seats(rows: QuerySet[Body], on: dt.date | None = None) -> QuerySet[Any]:
    """These bodies, each with how many sat in it on that day, under `seated`."""
    day = on or today()
    sat = Q(seats__since__lte=day) & (Q(seats__until__isnull=True) | Q(seats__until__gt=day))
    return rows.annotate(seated=Count("seats", filter=sat))


@dataclass(frozen=True, slots=True)
class Composition:
    """How a body was made up on some day: seats by sector, and those with an office in it."""

    total: int
    sectors: list[tuple[str, int]]
    chairs: list[Seat]
    conveners: list[Seat]


def composition(body: Body, on: dt.date | None = None) -> Composition:
    """The seats of that day, counted; nothing is counted that is no row."""
    rows = list(seats(body, on))
    counted = Counter(row.sector for row in rows)
    chairs = (SeatRole.CO_CHAIR_CIVIL, SeatRole.CO_CHAIR_OFFICE)
    return Composition(
        total=len(rows),
        sectors=[(str(label), counted[value]) for value, label in Sector.choices if counted[value]],
        chairs=[row for row in rows if row.role in chairs],
        conveners=[row for row in rows if row.role in (SeatRole.CONVENER, SeatRole.SECRETARY)],
    )


def body_term(body: Body, on: dt.date | None = None) -> BodyTerm | None:
    """제N기 of that day."""
    day = on or today()
    return body.terms.filter(begins__lte=day, ends__gte=day).select_related("source").first()


def _told(rows: list[DivisionLineage]) -> list[DivisionLineage]:
    """The lines that stand: no 미확인 whose divisions a later line tells of."""
    known = [row for row in rows if row.kind != LineageKind.UNKNOWN]

    def is_answered(row: DivisionLineage) -> bool:
        later = [one for one in known if one.pk > row.pk]
        return all(
            any(getattr(one, side) == getattr(row, side) for one in later)
            for side in ("before_id", "after_id")
            if getattr(row, side) is not None
        )

    return [row for row in rows if row.kind != LineageKind.UNKNOWN or not is_answered(row)]


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """What became of a body's divisions on some day."""

    on: dt.date
    before: int
    after: int
    note: str
    lines: list[DivisionLineage]


def reorganisations(body: Body, on: dt.date | None = None) -> list[Reorganisation]:
    """Every reorganisation until that day, the newest first.

    Its day is the one on which the new divisions begin; where only an end is known, that end.
    """
    day = on or today()
    rows = DivisionLineage.objects.filter(Q(before__body=body) | Q(after__body=body))
    by_day: dict[dt.date, list[DivisionLineage]] = {}
    for row in _told(list(rows.select_related("before", "after", "source").order_by("pk"))):
        changed = (row.after.valid_from if row.after else None) or (
            row.before.valid_to if row.before else None
        )
        if changed is not None and changed <= day:
            by_day.setdefault(changed, []).append(row)
    found = []
    for changed in sorted(by_day, reverse=True):
        lines = by_day[changed]
        after = {row.after_id: row.after for row in lines if row.after}
        notes = [division.note for division in after.values() if division.note]
        before = {row.before_id for row in lines if row.before_id}
        found.append(Reorganisation(changed, len(before), len(after), (notes or [""])[0], lines))
    return found
