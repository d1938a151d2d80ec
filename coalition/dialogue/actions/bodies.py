"""Writes about bodies: founding, legal basis, terms, seats, and the reorganisation of divisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.dialogue.models import (
    Body,
    BodyTerm,
    Division,
    DivisionLineage,
    LineageKind,
    Seat,
    SeatRole,
)
from coalition.members.models import Municipality
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Source, User


def require_source(body: Body, source: Source | None, what: str) -> None:
    """Raise ValidationError where something of a real municipality's body is said without a Source."""
    if source is None and not body.municipality.fictional:
        raise ValidationError(f"실제 지방정부의 {what} 출처가 있어야 적을 수 있습니다.")


@transaction.atomic
def found_body(
    *,
    municipality: Municipality,
    name: str,
    slug: str,
    summary: str,
    divisions: list[str],
    since: dt.date | None,
    founded_on: dt.date | None = None,
    source: Source | None,
    by: User | None,
) -> Body:
    """Enter a body with its divisions, or leave it as it is when its address is taken.

    `since` is the day of its divisions, and of the body unless that began on another (`founded_on`).

    Raises ValidationError for a real municipality's body without a Source.
    """
    if not municipality.fictional and source is None:
        raise ValidationError("실제 지방정부의 일자리회는 출처가 있어야 적을 수 있습니다.")
    body, _ = Body.objects.get_or_create(
        slug=slug,
        defaults={
            "municipality": municipality,
            "name": name,
            "summary": summary,
            "valid_from": founded_on or since,
            "source": source,
        },
    )
    for order, division in enumerate(divisions, start=1):
        Division.objects.get_or_create(
            body=body,
            name=division,
            valid_from=since,
            defaults={"order": order, "source": source},
        )
    record_event("body.founded", body, by=by, municipality=municipality.code)
    return body


@transaction.atomic
def ground_body(
    *,
    body: Body,
    basis: str,
    on: dt.date | None,
    note: str = "",
    source: Source | None = None,
    by: User | None,
) -> Body:
    """Say on what the body rests: the ordinance, its day, and what of it concerns the body."""
    require_source(body, source, "설치 근거는")
    if not basis.strip():
        raise ValidationError("설치 근거가 되는 조례의 이름을 쓰세요.")
    before = fingerprint(body)
    body.basis, body.basis_on, body.basis_note = basis.strip(), on, note.strip()
    body.basis_source = source
    body.full_clean(validate_constraints=False)
    body.save()
    record_event("body.grounded", body, by=by, before=before)
    return body


@transaction.atomic
def open_term(
    *,
    body: Body,
    number: int,
    begins: dt.date,
    ends: dt.date,
    source: Source | None = None,
    by: User | None,
) -> BodyTerm:
    """제N기: for how long the seats are given. Raises ValidationError when two terms would overlap."""
    require_source(body, source, "일자리회의 기는")
    if begins >= ends:
        raise ValidationError("기는 시작한 날보다 뒤에 끝나야 합니다.")
    if body.terms.filter(begins__lte=ends, ends__gte=begins).exists():
        raise ValidationError("다른 기와 겹칩니다.")
    term = BodyTerm(body=body, number=number, begins=begins, ends=ends, source=source)
    term.full_clean()
    term.save()
    record_event("body.term_opened", term, by=by, body=body.pk)
    return term


@transaction.atomic
def give_seat(
    *,
    body: Body,
    sector: str,
    since: dt.date,
    until: dt.date | None = None,
    role: str = SeatRole.MEMBER,
    division: Division | None = None,
    name: str = "",
    post: str = "",
    source: Source | None = None,
    by: User | None,
) -> Seat:
    """Somebody sits in the body from this day on.

    Raises ValidationError without a Source in a real body, and for a name there without a public office:
    a citizen's name is never kept.
    """
    require_source(body, source, "위원 자리는")
    if name and not post and not body.municipality.fictional:
        raise ValidationError("이름은 공직을 맡은 사람만 적습니다. 공직을 함께 쓰세요.")
    if division is not None and division.body_id != body.pk:
        raise ValidationError("다른 일자리회의 분과입니다.")
    seat = Seat(
        body=body, division=division, sector=sector, role=role, name=name, post=post,
        since=since, until=until, source=source,
    )  # fmt: skip
    seat.full_clean()
    seat.save()
    record_event("seat.given", seat, by=by, body=body.pk)
    return seat


@transaction.atomic
def end_seat(*, seat: Seat, on: dt.date, by: User | None) -> Seat:
    """The seat is left; `on` is the first day without it."""
    if seat.until is not None:
        raise ValidationError("이미 비운 자리입니다.")
    if on <= seat.since:
        raise ValidationError("맡은 날보다 뒤의 날을 쓰세요.")
    before = fingerprint(seat)
    seat.until = on
    seat.save(update_fields=["until"])
    record_event("seat.ended", seat, by=by, before=before, body=seat.body_id)
    return seat


@dataclass(frozen=True, slots=True)
class LineageLine:
    """A line of a reorganisation, by the names of the divisions; empty where there is none or nobody knows."""

    before: str
    after: str
    kind: str
    note: str = ""


@transaction.atomic
def reorganise_divisions(
    *,
    body: Body,
    on: dt.date,
    divisions: list[str],
    lineage: Iterable[LineageLine],
    note: str = "",
    source: Source | None = None,
    by: User | None,
) -> list[Division]:
    """From this day on the body has these divisions; those of the day before end, and their line is told.

    What ended stays: its cases, questions and meetings name it further. Raises ValidationError when a line
    names a division that is not among them, or a division is left without a line.
    """
    require_source(body, source, "분과의 재편은")
    ending = {d.name: d for d in body.divisions.filter(valid_to__isnull=True)}
    if not divisions or len(set(divisions)) != len(divisions):
        raise ValidationError("새 분과의 이름을 하나씩 다르게 쓰세요.")
    for division in ending.values():
        if division.valid_from is not None and division.valid_from >= on:
            raise ValidationError("지금의 분과가 생긴 날보다 뒤의 날을 쓰세요.")
        division.valid_to = on
        division.save(update_fields=["valid_to"])
    beginning = {
        name: Division.objects.create(
            body=body, name=name, order=order, valid_from=on, note=note, source=source
        )
        for order, name in enumerate(divisions, start=1)
    }
    lines = list(lineage)
    _check_lines(lines, set(ending), set(beginning))
    for line in lines:
        row = DivisionLineage(
            before=ending.get(line.before),
            after=beginning.get(line.after),
            kind=line.kind,
            note=line.note,
            source=source,
        )
        row.full_clean(validate_unique=False)
        row.save()
    record_event("divisions.reorganised", body, by=by, on=on.isoformat(), divisions=divisions)
    return list(beginning.values())


def _check_lines(lines: list[LineageLine], ending: set[str], beginning: set[str]) -> None:
    """Every division, old and new, has a line; 미확인 is one."""
    if {line.kind for line in lines} - set(LineageKind.values):
        raise ValidationError("이어짐은 승계, 통합, 분리, 신설, 미확인 가운데 하나입니다.")
    before = {line.before for line in lines} - {""}
    after = {line.after for line in lines} - {""}
    strange = sorted((before - ending) | (after - beginning))
    if strange:
        raise ValidationError(f"재편하는 분과가 아닙니다: {', '.join(strange)}")
    missing = sorted((ending - before) | (beginning - after))
    if missing:
        raise ValidationError(
            f"어디에서 와서 어디로 갔는지 적으세요(모르면 미확인): {', '.join(missing)}"
        )
