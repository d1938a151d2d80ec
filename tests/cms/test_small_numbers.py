"""Fewer than five people stand nowhere: no page, drawing, case book or search, as a number or as a share."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cms.models import CaseNumber
from cms.queries.case_book import _lines
from coalition.evidence.actions import Part, withdraw_measurement
from coalition.record.jobs import run_until_idle
from search.models import SearchDocument
from tests.factories import make_case
from tests.factories.practice import make_indicator, make_measurement, make_pilot

pytestmark = pytest.mark.django_db
ADDRESS = "/pilots/garam-care-pilot/"
NUMBER = {"label": "그만둠", "source": "면담", "measured": "2026년 3월"}


def share(part: int, n: int) -> Decimal:
    return round(Decimal(100 * part) / n, 2)


def evaluation(client: Client) -> str:
    """The part of the pilot's page that tells what was measured, drawings and their words included."""
    page = client.get(ADDRESS).content.decode()
    return page[page.index('id="evaluation"') : page.index("</main>")]


@settings(max_examples=12, suppress_health_check=[*HealthCheck], deadline=None)
@given(st.lists(st.tuples(st.integers(1, 30), st.integers(0, 30)), min_size=2, max_size=4))
def test_no_page_shows_a_share_that_is_fewer_than_five(
    client: Client, garam: Any, secretariat: Any, classes: list[tuple[int, int]]
) -> None:
    """`classes`: how many answered, and how many of them (at most all) said yes."""
    said = [(n, min(yes, n)) for n, yes in classes]
    n, yes = (sum(one[at] for one in said) for at in (0, 1))
    indicator = make_indicator("staying", name="다니는 비율", unit="%", lowest=None, highest=None)
    made = make_measurement(
        make_pilot(garam), str(share(yes, n)), indicator=indicator, wave="end", n=n, invited=n,
        low=Decimal(0), high=Decimal("100.01"),
        parts=[Part("동", f"{i}동", a, share(b, a)) for i, (a, b) in enumerate(said)],
    )  # fmt: skip
    page = evaluation(client)
    withdraw_measurement(measurement=made, because="다음 예", by=secretariat)

    few = min(yes, n - yes) < 5
    assert ("100.01" in page) == (n >= 5 and not few), "the interval goes with its share"
    rows = dict(re.findall(r'<th scope="row">(\d동)</th>.*?<td class="r">([^<]*)</td></tr>', page))
    told = [one for i, one in enumerate(said) if re.match(r"[\d.]+%", rows.get(f"{i}동", ""))]
    rest = n - sum(a for a, _ in told), yes - sum(b for _, b in told)
    for of, agreed in [*told, rest] if told else []:
        assert of == 0 or min(agreed, of - agreed) >= 5


def test_a_share_of_three_is_neither_drawn_nor_changed_from(client: Client, garam: Any) -> None:
    pilot = make_pilot(garam)
    share_of = {"unit": "%", "lowest": Decimal(0), "highest": Decimal(100)}
    indicator = make_indicator("staying", name="다니는 비율", **share_of)
    make_measurement(pilot, "12.5", indicator=indicator)
    make_measurement(pilot, "62.5", indicator=indicator, wave="end")

    page = evaluation(client)

    assert "12.5" not in page
    assert "12.3" not in page, "its interval"
    assert page.count("비율에서 5명 미만이 드러나 싣지 않음") == 1
    assert "비율에서 5명보다 적은 사람이 드러나 변화를 말하지 않습니다." in page
    assert page.count("<circle") == 1
    assert "n=24" in page


@pytest.mark.parametrize(
    "number",
    [
        {"value": "4.37", "before": "3.91", "n": 4, "unit": "점"},
        {"value": "4.37", "before": "39.13", "n": 46, "unit": "%"},
        {"value": "39.13", "before": "4.37", "n": 46, "unit": "%"},
    ],
    ids=["four people", "two of 46", "two of 46 before"],
)
def test_a_number_of_few_stands_on_no_page_no_book_and_in_no_search(
    client: Client, garam: Any, number: dict[str, Any]
) -> None:
    case = make_case(garam, numbers=[CaseNumber(**NUMBER, **number)])
    run_until_idle()

    page = client.get(case.address).content.decode()
    book = " ".join(str(line) for line in _lines(case, "가람시"))
    found = SearchDocument.objects.filter(kind="case").values_list("body", flat=True)

    for told in (page, book, " ".join(found)):
        assert "그만둠" in told
        assert "4.37" not in told
        assert "3.91" not in told
        assert "39.13" not in told


def test_what_grew_by_a_part_is_no_share_of_people(client: Client, garam: Any) -> None:
    number = CaseNumber(**NUMBER, value="4.37", n=46, unit="% 늘어남")

    page = client.get(make_case(garam, numbers=[number]).address).content.decode()

    assert "4.37" in page
