"""Writes about bodies: founding, legal basis, terms, seats, and the reorganisation of divisions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.dialogue.models import Body, BodyTerm, Division, Seat, SeatRole
from coalition.members.models import Municipality
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Source, User
from coalition.record.sources import Known, source_of

# Fields of a seat by name.
Told = Mapping[str, Any]


def require_source(body: Body, known: Known, what: str) -> Source | None:
    """The Source. Raise ValidationError where something of a real municipality's body is said without one."""
    if known is None and not body.municipality.fictional:
        raise ValidationError(f"실제 지방정부의 {what} 출처가 있어야 적을 수 있습니다.")
    return source_of(known)


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
    source: Known,
    by: User | None,
) -> Body:
    """Enter a body with its divisions, or leave it as it is when its address is taken.

    `since` is the day of its divisions, and of the body unless that began on another (`founded_on`).

    Raises ValidationError for a real municipality's body without a Source.
    """
    if not municipality.fictional and source is None:
        raise ValidationError("실제 지방정부의 일자리회는 출처가 있어야 적을 수 있습니다.")
    source = source_of(source)
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
def revise_body(
    *,
    body: Body,
    name: str,
    summary: str = "",
    begins: dt.date | None,
    ends: dt.date | None = None,
    source: Known = None,
    by: User | None,
) -> Body:
    """Bring a body to what is said here: its name, what it does, and its days. Its address stays."""
    before = fingerprint(body)
    body.source = require_source(body, source, "일자리회는")
    if not name.strip():
        raise ValidationError("이름을 쓰세요.")
    if begins is not None and ends is not None and ends <= begins:
        raise ValidationError({"valid_to": "생긴 날보다 뒤의 날을 쓰세요."})
    body.name, body.summary = name.strip(), summary.strip()
    body.valid_from, body.valid_to = begins, ends
    body.full_clean(validate_constraints=False)
    body.save()
    record_event("body.revised", body, by=by, before=before, code=body.municipality.code)
    return body


@transaction.atomic
def ground_body(
    *,
    body: Body,
    basis: str,
    on: dt.date | None,
    note: str = "",
    source: Known = None,
    by: User | None,
) -> Body:
    """Say on what the body rests: the ordinance, its day, and what of it concerns the body."""
    source = require_source(body, source, "설치 근거는")
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
    source: Known = None,
    by: User | None,
) -> BodyTerm:
    """제N기: for how long the seats are given. Raises ValidationError when two terms would overlap."""
    source = require_source(body, source, "일자리회의 기는")
    term = BodyTerm(body=body, number=number, begins=begins, ends=ends, source=source)
    _save_term(term)
    record_event("body.term_opened", term, by=by, body=body.pk)
    return term


def _save_term(term: BodyTerm) -> None:
    if term.begins >= term.ends:
        raise ValidationError("기는 시작한 날보다 뒤에 끝나야 합니다.")
    others = term.body.terms.exclude(pk=term.pk)
    if others.filter(begins__lte=term.ends, ends__gte=term.begins).exists():
        raise ValidationError("다른 기와 겹칩니다.")
    if others.filter(number=term.number).exists():
        raise ValidationError(f"제{term.number}기는 이미 적혀 있습니다.")
    term.full_clean()
    term.save()


@transaction.atomic
def revise_term(
    *,
    term: BodyTerm,
    number: int,
    begins: dt.date,
    ends: dt.date,
    source: Known = None,
    by: User | None,
) -> BodyTerm:
    """Bring a term that was entered wrongly to what is said here."""
    before = fingerprint(term)
    term.source = require_source(term.body, source, "일자리회의 기는")
    term.number, term.begins, term.ends = number, begins, ends
    _save_term(term)
    record_event("body.term_revised", term, by=by, before=before, body=term.body_id)
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
    source: Known = None,
    by: User | None,
) -> Seat:
    """Somebody sits in the body from this day on.

    Raises ValidationError without a Source in a real body, and for a name there without a public office:
    a citizen's name is never kept.
    """
    source = require_source(body, source, "위원 자리는")
    seat = Seat(
        body=body, division=division, sector=sector, role=role, name=name, post=post,
        since=since, until=until, source=source,
    )  # fmt: skip
    _save_seat(seat)
    record_event("seat.given", seat, by=by, body=body.pk)
    return seat


def _save_seat(seat: Seat) -> None:
    if seat.name and not seat.post and not seat.body.municipality.fictional:
        raise ValidationError("이름은 공직을 맡은 사람만 적습니다. 공직을 함께 쓰세요.")
    if seat.division is not None and seat.division.body_id != seat.body_id:
        raise ValidationError("다른 일자리회의 분과입니다.")
    if seat.until is not None and seat.until <= seat.since:
        raise ValidationError({"until": "맡은 날보다 뒤의 날을 쓰세요."})
    seat.full_clean()
    seat.save()


@transaction.atomic
def revise_seat(*, seat: Seat, told: Told, source: Known = None, by: User | None) -> Seat:
    """Bring a seat that was entered wrongly to what is said here: its sector, role, division, name, post, days.

    That somebody left is no mistake: end_seat says it.
    """
    before = fingerprint(seat)
    seat.source = require_source(seat.body, source, "위원 자리는")
    for field, value in told.items():
        setattr(seat, field, value)
    _save_seat(seat)
    record_event("seat.revised", seat, by=by, before=before, body=seat.body_id)
    return seat


@transaction.atomic
def take_seat_away(*, seat: Seat, because: str, by: User | None) -> None:
    """Nobody ever sat here: it was entered by mistake. The Event keeps what it was, without a name."""
    if not because.strip():
        raise ValidationError("지우는 까닭을 쓰세요.")
    was = {"sector": seat.sector, "role": seat.role, "since": seat.since.isoformat()}
    record_event(
        "seat.taken_away",
        seat,
        by=by,
        before=fingerprint(seat),
        body=seat.body_id,
        because=because.strip()[:200],
        **was,
    )
    seat.delete()


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
