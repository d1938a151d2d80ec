"""Rows of citations: what is joined by 및, commas, 부터 … 까지, and what Act they belong to.

A parenthesis behind a citation (제32조제1항 각 호(제9호는 제외한다) 또는 제33조) is a row of its own that
goes on from it; the row before goes on behind the parenthesis.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from coalition.drafts.text import citations
from coalition.drafts.text.citations import Member

Prefix = Literal["", "law", "same_law", "act", "this_law", "supplement"]

_LONGEST_GAP = 8
_LONGEST_PARENTHESIS = 400
_LONGEST_ACT = 40
#: 「민사소송법」 중 제145조, 「형법」 제2편제24장 살인의 죄 중 제250조.
_OUT_OF = re.compile(r"(?:\s[^.「」()\d]{1,40})?\s?중\s")
_BRACKETS = re.compile(r"[()]")


@dataclass(slots=True)
class Row:
    """Citations joined to each other, behind what they belong to.

    `prefix` says what stands before them (an Act in 「」, 같은 법, an Act by bare name, 이 법, 부칙),
    `name` its words, `alias` the short name given to an Act here. `unit` is 별표 1 or 제3장, which
    stand alone. `head_end` is where the prefix ends, `through` where all that belongs here ends.
    `depth` counts the parentheses around it, `goes_on` tells a row taken up again behind one.
    """

    start: int
    head_end: int
    through: int
    prefix: Prefix = ""
    name: str = ""
    alias: str = ""
    unit: str = ""
    depth: int = 0
    goes_on: bool = False
    members: list[Member] = field(default_factory=list)


def rows(text: str) -> Iterator[Row]:
    """All rows of citations in order. What stands in quotation marks is mentioned, not cited."""
    row: Row | None = None
    around: list[int] = []
    for match, cited in _cited_words(text):
        while around and match.start() > around[-1]:
            if row is not None:
                yield row
            closes = around.pop()
            row = Row(closes + 1, closes + 1, closes + 1, depth=len(around), goes_on=True)
        if row is not None:
            closes = _parenthesis(text, row)
            if row.through < match.start() < closes:
                around.append(closes)
                yield row
                row = None
            elif 0 <= closes < match.start():
                row.through = closes + 1
        if row is not None:
            if _joins(row, cited, match, text):
                continue
            yield row
        row = _begin(match, cited, text)
        row.depth = len(around)
    if row is not None:
        yield row


def _cited_words(text: str) -> Iterator[tuple[re.Match[str], Member | None]]:
    """Matches of the grammar that cite: neither quoted words nor numbers of Acts and forms."""
    for match in citations.TOKEN.finditer(text):
        cited = citations.member(match)
        if cited is None:
            if match.lastgroup != "quoted":
                yield match, None
        elif not citations.is_other_number(text, cited):
            yield match, cited


def _parenthesis(text: str, row: Row) -> int:
    """Where the parenthesis right behind a row's last citation closes, or -1."""
    if not row.members or text[row.through : row.through + 1] != "(":
        return -1
    depth = 0
    for bracket in _BRACKETS.finditer(text, row.through, row.through + _LONGEST_PARENTHESIS):
        depth += 1 if bracket.group() == "(" else -1
        if depth == 0:
            return bracket.start()
    return -1


def _joins(row: Row, cited: Member | None, match: re.Match[str], text: str) -> bool:
    """Put what was met into the row if it belongs there; False if a new row begins."""
    gap = text[row.through : match.start()]
    if cited is not None and cited.steps and _is_out_of_unit(row, gap):
        row.members.append(cited)
        _read_part(row, text)
        return True
    if len(gap) > _LONGEST_GAP:
        return False
    touches = not gap.strip(" ")
    if row.unit:
        return _joins_unit(row, cited, touches=touches)
    if cited is None:
        return touches and not row.members and _joins_prefix(row, match)
    joined = _joins_last(row, cited, gap, text) if row.members else _joins_head(row, cited, gap)
    if joined:
        _read_part(row, text)
    return joined


def _is_out_of_unit(row: Row, gap: str) -> bool:
    """Whether the citation is one "out of" the Act, or out of its 편 or 장, named before."""
    if len(gap) > _LONGEST_ACT + _LONGEST_GAP or row.prefix not in ("law", "same_law", "act"):
        return False
    named_unit = bool(row.members) and not row.members[-1].steps
    return (named_unit or not row.members) and _OUT_OF.fullmatch(gap) is not None


