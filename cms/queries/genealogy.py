"""확산 계보 as a drawing: who took over from whom, and when it was looked at, decided, run or stopped.

Places stand below the one they took it from, each with its own line in time. Every fact stands in the table too.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol

from django.utils.formats import date_format

from coalition.particles import towards
from coalition.practice.models import Adoption, AdoptionEvent, AdoptionState
from coalition.practice.queries import Difference

_TOP, _ROW, _INDENT, _DEEPEST = 20, 46, 18, 3
_FROM, _TO, _WIDE = 190, 350, 360
_FOOT = 30
#: How a stretch of time is drawn: dashes under review, a thin line when decided, a thick one while it runs.
_STROKES = {
    AdoptionState.REVIEW: (2, "3 3"),
    AdoptionState.DECIDED: (2, ""),
    AdoptionState.RUNNING: (8, ""),
}


class Row(Protocol):
    """What is drawn of an adoption (cms.queries.spread.AdoptionRow)."""

    @property
    def adoption(self) -> Adoption: ...
    @property
    def state(self) -> str: ...
    @property
    def state_label(self) -> str: ...
    @property
    def over(self) -> bool: ...
    @property
    def events(self) -> list[AdoptionEvent]: ...
    @property
    def changed(self) -> list[Difference]: ...
    @property
    def anchor(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in one state."""

    x1: int
    x2: int
    width: int
    dashes: str


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree. `end` is "stopped" or "ended" where it is over, at `end_x`."""

    name: str
    note: str
    x: int
    y: int
    line: str = ""
    anchor: str = ""
    over: bool = False
    spans: list[Span] = field(default_factory=list)
    end: str = ""
    end_x: int = 0

    @property
    def dot_x(self) -> int:
        return self.x - 7

    @property
    def dot_y(self) -> int:
        return self.y - 4

    @property
    def note_y(self) -> int:
        return self.y + 15

    @property
    def cross(self) -> str:
        """Both strokes of the sign for a stop."""
        x, y = self.end_x, self.dot_y
        return f"M{x - 5} {y - 5}l10 10m0-10l-10 10"

    @property
    def square_x(self) -> int:
        return self.end_x - 5

    @property
    def square_y(self) -> int:
        return self.dot_y - 5


@dataclass(frozen=True, slots=True)
class Tree:
    """Who took over from whom, drawn over time."""

    key: str
    title: str
    told: str
    nodes: list[Node]
    height: int
    begins: str
    ends: str

    @property
    def view_box(self) -> str:
        return f"0 0 {_WIDE} {self.height}"

    @property
    def left(self) -> int:
        return _FROM

    @property
    def right(self) -> int:
        return _TO

    @property
    def axis_y(self) -> int:
        return self.height - _FOOT + 8

    @property
    def text_y(self) -> int:
        return self.height - 4


def tree(donor: str, donor_pk: int, what: str, rows: Sequence[Row], today: dt.date) -> Tree | None:
    """One thing's way from the place that made it; nothing without anybody who took it over."""
    if not rows:
        return None
    days = [event.on for row in rows for event in row.events]
    clock = _Clock(min(days, default=today), max([today, *days]))
    nodes = [Node(donor, "처음 만든 곳", 4, _TOP)]
    at = {donor_pk: nodes[0]}
    for row, depth in _in_order(donor_pk, rows):
        above = at.get(row.adoption.donor_id, nodes[0])
        node = _node(row, depth, _TOP + _ROW * len(nodes), above, clock)
        at[row.adoption.adopter_id] = node
        nodes.append(node)
    return Tree(
        key=f"tree-{min(row.adoption.pk for row in rows)}",
        title=f"{what}의 확산 계보",
        told=". ".join(_in_words(row) for row in rows),
        nodes=nodes,
        height=_TOP + _ROW * len(nodes) - 8 + _FOOT,
        begins=date_format(clock.begins),
        ends=date_format(clock.ends),
    )


def _in_order(root: int, rows: Iterable[Row]) -> Iterator[tuple[Row, int]]:
    """Every place after the one it took it from, with how far it is from the first."""
    left = sorted(
        rows, key=lambda row: (row.events[0].on if row.events else dt.date.max, row.adoption.pk)
    )
    givers = {row.adoption.adopter_id for row in left}
    below: dict[int, list[Row]] = defaultdict(list)
    for row in left:
        giver = row.adoption.donor_id
        # Whose giver's own adoption was taken back stands below the first.
        below[giver if giver in givers else root].append(row)
    seen: set[int] = set()

    def walk(place: int, depth: int) -> Iterator[tuple[Row, int]]:
        for row in below[place]:
            if row.adoption.pk not in seen:
                seen.add(row.adoption.pk)
                yield row, depth
                yield from walk(row.adoption.adopter_id, depth + 1)

    yield from walk(root, 1)
    for row in left:  # who gave it to each other stands apart and is not lost
        if row.adoption.pk not in seen:
            seen.add(row.adoption.pk)
            yield row, 1


@dataclass(frozen=True, slots=True)
class _Clock:
    """From days to places across the drawing."""

    begins: dt.date
    ends: dt.date

    def at(self, day: dt.date) -> int:
        whole = (self.ends - self.begins).days or 1
        return _FROM + round((_TO - _FROM) * (day - self.begins).days / whole)


def _node(row: Row, depth: int, y: int, above: Node, clock: _Clock) -> Node:
    x = 4 + _INDENT * min(depth, _DEEPEST)
    events = row.events
    spans = []
    for event, following in zip(events, [*events[1:], None], strict=True):
        stroke = _STROKES.get(AdoptionState(event.state))
        until = following.on if following is not None else clock.ends
        if stroke is not None:
            x1 = clock.at(event.on)
            spans.append(Span(x1, max(clock.at(until), x1 + 2), *stroke))
    changed = "·".join(one.label for one in row.changed)
    return Node(
        name=row.adoption.adopter.name,
        note=f"{row.state_label}, {changed} 바꿈" if changed else row.state_label,
        x=x + 14,
        y=y,
        line=f"M{above.x - 7 if above.anchor else above.x + 4} {above.y + 20}V{y - 4}H{x + 2}",
        anchor=row.anchor,
        over=row.over,
        spans=spans,
        end=row.state if row.over else "",
        end_x=clock.at(events[-1].on) if row.over and events else 0,
    )


def _in_words(row: Row) -> str:
    steps = ", ".join(f"{date_format(e.on)} {e.get_state_display()}" for e in row.events)
    return f"{row.adoption.donor.name}에서 {towards(row.adoption.adopter.name)}: {steps}"
