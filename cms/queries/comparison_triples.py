"""Three versions side by side, such as two drafts and the one that the coalition made of them.

The third is what the first two are held against: their columns mark what it does not have, its own
marks what neither of them has.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from cms.queries.comparison_cells import Cell, Head, Side, Tag
from cms.queries.comparison_rows import DEPTH, LOOK, korean
from cms.queries.comparisons import address, name_among, shelves, value_of, version_address
from coalition.drafts.compare import KOREAN, Change, table
from coalition.drafts.compare.counting import told
from coalition.drafts.compare.table import Piece
from coalition.drafts.comparisons import compared
from coalition.drafts.models import Version
from coalition.drafts.text.tree import index

#: An article of one of the three: which, and its eId.
Place = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Column:
    """One version's articles of a group; `tags` say how the third differs from them."""

    name: str
    tags: tuple[Tag, ...]
    heads: tuple[Head, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """Articles of the three that belong together."""

    anchor: str
    label: str
    is_quiet: bool
    columns: tuple[Column, ...]


def triple_details(versions: Sequence[Version]) -> dict[str, Any]:
    """Everything of the page of three versions."""
    a, b, c = versions
    groups = list(_Groups(versions).groups())
    return {
        "versions": versions,
        "names": [name_among(one, versions) for one in versions],
        "groups": groups,
        "quiet": sum(group.is_quiet for group in groups),
        "is_fictional": any(one.bill.fictional for one in versions),
        "shelves": shelves(),
        "a_value": value_of(a),
        "b_value": value_of(b),
        "c_value": value_of(c),
        "pairs": [
            (f"{name_among(x, versions)} → {name_among(y, versions)}", address([x, y]))
            for x, y in ((a, c), (b, c), (a, b))
            if x.pk != y.pk
        ],
    }


class _Groups:
    """Brings together what belongs together: by the third version, else by the first two."""

    def __init__(self, versions: Sequence[Version]) -> None:
        self._versions = versions
        a, b, c = versions
        first, second = compared(a, c), compared(b, c)
        self._against = (first.comparison, second.comparison)
        self._apart = compared(a, b).comparison
        trees = (first.a_tree, second.a_tree, first.b_tree)
        self._sides = [
            Side(name_among(one, versions), version_address(one), index(tree))
            for one, tree in zip(versions, trees, strict=True)
        ]
        self._roots: dict[Place, Place] = {}

    def groups(self) -> Iterator[Group]:
        for which, comparison in enumerate(self._against):
            for change in comparison.changes:
                self._join(_places(change, which, 2))
        with_third = {self._root(place) for place in list(self._roots) if place[0] == 2}
        for change in self._apart.changes:
            places = _places(change, 0, 1)
            if not any(self._root(place) in with_third for place in places):
                self._join(places)
        members: dict[Place, list[Place]] = {}
        for place in self._in_order():
            members.setdefault(self._root(place), []).append(place)
        for places in members.values():
            yield self._group(places)

    def _root(self, place: Place) -> Place:
        while (above := self._roots.setdefault(place, place)) != place:
            place = above
        return place

    def _join(self, places: Sequence[Place]) -> None:
        for place in places:
            self._roots[self._root(place)] = self._root(places[0])

    def _in_order(self) -> list[Place]:
        """The third's articles in their order; one that it lacks behind what went before it."""
        ranks: dict[Place, tuple[int, int, int]] = {}
        of_third: dict[str, int] = {}
        for which, comparison in enumerate(self._against):
            at = 0
            for step, change in enumerate(comparison.changes):
                for unit in change.b:
                    at = of_third.setdefault(unit.node.eid, len(of_third) + 1)
                    ranks[2, unit.node.eid] = (at, -1, 0)
                for unit in change.a:
                    ranks[which, unit.node.eid] = (at, which, step)
        return sorted(ranks, key=lambda place: ranks[place])

    def _group(self, places: list[Place]) -> Group:
        own = [[eid for which, eid in places if which == side] for side in range(3)]
        anchor = own[2][0] if own[2] else f"old-{places[0][0] + 1}-{places[0][1]}"
        found = [self._changes(which, set(own[which]), set(own[2])) for which in (0, 1)]
        kinds = [{kind for change in changes for kind in told(change)} for changes in found]
        named = own[2] or own[1] or own[0]
        side = self._sides[2 if own[2] else 1 if own[1] else 0]
        return Group(
            anchor,
            ", ".join(korean(eid, side.nodes.get(eid)) for eid in named),
            all(kind <= {"same", "number"} for kind in kinds) and all(own),
            (
                self._column(0, own[0], found[0]),
                self._column(1, own[1], found[1]),
                self._third(own[2], found),
            ),
        )

    def _changes(self, which: int, own: set[str], third: set[str]) -> list[Change]:
        return [
            change
            for change in self._against[which].changes
            if own & {unit.node.eid for unit in change.a}
            or third & {unit.node.eid for unit in change.b}
        ]

    def _column(self, which: int, eids: list[str], changes: list[Change]) -> Column:
        side = self._sides[which]
        cells = [a for change in changes for a, _ in _cells(change) if a is not None]
        kinds = dict.fromkeys(kind for change in changes for kind in told(change))
        tags = tuple(Tag(KOREAN[kind], LOOK.get(kind, "")) for kind in kinds) if eids else ()
        return Column(
            side.name, tags, _heads(side, eids), tuple(_cell(side, cell) for cell in cells)
        )

    def _third(self, eids: list[str], found: list[list[Change]]) -> Column:
        side = self._sides[2]
        against: list[dict[str, table.Cell]] = [
            {b.eid: b for change in changes for _, b in _cells(change) if b is not None}
            for changes in found
        ]
        cells = [
            table.Cell(eid, cell.marker, _in_neither(cell.pieces, against[1][eid].pieces))
            if eid in against[1]
            else cell
            for eid, cell in against[0].items()
        ]
        return Column(side.name, (), _heads(side, eids), tuple(_cell(side, cell) for cell in cells))


def _places(change: Change, a: int, b: int) -> list[Place]:
    return [
        *((a, unit.node.eid) for unit in change.a),
        *((b, unit.node.eid) for unit in change.b),
    ]


def _cells(change: Change) -> Iterator[tuple[table.Cell | None, table.Cell | None]]:
    """The rows of a change; a line that merely stands elsewhere in the article counts as had by both."""
    rows = table.section_of(change).rows
    old = {_letters(row.a) for row in rows if row.a is not None}
    new = {_letters(row.b) for row in rows if row.b is not None}
    for row in rows:
        a, b = row.a, row.b
        if a is not None and b is None and _letters(a) in new:
            a = replace(a, pieces=(Piece("=", a.text),))
        if b is not None and a is None and _letters(b) in old:
            b = replace(b, pieces=(Piece("=", b.text),))
        yield a, b


def _letters(cell: table.Cell) -> str:
    return "".join(cell.text.split())


def _heads(side: Side, eids: Sequence[str]) -> tuple[Head, ...]:
    nodes = [(eid, side.nodes[eid]) for eid in eids if eid in side.nodes]
    return tuple(
        Head(
            side.provision(eid),
            f"{side.name} {korean(eid, node)}",
            node.label,
            (Piece("=", node.title),) if node.title else (),
        )
        for eid, node in nodes
    )


def _cell(side: Side, cell: table.Cell) -> Cell:
    node = side.nodes.get(cell.eid)
    depth = DEPTH.get(node.kind, 0) if node is not None else 0
    name = f"{side.name} {korean(cell.eid, node)}"
    return Cell(side.provision(cell.eid), name, cell.marker, depth, cell.pieces)


def _in_neither(one: Sequence[Piece], other: Sequence[Piece]) -> tuple[Piece, ...]:
    """The words of a line cut anew: "+" only where both comparisons have "+"."""
    signs = ["".join(piece.sign * len(piece.text) for piece in pieces) for pieces in (one, other)]
    text = "".join(piece.text for piece in one)
    found: list[Piece] = []
    start = 0
    for at in range(1, len(text) + 1):
        is_new = signs[0][start] == signs[1][start : start + 1] == "+"
        if at == len(text) or is_new != (signs[0][at] == signs[1][at : at + 1] == "+"):
            found.append(Piece("+" if is_new else "=", text[start:at]))
            start = at
    return tuple(found)
