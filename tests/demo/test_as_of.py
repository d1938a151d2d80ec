"""The demo on three days: six divisions and no draft, four divisions, and v0.2."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.test import Client

from coalition.dialogue.models import Body, DivisionLineage
from coalition.dialogue.queries import composition, divisions
from coalition.drafts.models import Bill
from coalition.drafts.queries import newest_published

pytestmark = pytest.mark.django_db


def shown_divisions(client: Client, body: str, on: str) -> set[str]:
    text = client.get(f"/dialogue/{body}/?on={on}").content.decode()
    return set(re.findall(r"<b>([^<]+) 분과</b>", text))


@pytest.mark.parametrize("body", ["garam", "gwangsan"])
def test_six_divisions_became_four_on_the_page_and_in_the_ledger(client: Client, body: str) -> None:
    for on, count in (("2025-10-21", 6), ("2026-02-01", 4)):
        rows = divisions(dt.date.fromisoformat(on)).filter(body__slug=body)
        assert rows.count() == count
        assert shown_divisions(client, body, on) == {row.name for row in rows}


def test_the_drafts_are_those_of_the_day(client: Client) -> None:
    bill = Bill.objects.get(slug="sjsa")

    assert newest_published(bill, dt.date(2025, 10, 21)) is None
    assert "이날에는 발행된 초안이 없습니다" in client.get("/bills/?on=2025-10-21").content.decode()
    may = client.get("/bills/sjsa/?on=2026-05-01").content.decode()
    assert "v0.2" in may
    assert "v0.3" not in may
    newest = newest_published(bill, dt.date(2026, 5, 1))
    assert newest is not None
    assert newest.no == "0.2"


def test_what_no_source_says_of_gwangsan_is_unknown(client: Client) -> None:
    lines = DivisionLineage.objects.filter(after__body__slug="gwangsan") | (
        DivisionLineage.objects.filter(before__body__slug="gwangsan")
    )

    assert {line.kind for line in lines} == {"unknown"}
    assert all(line.source for line in lines)
    assert "미확인" in client.get("/dialogue/gwangsan/").content.decode()


def test_the_seats_of_both_terms_are_there() -> None:
    garam = Body.objects.get(slug="garam")

    first, second = (composition(garam, dt.date(2026, month, 20)) for month in (3, 11))

    assert (first.total, second.total) == (27, 29)
    assert first.chairs[0].name != second.chairs[0].name
