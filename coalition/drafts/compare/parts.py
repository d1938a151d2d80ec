"""나뉨 and 합침: articles whose lines are found again in several others.

Only an article that found no partner of its own can be a part. It is one when most of its words
stand, line by line, in a single article of the other text, and when that article's own partner does
not have those lines too.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from rapidfuzz import process
from rapidfuzz.distance import Indel

from coalition.drafts.compare.similarity import LONGEST, Similarity, ratio
from coalition.drafts.compare.units import Line, Unit

#: Lines are the same from this likeness on.
SAME_LINE = 0.6
#: So much of an article must be found in the other for it to be a part of it.
PART = 0.6
#: So much of the whole must be found in all parts together for it to need no confirmation.
SURE = 0.6
#: Shorter lines are found everywhere, and so are articles as short as this.
SHORTEST = 8
SHORTEST_PART = 30


class _Pair(Protocol):
    a: tuple[int, ...]
    b: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Parts:
    """One article on one side, several on the other."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    doubtful: bool


@dataclass(frozen=True, slots=True)
class Texts:
    """The articles of both texts and their likeness."""

    before: Sequence[Unit]
    after: Sequence[Unit]
    similarity: Similarity


def find(
    texts: Texts, pairs: Sequence[_Pair], free_a: frozenset[int], free_b: frozenset[int]
) -> list[Parts]:
    """Splits, then merges."""
    partner_of_a = {pair.a[0]: pair.b[0] for pair in pairs if len(pair.a) == len(pair.b) == 1}
    partner_of_b = {b: a for a, b in partner_of_a.items()}
    found: list[Parts] = []
    taken: set[int] = set()

    search = _Search(texts.after, texts.before, texts.similarity.candidates_before)
    for whole, members in search.wholes(free_b, partner_of_a, free_a):
        taken.add(whole)
        found.append(_parts(texts, (whole,), members))

    search = _Search(texts.before, texts.after, texts.similarity.candidates_after)
    for whole, members in search.wholes(free_a, partner_of_b, free_b):
        if partner_of_b.get(whole) not in taken:
            found.append(_parts(texts, members, (whole,)))
    return found


@dataclass(frozen=True, slots=True)
class _Search:
    """Looks for wholes on one side of what stands in parts on the other."""

    part_side: Sequence[Unit]
    whole_side: Sequence[Unit]
    candidates: Callable[[int, set[int]], list[int]]

    def wholes(
        self, free_parts: frozenset[int], partner_of: dict[int, int], free_wholes: frozenset[int]
    ) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Each whole that some free articles are parts of, with all its parts in order."""
        members: dict[int, set[int]] = {}
        possible = set(partner_of) | free_wholes
        for part in sorted(free_parts):
            if len(self.part_side[part].neutral) < SHORTEST_PART:
                continue
            whole = self._whole_of(part, possible)
            if whole is None:
                continue
            partner = {partner_of[whole]} if whole in partner_of else set[int]()
            others = members.get(whole, partner)
            if all(self._is_separate(part, whole, other) for other in others):
                members[whole] = {*others, part}
        for whole, found in sorted(members.items()):
            if len(found) > 1:
                yield whole, tuple(sorted(found))

    def _whole_of(self, part: int, possible: set[int]) -> int | None:
        """The article that has most of the part's lines, if it has enough of them."""
        unit = self.part_side[part]
        best, most = None, PART
        for whole in self.candidates(part, possible):
            found = coverage(unit, self.whole_side[whole])
            if found >= most:
                best, most = whole, found
        return best

    def _is_separate(self, part: int, whole: int, other: int) -> bool:
        """Whether another part (or the whole's partner) lacks the lines that this one took over."""
        taken = _lines_in(self.whole_side[whole], self.part_side[part])
        kept = _lines_in(self.whole_side[whole], self.part_side[other])
        size = sum(len(line.neutral) for line in taken)
        both = sum(len(line.neutral) for line in taken if line in kept)
        return bool(taken) and both < size / 2


def _lines_in(unit: Unit, other: Unit) -> list[Line]:
    return [line for line in _long(unit) if _best(line, other) >= SAME_LINE]


def coverage(part: Unit, whole: Unit) -> float:
    """Share of the part's words that stand in lines which the whole has too."""
    lines = _long(part)
    size = sum(len(line.neutral) for line in lines)
    if not size:
        return 0.0
    found = 0.0
    for line in lines:
        best = _best(line, whole)
        if best >= SAME_LINE:
            found += best * len(line.neutral)
    return found / size


def _best(line: Line, unit: Unit) -> float:
    """The likeness of the unit's line that is most like this one; 0 when none is the same line."""
    lines = [other.neutral[:LONGEST] for other in _long(unit)]
    found = process.extractOne(
        line.neutral[:LONGEST], lines, scorer=Indel.normalized_similarity, score_cutoff=SAME_LINE
    )
    return found[1] if found else 0.0


def _long(unit: Unit) -> list[Line]:
    return [line for line in unit.lines if len(line.neutral) >= SHORTEST]


def _parts(texts: Texts, a: tuple[int, ...], b: tuple[int, ...]) -> Parts:
    whole_a = "".join(texts.before[at].neutral for at in a)
    whole_b = "".join(texts.after[at].neutral for at in b)
    score = ratio(whole_a, whole_b)
    return Parts(a, b, score, score < SURE)
