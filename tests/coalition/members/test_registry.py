"""The registry holds what the tables say, and what a place was called on any day."""

from __future__ import annotations

import datetime as dt
import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from coalition.members.models import Fact, Municipality, PublishedFigure, Region, Succession, Term
from coalition.members.queries import by_code, existing, name_on, term_on
from coalition.record.models import Event

pytestmark = pytest.mark.django_db


@pytest.fixture
def registry() -> None:
    call_command("import_municipalities", stdout=StringIO())


def _import(**options: Any) -> tuple[dict[str, Any], int]:
    out, code = StringIO(), 0
    try:
        call_command("import_municipalities", "--json", stdout=out, stderr=StringIO(), **options)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return json.loads(out.getvalue()), code


@pytest.mark.usefixtures("registry")
def test_sixteen_and_two_hundred_twenty_seven_can_join_and_two_cannot() -> None:
    can = Municipality.objects.filter(can_join=True)

    assert can.filter(level="metro").count() == 16
    assert can.filter(level="basic").count() == 227
    assert set(Municipality.objects.filter(can_join=False).values_list("name", flat=True)) == {
        "제주시",
        "서귀포시",
    }
    assert Succession.objects.count() == 69


@pytest.mark.usefixtures("registry")
def test_gwangsan_was_29200_of_gwangju_until_the_merger() -> None:
    gwangsan = Municipality.objects.get(slug="gwangsan")

    before = name_on(gwangsan, dt.date(2026, 6, 30))
    after = name_on(gwangsan, dt.date(2026, 7, 1))

    assert (before.code, before.region) == ("29200", "광주광역시")
    assert (after.code, after.region) == ("12330", "전남광주통합특별시")
    assert gwangsan.full_name == "전남광주통합특별시 광산구"
    assert by_code("29200") == by_code("12330") == gwangsan


@pytest.mark.usefixtures("registry")
def test_importing_again_changes_nothing() -> None:
    summary, code = _import()

    assert (summary["added"], summary["changed"], code) == (0, 0, 0)


def test_a_dry_run_writes_nothing() -> None:
    summary, _ = _import(dry_run=True)

    assert summary["added"] > 300
    assert not Municipality.objects.exists()
    assert not Event.objects.filter(verb="registry.imported").exists()


def test_a_faulty_row_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    lines = (settings.DATA_DIR / "municipalities.csv").read_text(encoding="utf-8").splitlines()
    cells = lines[5].split(",")
    cells[0], cells[7] = "1X", "village"
    lines[5] = ",".join(cells)
    faulty = tmp_path / "faulty.csv"
    faulty.write_text("\n".join(lines), encoding="utf-8")

    summary, code = _import(municipalities=faulty)

    assert code == 2
    assert [(f["line"], f["column"]) for f in summary["rejected"]] == [(6, "code"), (6, "level")]
    assert not Municipality.objects.exists()


@pytest.mark.usefixtures("registry")
def test_every_fact_of_gwangsan_has_its_source_and_figures_are_numbers_with_units() -> None:
    facts = Fact.objects.filter(municipality__slug="gwangsan")
    figures = {f.key: (f.number, f.unit) for f in PublishedFigure.objects.all()}

    assert facts.count() == 25
    assert all(fact.source_id for fact in facts)
    assert figures["green-paper-questions"] == (1436, "건")
    assert figures["white-paper-answers"] == (10545, "건")
    assert "code-change" not in figures
    assert facts.get(key="pilots-start").value == "2026 하반기"


@pytest.mark.usefixtures("registry")
def test_the_ninth_elected_term_began_in_july_2026() -> None:
    assert term_on(dt.date(2026, 6, 30)) == Term.objects.get(number=8)
    assert term_on(dt.date(2026, 7, 1)) == Term.objects.get(number=9)


@pytest.mark.usefixtures("registry")
def test_a_municipality_exists_between_its_days() -> None:
    gone = Municipality.objects.get(slug="gwangsan")
    gone.valid_from, gone.valid_to = dt.date(2026, 1, 1), dt.date(2026, 9, 1)
    gone.save()

    assert gone not in existing(dt.date(2025, 12, 31))
    assert gone in existing(dt.date(2026, 8, 31))
    assert gone not in existing(dt.date(2026, 9, 1))


@pytest.mark.usefixtures("registry")
def test_a_succession_can_be_neither_changed_nor_deleted() -> None:
    with pytest.raises(DatabaseError, match="승계"), transaction.atomic():
        Succession.objects.update(old_name="x")
    with pytest.raises(DatabaseError, match="승계"), transaction.atomic():
        Succession.objects.all().delete()


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"code": "12999", "fictional": True}, "only fictional codes"),
        ({"code": "X0009", "fictional": False}, "only fictional codes|has a source"),
        ({"level": "admin-city", "can_join": True}, "administrative city"),
        ({"code": "12999", "fictional": False}, "has a source"),
        (
            {"valid_from": dt.date(2026, 2, 1), "valid_to": dt.date(2026, 1, 1)},
            "ends after it begins",
        ),
    ],
)
def test_the_database_refuses_an_impossible_municipality(
    changes: dict[str, Any], rule: str
) -> None:
    region = Region.objects.create(code="X0", name="가상도", fictional=True)
    fields = {
        "code": "X0001",
        "name": "가람시",
        "region": region,
        "kind": "시",
        "level": "basic",
        "slug": "garam",
        "fictional": True,
        **changes,
    }

    with pytest.raises(IntegrityError, match=rule), transaction.atomic():
        Municipality.objects.create(**fields)


def test_a_term_ends_after_it_begins_and_is_there_once() -> None:
    Term.objects.create(number=9, begins=dt.date(2026, 7, 1), ends=dt.date(2030, 6, 30))

    with pytest.raises(IntegrityError, match="term ends"), transaction.atomic():
        Term.objects.create(number=10, begins=dt.date(2030, 7, 1), ends=dt.date(2030, 6, 30))
    with pytest.raises(IntegrityError), transaction.atomic():
        Term.objects.create(number=9, begins=dt.date(2026, 7, 1), ends=dt.date(2030, 6, 30))


@pytest.mark.usefixtures("registry")
def test_a_fact_has_one_key_and_says_something() -> None:
    fact = Fact.objects.first()
    assert fact is not None

    fact.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        fact.save(force_insert=True)
    fact.key, fact.statement = "empty", ""
    with pytest.raises(IntegrityError, match="says something"), transaction.atomic():
        fact.save(force_insert=True)
