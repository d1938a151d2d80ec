"""Which article became which: equal words first, then equal titles, then likeness.

Numbers decide nothing as long as words do: an Act in which every number moves by one is as quickly
aligned as one in which none does.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from coalition.drafts.compare import parts
from coalition.drafts.compare.similarity import Similarity, ratio
from coalition.drafts.compare.units import Unit

#: Likeness at which two articles are the same one whatever their titles …
ALIKE = 0.5
#: … and at which they are when their titles are equal, or nearly so.
ALIKE_BY_TITLE = 0.3
ALIKE_BY_NEAR_TITLE = 0.38
NEAR_TITLE = 0.75
#: From here on a pair with equal title (and number, or not) is kept, to be confirmed.
REWRITTEN = 0.12
REWRITTEN_AND_RENUMBERED = 0.2
#: Below these a person should confirm the pair; so close may a rival not come.
SURE = 0.68
SURE_BY_TITLE = 0.45
MARGIN = 0.06


@dataclass(slots=True)
class Match:
    """Articles that belong together, by their positions; more than one on a side for 나뉨, 합침."""

    a: tuple[int, ...]
    b: tuple[int, ...]
    score: float
    doubtful: bool = False


def align(before: Sequence[Unit], after: Sequence[Unit]) -> list[Match]:
    """Match the articles of one scope (body or 부칙); what is left over is in no match."""
    aligner = _Aligner(before, after)
    return aligner.run()


class _Aligner:
    def __init__(self, before: Sequence[Unit], after: Sequence[Unit]) -> None:
        self._a = before
        self._b = after
        self._free_a = {at for at, unit in enumerate(before) if not unit.is_stub}
        self._free_b = {at for at, unit in enumerate(after) if not unit.is_stub}
        self._matches: list[Match] = []
        self._similarity: Similarity | None = None

    def run(self) -> list[Match]:
        self._by_key(lambda unit: (unit.title, unit.number, unit.compact))
        self._by_key(lambda unit: (unit.title, unit.compact))
        self._by_key(lambda unit: (unit.title, unit.neutral))
        self._by_key(lambda unit: unit.compact)
        self._by_key(lambda unit: unit.neutral)
        if self._free_a or self._free_b:
            self._similarity = Similarity(self._a, self._b)
            self._by_unique_title()
            self._by_likeness()
            self._by_parts()
            self._by_title_alone()
        self._stubs()
        return self._matches

    def _pair(self, a: int, b: int, score: float, *, doubtful: bool = False) -> None:
        self._free_a.discard(a)
        self._free_b.discard(b)
        self._matches.append(Match((a,), (b,), score, doubtful))

    def _by_key(self, key: Callable[[Unit], Hashable]) -> None:
        """Pair articles with equal keys; several with one key go in order, equal numbers first."""
        rows: dict[Hashable, tuple[list[int], list[int]]] = {}
        for at in sorted(self._free_a):
            rows.setdefault(key(self._a[at]), ([], []))[0].append(at)
        for at in sorted(self._free_b):
            rows.setdefault(key(self._b[at]), ([], []))[1].append(at)
        for ours, theirs in rows.values():
            if not ours or not theirs:
                continue
            if not self._a[ours[0]].compact and not self._a[ours[0]].title:
                continue
            by_number = {self._b[b].number: b for b in theirs}
            for a in list(ours):
                b = by_number.pop(self._a[a].number, None)
                if b is not None:
                    ours.remove(a)
                    theirs.remove(b)
                    self._pair(a, b, 1.0)
            for a, b in zip(ours, theirs, strict=False):
                self._pair(a, b, 1.0)

    def _content(self, a: int, b: int) -> float:
        return self._similarity.content(a, b) if self._similarity is not None else 0.0

    def _by_unique_title(self) -> None:
        ours = _unique_titles(self._a, self._free_a)
        theirs = _unique_titles(self._b, self._free_b)
        for title, a in ours.items():
            b = theirs.get(title)
            if b is not None:
                content = self._content(a, b)
                if content >= ALIKE:
                    self._pair(a, b, content)

    def _by_likeness(self) -> None:
        """The best pairs first; a pair counts as doubtful when another is nearly as good."""
        scored = self._scored_pairs()
        best: dict[tuple[str, int], list[float]] = {}
        for score, _, a, b in scored:
            best.setdefault(("a", a), []).append(score)
            best.setdefault(("b", b), []).append(score)
        for score, content, a, b in scored:
            if a not in self._free_a or b not in self._free_b:
                continue
            same_title = self._a[a].title == self._b[b].title and bool(self._a[a].title)
            rivals = [other for other in best["a", a] + best["b", b] if other > score - MARGIN]
            unsure = content < (SURE_BY_TITLE if same_title else SURE) or len(rivals) > 2
            self._pair(a, b, content, doubtful=unsure)

    def _scored_pairs(self) -> list[tuple[float, float, int, int]]:
        if self._similarity is None:
            return []
        scored = []
        for a in self._free_a:
            for b in self._candidates(a):
                content = self._content(a, b)
                title = _title_likeness(self._a[a], self._b[b])
                if content < _threshold(title):
                    continue
                near = 0.02 if self._a[a].number == self._b[b].number else 0.0
                scored.append((0.8 * content + 0.2 * title + near, content, a, b))
        scored.sort(key=lambda pair: (-pair[0], pair[2], pair[3]))
        return scored

    def _candidates(self, a: int) -> list[int]:
        found = self._similarity.candidates_after(a, self._free_b) if self._similarity else []
        title = self._a[a].title
        if title:
            found += [b for b in self._free_b if self._b[b].title == title and b not in found]
        return found

    def _by_parts(self) -> None:
        """나뉨 and 합침: what is left over is part of an article that already has its partner."""
        if self._similarity is None:
            return
        texts = parts.Texts(self._a, self._b, self._similarity)
        found = parts.find(texts, self._matches, frozenset(self._free_a), frozenset(self._free_b))
        for match in found:
            self._free_a.difference_update(match.a)
            self._free_b.difference_update(match.b)
            self._matches = [
                old
                for old in self._matches
                if not set(old.a) & set(match.a) and not set(old.b) & set(match.b)
            ]
            self._matches.append(Match(match.a, match.b, match.score, match.doubtful))

    def _by_title_alone(self) -> None:
        """A total rewrite under the same title: kept together, to be confirmed."""
        ours = _unique_titles(self._a, self._free_a)
        theirs = _unique_titles(self._b, self._free_b)
        for title, a in ours.items():
            b = theirs.get(title)
            if b is None:
                continue
            content = self._content(a, b)
            same_number = self._a[a].number == self._b[b].number
            if content >= (REWRITTEN if same_number else REWRITTEN_AND_RENUMBERED):
                self._pair(a, b, content, doubtful=True)

    def _stubs(self) -> None:
        """「제7조 삭제」 belongs to whatever had its number, if that went nowhere else."""
        old_stubs = {unit.number: at for at, unit in enumerate(self._a) if unit.is_stub}
        gone = {self._a[at].number: at for at in sorted(self._free_a, reverse=True)}
        for b, unit in enumerate(self._b):
            if not unit.is_stub:
                continue
            if unit.number in old_stubs:
                self._pair(old_stubs.pop(unit.number), b, 1.0)
            elif unit.number in gone:
                self._pair(gone.pop(unit.number), b, 0.0)


def _threshold(title: float) -> float:
    """How alike two articles must be, by how alike their titles are."""
    if title == 1.0:
        return ALIKE_BY_TITLE
    return ALIKE_BY_NEAR_TITLE if title >= NEAR_TITLE else ALIKE


def _unique_titles(row: Sequence[Unit], free: set[int]) -> dict[str, int]:
    found: dict[str, list[int]] = {}
    for at in free:
        if row[at].title:
            found.setdefault(row[at].title, []).append(at)
    return {title: places[0] for title, places in found.items() if len(places) == 1}


def _title_likeness(a: Unit, b: Unit) -> float:
    if not a.title or not b.title:
        return 0.5
    return ratio(a.title, b.title)
