"""Narrowing by facets, and counting them: every facet's counts ignore what is chosen in it.

All of it is arithmetic over the ids that a search found (search.catalog).
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from search.catalog import KINDS, Catalog

# Those with counts, in the order of the page. Others (phase, clause, version …) only narrow.
COUNTED = ("kind", "region", "division", "evidence", "year", "tag")

Ids = NDArray[np.int64]
Mask = NDArray[np.bool_]
Chosen = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a facet."""

    value: str
    label: str
    count: int
    selected: bool


@dataclass(frozen=True, slots=True)
class Narrowed:
    """The ids that all choices leave, and the counts of every facet."""

    ids: Ids
    facets: dict[str, list[Entry]]


@dataclass(frozen=True, slots=True)
class _Gathered:
    """All labels of some ids in one row, and beside each the place of its document in `ids`."""

    ids: Ids
    owners: Ids
    labels: NDArray[np.int32]

    @classmethod
    def of(cls, catalog: Catalog, ids: Ids) -> _Gathered:
        counts = catalog.count[ids]
        owners = np.repeat(np.arange(len(ids)), counts)
        before = np.cumsum(counts) - counts
        places = np.arange(len(owners)) - before[owners] + catalog.first[ids][owners]
        return cls(ids, owners, catalog.entries[places])

    def having(self, wanted: Mask) -> Mask:
        """Which documents have one of the labels for which `wanted` is true."""
        mask = np.zeros(len(self.ids), np.bool_)
        mask[self.owners[wanted[self.labels]]] = True
        return mask


def keep(catalog: Catalog, ids: Ids, chosen: Chosen) -> Ids:
    """The ids that every choice leaves. Within a facet choices are alternatives."""
    if not any(chosen.values()):
        return ids
    gathered = _Gathered.of(catalog, ids)
    mask = np.ones(len(ids), np.bool_)
    for facet, values in chosen.items():
        if values:
            mask &= gathered.having(_numbers(catalog, facet, values))
    return ids[mask]


def narrow(catalog: Catalog, ids: Ids, chosen: Chosen) -> Narrowed:
    """The ids that every choice leaves, with the counts that the reader sees beside them."""
    gathered = _Gathered.of(catalog, ids)
    active = {facet: values for facet, values in chosen.items() if values}
    masks = {f: gathered.having(_numbers(catalog, f, v)) for f, v in active.items()}
    everything = np.ones(len(ids), np.bool_)
    for mask in masks.values():
        everything &= mask
    size = len(catalog.book.labels)
    common = _count(gathered, everything, size)
    facets = {}
    for facet in COUNTED:
        counts = common
        if facet in masks:
            others = np.ones(len(ids), np.bool_)
            for name, mask in masks.items():
                if name != facet:
                    others &= mask
            counts = _count(gathered, others, size)
        facets[facet] = entries(catalog, facet, counts, active.get(facet, frozenset()))
    return Narrowed(ids[everything], facets)


def _count(gathered: _Gathered, mask: Mask, size: int) -> NDArray[np.int64]:
    counts: NDArray[np.int64] = np.bincount(
        gathered.labels[mask[gathered.owners]], minlength=size
    ).astype(np.int64)
    return counts


def _numbers(catalog: Catalog, facet: str, values: frozenset[str]) -> Mask:
    wanted = np.zeros(len(catalog.book.labels), np.bool_)
    for value in values:
        number = catalog.book.number(facet, value)
        if number is not None:
            wanted[number] = True
    return wanted


def entries(
    catalog: Catalog, facet: str, counts: NDArray[np.int64], chosen: frozenset[str]
) -> list[Entry]:
    """Lines with a count, and chosen ones without, so that a choice can be taken back."""
    book = catalog.book
    numbers = np.flatnonzero(book.of_facet(facet))
    found = [
        Entry(
            book.labels[n].value,
            book.labels[n].name,
            int(counts[n]),
            book.labels[n].value in chosen,
        )
        for n in numbers
        if counts[n] or book.labels[n].value in chosen
    ]
    unknown = chosen - {entry.value for entry in found}
    found += [Entry(value, value, 0, selected=True) for value in sorted(unknown)]
    return sorted(found, key=_order(facet))


def _order(facet: str) -> Callable[[Entry], Any]:
    """Kinds as the page shows them, places by code, years and levels downwards, the rest by count."""
    if facet == "kind":
        return lambda e: KINDS.index(e.value) if e.value in KINDS else len(KINDS)
    if facet == "region":
        return lambda e: (e.value[:2], len(e.value), e.value)
    if facet in ("year", "evidence"):
        return lambda e: (-int(e.value) if e.value.isdecimal() else 0, e.value)
    return lambda e: (-e.count, e.label)
