"""Stored versions held against each other.

A published version never changes, so what is computed of it is remembered under its sha256: for as
long as the process lives, and never written. A draft is computed anew each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from coalition.drafts.compare import Comparison, Kind, compare
from coalition.drafts.compare.counting import counted, is_touched
from coalition.drafts.models import Version
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import Node

#: Some MB of trees per comparison of a long bill.
REMEMBERED = 16
#: A few numbers each.
REMEMBERED_COUNTS = 2048


@dataclass(frozen=True, slots=True)
class Compared:
    """Two trees and what became of the articles from one to the other."""

    a_tree: Node
    b_tree: Node
    comparison: Comparison


@dataclass(frozen=True, slots=True)
class Counted:
    """How many articles changed, as a reader counts: `kinds` by what was done to them."""

    kinds: dict[Kind, int]
    touched: int
    doubtful: int


def compared(a: Version, b: Version) -> Compared:
    """What changed from version `a` to version `b`, of one bill or of two."""
    if a.is_published and b.is_published:
        return _compared(a.sha256, b.sha256)
    return _of_texts(a.source_text, b.source_text)


def counts(pairs: Sequence[tuple[Version, Version]]) -> list[Counted]:
    """For several pairs of published versions how much changed; asks for all missing texts at once."""
    keys = [(a.sha256, b.sha256) for a, b in pairs]
    missing = {sha for key in keys if key not in _COUNTS for sha in key}
    if missing:
        trees = {sha: parse(text).tree for sha, text in _texts(missing).items()}
        for a, b in keys:
            if (a, b) not in _COUNTS:
                if len(_COUNTS) >= REMEMBERED_COUNTS:
                    _COUNTS.clear()
                _COUNTS[a, b] = _counted(compare(trees[a], trees[b]))
    return [_COUNTS[key] for key in keys]


_COUNTS: dict[tuple[str, str], Counted] = {}


@lru_cache(REMEMBERED)
def _compared(a_sha256: str, b_sha256: str) -> Compared:
    texts = _texts({a_sha256, b_sha256})
    return _of_texts(texts[a_sha256], texts[b_sha256])


def _texts(wanted: set[str]) -> dict[str, str]:
    found = Version.objects.filter(sha256__in=wanted, published_at__isnull=False)
    return dict(found.values_list("sha256", "source_text"))


def _of_texts(a: str, b: str) -> Compared:
    a_tree, b_tree = parse(a).tree, parse(b).tree
    return Compared(a_tree, b_tree, compare(a_tree, b_tree))


def _counted(comparison: Comparison) -> Counted:
    return Counted(
        counted(comparison),
        sum(map(is_touched, comparison.changes)),
        sum(change.needs_confirmation for change in comparison.changes),
    )
