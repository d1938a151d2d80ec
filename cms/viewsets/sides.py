"""Two law texts side by side on the desk: what the templates of the editor and of 발행 print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from coalition.drafts.chain import normalise
from coalition.drafts.compare import KOREAN, Change, Unit, compare
from coalition.drafts.compare.table import Cell, Piece, section_of
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import STRUCTURE, Node, walk

#: Likeness in words, from the best down; the last one is for all that is left.
LIKENESS = (
    (0.9, "거의 같음"),
    (0.68, "많이 닮음"),
    (0.45, "절반쯤 닮음"),
    (0.2, "조금 닮음"),
    (0.0, "거의 다름"),
)
#: Changes that are told in one line each: the words stayed.
_NUMBERS = frozenset({"number", "reference"})


@dataclass(frozen=True, slots=True)
class SideRow:
    """One provision in both columns; a head where a new article begins in a column."""

    state: str
    a_head: str
    b_head: str
    a: Cell | None
    b: Cell | None


@dataclass(frozen=True, slots=True)
class Block:
    """One change: its kinds in words, its articles, and its rows."""

    kinds: str
    a: str
    b: str
    rows: list[SideRow]


@dataclass(frozen=True, slots=True)
class Compared:
    """A text beside the version published last."""

    previous: Version
    summary: list[tuple[str, int]]
    blocks: list[Block]
    renumbered: list[Block]
    same: int


@dataclass(frozen=True, slots=True)
class Printed:
    """One line of a text as the reader will see it; `level` says how deep it stands."""

    kind: str
    head: str
    marker: str
    text: str
    marks: str


def likeness(score: float) -> str:
    """많이 닮음 (81 %)"""
    word = next(word for least, word in LIKENESS if score >= least)
    return f"{word} ({score:.0%})"


def name_of(unit: Unit) -> str:
    """제5조의2(정의)"""
    return f"{unit.node.label}({unit.node.title})" if unit.node.title else unit.node.label


def names_of(units: Sequence[Unit]) -> str:
    """제17조(평가), 제18조(공개); 없음 where there are none."""
    return ", ".join(map(name_of, units)) or "없음"


def kinds_of(change: Change) -> str:
    """바뀜 · 번호만"""
    return " · ".join(dict.fromkeys(KOREAN[kind] for kind in change.kinds))


def block_of(change: Change) -> Block:
    """One change with a head at each article."""
    homes = [
        {line.node.eid: unit for unit in side for line in unit.lines}
        for side in (change.a, change.b)
    ]
    at: list[Unit | None] = [None, None]
    rows = []
    for row in section_of(change).rows:
        heads = ["", ""]
        for side, cell in enumerate((row.a, row.b)):
            unit = homes[side].get(cell.eid) if cell else None
            if unit is not None and unit is not at[side]:
                at[side], heads[side] = unit, name_of(unit)
        rows.append(SideRow(row.state, heads[0], heads[1], _tidy(row.a), _tidy(row.b)))
    return Block(kinds_of(change), names_of(change.a), names_of(change.b), rows)


def _tidy(cell: Cell | None) -> Cell | None:
    """The blank before a word that changed is not marked with it."""
    if cell is None:
        return None
    pieces: list[Piece] = []
    for piece in cell.pieces:
        words = piece.text.lstrip()
        if piece.sign != "=" and words != piece.text:
            pieces.append(Piece("=", piece.text[: len(piece.text) - len(words)]))
        pieces.append(Piece(piece.sign, piece.text if piece.sign == "=" else words))
    return Cell(cell.eid, cell.marker, tuple(pieces))


def differences(before: str, after: str) -> list[Block]:
    """All articles in which two texts differ."""
    comparison = compare(parse(normalise(before)).tree, parse(normalise(after)).tree)
    return [block_of(change) for change in comparison.changes if change.kinds != ("same",)]


def beside_published(bill: Bill, text: str) -> Compared | None:
    """비교 미리보기; None when no version is published yet."""
    previous = newest_published(bill)
    if previous is None:
        return None
    comparison = compare(parse(previous.source_text).tree, parse(normalise(text)).tree)
    summary: dict[str, int] = {}
    blocks: list[Block] = []
    renumbered: list[Block] = []
    for change in comparison.changes:
        for word in dict.fromkeys(KOREAN[kind] for kind in change.kinds):
            summary[word] = summary.get(word, 0) + 1
        if change.kinds == ("same",):
            continue
        (renumbered if set(change.kinds) <= _NUMBERS else blocks).append(block_of(change))
    same = summary.pop("그대로", 0)
    return Compared(previous, list(summary.items()), blocks, renumbered, same)


def printed(text: str) -> list[Printed]:
    """The text as the reader will see it, line by line."""
    tree = parse(normalise(text)).tree
    return [_printed(node) for node in walk(tree) if node is not tree]


def _printed(node: Node) -> Printed:
    marks = " ".join(node.marks)
    if node.kind in STRUCTURE or node.kind in ("supplement", "annex"):
        return Printed("chapter", f"{node.label} {node.title}".strip(), "", node.text, marks)
    if node.kind == "article":
        head = f"{node.label}({node.title})" if node.title else node.label
        return Printed("article", head, "", node.text or ("삭제" if node.deleted else ""), marks)
    text = f"({node.title}) {node.text}" if node.title else node.text
    return Printed(node.kind, "", node.lead.split("(")[0].strip(), text, marks)
