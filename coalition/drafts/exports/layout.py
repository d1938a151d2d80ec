"""How each line of the source is set on paper: a heading, the beginning of an article, an item."""

from __future__ import annotations

from dataclasses import dataclass

from coalition.drafts.exports.edition import writable
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import STRUCTURE, Node, walk

_HEADINGS = (*sorted(STRUCTURE), "supplement", "annex")


@dataclass(frozen=True, slots=True)
class Line:
    """One line of the source, its text whole.

    `kind` is the tree's kind of what begins here, `bill` for the title, `text` for a line that goes on.
    `head` of it is printed bold (제1조(목적)). `level` counts headings from 1; 0 means none.
    """

    text: str
    kind: str
    head: str = ""
    level: int = 0

    @property
    def rest(self) -> str:
        return self.text[len(self.head) :]


def lines_of(source: str) -> list[Line]:
    """Every line of the source in order; their texts joined are the source."""
    tree = parse(source).tree
    begins: dict[int, Node] = {}
    for each in walk(tree):
        if each is not tree:
            begins.setdefault(each.line, each)
    used = [kind for kind in ("part", "chapter", "section", "subsection") if _has(tree, kind)]
    found: list[Line] = []
    before = True
    for number, text in enumerate(writable(source.rstrip("\n")).split("\n"), 1):
        node = begins.get(number)
        before = before and node is None
        if node is None:
            found.append(Line(text, "bill" if before and text.strip() else "text"))
        else:
            found.append(_line(text, node, used))
    return found


def _has(tree: Node, kind: str) -> bool:
    return any(node.kind == kind for node in walk(tree))


def _line(text: str, node: Node, used: list[str]) -> Line:
    if node.kind in _HEADINGS:
        level = 2 + used.index(node.kind) if node.kind in used else 2
        return Line(text, node.kind, text, level)
    head = node.lead.rstrip() if node.kind == "article" else ""
    return Line(text, node.kind, head if head and text.startswith(head) else "")
