"""How alike two articles are, judged by rare 어절 first and by letters second.

Every law says 「필요한 사항은 대통령령으로 정한다」; what tells two articles apart are the words that few
articles have. They are weighed by how rare they are in both texts together, and looked up from an
index, so that only articles with something in common are ever compared letter by letter.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from rapidfuzz.distance import Indel

from coalition.drafts.compare.units import Unit

#: A word in more than this share of all articles says nothing about any of them.
COMMON = 0.2
FEWEST_COMMON = 12
#: So many candidates are looked at for each article.
CANDIDATES = 6
#: Letters beyond this are not compared; articles that long differ earlier.
LONGEST = 4000


class Similarity:
    """Compares the articles of two texts; built once per comparison."""

    def __init__(self, before: Sequence[Unit], after: Sequence[Unit]) -> None:
        self._sides = (_Side(before), _Side(after))
        frequency: Counter[str] = Counter()
        for side in self._sides:
            for unit in side.units:
                frequency.update(set(unit.words))
        total = len(before) + len(after)
        self._weight = {word: math.log(1 + total / count) for word, count in frequency.items()}
        most = max(FEWEST_COMMON, COMMON * total)
        self._common = {word for word, count in frequency.items() if count > most}
        self._content: dict[tuple[int, int], float] = {}

    def candidates_after(self, a: int, among: set[int]) -> list[int]:
        """Those articles of the later text that share most rare words with `a`, best first."""
        return self._candidates(self._sides[0], a, self._sides[1], among)

    def candidates_before(self, b: int, among: set[int]) -> list[int]:
        """Those articles of the earlier text that share most rare words with `b`, best first."""
        return self._candidates(self._sides[1], b, self._sides[0], among)

    def _candidates(self, ours: _Side, at: int, theirs: _Side, among: set[int]) -> list[int]:
        shared: dict[int, float] = {}
        index = theirs.index(self._common)
        for word in set(ours.units[at].words):
            weight = self._weight[word]
            for other in index.get(word, ()):
                if other in among:
                    shared[other] = shared.get(other, 0.0) + weight
        best = sorted(
            shared, key=lambda other: -shared[other] / (1 + len(theirs.units[other].words)) ** 0.5
        )
        return best[:CANDIDATES]

    def content(self, a: int, b: int) -> float:
        """Likeness of the words of two articles, 0–1; numbers of own citations don't count."""
        known = self._content.get((a, b))
        if known is None:
            known = self._content[a, b] = self._compare(a, b)
        return known

    def _compare(self, a: int, b: int) -> float:
        ours, theirs = self._sides[0].counted(a), self._sides[1].counted(b)
        size = self._size(ours) + self._size(theirs)
        before, after = self._sides[0].units[a], self._sides[1].units[b]
        if not size:
            return 1.0 if before.neutral == after.neutral else 0.0
        shared = sum(
            self._weight[word] * min(count, theirs[word])
            for word, count in ours.items()
            if word in theirs
        )
        return (2 * shared / size + ratio(before.neutral, after.neutral)) / 2

    def _size(self, counted: Counter[str]) -> float:
        return sum(self._weight[word] * count for word, count in counted.items())


class _Side:
    """The articles of one text with their words counted and indexed when first needed."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self._counted: dict[int, Counter[str]] = {}
        self._index: dict[str, list[int]] | None = None

    def counted(self, at: int) -> Counter[str]:
        known = self._counted.get(at)
        if known is None:
            known = self._counted[at] = Counter(self.units[at].words)
        return known

    def index(self, common: set[str]) -> dict[str, list[int]]:
        """Which articles have a word that is not common."""
        if self._index is None:
            self._index = {}
            for position, unit in enumerate(self.units):
                for word in set(unit.words) - common:
                    self._index.setdefault(word, []).append(position)
        return self._index


def ratio(a: str, b: str, least: float = 0.0) -> float:
    """Share of letters that two strings have in common, in order: 0–1; 0 when below `least`."""
    if a == b:
        return 1.0
    if not a or not b:
        return 0.0
    return Indel.normalized_similarity(a[:LONGEST], b[:LONGEST], score_cutoff=least)
