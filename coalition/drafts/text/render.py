"""Printing: a parsed tree gives back its source byte for byte; a tree made by hand gets one form."""

from __future__ import annotations

from coalition.drafts.text import numbers
from coalition.drafts.text.tree import STRUCTURE, Node, walk

_INDENT = {"item": "  ", "subitem": "    ", "subsubitem": "      "}


def render(tree: Node) -> str:
    """The text of a tree.

    A node that was read prints what was read. A node made by hand (no `lead`, no `body`) prints in
    the usual form: 호 by two blanks, 목 by four, 세목 by six.
    """
    return "".join(_written(node) for node in walk(tree))


def _written(node: Node) -> str:
    if node.lead or node.body or (node.kind == "bill" and not node.title):
        return node.lead + node.body
    return _lead(node) + _body(node)


def _lead(node: Node) -> str:
    if node.kind in ("bill", "note"):
        return node.title
    if node.kind == "article":
        return node.label + (f"({node.title})" if node.title else "")
    if node.kind in STRUCTURE:
        return f"{node.label} {node.title}".rstrip()
    if node.kind == "paragraph":
        sign = numbers.circled(node.num or 0) + numbers.branch_text(node.branch)
        return sign + (f"({node.title})" if node.title else "")
    if node.kind == "supplement":
        return node.label + (f"({node.title})" if node.title else "")
    if node.kind == "annex":
        return f"[{node.label}]" + (f" {node.title}" if node.title else "")
    return _INDENT[node.kind] + _sign(node)


def _sign(node: Node) -> str:
    branch = numbers.branch_text(node.branch)
    if node.kind == "item":
        return f"{node.num}{branch}."
    if node.kind == "subitem":
        return f"{numbers.syllable(node.num or 0)}{branch}."
    return node.label


def _body(node: Node) -> str:
    if node.kind == "note":
        return node.text + "\n"
    if node.kind in ("supplement", "annex"):
        heading = "".join(f" {mark}" for mark in node.marks)
        return heading + "\n" + (f"{node.text}\n" if node.text else "")
    text = " ".join(part for part in (node.text, *node.marks) if part)
    inline = node.kind == "article" and bool(node.children) and not text
    if inline and node.children[0].kind == "paragraph":
        return " "
    separator = "\n" if node.kind == "bill" and node.title else " "
    return (separator + text if text and _lead(node) else text) + "\n"
