"""Traces that pasting and typing leave in a text (P1–P7), as `parse` reports them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from coalition.drafts.text import lines
from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.tree import walk
from coalition.particles import subject

if TYPE_CHECKING:
    from coalition.drafts.text.reading import Reader

_BROKEN = re.compile(r"[\ufffd\x00-\x08\x0e-\x1b\x7f]")
_NEXT_PARAGRAPH = re.compile(r"(?<=[.>\]]) ?([②-⑳㉑-㉟㊱-㊿]) ?(?=[가-힣「\"(])")
_ODDITIES = (
    (re.compile(r"\r"), "한글ㆍ윈도 방식의 줄 끝(CRLF)"),
    (re.compile("[\xa0\u2007\u202f]"), "줄 바꿈 없는 공백(NBSP)"),
    (re.compile("\u3000"), "전각 공백"),
    (re.compile("\t"), "탭"),
    (re.compile(f"[{lines.UNSEEN}]"), "보이지 않는 글자"),
    (re.compile(f"[{lines.JOINING}]"), "풀어쓴 한글(NFD)"),
)


def find(reader: Reader) -> Iterator[Diagnostic]:
    """What the reader met that a clean draft does not have."""
    yield from _no_article(reader)
    yield from _wrapped(reader)
    yield from _odd_characters(reader)
    yield from _several_paragraphs(reader)
    for line in reader.stray:
        message = "어느 조에도 속하지 않는 줄입니다. 조 안으로 옮기거나 앞줄과 합치세요."
        yield Diagnostic(line.number, line.indent + 1, "P1", Level.WARNING, message)
    for line in reader.unclosed:
        message = "제목의 괄호가 닫히지 않았습니다. 제목 끝에 )를 넣으세요."
        yield Diagnostic(line.number, line.indent + 1, "P3", Level.WARNING, message)


def _no_article(reader: Reader) -> Iterator[Diagnostic]:
    if not any(node.kind == "article" for node in walk(reader.tree)):
        message = "조를 찾지 못했습니다. 각 조를 새 줄에서 「제1조(목적) …」 꼴로 시작하세요."
        yield Diagnostic(1, 1, "P6", Level.ERROR, message)


def _wrapped(reader: Reader) -> Iterator[Diagnostic]:
    if reader.wrap is not None:
        where = "낱말 안에서" if reader.wrap.inside_words else "낱말 사이에서"
        message = (
            f"줄이 {reader.wrap.width}자 안팎에서 {where} 끊겨 있습니다. "
            "「붙여넣기 정리」로 끊긴 줄을 합친 다음 확인하세요."
        )
        yield Diagnostic(1, 1, "P2", Level.INFO, message)


def _odd_characters(reader: Reader) -> Iterator[Diagnostic]:
    """P4 once for each sort of odd character, P7 for each line with a broken one."""
    for pattern, name in _ODDITIES:
        if pattern.search(reader.source):
            line, column = next(_places(reader, pattern))
            message = f"{subject(name)} 있습니다. 「붙여넣기 정리」가 보통 글자로 바꿉니다."
            yield Diagnostic(line, column, "P4", Level.INFO, message)
    if _BROKEN.search(reader.source):
        for line, column in _places(reader, _BROKEN):
            message = "깨진 글자가 있습니다. 원문을 보고 다시 입력하세요."
            yield Diagnostic(line, column, "P7", Level.WARNING, message)


def _places(reader: Reader, pattern: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """Line and column of the first match on each line that has one."""
    for line in reader.lines:
        match = pattern.search(line.raw)
        if match is not None:
            yield line.number, match.start() + 1


def _several_paragraphs(reader: Reader) -> Iterator[Diagnostic]:
    for node in walk(reader.tree):
        if node.kind not in ("article", "paragraph") or node.amends:
            continue
        match = _NEXT_PARAGRAPH.search(node.text)
        if match is not None:
            message = f"한 줄에 항이 여럿 있습니다. {match[1]} 앞에서 줄을 바꾸세요."
            yield Diagnostic(node.line, node.column, "P5", Level.WARNING, message)
