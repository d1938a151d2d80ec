"""작은 수 가림: fewer than five people never appear, and nobody can work them out by subtraction.

What a reader knows: the whole's n, every shown cell's n, and the rule. A hidden cell is safe when at least one
more is hidden with it and the hidden ones together are ten or more people: then each value below five still
leaves the others room. Which further cell is hidden follows from the order of the cells alone, never from their
size, since a choice by size would tell the size. Pages, JSON, CSV and charts all take their numbers from here.

A share is a count in other words: 12.5% of 24 is three people. Where a share, with the n beside it, could tell of
fewer than five people in it or outside of it, neither the share nor its interval appears.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from math import ceil
from typing import Protocol

SMALLEST = 5


class Counted(Protocol):
    """A cell as it was measured."""

    label: str
    n: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as anybody may see it. A hidden one says nothing but its name; one that is `few` tells how many
    answered and not what, since its share would be a count of fewer than five."""

    label: str
    n: int | None
    value: Decimal | None
    few: bool = False

    @property
    def hidden(self) -> bool:
        return self.n is None


def shows(n: int | None) -> bool:
    """Whether a number of so many people may appear."""
    return n is not None and n >= SMALLEST


def shown_n(n: int | None) -> int | None:
    """The n itself, or nothing for fewer than five."""
    return n if shows(n) else None


def is_share(unit: str) -> bool:
    """Whether values of this unit are taken for so many of a hundred people who answered."""
    return unit.strip() in ("%", "％", "퍼센트")


def tells_few(share: Decimal, n: int) -> bool:
    """Whether so many of a hundred of `n` people could be fewer than five, or all but fewer than five."""
    return 0 <= share <= 100 and _few(_people(share, n), n)


def _people(share: Decimal, n: int) -> tuple[Decimal, Decimal]:
    """The fewest and the most people that are this share once it is rounded as it is written."""
    exponent = share.normalize().as_tuple().exponent
    rounding = Decimal(1).scaleb(min(0, int(exponent))) / 2
    return (share - rounding) * n / 100, (share + rounding) * n / 100


def _few(people: tuple[Decimal, Decimal], n: int) -> bool:
    """Whether a whole number of people between these bounds, or of those who are left of n, is below five."""
    fewest, most = people
    return ceil(fewest) < SMALLEST or ceil(n - most) < SMALLEST


def shown_shares(cells: Sequence[Counted], share: Decimal, n: int) -> list[Cell]:
    """The cells of one trait whose values are shares, and the whole's share of n: without any value where one,
    or what the whole leaves for the hidden ones together, would tell of fewer than five."""
    shown = shown_cells(cells)
    if all(cell.value is None for cell in shown):
        return shown
    told = [(cell.value, cell.n) for cell in shown if cell.value is not None and cell.n is not None]
    left = n - sum(count for _, count in told)
    fewest, most = _people(share, n)
    for value, count in told:
        low, high = _people(value, count)
        fewest, most = fewest - high, most - low
    subtracted = left > 0 and _few((fewest, most), left)
    if subtracted or tells_few(share, n) or any(tells_few(*one) for one in told):
        return [replace(cell, value=None, few=cell.value is not None or cell.few) for cell in shown]
    return shown


def shown_cells(cells: Sequence[Counted]) -> list[Cell]:
    """The cells of one trait, of which the whole's n is known: the small ones hidden, and others with them."""
    hidden = hidden_places([cell.n for cell in cells])
    return [
        Cell(cell.label, None, None) if place in hidden else Cell(cell.label, cell.n, cell.value)
        for place, cell in enumerate(cells)
    ]


def hidden_places(counts: Sequence[int], smallest: int = SMALLEST) -> frozenset[int]:
    """Which cells are not shown, of those with fewer than `smallest` and others with them.

    All of them when no two together are enough.
    """
    hidden = {place for place, n in enumerate(counts) if n < smallest}
    if not hidden:
        return frozenset()
    # The neighbours of the first small one, going round: the same for every size of the others.
    first = min(hidden)
    for step in range(1, len(counts)):
        if len(hidden) > 1 and sum(counts[place] for place in hidden) >= 2 * smallest:
            return frozenset(hidden)
        hidden.add((first + step) % len(counts))
    return frozenset(range(len(counts)))
