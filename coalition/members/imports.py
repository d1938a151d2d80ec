"""The registry from its tables: municipalities, what they were before, the terms, and sourced facts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path

from django.core.exceptions import ValidationError
from django.db import models, transaction

from coalition.members.models import Fact, Level, Municipality, Region, Succession, Term
from coalition.members.models.fact import validate_as_of
from coalition.particles import topic
from coalition.record.actions import record_event
from coalition.record.importing import ImportSummary
from coalition.record.models import Source, User
from coalition.record.tables import Fault, Row, Table, TableRefused, read_table

MUNICIPALITY_COLUMNS = (
    "code", "code10", "name_ko", "name_en", "sido", "sido_code", "type", "level", "old_codes", "slug", "can_join",
)  # fmt: skip
CHANGE_COLUMNS = (
    "old_code",
    "old_name",
    "old_sido",
    "new_code",
    "new_name",
    "date",
    "kind",
    "event",
)
FACT_COLUMNS = (
    "municipality", "key", "subject", "fact", "value", "unit", "as_of",
    "source", "publisher", "address", "published_on",
)  # fmt: skip


@transaction.atomic
def import_registry(
    *, municipalities: Path, changes: Path, terms: Path, by: User | None, ignore_extra: bool = False
) -> ImportSummary:
    """Bring the registry to what the three tables say. Safe to repeat; nothing is ever taken out.

    Raises TableRefused with the places of all faults; then nothing is written.
    """
    table = read_table(municipalities, required=MUNICIPALITY_COLUMNS, ignore_extra=ignore_extra)
    _refuse_faults(fault for row in table for fault in _municipality_faults(row))
    _refuse_faults(_moved_addresses(table))
    source = _registry_source()
    regions = _keep_regions(table)
    summary = ImportSummary()
    for row in table:
        values = {
            "name": row["name_ko"],
            "name_en": row["name_en"],
            "region": regions[row["sido_code"]],
            "kind": row["type"],
            "level": row["level"],
            "slug": row["slug"],
            "can_join": row["can_join"] == "1",
            "source": source,
        }
        _keep(Municipality, {"code": row["code"]}, values, summary)
    _keep_successions(changes, source, summary)
    _keep_terms(terms, summary)
    record_event("registry.imported", source, by=by, added=summary.added, changed=summary.changed)
    return summary


@transaction.atomic
def import_facts(*, facts: Path, by: User | None, ignore_extra: bool = False) -> ImportSummary:
    """Bring the sourced facts of real municipalities to what the table says. Safe to repeat."""
    table = read_table(facts, required=FACT_COLUMNS, ignore_extra=ignore_extra)
    known = {m.code: m for m in Municipality.objects.filter(fictional=False)}
    _refuse_faults(fault for row in table for fault in _fact_faults(row, known))
    summary = ImportSummary()
    for row in table:
        source, _ = Source.objects.get_or_create(
            title=row["source"],
            publisher=row["publisher"],
            published_on=_day(row["published_on"]),
            defaults={"address": row["address"]},
        )
        values = {
            "subject": row["subject"],
            "statement": row["fact"],
            "value": row["value"],
            "number": _number(row["value"]) if row["unit"] else None,
            "unit": row["unit"],
            "as_of": row["as_of"],
            "source": source,
        }
        keys = {"municipality": known[row["municipality"]], "key": row["key"]}
        _keep(Fact, keys, values, summary)
    subject = _registry_source()
    record_event("facts.imported", subject, by=by, added=summary.added, changed=summary.changed)
    return summary


def _moved_addresses(table: Table) -> Iterable[Fault]:
    """A municipality that has its place here keeps its address: a table would leave the pages behind."""
    placed = Municipality.objects.filter(editors__isnull=False)
    slugs = dict(placed.values_list("code", "slug"))
    for row in table:
        if slugs.get(row["code"], row["slug"]) != row["slug"]:
            said = f"쪽이 {slugs[row['code']]}에 있습니다. 관리 화면 ‘합침과 이름 바꿈’에서 먼저 바꾸세요."
            yield Fault(row.line, "slug", said)


def _registry_source() -> Source:
    source, _ = Source.objects.get_or_create(
        title="지방정부 코드표 (2026. 7. 1. 기준)",
        publisher="공개 코드표 셋의 대조",
        published_on=dt.date(2026, 7, 1),
        defaults={"note": "행정안전부 행정표준코드 원문과 한 번 맞추어 보아야 합니다."},
    )
    return source


def _keep_regions(table: Table) -> dict[str, Region]:
    names = {row["sido_code"]: row["sido"] for row in table}
    return {
        code: Region.objects.update_or_create(code=code, defaults={"name": name})[0]
        for code, name in names.items()
    }


def _keep_successions(path: Path, source: Source, summary: ImportSummary) -> None:
    table = read_table(path, required=CHANGE_COLUMNS)
    known = {m.code: m for m in Municipality.objects.all()}
    _refuse_faults(
        Fault(row.line, "new_code", f"{topic(row['new_code'])} 명부에 없는 코드입니다.")
        for row in table
        if row["new_code"] not in known
    )
    _refuse_faults(
        Fault(row.line, "date", f"{row['date']!r}: 2026-07-01 꼴의 날짜로 쓰세요.")
        for row in table
        if _day(row["date"]) is None
    )
    for row in table:
        # The ledger is append-only: a row that is there is never touched again.
        _, created = Succession.objects.get_or_create(
            successor=known[row["new_code"]],
            old_code=row["old_code"],
            on=dt.date.fromisoformat(row["date"]),
            defaults={
                "old_name": row["old_name"],
                "old_region_name": row["old_sido"],
                "kind": row["kind"],
                "event": row["event"],
                "source": source,
                # One that stands in this registry keeps what hangs on it until somebody carries it over.
                "predecessor": known.get(row["old_code"])
                if row["old_code"] != row["new_code"]
                else None,
            },
        )
        summary.count(created=created, changed=False)


def _keep_terms(path: Path, summary: ImportSummary) -> None:
    table = read_table(path, required=("number", "begins", "ends"))
    _refuse_faults(
        Fault(row.line, column, f"{row[column]!r}: 2026-07-01 꼴의 날짜로 쓰세요.")
        for row in table
        for column in ("begins", "ends")
        if _day(row[column]) is None
    )
    for row in table:
        values = {"begins": _day(row["begins"]), "ends": _day(row["ends"])}
        _keep(Term, {"number": int(row["number"])}, values, summary)


def _keep(
    model: type[models.Model],
    keys: Mapping[str, object],
    values: Mapping[str, object],
    summary: ImportSummary,
) -> None:
    """Add the row, or bring it up to date, or leave it: whichever is needed."""
    row = model._default_manager.filter(**keys).first()
    if row is None:
        model._default_manager.create(**keys, **values)
        summary.count(created=True, changed=False)
        return
    changed = [name for name, value in values.items() if getattr(row, name) != value]
    for name in changed:
        setattr(row, name, values[name])
    if changed:
        row.save(update_fields=changed)
    summary.count(created=False, changed=bool(changed))


def _municipality_faults(row: Row) -> list[Fault]:
    faults = []
    if not row["code"].isdecimal() or len(row["code"]) not in (2, 5):
        faults.append(Fault(row.line, "code", "두 자리(광역)나 다섯 자리(기초)의 숫자여야 합니다."))
    if row["level"] not in Level.values:
        faults.append(
            Fault(row.line, "level", f"{', '.join(Level.values)} 가운데 하나여야 합니다.")
        )
    if row["can_join"] not in ("0", "1"):
        faults.append(Fault(row.line, "can_join", "0이나 1이어야 합니다."))
    faults += [
        Fault(row.line, column, "비어 있습니다.")
        for column in ("name_ko", "sido", "sido_code", "slug")
        if not row[column]
    ]
    return faults


def _fact_faults(row: Row, known: dict[str, Municipality]) -> list[Fault]:
    faults = []
    if row["municipality"] not in known:
        faults.append(Fault(row.line, "municipality", "명부에 없는 실제 지방정부의 코드입니다."))
    faults += [
        Fault(row.line, column, "비어 있습니다. 실제 지방정부의 사실은 출처가 있어야 합니다.")
        for column in ("key", "fact", "source", "publisher")
        if not row[column]
    ]
    try:
        validate_as_of(row["as_of"])
    except ValidationError as error:
        faults.append(Fault(row.line, "as_of", error.messages[0]))
    if row["published_on"] and _day(row["published_on"]) is None:
        faults.append(Fault(row.line, "published_on", "2026-07-01 꼴의 날짜로 쓰세요."))
    return faults


def _refuse_faults(faults: Iterable[Fault]) -> None:
    found = list(faults)
    if found:
        raise TableRefused(found)


def _day(value: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(value)
    except ValueError:
        return None


def _number(value: str) -> Decimal | None:
    """A code, a date or a text is no number: only what has a unit is counted (the caller looks)."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    return number if number.is_finite() else None
