"""One change as a reader sees it: heads, provisions side by side, what moved where, and its links."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from cms.queries.comparison_cells import (
    Block,
    Cell,
    Entry,
    Head,
    OfficialEntry,
    Row,
    Run,
    Side,
    Tag,
    together,
)
from coalition.drafts.compare import KOREAN, Change, Kind, Unit, diff, table
from coalition.drafts.compare.counting import told
from coalition.drafts.compare.table import Piece
from coalition.drafts.text.address import korean_from_eid
from coalition.drafts.text.tree import Node

DEPTH = {"paragraph": 1, "item": 2, "subitem": 3, "subsubitem": 4}
#: How the word for a kind is coloured; the word itself says it.
LOOK: dict[Kind, str] = {
    "inserted": "add",
    "deleted": "del",
    "text": "on",
    "title": "on",
    "paragraphed": "on",
    "order": "move",
    "split": "move",
    "merged": "move",
    "moved": "move",
}
#: So many unchanged provisions in a row are folded.
FOLDED = 2


def official_entries(changes: Sequence[Change], entries: Entries) -> list[OfficialEntry]:
    """All that changed in the official forms, which leave out what is the same."""
    return [
        OfficialEntry(
            anchor_of(change),
            entries.heads(change, "a") if change.b else (),
            entries.heads(change, "b") if change.a else (),
            tuple(table.official(table.section_of(change))),
        )
        for change in changes
        if told(change) != ("same",)
    ]


def korean(eid: str, node: Node | None = None) -> str:
    """부칙제2조; what has no legal name is called by its label."""
    return korean_from_eid(eid) or (node.label if node is not None else eid)


def anchor_of(change: Change) -> str:
    """Where a change stands on the page: the newer number, or the older one that is gone."""
    return change.b[0].node.eid if change.b else f"old-{change.a[0].node.eid}"


class Entries:
    """Makes entries of the changes between two versions."""

    def __init__(self, a: Side, b: Side) -> None:
        self._a, self._b = a, b

    def entry(self, change: Change) -> Entry:
        kinds = told(change)
        blocks = tuple(self._blocks(change))
        rows = [row for block in blocks for run in block.runs for row in run.rows]
        return Entry(
            anchor=anchor_of(change),
            kinds=kinds,
            tags=tuple(Tag(KOREAN[kind], LOOK.get(kind, "")) for kind in kinds),
            was=", ".join(korean(unit.node.eid, unit.node) for unit in change.a),
            now=", ".join(korean(unit.node.eid, unit.node) for unit in change.b),
            note=_note(change, rows),
            doubt=_doubt(change),
            blocks=blocks,
            cited=tuple(row for row in rows if row.state == "changed")
            if kinds == ("number",)
            else (),
        )

    def _blocks(self, change: Change) -> Iterator[Block]:
        rows = self._reordered(change) if "order" in change.kinds else self._rows(change)
        parts = max(len(change.a), len(change.b))
        if parts == 1:
            a_note, b_note = self._moved(change)
            yield Block(
                anchor="",
                a=self.heads(change, "a"),
                b=self.heads(change, "b"),
                runs=tuple(_runs(rows)),
                a_note=a_note,
                b_note=b_note,
                is_moved=bool(a_note),
            )
            return
        yield from self._parts(change, rows)

    def _rows(self, change: Change) -> list[Row]:
        heads = {unit.node.eid for unit in (*change.a, *change.b)}
        return [self._row(row, heads) for row in table.section_of(change).rows]

    def _row(self, row: table.Row, heads: set[str]) -> Row:
        a = self._cell(row.a, self._a, sign="=" if row.b and row.b.marker else "-")
        b = self._cell(row.b, self._b, sign="=" if row.a and row.a.marker else "+")
        eid = row.b.eid if row.b else f"old-{row.a.eid}" if row.a else ""
        anchor = "" if eid.removeprefix("old-") in heads else eid
        return Row(anchor, row.state, a, b, _words(row.a, row.b))

    def _cell(
        self, cell: table.Cell | None, side: Side, note: str = "", sign: table.Sign = "="
    ) -> Cell | None:
        if cell is None:
            return None
        node = side.nodes.get(cell.eid)
        gone = node is not None and node.deleted and not cell.text
        return Cell(
            address=side.provision(cell.eid),
            name=f"{side.name} {korean(cell.eid, node)}",
            marker=cell.marker,
            depth=DEPTH.get(node.kind, 0) if node is not None else 0,
            pieces=(Piece("=", "삭제"),) if gone else cell.pieces,
            note=note,
            sign=sign,
        )

    def heads(self, change: Change, column: Literal["a", "b"]) -> tuple[Head, ...]:
        ours, theirs = (change.a, change.b) if column == "a" else (change.b, change.a)
        side = self._a if column == "a" else self._b
        sign: Literal["-", "+"] = "-" if column == "a" else "+"
        return tuple(
            Head(
                address=side.provision(unit.node.eid),
                name=f"{side.name} {korean(unit.node.eid, unit.node)}",
                label=unit.node.label,
                title=_title(unit, theirs, sign, paired=len(ours) == len(theirs) == 1),
                sign="=" if theirs else sign,
            )
            for unit in ours
        )

    def _moved(self, change: Change) -> tuple[str, str]:
        """From where and to where an article moved: 제5장 보칙, or merely another place."""
        if "moved" not in change.kinds:
            return "", ""
        old, new = change.a[0], change.b[0]
        was, now = _chapter(old, self._a), _chapter(new, self._b)
        if was and now and was != now:
            return f"{now} 아래로 옮김 →", f"← {was} 아래에서 옮겨 옴"
        return "차례를 옮김 →", "← 차례를 옮김"

    def _reordered(self, change: Change) -> list[Row]:
        """An article whose items only changed places: each column in its own order."""
        old = [line for line in change.a[0].lines if line.shown]
        new = [line for line in change.b[0].lines if line.shown]
        came: dict[str, list[int]] = {}
        for at, line in enumerate(old):
            came.setdefault(line.neutral, []).append(at)
        source = [came[line.neutral].pop(0) for line in new]
        target = {was: now for now, was in enumerate(source)}
        rows = []
        for at, (a, b) in enumerate(zip(old, new, strict=True)):
            plain = (
                table.Cell(line.node.eid, line.marker.strip(), (Piece("=", line.text),))
                for line in (a, b)
            )
            cells = list(plain)
            moved = target[at] != at or source[at] != at
            went = f"{_step(new[target[at]].node)}로 옮김 →" if target[at] != at else ""
            from_ = f"← {_step(old[source[at]].node)}에서 옮겨 옴" if source[at] != at else ""
            rows.append(
                Row(
                    anchor=b.node.eid if b is not change.b[0].lines[0] else "",
                    state="moved" if moved else "same",
                    a=self._cell(cells[0], self._a, went),
                    b=self._cell(cells[1], self._b, from_),
                    words=cells[1].pieces,
                )
            )
        return rows

    def _parts(self, change: Change, rows: Sequence[Row]) -> Iterator[Block]:
        """나뉨 and 합침: a block per part, with where it came from or went."""
        by_b = len(change.b) > 1
        units = change.b if by_b else change.a
        ours, theirs = ("b", "a") if by_b else ("a", "b")
        of_address = {
            (self._b if by_b else self._a).provision(line.node.eid): at
            for at, unit in enumerate(units)
            for line in unit.lines
        }
        parts: list[list[Row]] = [[] for _ in units]
        current = 0
        for row in rows:
            own = row.b if by_b else row.a
            current = of_address.get(own.address, current) if own else current
            parts[current].append(row)
        a_heads, b_heads = self.heads(change, "a"), self.heads(change, "b")
        whole = b_heads if not by_b else a_heads
        for at, part in enumerate(parts):
            name = korean(units[at].node.eid, units[at].node)
            met = _places([row.a if theirs == "a" else row.b for row in part])
            if by_b:
                notes = (f"{name}로 →" if met else "", f"← {met}에서" if met else "← 새로 더한 글")
            else:
                into = korean(change.b[0].node.eid, change.b[0].node)
                notes = (f"{into}로 →", f"← {name}에서")
            first = at == 0
            heads = {ours: ((a_heads, b_heads)[by_b][at],), theirs: whole if first else ()}
            anchor = "" if first else units[at].node.eid if by_b else f"old-{units[at].node.eid}"
            yield Block(anchor, heads["a"], heads["b"], tuple(_runs(part)), *notes, is_part=True)


def _title(
    unit: Unit, others: Sequence[Unit], sign: Literal["-", "+"], *, paired: bool
) -> tuple[Piece, ...]:
    """The words of a title, those marked that the title it is paired with has not."""
    title = unit.node.title
    if not title:
        return ()
    if paired:
        pair = (title, others[0].node.title) if sign == "-" else (others[0].node.title, title)
        unwanted = "+" if sign == "-" else "-"
        return tuple(Piece(s, text) for s, text in diff.segments(*pair) if s != unwanted)
    if not others or any(other.title == unit.title for other in others):
        return (Piece("=", title),)
    return (Piece(sign, title),)


def _words(a: table.Cell | None, b: table.Cell | None) -> tuple[Piece, ...]:
    """Both cells in one row of words; an older marker (③ that became ①) before them."""
    if a is None or b is None:
        only = a or b
        return only.pieces if only else ()
    words = together(a.pieces, b.pieces)
    if a.marker and a.marker != b.marker:
        return (Piece("-", a.marker), Piece("=", " "), *words)
    return words


def _runs(rows: Sequence[Row]) -> Iterator[Run]:
    """The rows as they follow; unchanged ones together under a label when they are several."""
    waiting: list[Row] = []
    for row in rows:
        if row.state == "same":
            waiting.append(row)
            continue
        yield from _same(waiting)
        waiting = []
        yield Run("", (row,))
    yield from _same(waiting)


def _same(rows: list[Row]) -> Iterator[Run]:
    if len(rows) >= FOLDED:
        marked = [row.cell.marker for row in rows if row.cell and row.cell.marker]
        ends = f"{marked[0]} – {marked[-1]}" if len(marked) > 1 else "".join(marked)
        yield Run(f"{ends} 그대로".strip(), tuple(rows))
    elif rows:
        yield Run("", tuple(rows))


def _places(cells: Sequence[Cell | None]) -> str:
    """제16조제1항, 제2항: from which 항 (or articles) the words of a part come."""
    found: dict[str, None] = {}
    for cell in cells:
        if cell is not None:
            eid = cell.address.rstrip("/").rpartition("/")[2]
            steps = eid.split("__")
            depth = next((at for at, step in enumerate(steps, 1) if step.startswith("para_")), 0)
            found.setdefault("__".join(steps[:depth]) if depth else eid.partition("__item_")[0])
    names = [korean(eid) for eid in found]
    if not names:
        return ""
    article = names[0].partition("조")[0] + "조"
    return "ㆍ".join([names[0], *(name.removeprefix(article) or name for name in names[1:])])


def _step(node: Node) -> str:
    """제4호: a provision under its article."""
    return korean(node.eid.rpartition("__")[2], node)


def _chapter(unit: Unit, side: Side) -> str:
    node = side.nodes.get(unit.chapter)
    return f"{node.label} {node.title}".strip() if node is not None else ""


def _note(change: Change, rows: Sequence[Row]) -> str:
    """What the kinds alone don't say, in a few words."""
    if "order" in change.kinds:
        moved = [_named(row.b) for row in rows if row.state == "moved" and row.b]
        return f"{', '.join(moved)}의 자리가 바뀜" if moved else ""
    if "paragraphed" in change.kinds:
        has = any(line.node.kind == "paragraph" for line in change.b[0].lines)
        return "글은 그대로이고 항으로 나눔" if has else "글은 그대로이고 항의 구분을 없앰"
    return ""


def _named(cell: Cell) -> str:
    """제3호 of v0.3 제3조제3호."""
    return cell.name.rpartition("조")[2] or cell.name


def _doubt(change: Change) -> str:
    if not change.needs_confirmation:
        return ""
    if not change.a or not change.b:
        return "고쳐 쓴 조문일 수 있습니다."
    return f"같은 조문이 이어진 것인지 사람이 확인해야 합니다(닮은 정도 {change.score:.0%})."