def _joins_unit(row: Row, cited: Member | None, *, touches: bool) -> bool:
    """별표 제4호다목: a 호 of the 별표, of which nothing is known here."""
    if cited is None or not touches or not row.unit.startswith("별표"):
        return False
    row.through = cited.end
    return True


def _joins_prefix(row: Row, match: re.Match[str]) -> bool:
    """「…법」 부칙, 이 법 부칙, 「형법」 제2편제24장."""
    if match.lastgroup == "supplement" and row.prefix == "this_law":
        row.prefix, row.start, row.head_end = "supplement", match.start(), match.end()
    elif match.lastgroup == "unit" and row.prefix in ("law", "same_law", "act"):
        row.members.append(Member(*match.span()))
    elif match.lastgroup != "supplement" or not row.prefix:
        return False
    row.through = match.end()
    return True


def _joins_head(row: Row, cited: Member, gap: str) -> bool:
    """The first citation behind an Act's name, or behind the parenthesis of a row taken up again."""
    if row.goes_on:
        cited.ends_range = citations.RANGE.fullmatch(gap) is not None and bool(cited.steps)
        joined = cited.ends_range or not gap or citations.ROW.fullmatch(gap) is not None
    else:
        joined = not gap.strip(" ")
    if joined and not cited.before:
        row.members.append(cited)
        return True
    return False


def _joins_last(row: Row, cited: Member, gap: str, text: str) -> bool:
    last = row.members[-1]
    open_ended = (last.same or last.before) and not last.steps and not last.part
    if open_ended and not gap.strip(" ") and cited.steps:
        last.steps, last.end = cited.steps, cited.end
        return True
    if citations.RANGE.fullmatch(gap) and cited.steps and not last.last:
        last.last = cited.steps
        until = citations.UNTIL.match(text, cited.end)
        last.end = until.end() if until else cited.end
        return True
    behind_title = not gap and text[row.through - 1] == ")" and bool(cited.steps)
    if (citations.ROW.fullmatch(gap) and not cited.before) or behind_title:
        row.members.append(cited)
        return True
    return False


def _begin(match: re.Match[str], cited: Member | None, text: str) -> Row:
    start, end = match.span()
    if cited is not None:
        row = _bare_act(text, start) if cited.steps and cited.steps[0][0] == "article" else None
        row = row or Row(start, start, end)
        row.members.append(cited)
        _read_part(row, text)
        return row
    if match.lastgroup == "unit":
        return _bare_unit(text, start, end)
    if match.lastgroup == "law":
        return _act(match, text)
    if match.lastgroup == "same_law":
        return Row(start, end, end, "same_law", match["same_law"])
    if match.lastgroup == "this_law":
        return Row(start, end, end, "this_law")
    row = _bare_act(text, start)
    if row is None:
        return Row(start, end, end, "supplement")
    row.through = end
    return row


def _act(match: re.Match[str], text: str) -> Row:
    """「…법」, with the short name or the remark in parentheses behind it."""
    start, end = match.span()
    row = Row(start, end, end, "law", match["law"][1:-1])
    if text[end : end + 1] == "(":
        closes = text.find(")", end, end + _LONGEST_PARENTHESIS)
        alias = citations.ALIAS.match(text, end)
        if alias is not None:
            row.alias = alias[1]
        if closes > 0:
            row.through = closes + 1
    return row


def _bare_unit(text: str, start: int, end: int) -> Row:
    """별표 1 and 제3장 of this law, or of the Act whose name stands before."""
    row = _bare_act(text, start)
    if row is None:
        return Row(start, end, end, unit=text[start:end])
    row.members.append(Member(start, end))
    row.through = end
    return row


def _bare_act(text: str, start: int) -> Row | None:
    """The row of an Act that is named without 「」 right before `start`."""
    act = citations.ACT.search(text, max(0, start - _LONGEST_ACT), start)
    return Row(act.start(1), act.end(1), start, "act", act[1]) if act is not None else None


def _read_part(row: Row, text: str) -> None:
    """까지 behind the end of a range, then 단서, 후단, 각 호 … behind the last citation."""
    last = row.members[-1]
    if last.ends_range:
        until = citations.UNTIL.match(text, last.end)
        last.end = until.end() if until else last.end
    row.through = last.end
    part = citations.PART.match(text, last.end)
    if part is not None:
        last.part = re.sub(r"\s+", " ", part[1])
        row.through = part.end()
