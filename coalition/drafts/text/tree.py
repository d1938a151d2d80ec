"""The tree of a law text: what a bill, an article, an item *is* once it has been read.

The levels are those of 「법령 입안ㆍ심사 기준」: 편ㆍ장ㆍ절ㆍ관 above the article (조), 항ㆍ호ㆍ목ㆍ세목 below it,
부칙 and 별표 after the body. A level without a marker has no node.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal[
    "bill",
    "part",
    "chapter",
    "section",
    "subsection",
    "article",
    "paragraph",
    "item",
    "subitem",
    "subsubitem",
    "supplement",
    "annex",
    "note",
]

#: Every kind, from the whole text down; also the order in which counts are printed.
KINDS: tuple[Kind, ...] = (
    "bill",
    "part",
    "chapter",
    "section",
    "subsection",
    "article",
    "paragraph",
    "item",
    "subitem",
    "subsubitem",
    "supplement",
    "annex",
    "note",
)

#: 편ㆍ장ㆍ절ㆍ관: they hold articles and have a title but no text of their own.
STRUCTURE: frozenset[str] = frozenset({"part", "chapter", "section", "subsection"})

#: 조 and what stands under it: what a citation or a link can point to.
PROVISIONS: frozenset[str] = frozenset({"article", "paragraph", "item", "subitem", "subsubitem"})


@dataclass(slots=True)
class Node:
    """One unit of the text with its number, its own words and its children.

    `num` and `branch` are the number as written (제5조의2 is 5 and (2,)); `label` is its legal name
    (제5조의2, 제2항, 제8호의2, 가목). `text` is its own text without marker, title, children and
    marks, cleaned of wrong blanks, one line per source line. `marks` are `<개정 …>` and its kin.

    `line`, `column` and `last_line` are 1-based and count source lines. `lead` (indentation,
    marker, title and the blanks around them) and `body` (everything after it up to the next node,
    line ends included) are the source as it was written; they are what printing uses.
    """

    kind: Kind
    num: int | None = None
    branch: tuple[int, ...] = ()
    label: str = ""
    title: str = ""
    text: str = ""
    marks: tuple[str, ...] = ()
    deleted: bool = False
    eid: str = ""
    line: int = 1
    column: int = 1
    last_line: int = 1
    lead: str = ""
    body: str = ""
    amends: bool = False
    children: list[Node] = field(default_factory=list)

    @property
    def number(self) -> tuple[int, ...]:
        """Number and branches as one sortable key: 제5조의2 is (5, 2); () without a number."""
        return () if self.num is None else (self.num, *self.branch)

    def as_json(self) -> dict[str, Any]:
        """The node alone in the form of the `parse` command, with an empty list of children."""
        return {
            "kind": self.kind,
            "num": self.num,
            "branch": list(self.branch),
            "label": self.label,
            "title": self.title,
            "text": self.text,
            "marks": list(self.marks),
            "deleted": self.deleted,
            "eid": self.eid,
            "line": self.line,
            "children": [],
        }


def walk(node: Node) -> Iterator[Node]:
    """Yield `node` and all below it in the order of the text, without recursion."""
    pending = [node]
    while pending:
        current = pending.pop()
        yield current
        if current.children:
            pending.extend(reversed(current.children))


def walk_with_parents(node: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """Like `walk`, with the ancestors of each node from `node` down to its parent."""
    pending: list[tuple[Node, tuple[Node, ...]]] = [(node, ())]
    while pending:
        current, above = pending.pop()
        yield current, above
        if current.children:
            below = (*above, current)
            pending.extend((child, below) for child in reversed(current.children))


def index(tree: Node) -> dict[str, Node]:
    """All nodes below `tree` by eId (the bill itself has none)."""
    return {node.eid: node for node in walk(tree) if node.eid}


def articles(tree: Node) -> Iterator[Node]:
    """The articles of the body and of every 부칙, in the order of the text."""
    return (node for node in walk(tree) if node.kind == "article")


def as_json(tree: Node) -> dict[str, Any]:
    """The whole tree in the form of the `parse` command, without recursion."""
    root = tree.as_json()
    pending = [(tree, root)]
    while pending:
        node, form = pending.pop()
        for child in node.children:
            child_form = child.as_json()
            form["children"].append(child_form)
            if child.children:
                pending.append((child, child_form))
    return root
