"""초안 판 대비표: two columns, provision beside provision, ready for a template.

The official 신ㆍ구조문대비표 (〈신 설〉, (생 략), -----) is for bills that amend an enacted Act; `official`
prints its forms for those who ask for them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coalition.drafts.compare import diff
from coalition.drafts.compare.result import Change, Comparison, Kind
from coalition.drafts.compare.units import Line, Unit

Sign = Literal["=", "-", "+"]
State = Literal["same", "changed", "removed", "added"]

_SHORTEST_DASHES = 3
_NOT_BLANK = re.compile(r"\S+")


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of one cell; `sign` says whether the other column has them too."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Cell:
    """One provision in one column: its eId, its marker (②, 3.) and its words in pieces."""

    eid: str
    marker: str
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Row:
    """Provisions side by side; None where a column has nothing."""

    state: State
    a: Cell | None
    b: Cell | None


@dataclass(frozen=True, slots=True)
class Head:
    """The head of an article in one column: 제5조의2(정의)."""

    eid: str
    label: str
    title: str


@dataclass(frozen=True, slots=True)
class Section:
    """One change as a block of the table: heads of both sides, then rows."""

    change: Change
    kinds: tuple[Kind, ...]
    a: tuple[Head, ...]
    b: tuple[Head, ...]
    rows: tuple[Row, ...]


def table(comparison: Comparison, *, with_same: bool = True) -> list[Section]:
    """The whole comparison as blocks; without what stayed the same if `with_same` is false."""
    return [
        section_of(change)
        for change in comparison.changes
        if with_same or change.kinds != ("same",)
    ]


def section_of(change: Change) -> Section:
    """One change as a block of the table."""
    old = [line for unit in change.a for line in unit.lines if line.shown]
    new = [line for unit in change.b for line in unit.lines if line.shown]
    rows = tuple(_row(a, b) for a, b in diff.lines(old, new))
    return Section(change, change.kinds, _heads(change.a), _heads(change.b), rows)


def _heads(units: Sequence[Unit]) -> tuple[Head, ...]:
    return tuple(Head(unit.node.eid, unit.node.label, unit.node.title) for unit in units)


def _row(a: Line | None, b: Line | None) -> Row:
    if a is None:
        return Row("added", None, _alone(b, "+"))
    if b is None:
        return Row("removed", _alone(a, "-"), None)
    segments = diff.segments(a.text, b.text)
    left = tuple(Piece(sign, text) for sign, text in _spaced(segments, "+"))
    right = tuple(Piece(sign, text) for sign, text in _spaced(segments, "-"))
    same = all(sign == "=" for sign, _ in segments) and a.marker.strip() == b.marker.strip()
    return Row(
        "same" if same else "changed",
        Cell(a.node.eid, a.marker.strip(), left),
        Cell(b.node.eid, b.marker.strip(), right),
    )


def _spaced(segments: Sequence[tuple[Sign, str]], without: Sign) -> Iterator[tuple[Sign, str]]:
    """The segments of one column; its first word has no blank before it."""
    first = True
    for sign, text in segments:
        if sign == without:
            continue
        yield sign, text.lstrip() if first else text
        first = False


def _alone(line: Line | None, sign: Sign) -> Cell | None:
    if line is None:
        return None
    return Cell(line.node.eid, line.marker.strip(), (Piece(sign, line.text),))


# 신ㆍ구조문대비표, for amending bills only


@dataclass(frozen=True, slots=True)
class OfficialRow:
    """A row in the official form; what is underlined are the pieces that are not "="."""

    a: tuple[Piece, ...]
    b: tuple[Piece, ...]


def official(section: Section) -> list[OfficialRow]:
    """One block in the forms of the official table.

    New: 〈신 설〉 on the left; gone: 〈삭 제〉 on the right; unchanged neighbours: (생 략) and (현행과
    같음); within a changed provision the right column shows dashes for the words that stay.
    """
    if "inserted" in section.kinds:
        return [OfficialRow((Piece("=", "〈신 설〉"),), _all(section, "b"))]
    if "deleted" in section.kinds:
        return [OfficialRow(_all(section, "a"), (Piece("=", "〈삭 제〉"),))]
    found: list[OfficialRow] = []
    same: list[Cell] = []
    for row in section.rows:
        if row.state == "same" and row.a is not None:
            same.append(row.a)
            continue
        found.extend(_omitted(same))
        same = []
        found.append(_official_row(row))
    return found + _omitted(same)


def _all(section: Section, side: Literal["a", "b"]) -> tuple[Piece, ...]:
    heads = section.a if side == "a" else section.b
    sign: Sign = "-" if side == "a" else "+"
    head = " ".join(f"{each.label}({each.title})" for each in heads)
    cells = [row.a if side == "a" else row.b for row in section.rows]
    lines = [f"{cell.marker} {cell.text}".strip() for cell in cells if cell is not None]
    return (Piece(sign, "\n".join([head, *lines])),)


def _omitted(cells: Sequence[Cell]) -> list[OfficialRow]:
    """②ㆍ③ (생 략): the markers of what is left out, the first and the last when they are many."""
    if not cells:
        return []
    markers = [cell.marker for cell in cells if cell.marker]
    joiner = "ㆍ" if len(markers) == 2 else " ∼ "
    shown = joiner.join([markers[0], markers[-1]] if len(markers) > 1 else markers)
    left, right = f"{shown} (생 략)".strip(), f"{shown} (현행과 같음)".strip()
    return [OfficialRow((Piece("=", left),), (Piece("=", right),))]


def _official_row(row: Row) -> OfficialRow:
    if row.a is None:
        return OfficialRow((Piece("=", "〈신 설〉"),), _marked(row.b) if row.b else ())
    if row.b is None:
        return OfficialRow(_marked(row.a), (Piece("=", "〈삭 제〉"),))
    dashed = tuple(
        piece if piece.sign == "+" else Piece("=", _dashes(piece.text)) for piece in row.b.pieces
    )
    return OfficialRow(_marked(row.a), _marked(Cell(row.b.eid, row.b.marker, dashed)))


def _marked(cell: Cell) -> tuple[Piece, ...]:
    """The pieces of a cell behind its marker."""
    return (Piece("=", f"{cell.marker} "), *cell.pieces) if cell.marker else cell.pieces


def _dashes(text: str) -> str:
    """Dashes about as long as the words they stand for, blanks kept."""
    return _NOT_BLANK.sub(lambda word: "-" * max(_SHORTEST_DASHES, len(word.group())), text)
