"""부칙 「다른 법률의 개정」: lines that belong to another Act.

A provision that amends another Act quotes that Act's articles and items. Its lines are kept as the
text of the provision, never read as provisions of this law. This module tells where such a block
begins and where this law's own provisions go on.
"""

from __future__ import annotations

import re

from coalition.drafts.text import numbers
from coalition.drafts.text.markers import Marker

_TITLE = re.compile(r"다른(?:법률|법령)(?:등)?의(?:개정|폐지및개정|개폐|폐지ㆍ개정)")
_OWN_TITLE = re.compile(
    r"시행일|적용례|경과조치|특례|다른 ?법|폐지|준비|유효 ?기간|효력|존속|최초|설립|재검토|관한 ?조치|벌칙에"
)
_BEGINS = re.compile(r"(?:일부를|중|를|을)다음과같이(?:개정|고치|고친)(?:한다)?\.$")
_LEADS_IN = re.compile(r"(?:일부를|중)다음과같이(?:개정|고치|고친)(?:한다)?\.$")
_QUOTES = re.compile(
    r"다음과같이(?:한다|신설한다|개정한다|하고|하며|신설하고)[.,]?$|다음을신설한다\.$"
)
_DIRECTS = re.compile(r"(?:로한다|으로한다|삭제한다|신설한다|고친다|넣는다|생략)\.?$")
_OMITTED = re.compile(r"(?:생\s?략)\.?$")
_NUMBER = r"(?:제\d+조(?:의\d+){0,4}|[①-⑳㉑-㉟㊱-㊿]|<\d+>|\d{1,3}\.)"
_GAP = re.compile(
    rf"{_NUMBER}(?:\s*(?:부터|내지|까지|및|ㆍ|·|,|와|과|∼|~|-)\s*{_NUMBER})+\s*(?:까지)?\s*(?:생\s?략|삭\s?제)"
)
_ARTICLE = re.compile(r"제(\d+)조((?:의\d+){0,4})")
_WHOLE = r"(?:를|을|및|부터|와|과|[,ㆍ(])"
_TAIL = 60


def is_amending_title(title: str) -> bool:
    """제3조(다른 법률의 개정) and its older spellings."""
    compact = title.replace(" ", "")
    return _TITLE.search(compact) is not None and "조치" not in compact


def begins_block(pieces: list[str]) -> bool:
    """Whether the text so far ends in "… 일부를 다음과 같이 개정한다."."""
    return bool(pieces) and pieces[-1].endswith("다.") and bool(_BEGINS.search(_tail(pieces)))


def is_gap(words: str) -> bool:
    """`②부터 ⑤까지 생략`, `제2조 및 제3조 생략`, `제43조부터 제46조까지 삭제`: numbers left out."""
    return _GAP.match(words) is not None


def last_of_gap(words: str) -> tuple[int, ...]:
    """The last article of `제2조 내지 제7조 생략`, () for 항."""
    found = _ARTICLE.findall(words)
    return (numbers.to_int(found[-1][0]), *numbers.branches(found[-1][1])) if found else ()


class Block:
    """An open block of amendments, held by the provision `owner` (its marker)."""

    def __init__(self, owner: Marker) -> None:
        self.owner = owner
        self.announced = ""

    def read(self, pieces: list[str]) -> None:
        """Take note of the block's last line: does it announce a quotation, or end one?"""
        tail = _tail(pieces)
        if _LEADS_IN.search(tail):
            self.announced = ""
        elif _QUOTES.search(tail):
            self.announced = tail
        elif _DIRECTS.search(tail):
            self.announced = ""

    def _announces(self, marker: Marker) -> bool:
        """Whether the quotation announced last is of this very article: 제4조를 다음과 같이 한다."""
        if marker.kind != "article" or not self.announced:
            return False
        return re.search(marker.label + _WHOLE, self.announced) is not None

    def ends_at(self, marker: Marker, title: str, words: str) -> bool:
        """Whether this marker is the law's own next provision and not one of another Act."""
        if marker.kind in ("supplement", "annex"):
            return True
        if self._announces(marker):
            self.announced = self.announced.replace(marker.label, "")
            return False
        if self.owner.kind == "paragraph" and marker.kind == "article":
            return not self.announced
        if marker.kind != self.owner.kind:
            return False
        if not numbers.follows(self.owner.number, marker.number):
            return False
        if _OMITTED.search(words[-8:]):
            return True
        if marker.kind == "article" and not title:
            return False
        return not self.announced or _OWN_TITLE.search(title) is not None


def _tail(pieces: list[str]) -> str:
    tail = pieces[-1][-_TAIL:] if pieces else ""
    if len(tail) < _TAIL and len(pieces) > 1:
        tail = pieces[-2][-_TAIL:] + tail
    return tail.replace(" ", "")
