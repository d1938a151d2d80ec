"""What kind of change a matched pair of articles is."""

from __future__ import annotations

from collections.abc import Sequence

from coalition.drafts.compare.citations import Counterparts
from coalition.drafts.compare.result import KINDS, Kind
from coalition.drafts.compare.units import Line, Unit, fold


def of_pair(a: Unit, b: Unit, counterparts: Counterparts, *, moved: bool) -> tuple[Kind, ...]:
    """The kinds of a one-to-one pair; ("same",) when nothing changed."""
    if b.is_stub and not a.is_stub:
        return ("deleted",)
    if a.is_stub and not b.is_stub:
        return ("inserted",)
    found: set[Kind] = set()
    if a.title != b.title:
        found.add("title")
    if a.number != b.number:
        found.add("number")
    if moved:
        found.add("moved")
    words = of_words(a, b, counterparts)
    if words is not None:
        found.add(words)
    return in_order(found) or ("same",)


def in_order(found: set[Kind]) -> tuple[Kind, ...]:
    """The kinds in the order in which they are always listed."""
    return tuple(kind for kind in KINDS if kind in found)


def of_words(a: Unit, b: Unit, counterparts: Counterparts) -> Kind | None:
    """None when the words are the same, else the one kind that says how they changed."""
    if a.shape == b.shape and _titles(a) == _titles(b):
        if a.compact == b.compact:
            return None
        if _same_lines(a, a.lines, b, b.lines, counterparts):
            return "reference"
        if _same_lines(a, _sorted_lines(a), b, _sorted_lines(b), counterparts):
            return "order"
    if _is_paragraphed(a, b):
        return "paragraphed"
    return "text"


def _titles(unit: Unit) -> list[str]:
    """Titles below the article: ①(시행일) of a 부칙."""
    return ["".join(fold(line.node.title).split()) for line in unit.lines[1:]]


def _same_lines(
    a: Unit, old: Sequence[Line], b: Unit, new: Sequence[Line], counterparts: Counterparts
) -> bool:
    """Whether line for line nothing differs but the numbers of citations, rightly so."""
    return all(
        counterparts.same_lines(a, before, b, after) for before, after in zip(old, new, strict=True)
    )


def _sorted_lines(unit: Unit) -> list[Line]:
    """The lines, siblings of one kind sorted by their words instead of their numbers."""
    by_node = {id(line.node): line for line in unit.lines}
    result: list[Line] = []
    pending = [unit.node]
    while pending:
        node = pending.pop()
        line = by_node.get(id(node))
        if line is None:
            continue
        result.append(line)
        children = [child for child in node.children if id(child) in by_node]
        children.sort(key=lambda child: (child.kind, by_node[id(child)].neutral), reverse=True)
        pending.extend(children)
    return result


def _is_paragraphed(a: Unit, b: Unit) -> bool:
    """Whether the old words stand whole in some 항 in a row of an article that had none (or now
    has none)."""
    if _has_paragraphs(a) == _has_paragraphs(b):
        return False
    plain, divided = (b, a) if _has_paragraphs(a) else (a, b)
    if _has_paragraphs(a) and len(_paragraphs(a)) > 1:
        return "".join(_paragraphs(a)) == b.compact
    rows = _paragraphs(divided)
    for first in range(len(rows)):
        text = ""
        for row in rows[first:]:
            text += row
            if text == plain.compact:
                return bool(text)
            if len(text) > len(plain.compact):
                break
    return False


def _has_paragraphs(unit: Unit) -> bool:
    return any(child.kind == "paragraph" for child in unit.node.children)


def _paragraphs(unit: Unit) -> list[str]:
    """The words of the article's own text and of each 항 with all below it."""
    rows: list[str] = []
    for line in unit.lines:
        if line.node.kind == "paragraph" or not rows:
            rows.append("")
        rows[-1] += line.compact
    return [row for row in rows if row]
