"""All terms of the visible documents in memory: how frequent each is, and which are alike.

What is asked with a slip of the keyboard, half a syllable, initials only or a typing error is looked for
here first, so that a search that finds nothing costs no query.
"""

from __future__ import annotations

import math
import threading
from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from django.db import connection
from rapidfuzz import process
from rapidfuzz.distance import OSA

from search import jamo
from search.catalog import Catalog
from search.signs import is_code

_FEW = 200  # so many new words are sorted in one by one; more are sorted at once
_MOST_ALIKE = 12


@dataclass(frozen=True)
class Vocabulary:
    """The terms as of `clock`. `documents` counts documents that have a term, `words` only those in which
    it stands in reading order and not merely inside a compound."""

    clock: int = 0
    total: int = 0
    documents: dict[str, int] = field(default_factory=dict)
    words: dict[str, int] = field(default_factory=dict)
    forward: list[str] = field(default_factory=list)  # terms, sorted
    backward: list[str] = field(default_factory=list)  # words spelled from their end, sorted

    def __contains__(self, term: str) -> bool:
        return term in self.documents

    def idf(self, documents: int) -> float:
        """How much a term says that this many documents have (BM25's, never negative)."""
        return math.log(1 + (self.total - documents + 0.5) / (documents + 0.5))

    def count(self, terms: Iterable[str]) -> int:
        """At most how many documents have one of the terms."""
        return min(self.total, sum(self.documents.get(term, 0) for term in terms))

    def rarest(self, terms: Sequence[str]) -> str:
        """The term of a phrase that fewest documents have."""
        return min(terms, key=lambda term: self.documents.get(term, 0))

    def containing(self, term: str) -> list[str]:
        """Longer words that begin or end with this one (조합 → 협동조합), most frequent first."""
        if len(term) < 2 or not jamo.is_syllable(term[-1]) or is_code(term):
            return []
        found = {*_beginning(self.forward, term)}
        found |= {word[::-1] for word in _beginning(self.backward, term[::-1])}
        found.discard(term)
        longer = (w for w in found if w in self.words and not is_code(w) and not w[0].isdecimal())
        return sorted(longer, key=lambda w: (-self.words[w], w))[:_MOST_ALIKE]

    def beginning_with(self, written: str) -> list[str]:
        """Terms for a syllable that is half typed: 일자ㄹ → 일자리."""
        wanted = jamo.letters(written)
        whole = written.rstrip("".join({*jamo.INITIALS, *jamo.VOWELS}))
        near = _beginning(self.forward, whole) if whole else iter(self.forward)
        found = [word for word in near if jamo.letters(word).startswith(wanted)]
        return sorted(found, key=lambda t: (-self.documents[t], t))[:_MOST_ALIKE]

    def with_initials(self, consonants: str) -> list[str]:
        """Terms whose syllables begin with these consonants: ㅇㅈㄹ → 일자리."""
        found = self._by_initials.get(consonants, [])
        return sorted(found, key=lambda t: (-self.documents[t], t))[:_MOST_ALIKE]

    def nearest(self, term: str) -> list[str]:
        """Terms that differ by a slip of the hand, nearest and then most frequent first.

        One letter in short words, two in longer ones, three beyond twelve letters.
        """
        letters = jamo.letters(term)
        limit = 1 if len(letters) <= 6 else 2 if len(letters) <= 12 else 3
        rows = process.extract(
            letters, self._spelled, scorer=OSA.distance, score_cutoff=limit, limit=50
        )
        ranked = sorted(rows, key=lambda row: (row[1], -self.documents[row[2]], row[2]))
        return [found for _, _, found in ranked][:3]

    @cached_property
    def _spelled(self) -> dict[str, str]:
        """Letters of every term that a typing error may have been meant to be."""
        return {
            term: jamo.letters(term)
            for term in self.documents
            if len(term) > 1 and jamo.is_syllable(term[0]) and not is_code(term)
        }

    @cached_property
    def _by_initials(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for term in self.documents:
            if len(term) > 1 and all(map(jamo.is_syllable, term)):
                found.setdefault(jamo.initials(term), []).append(term)
        return found


def _beginning(words: list[str], prefix: str) -> Iterator[str]:
    for index in range(bisect_left(words, prefix), len(words)):
        if not words[index].startswith(prefix):
            return
        yield words[index]


_lock = threading.Lock()
_state = Vocabulary()


def fresh(catalog: Catalog) -> Vocabulary:
    """The vocabulary of the catalog's moment; no query when nothing changed."""
    global _state
    known = _state
    if known.clock == catalog.clock:
        return known
    with _lock:
        is_past = f",{known.clock}," in catalog.recent
        base = known if is_past else Vocabulary()
        updated = _with_terms(base, catalog, _read(base.clock))
        _state = updated
    return updated


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _state
    _state = Vocabulary()


def _read(clock: int) -> list[tuple[str, int, int]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT term, documents, words FROM search_searchterm WHERE seq > %s", [clock]
        )
        return list(cursor.fetchall())


def _with_terms(base: Vocabulary, catalog: Catalog, rows: list[tuple[str, int, int]]) -> Vocabulary:
    documents, words = dict(base.documents), dict(base.words)
    for term, in_documents, as_word in rows:
        for counts, count in ((documents, in_documents), (words, as_word)):
            if count > 0:
                counts[term] = count
            else:
                counts.pop(term, None)
    gone_words, new_words = _difference(base.words, words)
    return Vocabulary(
        clock=catalog.clock,
        total=catalog.documents,
        documents=documents,
        words=words,
        forward=_resorted(base.forward, *_difference(base.documents, documents)),
        backward=_resorted(
            base.backward, {w[::-1] for w in gone_words}, {w[::-1] for w in new_words}
        ),
    )


def _difference(before: dict[str, int], after: dict[str, int]) -> tuple[set[str], set[str]]:
    """What went and what came."""
    return before.keys() - after.keys(), after.keys() - before.keys()


def _resorted(words: list[str], gone: set[str], new: set[str]) -> list[str]:
    kept = [word for word in words if word not in gone] if gone else list(words)
    if len(new) > _FEW:
        return sorted([*kept, *new])
    for word in new:
        insort(kept, word)
    return kept
