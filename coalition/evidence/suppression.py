"""작은 수 가림: fewer than five people never appear, and nobody can work them out by subtraction.

What a reader knows: the whole's n, every shown cell's n, and the rule. A hidden cell is safe when at least one
more is hidden with it and the hidden ones together are ten or more people: then each value below five still
leaves the others room. Which further cell is hidden follows from the order of the cells alone, never from their
size, since a choice by size would tell the size. Pages, JSON, CSV and charts all take their numbers from here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

SMALLEST = 5


class Counted(Protocol):
    """A cell as it was measured."""

    label: str
    n: int
    value: Decimal | None


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell as anybody may see it. A hidden one says nothing but its name."""

    label: str
    n: int | None
    value: Decimal | None

    @property
    def hidden(self) -> bool:
        return self.n is None


def shows(n: int | None) -> bool:
    """Whether a number of so many people may appear."""
    return n is not None and n >= SMALLEST


def shown_n(n: int | None) -> int | None:
    """The n itself, or nothing for fewer than five."""
    return n if shows(n) else None


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
