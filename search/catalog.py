"""The projection's narrow columns in memory: what may be seen, and which facets each document has.

One immutable Catalog per process, brought up to date with one query per request: the rows that are newer
than what it knows. Counting facets is then arithmetic over arrays, no join (docs/benchmarks.md).
Arrays are indexed by the row's primary key.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from search.models import Kind
from search.source import Label

# One statement and so one moment: the clock, and beside it every row that is newer than what is known.
_NEWS = """
SELECT c.value, c.recent, d.id, d.deleted, d.current, d.fictional, d.visible_from, d.visible_until,
       d.date, d.evidence_level, d.labels, d.words_body
FROM search_searchclock c
LEFT JOIN search_searchdocument d ON d.seq > CASE WHEN c.recent LIKE %s THEN %s ELSE 0 END
WHERE c.id = 1
"""


@dataclass(frozen=True, slots=True)
class LabelBook:
    """Every facet entry that some document has, numbered in the order in which it was first seen."""

    labels: tuple[Label, ...] = ()
    numbers: dict[tuple[str, str], int] = field(default_factory=dict)
    facets: NDArray[np.int16] = field(default_factory=lambda: np.zeros(0, np.int16))
    names: tuple[str, ...] = ()

    def number(self, facet: str, value: str) -> int | None:
        return self.numbers.get((facet, value))

    def of_facet(self, facet: str) -> NDArray[np.bool_]:
        """Which numbers belong to this facet."""
        if facet not in self.names:
            return np.zeros(len(self.labels), np.bool_)
        mask: NDArray[np.bool_] = self.facets == self.names.index(facet)
        return mask


@dataclass(frozen=True)
class Catalog:
    """What is known of all documents as of `clock`."""

    clock: int = 0
    recent: str = ","
    book: LabelBook = field(default_factory=LabelBook)
    live: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, np.bool_))
    current: NDArray[np.bool_] = field(default_factory=lambda: np.zeros(1, np.bool_))
    opens: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    closes: NDArray[np.float64] = field(default_factory=lambda: np.zeros(1))
    date: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1, np.int32))
    evidence: NDArray[np.int8] = field(default_factory=lambda: np.full(1, -1, np.int8))
    length: NDArray[np.int32] = field(default_factory=lambda: np.zeros(1, np.int32))
    kind: NDArray[np.int8] = field(default_factory=lambda: np.zeros(1, np.int8))
    # The labels of document i are entries[first[i] : first[i] + count[i]].
    first: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    count: NDArray[np.int64] = field(default_factory=lambda: np.zeros(1, np.int64))
    entries: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))

    @property
    def documents(self) -> int:
        """How many can be found now."""
        return int(self.live.sum())

    @property
    def mean_length(self) -> float:
        """Words of a body, on average."""
        return float(self.length[self.live].mean()) if self.live.any() else 1.0

    @cached_property
    def label_counts(self) -> NDArray[np.int64]:
        """How many documents that can be found have each label of the book."""
        ids = np.flatnonzero(self.live)
        counts = self.count[ids]
        owners = np.repeat(np.arange(len(ids)), counts)
        before = np.cumsum(counts) - counts
        places = np.arange(len(owners)) - before[owners] + self.first[ids][owners]
        found: NDArray[np.int64] = np.bincount(
            self.entries[places], minlength=len(self.book.labels)
        ).astype(np.int64)
        return found

    def known(self, ids: NDArray[np.int64]) -> NDArray[np.int64]:
        """Those ids that the catalog has: an engine may know a row that was written a moment ago."""
        return ids[ids < len(self.live)]

    def visible(self, ids: NDArray[np.int64], now: float) -> NDArray[np.bool_]:
        """Which of these anybody may see at this moment (seconds since 1970)."""
        mask: NDArray[np.bool_] = (
            self.live[ids] & (self.opens[ids] <= now) & (self.closes[ids] > now)
        )
        return mask


KINDS: tuple[str, ...] = tuple(Kind.values)
_lock = threading.Lock()
_state = Catalog()


def fresh() -> Catalog:
    """The catalog of this moment. One query; nothing else when nothing changed."""
    global _state
    known = _state
    rows = _read(known.clock)
    if not rows:
        return Catalog()
    clock, recent = int(rows[0][0]), str(rows[0][1])
    if clock == known.clock:
        return known
    with _lock:
        base = known if f",{known.clock}," in recent else Catalog()
        updated = _with_rows(base, [row[2:] for row in rows if row[2] is not None])
        updated = replace(updated, clock=clock, recent=recent)
        if updated.clock > _state.clock or base is not known:
            _state = updated
    return updated


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _state
    _state = Catalog()


def _read(clock: int) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(_NEWS, [f"%,{clock},%", clock])
        return list(cursor.fetchall())


def _with_rows(base: Catalog, rows: Sequence[tuple[Any, ...]]) -> Catalog:
    """A new catalog: `base` with these rows added or replaced."""
    if not rows:
        return base
    size = max(len(base.live), max(row[0] for row in rows) + 1)
    ids = np.array([row[0] for row in rows], np.int64)
    labels = [_labels(row[8], row[7]) for row in rows]
    book = _extended(base.book, (label for each in labels for label in each))
    numbers = [[book.numbers[label.facet, label.value] for label in each] for each in labels]
    flat = np.array([n for each in numbers for n in each], np.int32)
    lengths = np.array([len(each) for each in numbers], np.int64)
    starts = len(base.entries) + np.cumsum(lengths) - lengths
    kinds = [next((lb.value for lb in each if lb.facet == "kind"), "page") for each in labels]

    def put(column: NDArray[Any], values: Iterable[Any], empty: Any = 0) -> NDArray[Any]:
        grown = np.full(size, empty, column.dtype)
        grown[: len(column)] = column
        grown[ids] = np.array(list(values), column.dtype)
        return grown

    return Catalog(
        book=book,
        live=put(base.live, (not row[1] for row in rows)),
        current=put(base.current, (row[2] for row in rows)),
        opens=put(base.opens, (_seconds(row[4], 0.0) for row in rows)),
        closes=put(base.closes, (_seconds(row[5], np.inf) for row in rows)),
        date=put(base.date, (_ordinal(row[6]) for row in rows)),
        evidence=put(base.evidence, (-1 if row[7] is None else row[7] for row in rows), -1),
        length=put(base.length, (row[9] for row in rows)),
        kind=put(base.kind, (KINDS.index(kind) for kind in kinds)),
        first=put(base.first, starts),
        count=put(base.count, lengths),
        entries=np.concatenate((base.entries, flat)),
    )


def _labels(written: Any, evidence: int | None) -> list[Label]:
    rows = json.loads(written) if isinstance(written, str) else written or []
    labels = [Label(*row) for row in rows]
    if evidence is not None:
        labels.append(Label("evidence", str(evidence), f"근거 수준 {evidence}"))
    return labels


def _extended(book: LabelBook, labels: Iterable[Label]) -> LabelBook:
    """The book with labels that it did not have. A name that changed is the newer one."""
    every = list(book.labels)
    numbers = dict(book.numbers)
    for label in labels:
        number = numbers.setdefault((label.facet, label.value), len(every))
        if number == len(every):
            every.append(label)
        else:
            every[number] = label
    names = tuple(dict.fromkeys(label.facet for label in every))
    facets = np.array([names.index(label.facet) for label in every], np.int16)
    return LabelBook(tuple(every), numbers, facets, names)


def _seconds(value: Any, default: float) -> float:
    """A moment as SQLite (text in UTC) or PostgreSQL gives it, in seconds since 1970."""
    if value is None:
        return default
    moment = dt.datetime.fromisoformat(value) if isinstance(value, str) else value
    return float((moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)).timestamp())


def _ordinal(value: Any) -> int:
    if value is None:
        return 0
    return (dt.date.fromisoformat(value) if isinstance(value, str) else value).toordinal()
