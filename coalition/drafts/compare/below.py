"""항, 호, 목 of articles that belong together: which is which, by their own words and their place."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coalition.drafts.compare.similarity import ratio
from coalition.drafts.compare.units import Line, Unit
from coalition.drafts.text.tree import PROVISIONS, Node, walk

#: So much of their words in common makes two provisions under one roof the same …
ALIKE = 0.6
#: … and so much when they stand in the same place too.
ALIKE_IN_PLACE = 0.4


@dataclass(frozen=True, slots=True)
class Named:
    """A provision of the older text that goes on as one of the newer."""

    a_eid: str
    b_eid: str
    how: Literal["text", "title", "alike"]
    score: float


@dataclass(frozen=True, slots=True)
class _Place:
    """A line with where it stands: its steps below the article, and its parent's eId."""

    line: Line
    path: str
    parent: str


def below(before: Sequence[Unit], after: Sequence[Unit]) -> Iterator[Named]:
    """Pairs below these articles; a provision that two others equal is left alone."""
    free_a = [place for unit in before for place in _places(unit)]
    free_b = [place for unit in after for place in _places(unit)]
    partner: dict[str, str] = {}
    keys: tuple[Callable[[_Place], Hashable], ...] = (
        lambda place: (place.line.node.kind, place.line.neutral, place.path),
        lambda place: (place.line.node.kind, place.line.neutral),
    )
    for key in keys:
        for old, new in list(_unique_pairs(free_a, free_b, key)):
            free_a.remove(old)
            free_b.remove(new)
            partner[old.line.node.eid] = new.line.node.eid
            yield Named(old.line.node.eid, new.line.node.eid, "text", 1.0)
    for kind in ("paragraph", "item", "subitem", "subsubitem"):
        yield from _alike(
            [place for place in free_a if place.line.node.kind == kind],
            [place for place in free_b if place.line.node.kind == kind],
            partner,
        )


def _places(unit: Unit) -> list[_Place]:
    depth = len(unit.node.eid)
    lines = {id(line.node): line for line in unit.lines}
    found = []
    for parent in walk(unit.node):
        for child in parent.children:
            line = lines.get(id(child))
            if line is not None and _has_identity(child):
                roof = "" if parent is unit.node else parent.eid
                found.append(_Place(line, child.eid[depth:], roof))
    return found


def _has_identity(node: Node) -> bool:
    return node.kind in PROVISIONS and node.kind != "article" and not node.deleted


def _unique_pairs(
    before: Sequence[_Place], after: Sequence[_Place], key: Callable[[_Place], Hashable]
) -> Iterator[tuple[_Place, _Place]]:
    """Pairs whose key occurs once on each side and says something."""
    ours, theirs = _by_key(before, key), _by_key(after, key)
    for found, row in ours.items():
        other = theirs.get(found, [])
        if len(row) == len(other) == 1 and row[0].line.neutral:
            yield row[0], other[0]


def _by_key(
    places: Sequence[_Place], key: Callable[[_Place], Hashable]
) -> dict[Hashable, list[_Place]]:
    rows: dict[Hashable, list[_Place]] = {}
    for place in places:
        rows.setdefault(key(place), []).append(place)
    return rows


def _alike(
    before: Sequence[_Place], after: Sequence[_Place], partner: dict[str, str]
) -> Iterator[Named]:
    """The most alike under one roof, the best first; equal places decide among equals."""
    scored: list[tuple[float, bool, int, int]] = []
    for at_a, old in enumerate(before):
        for at_b, new in enumerate(after):
            if (partner.get(old.parent) if old.parent else "") != new.parent:
                continue
            in_place = old.path == new.path
            score = ratio(old.line.neutral, new.line.neutral)
            if score >= (ALIKE_IN_PLACE if in_place else ALIKE):
                scored.append((score, in_place, at_a, at_b))
    taken_a: set[int] = set()
    taken_b: set[int] = set()
    for score, _, at_a, at_b in sorted(scored, key=lambda s: (-s[0], not s[1], s[2], s[3])):
        if at_a in taken_a or at_b in taken_b:
            continue
        taken_a.add(at_a)
        taken_b.add(at_b)
        eids = before[at_a].line.node.eid, after[at_b].line.node.eid
        partner[eids[0]] = eids[1]
        yield Named(*eids, "alike", score)
