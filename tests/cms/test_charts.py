"""Charts: drawn by the server, with title and description, and nothing of what is hidden."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from cms.queries.charts import Scale, part_chart
from coalition.evidence.actions import Part
from coalition.evidence.models import Indicator
from coalition.evidence.suppression import shown_cells
from tests.coalition.evidence.test_suppression import COUNTS, Cell
from tests.factories.practice import make_measurement, make_pilot

ADDRESS = "/pilots/garam-care-pilot/"


@given(COUNTS, st.booleans())
def test_a_hidden_class_has_neither_mark_nor_number(counts: list[int], valued: bool) -> None:
    cells = shown_cells(
        [Cell(f"{place}동", n, Decimal(n) if valued else None) for place, n in enumerate(counts)]
    )
    whole = sum(counts)
    drawn = part_chart("동", cells, Indicator(name="체감도", unit="점"), "k", max(whole, 1))

    if drawn is None:
        assert all(cell.hidden for cell in cells)
        return
    for cell, mark in zip(cells, drawn.marks, strict=True):
        if cell.hidden:
            assert (mark.drawn, mark.width, mark.note) == (False, 0, "가림")
        else:
            assert f"n={cell.n}" in f"{mark.note} {mark.text}"
            assert drawn.left <= mark.x <= drawn.right
    assert drawn.told.count("가림") == sum(cell.hidden for cell in cells)


@given(
    st.decimals(-1000, 1000, places=2, allow_nan=False),
    st.decimals("0.01", 100_000, places=2, allow_nan=False),
)
def test_a_scale_has_few_round_numbers_inside_of_it(lowest: Decimal, span: Decimal) -> None:
    ticks = Scale(lowest, lowest + span).ticks("점")

    assert 1 <= len(ticks) <= 8
    assert all(104 <= tick.x <= 340 for tick in ticks)
    assert ticks[-1].text.endswith("점")


@pytest.mark.django_db
def test_a_chart_says_in_words_and_in_its_table_what_it_draws(client: Client, garam: Any) -> None:
    pilot = make_pilot(garam)
    make_measurement(pilot, "3.1")
    make_measurement(
        pilot, "3.6", wave="end",
        parts=[Part("응답", "3점 아래", 9), Part("응답", "3점과 그 위", 15)],
    )  # fmt: skip
    make_measurement(pilot, "3.2", wave="end", comparison=True, n=18)

    page = client.get(ADDRESS).content.decode()
    series, spread = re.findall(r"<svg.*?</svg>", page[page.index('id="evaluation"') :], re.S)

    for drawn in (series, spread):
        title, desc = re.search(r'aria-labelledby="(\S+) (\S+)"', drawn).groups()  # type: ignore[union-attr]
        assert f'<title id="{title}">' in drawn
        assert f'<desc id="{desc}">' in drawn
        assert "style=" not in drawn
    assert series.count("<circle") == 3
    assert series.count('class="d0"') == 2, "the comparison group is hollow, dot and interval"
    assert "기초 3.1점, 95% 구간 2.9–3.3점, n=24" in series
    assert spread.count("<rect") == 2
    assert "38% (n=9)" in spread
    table = re.sub(r"<svg.*?</svg>", "", page, flags=re.S)
    for said in ("3.1점", "2.9–3.3", "n=18", ">9<", ">38%<"):
        assert said in table, said


@pytest.mark.django_db
def test_a_value_of_four_people_is_not_drawn(client: Client, garam: Any) -> None:
    make_measurement(make_pilot(garam), "3.97", n=4)

    page = client.get(ADDRESS).content.decode()

    assert "3.97" not in page
    assert "<svg" not in page[page.index('id="evaluation"') : page.index("</main>")]
