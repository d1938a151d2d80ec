"""A text as the rules see it: its provisions, their words, its citations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.parse import Parsed
from coalition.drafts.text.references import References, references
from coalition.drafts.text.tree import PROVISIONS, Node, walk
from coalition.drafts.text.words import Words, words_of

_REMARK = re.compile(r"\([^()]*\)")
_DEEPEST_REMARK = 3


@dataclass(slots=True)
class Draft:
    """What the rules look at.

    `words` are the words of every provision that our rules apply to: the body and its own 부칙,
    without deleted ones, without amendments of other Acts, without the 부칙 of enacted amendments
    (they carry `<제…호, …>` and keep the language of their time).
    """

    parsed: Parsed
    law: bool
    references: References
    words: list[Words]
    by_eid: dict[str, Words]

    @property
    def tree(self) -> Node:
        return self.parsed.tree

    def body_articles(self) -> Iterator[Node]:
        """The articles before the first 부칙."""
        return (
            each.node
            for each in self.words
            if each.node.kind == "article" and not each.node.eid.startswith("supp_")
        )

    def own_supplements(self) -> list[Node]:
        """The 부칙 that are not yet enacted."""
        return [node for node in self.tree.children if is_own_supplement(node)]

    def in_article(self, article: Node) -> Iterator[Words]:
        """The words of an article and of all below it."""
        return (self.by_eid[node.eid] for node in walk(article) if node.eid in self.by_eid)


def draft_of(parsed: Parsed, *, law: bool) -> Draft:
    """Collect once what the rules need."""
    words = [words_of(node) for node in _provisions(parsed.tree)]
    by_eid = {each.node.eid: each for each in words}
    return Draft(parsed, law, references(parsed.tree), words, by_eid)


def is_own_supplement(node: Node) -> bool:
    """A 부칙 of this very draft, not one of an Act that once amended it."""
    return node.kind == "supplement" and not node.marks and not node.title


def _provisions(tree: Node) -> Iterator[Node]:
    pending = list(reversed(tree.children))
    while pending:
        node = pending.pop()
        if node.kind in ("annex", "note") or node.deleted or node.amends:
            continue
        if node.kind == "supplement" and not is_own_supplement(node):
            continue
        if node.kind in PROVISIONS or node.kind == "supplement":
            yield node
        pending.extend(reversed(node.children))


def at_node(node: Node, code: str, level: Level, message: str) -> Diagnostic:
    """A finding about a whole provision, placed at its marker."""
    indent = len(node.lead) - len(node.lead.lstrip())
    return Diagnostic(node.line, node.column + indent, code, level, message)


def at_word(words: Words, offset: int, code: str, level: Level, message: str) -> Diagnostic:
    """A finding about some words of a provision, placed at the first of them."""
    line, column = words.position(offset)
    return Diagnostic(line, column, code, level, message)


def without_remarks(text: str) -> str:
    """The text without what stands in parentheses (three deep)."""
    for _ in range(_DEEPEST_REMARK):
        if "(" not in text:
            break
        text = _REMARK.sub("", text)
    return text


def full_text(node: Node) -> str:
    """The text of a node and of all below it, one line per unit."""
    return "\n".join(each.text for each in walk(node) if each.text)
