"""Numbers out of order: a gap (S1), the same number twice (S2), both inside an article (S3).

The levels are those of our own drafts, where a number must not be missing; `lint` lowers them for
enacted law, where an Act of Parliament may have left gaps.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text import amending, numbers
from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.tree import STRUCTURE, Node, walk
from coalition.particles import subject

Number = tuple[int, ...]


def find(tree: Node) -> Iterator[Diagnostic]:
    """All numbering faults: 조 through the whole body and through each 부칙, the rest per parent."""
    scope: list[Node] = []
    for node in walk(tree):
        if node.kind == "supplement":
            yield from _row(scope, "")
            scope = []
        if node.kind in ("article", "note"):
            scope.append(node)
        if node.children and not node.amends:
            yield from _children(node)
    yield from _row(scope, "")


def _children(parent: Node) -> Iterator[Diagnostic]:
    """편ㆍ장ㆍ절ㆍ관, 항, 호, 목, 세목 below one node, each kind a row of its own."""
    rows: dict[str, list[Node]] = {}
    for node in parent.children:
        if node.kind == "note" and amending.is_gap(node.text):
            return
        if node.kind in STRUCTURE or node.kind in ("paragraph", "item", "subitem", "subsubitem"):
            rows.setdefault(node.kind, []).append(node)
    for row in rows.values():
        yield from _row(row, f"{parent.label}의 " if parent.label else "")


def _row(row: list[Node], whose: str) -> Iterator[Diagnostic]:
    last: Number = ()
    first_at: dict[Number, int] = {}
    for node in row:
        if node.kind == "note":
            last = max(last, _omitted(node))
            continue
        number = node.number
        inner = node.kind not in STRUCTURE and node.kind != "article"
        if number in first_at:
            yield _fault(node, "S3" if inner else "S2", _twice(node, whose, first_at[number]))
            continue
        first_at[number] = node.line
        branched_paragraph = node.kind == "paragraph" and node.branch
        if not branched_paragraph and not numbers.follows(last, number):
            yield _fault(node, "S3" if inner else "S1", _gap(node, whose, last))
        last = max(last, number)


def _omitted(note: Node) -> Number:
    """The last article of `제2조 내지 제7조 생략`."""
    first, _, _ = note.text.partition("\n")
    return amending.last_of_gap(first) if amending.is_gap(first) else ()


def _twice(node: Node, whose: str, first_at: int) -> str:
    here = subject(name(node, node.number))
    return f"{whose}{here} 두 번 있습니다(먼저 {first_at}행). 뒤의 번호부터 다시 매기세요."


def _gap(node: Node, whose: str, last: Number) -> str:
    here = subject(name(node, node.number))
    if not last:
        first = name(node, (1,))
        return f"{whose}맨 앞에 {here} 나옵니다. {first}부터 번호를 매기세요."
    before = name(node, last)
    if node.number < last:
        return f"{whose}{before} 다음에 {here} 나옵니다. 차례를 바로잡으세요."
    missing = subject(name(node, _missing(last, node.number)))
    return f"{whose}{before} 다음에 {here} 나옵니다. {missing} 빠졌으니 넣거나 번호를 당기세요."


def _missing(last: Number, number: Number) -> Number:
    """The first number that should stand between the two."""
    if number[0] > last[0] + 1 or len(number) == 1:
        return (last[0] + 1,)
    if number[0] > last[0]:
        return (number[0],)
    return (*last[:-1], last[-1] + 1) if len(last) > 1 else (*last, 2)


def name(node: Node, number: Number) -> str:
    """How a unit like `node` with this number is called: 제4조의2, 제2항, 다목, 2)."""
    num, *branch = number
    behind = numbers.branch_text(tuple(branch))
    if node.kind == "subitem":
        return f"{numbers.syllable(num)}목{behind}"
    if node.kind == "subsubitem":
        written_in_digits = re.search(r"\d", node.label.partition("의")[0])
        sign = str(num) if written_in_digits else numbers.syllable(num)
        return re.sub(r"\d+|[가-힣]", sign, node.label.partition("의")[0], count=1) + behind
    unit = re.sub(r"^제\d+|의\d+", "", node.label)
    return f"제{num}{unit}{behind}"


def _fault(node: Node, code: str, message: str) -> Diagnostic:
    return Diagnostic(node.line, node.column, code, Level.ERROR, message)
