"""Fewer than five people can neither be read nor worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coalition.evidence.suppression import (
    SMALLEST,
    hidden_places,
    shown_cells,
    shown_n,
    shown_shares,
    tells_few,
)


@dataclass
class Cell:
    label: str
    n: int
    value: Decimal | None = None


COUNTS = st.lists(st.integers(0, 30), min_size=1, max_size=9)


@given(COUNTS)
def test_no_shown_cell_is_small_and_no_hidden_one_can_be_subtracted(counts: list[int]) -> None:
    cells = shown_cells([Cell(str(i), n, Decimal(n)) for i, n in enumerate(counts)])
    shown = [cell for cell in cells if not cell.hidden]
    hidden = [n for n, cell in zip(counts, cells, strict=True) if cell.hidden]

    assert all(cell.n is not None and cell.n >= SMALLEST for cell in shown)
    assert all(cell.value is None for cell in cells if cell.hidden)
    if any(n < SMALLEST for n in counts) and shown:
        rest = sum(counts) - sum(cell.n or 0 for cell in shown)
        assert rest == sum(hidden) >= 2 * SMALLEST
        assert len(hidden) >= 2


@given(COUNTS)
def test_whoever_knows_the_rule_still_sees_more_than_one_way(counts: list[int]) -> None:
    """Moving one person between two hidden cells gives the same page, for some pair of them."""
    hidden = sorted(hidden_places(counts))
    if not hidden or len(hidden) == len(counts):
        return  # nothing hidden, or no cell is shown at all
    for small in [place for place in hidden if counts[place] < SMALLEST]:
        others = []
        for there in hidden:
            for step in (1, -1):
                moved = [*counts]
                moved[small] += step
                moved[there] -= step
                if there != small and min(moved) >= 0:
                    others.append(moved)
        assert any(sorted(hidden_places(other)) == hidden for other in others), counts


def _share(part: int, n: int, places: int) -> Decimal:
    return round(Decimal(100 * part) / n, places)


@st.composite
def answers(draw: st.DrawFn) -> list[tuple[int, int]]:
    """Classes of people: how many there are, and how many of them said yes."""
    counts = draw(st.lists(st.integers(1, 40), min_size=1, max_size=5))
    return [(n, draw(st.integers(0, n))) for n in counts]


@given(answers(), st.integers(0, 2))
def test_no_share_tells_of_fewer_than_five(said: list[tuple[int, int]], places: int) -> None:
    """Neither of a class, nor of what the whole leaves for those that are hidden: yes or no."""
    n, yes = (sum(one[at] for one in said) for at in (0, 1))
    cells = [Cell(str(i), a, _share(b, a, places)) for i, (a, b) in enumerate(said)]

    shown = shown_shares(cells, _share(yes, n, places), n)

    told = [one for one, cell in zip(said, shown, strict=True) if cell.value is not None]
    rest = n - sum(a for a, _ in told), yes - sum(b for _, b in told)
    for of, agreed in [*told, rest] if told else []:
        assert of == 0 or min(agreed, of - agreed) >= SMALLEST
    assert all(cell.n is not None for cell in shown if cell.few)


@given(st.integers(1, 2000), st.data())
def test_a_share_is_shown_when_five_and_more_stand_on_both_sides(
    n: int, data: st.DataObject
) -> None:
    yes = data.draw(st.integers(0, n))

    assert tells_few(_share(yes, n, 2), n) == (min(yes, n - yes) < SMALLEST)


def test_a_share_is_read_as_exactly_as_it_is_written() -> None:
    assert tells_few(Decimal("12.5"), 24), "three of 24"
    assert tells_few(Decimal("87.5"), 24), "all but three"
    assert not tells_few(Decimal("20.8"), 24), "five of 24"
    assert tells_few(Decimal(1), 450), "4.5 of 450: two to seven"
    assert not tells_few(Decimal("1.5"), 450)
    assert not tells_few(Decimal(-11), 24), "no share"


def test_a_class_whose_share_is_of_few_takes_all_shares_with_it() -> None:
    cells = [Cell("청년", 12, Decimal(50)), Cell("중년", 12, Decimal(25))]

    shown = shown_shares(cells, Decimal("37.5"), 24)

    assert [(cell.n, cell.value, cell.few) for cell in shown] == [(12, None, True)] * 2


def test_only_what_is_needed_is_hidden() -> None:
    assert hidden_places([12, 9, 7]) == frozenset()
    assert hidden_places([3, 20, 7, 9]) == {0, 1}
    assert hidden_places([20, 7, 9, 3]) == {0, 3}
    assert hidden_places([24]) == frozenset()
    assert hidden_places([4]) == {0}
    assert hidden_places([4, 4, 4, 30]) == {0, 1, 2}


def test_an_n_of_fewer_than_five_is_no_number() -> None:
    assert [shown_n(n) for n in (None, 0, 4, 5)] == [None, None, None, 5]
