"""What is written in signs rather than in words: provision numbers, figures, Latin abbreviations.

A morphological analyser takes 제12조의2 apart and would find 제1조 in 제10조; here such a sign is one term.
Terms consist of `[0-9a-z가-힣ㄱ-ㅎ]` only, so that every engine splits them alike: the point of a decimal
number is written ㅈ (v0.3 → v0ㅈ3), which no text has between two digits.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

# 「법령 입안 심사 기준」: 조 may carry 의N more than once; the branch of 호 stands behind it too. A blank
# before 의2 is taken only where nothing else can be meant (제3조의 2가지 is two kinds of something).
_ARTICLE = r"제\s?\d{1,4}\s?조(?:의\d{1,3}|의\s\d{1,3}(?=$|[\s).,제]))*"
_BELOW = r"제\s?\d{1,3}\s?(?:항|호(?:의\d{1,3})*)"
_SUBITEM = (
    r"(?:(?<![가-힣])|(?<=호))[가나다라마바사아자차카타파하]목(?=$|[^가-힣]|[의에과와은는이을를및])"
)
_HEADING = r"제\s?\d{1,3}\s?(?:편|장|절|관)(?![가-힣]{2})"
_ANNEX = r"별표\s?\d{1,3}(?:의\d{1,2})?"
_PART = re.compile("|".join((_ARTICLE, _BELOW, _SUBITEM, _HEADING, _ANNEX)))
_RUN = re.compile(rf"(?:{_PART.pattern})(?:\s?(?:{_PART.pattern})){{0,3}}")  # 조·항·호·목
# What each of them begins with: to look for this alone takes a fifth of the time.
_CUE = re.compile(r"제\s?\d|별표\s?\d|[가나다라마바사아자차카타파하]목")
_ALONE = re.compile(r"(?<![\d.,가-힣])(\d{1,3})조(의\d{1,3})?(?=$|\s(?!원)|제\d)")

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|(?<![\w.+-])[\w.+-]+@[\w-]+\.[\w.]+")
_LETTER = re.compile(r"[a-z]")
_LATIN = re.compile(r"(?<![0-9])[0-9]*[a-z][a-z0-9]*(?:[.&'’-][a-z0-9]+)*")
_FIGURE = re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)*")
_OUTSIDE = re.compile(r"[^0-9a-z가-힣ㄱ-ㅎ]")
_POINT = re.compile(r"(?<=\d)\.(?=\d)")


class Sign(NamedTuple):
    """One sign in a text. `term` is empty for what is not searched (an e-mail address)."""

    term: str
    start: int
    end: int
    kind: str  # code, latin, figure, address
    parts: tuple[tuple[str, int, int], ...] = ()


@lru_cache(maxsize=65_536)
def plain_term(text: str) -> str:
    """`text` with nothing but the characters that terms are made of."""
    return _OUTSIDE.sub("", _POINT.sub("ㅈ", text))


def find_signs(text: str, *, asked: bool = False) -> list[Sign]:
    """The signs of a cleaned text, in order and without overlap.

    With `asked` the text is a question: then 17조 alone means 제17조. In running text it does not, since
    3조 원 is a sum of money.
    """
    found: list[Sign] = []
    taken = bytearray(len(text))
    for sign in _all(text, asked=asked):
        start, end = sign.start, sign.end
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\1" * (end - start)
            found.append(sign)
    return sorted(found, key=lambda sign: sign.start)


def _all(text: str, *, asked: bool) -> Iterator[Sign]:
    """Every kind in the order of its claim to a stretch of text."""
    if "@" in text or "://" in text or "www." in text:
        yield from (Sign("", m.start(), m.end(), "address") for m in _ADDRESS.finditer(text))
    for match in _runs(text):
        parts = tuple(
            (_code(m.group()), m.start(), m.end())
            for m in _PART.finditer(text, match.start(), match.end())
        )
        term = "".join(term for term, _, _ in parts)
        yield Sign(term, match.start(), match.end(), "code", parts if len(parts) > 1 else ())
    if asked:
        for match in _ALONE.finditer(text):
            yield Sign(_code(f"제{match.group()}"), match.start(), match.end(), "code")
    latin = (("latin", _LATIN),) if _LETTER.search(text) else ()
    for kind, pattern in (*latin, ("figure", _FIGURE)):
        for match in pattern.finditer(text):
            term = plain_term(match.group().replace(",", ""))
            yield Sign(term, match.start(), match.end(), kind)


def _runs(text: str) -> Iterator[re.Match[str]]:
    """Provision numbers with the 항, 호 and 목 written behind them: `_RUN.finditer`, but faster."""
    end = 0
    for cue in _CUE.finditer(text):
        if cue.start() >= end and (match := _RUN.match(text, cue.start())):
            end = match.end()
            yield match


def _code(written: str) -> str:
    """`제 012 조의 2` → `제12조의2`."""
    return re.sub(r"(?<!\d)0+(?=\d)", "", re.sub(r"\s", "", written))


def is_code(term: str) -> bool:
    """Whether a term is a provision number: it is then never taken for something alike."""
    return term[:1] in "제별" and any(c.isdigit() for c in term)
