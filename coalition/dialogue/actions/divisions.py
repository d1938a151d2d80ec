"""Writes about divisions: their reorganisation, what became of them, and mistakes mended."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.dialogue.actions.bodies import require_source
from coalition.dialogue.models import Body, Division, DivisionLineage, LineageKind
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User
from coalition.record.sources import Known


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
    source: Known = None,
    by: User | None,
) -> list[Division]:
    """From this day on the body has these divisions; those of the day before end, and their line is told.

    What ended stays: its cases, questions and meetings name it further. Raises ValidationError when a line
    names a division that is not among them, or a division is left without a line.
    """
    source = require_source(body, source, "분과의 재편은")
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


@transaction.atomic
def tell_lineage(
    *,
    before: Division | None,
    after: Division | None,
    kind: str,
    note: str = "",
    source: Known = None,
    by: User | None,
) -> DivisionLineage:
    """Say what a source says of a reorganisation that stands: where a division came from, or went.

    A line that was 미확인 stays in the ledger and is not shown any more once its divisions are told of. Raises
    ValidationError for divisions that one reorganisation does not join, and for a line that stands.
    """
    place = before or after
    if place is None:
        raise ValidationError("앞 분과와 뒤 분과 가운데 하나는 고르세요.")
    source = require_source(place.body, source, "분과의 이어짐은")
    if before is not None and after is not None:
        if before.body_id != after.body_id:
            raise ValidationError("다른 일자리회의 분과입니다.")
        if before.valid_to is None or before.valid_to != after.valid_from:
            raise ValidationError("앞 분과가 없어진 날에 생긴 분과만 이어집니다.")
    if DivisionLineage.objects.filter(before=before, after=after, kind=kind).exists():
        raise ValidationError("이미 적은 이어짐입니다.")
    if not _names_its_divisions(before, after, kind):
        raise ValidationError("신설은 뒤 분과만, 승계·통합·분리는 앞과 뒤 분과를 모두 고르세요.")
    row = DivisionLineage(before=before, after=after, kind=kind, note=note.strip(), source=source)
    row.full_clean(validate_unique=False)
    row.save()
    record_event("division.lineage_told", row, by=by, body=place.body_id)
    return row


def _names_its_divisions(before: Division | None, after: Division | None, kind: str) -> bool:
    if kind == LineageKind.NEW:
        return before is None and after is not None
    if kind == LineageKind.UNKNOWN:
        return True
    return before is not None and after is not None


@transaction.atomic
def revise_division(
    *,
    division: Division,
    name: str,
    order: int,
    begins: dt.date | None,
    note: str = "",
    source: Known = None,
    by: User | None,
) -> Division:
    """Bring a division that was entered wrongly to what is said here. That it became another is no mistake:
    reorganise_divisions says it."""
    before = fingerprint(division)
    division.source = require_source(division.body, source, "분과는")
    name = name.strip()
    if not name:
        raise ValidationError("이름을 쓰세요.")
    others = Division.objects.filter(body=division.body, name=name, valid_from=begins)
    if others.exclude(pk=division.pk).exists():
        raise ValidationError("같은 날에 생긴 같은 이름의 분과가 있습니다.")
    if begins is not None and division.valid_to is not None and begins >= division.valid_to:
        raise ValidationError({"valid_from": "없어진 날보다 앞의 날을 쓰세요."})
    division.name, division.order, division.valid_from = name, order, begins
    division.note = note.strip()
    division.full_clean()
    division.save()
    record_event(
        "division.revised",
        division,
        by=by,
        before=before,
        body=division.body_id,
        code=division.body.municipality.code,
    )
    return division
