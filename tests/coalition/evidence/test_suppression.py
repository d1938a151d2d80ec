"""Fewer than five people can neither be read nor worked out."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from coalition.evidence.suppression import SMALLEST, hidden_places, shown_cells, shown_n


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


def test_only_what_is_needed_is_hidden() -> None:
    assert hidden_places([12, 9, 7]) == frozenset()
    assert hidden_places([3, 20, 7, 9]) == {0, 1}
    assert hidden_places([20, 7, 9, 3]) == {0, 3}
    assert hidden_places([24]) == frozenset()
    assert hidden_places([4]) == {0}
    assert hidden_places([4, 4, 4, 30]) == {0, 1, 2}


def test_an_n_of_fewer_than_five_is_no_number() -> None:
    assert [shown_n(n) for n in (None, 0, 4, 5)] == [None, None, None, 5]
