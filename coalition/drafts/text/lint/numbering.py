"""L1 and L16: how 조, 항, 호, 목 are marked; S4: what a citation must find."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text import order
from coalition.drafts.text.cited import Internal
from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_node
from coalition.drafts.text.tree import Node, index
from coalition.particles import object_, subject

_LISTED = ("paragraph", "item", "subitem")
_SPACED_TITLE = re.compile(r"조(?:의\d+){0,4}\s+[(（]")


def marking(draft: Draft) -> Iterator[Diagnostic]:
    """L1: a title behind every 조, no ① for a single 항."""
    for words in draft.words:
        node = words.node
        if node.kind != "article":
            continue
        paragraphs = [child for child in node.children if child.kind == "paragraph"]
        if len(paragraphs) == 1 and paragraphs[0].number == (1,):
            message = f"{node.label}에는 항이 하나뿐입니다. ①을 빼고 조의 본문으로 쓰세요."
            yield at_node(paragraphs[0], "L1", Level.WARNING, message)
        if not node.title and not node.text.startswith(("삭제", "생략")):
            message = f"{node.label}에 제목이 없습니다. {node.label}(제목) 꼴로 쓰세요."
            yield at_node(node, "L1", Level.WARNING, message)
        elif _SPACED_TITLE.search(node.lead) and not draft.law:
            message = f"{object_(node.label)} 띄지 말고 제목의 괄호를 바로 붙이세요."
            yield at_node(node, "L1", Level.INFO, message)


def branches(draft: Draft) -> Iterator[Diagnostic]:
    """L16: 가지번호 belong to 조 and 호; a 항 with one is an error."""
    for words in draft.words:
        node = words.node
        if node.branch and node.kind == "paragraph":
            message = (
                f"항에는 가지번호({node.label})를 쓰지 않습니다. "
                "새 항에 다음 번호를 주고 뒤의 항 번호를 하나씩 미세요."
            )
            yield at_node(node, "L16", Level.ERROR, message)


def broken(draft: Draft) -> Iterator[Diagnostic]:
    """S4: a citation of a provision that is not there."""
    level = Level.WARNING if draft.law else Level.ERROR
    known = index(draft.tree)
    for reference in draft.references.broken:
        if draft.law and reference.text.startswith("별표"):
            continue
        message = _not_there(reference, known.get(reference.near or ""))
        yield Diagnostic(reference.line, reference.column, "S4", level, message)


def _not_there(reference: Internal, near: Node | None) -> str:
    mend = "번호를 확인하세요."
    if near is None:
        return f"{object_(reference.text)} 인용했지만 이 법안에 없습니다. {mend}"
    for kind in _LISTED:
        row = [child for child in near.children if child.kind == kind]
        if row:
            last = order.name(row[-1], max(child.number for child in row))
            return f"{object_(reference.text)} 인용했지만 {near.label}에는 {last}까지만 있습니다. {mend}"
    missing = "항이나 호가" if near.kind == "article" else subject("그 아래의 단위")
    return f"{object_(reference.text)} 인용했지만 {near.label}에는 {missing} 없습니다. {mend}"
