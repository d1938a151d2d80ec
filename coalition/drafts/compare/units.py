"""The units that are compared: the articles of the body and of each 부칙, with their lines."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from coalition.drafts.text.numbers import branch_text, circled, syllable
from coalition.drafts.text.tree import STRUCTURE, Node, walk

#: Signs that are written in several ways and mean one: 가운뎃점, 물결표, 따옴표, 낫표.
_FOLDED = str.maketrans("·・･‧∙～~“”‘’", "ㆍㆍㆍㆍㆍ∼∼\"\"''")
_FOLDABLE = re.compile("[·・･‧∙～~“”‘’]")
#: Stands for a number in a citation, whatever it is.
CITATION = "\ufffc"
_CITATION = re.compile(r"제\d+(?=[조항호])(?:[조항호](?:의\d+){0,4})")
_INDENT = {"item": "  ", "subitem": "    ", "subsubitem": "      "}


@dataclass(slots=True)
class Line:
    """One provision of a unit with its own words: the 조 itself, a 항, a 호 …

    `marker` is how it is printed. `compact` is the text without blanks; `words` are the 어절 and
    `neutral` all of them without blanks, both with one sign for every number of a 조, 항 or 호.
    """

    node: Node
    marker: str
    text: str
    words: list[str]
    neutral: str
    compact: str

    @property
    def shown(self) -> str:
        """The line as printed: ① 시장ㆍ군수는 …"""
        return f"{self.marker}{self.text}"


@dataclass
class Unit:
    """An article (or a 부칙 or 별표 without articles) as it is compared.

    `position` counts through the body or through one 부칙; `chapter` is the eId of the 장 (절, 관)
    it stands in, '' without one.
    """

    node: Node
    position: int
    chapter: str
    lines: list[Line] = field(default_factory=list)

    @cached_property
    def title(self) -> str:
        """The title without blanks, as titles are compared."""
        return "".join(fold(self.node.title).split())

    @property
    def number(self) -> tuple[int, ...]:
        """Its own number; a 부칙 has none, only a place among others."""
        return () if self.node.kind == "supplement" else self.node.number

    @property
    def is_stub(self) -> bool:
        """Whether nothing is left of it but 「제7조 삭제」."""
        return self.node.deleted and not self.node.children

    @cached_property
    def text(self) -> str:
        """The words as printed, one line per provision, without title and marks."""
        return "\n".join(line.shown for line in self.lines if line.text or line.marker)

    @cached_property
    def compact(self) -> str:
        """The words alone, without markers and white space."""
        return "".join(line.compact for line in self.lines)

    @cached_property
    def neutral(self) -> str:
        """Like `compact`, with one sign for every number that cites."""
        return "".join(line.neutral for line in self.lines)

    @cached_property
    def shape(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Kinds and numbers of the lines below the article."""
        return tuple((line.node.kind, line.node.number) for line in self.lines[1:])

    @cached_property
    def words(self) -> list[str]:
        """The 어절, with one sign for every number that cites."""
        return [word for line in self.lines for word in line.words]

    def as_json(self) -> dict[str, Any]:
        return {
            "eid": self.node.eid,
            "label": self.node.label,
            "title": self.node.title,
            "text": self.text,
        }


@dataclass(slots=True)
class Units:
    """The units of one text: those of the body and of each 부칙 and 별표 by themselves."""

    tree: Node
    body: list[Unit]
    annexes: list[Unit]
    supplements: dict[str, list[Unit]]

    def of_supplement(self, node: Node | None) -> list[Unit]:
        return self.supplements[node.eid] if node is not None else []


def units(tree: Node) -> Units:
    """Cut a text into the units that are compared."""
    annexes = [node for node in tree.children if node.kind == "annex"]
    return Units(
        tree,
        list(_in_scope(tree)),
        [_unit(node, position, "") for position, node in enumerate(annexes)],
        {node.eid: list(_in_scope(node)) for node in tree.children if node.kind == "supplement"},
    )


def _in_scope(root: Node) -> Iterator[Unit]:
    """The articles below `root`; the 부칙 itself when it has none."""
    position = 0
    pending: list[tuple[Node, str]] = [(child, "") for child in reversed(root.children)]
    while pending:
        node, chapter = pending.pop()
        if node.kind == "article":
            yield _unit(node, position, chapter)
            position += 1
        elif node.kind in STRUCTURE:
            pending.extend((child, node.eid) for child in reversed(node.children))
    if not position and root.kind == "supplement":
        yield _unit(root, 0, "")


def _unit(node: Node, position: int, chapter: str) -> Unit:
    lines = [_line(each, is_first=each is node) for each in walk(node) if each.kind != "note"]
    return Unit(node, position, chapter, lines)


def _line(node: Node, *, is_first: bool) -> Line:
    marker = "" if is_first else _marker(node)
    text = node.text.replace("\n", " ")
    words = fold(text).split()
    compact = neutral = "".join(words)
    if "제" in text:
        words = _CITATION.sub(CITATION, fold(text)).split()
        neutral = "".join(words)
    return Line(node, marker, text, words, neutral, compact)


def fold(text: str) -> str:
    """The text with one form for each sign, letter for letter, as comparing sees it."""
    return text.translate(_FOLDED) if _FOLDABLE.search(text) else text


def _marker(node: Node) -> str:
    branch = branch_text(node.branch)
    title = f"({node.title}) " if node.title else ""
    if node.kind == "paragraph":
        return f"{circled(node.num or 0)}{branch} {title}"
    if node.kind == "item":
        return f"{_INDENT[node.kind]}{node.num}{branch}. "
    if node.kind == "subitem":
        return f"{_INDENT[node.kind]}{syllable(node.num or 0)}{branch}. "
    return f"{_INDENT.get(node.kind, '')}{node.label} "
