"""The personal-data gate: what in a text looks like a citizen's number or address, and what follows from it.

Numbers that identify for life stop the text (「개인정보 보호법」 제24조, 제24조의2); ways to reach somebody are
a warning that a person has to look at. Nothing here keeps, prints or logs what was found: a Hit is a
kind and a position.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    """What follows from a hit."""

    STOP = "stop"
    WARN = "warn"


@dataclass(frozen=True, slots=True)
class Hit:
    """A stretch of a text that looks like personal data. `kind` is what it looks like, in Korean."""

    kind: str
    level: Level
    start: int
    end: int

    @property
    def reason(self) -> str:
        """Why the text is stopped or held, without what it says."""
        return f"{self.kind}로 보이는 글이 있습니다."


# One sign for one: positions in the changed text are positions in the text.
_LIKE = str.maketrans(
    "０１２３４５６７８９‐‑‒–—―−－﹣\u00a0\u2007\u202f．＠", "0123456789---------   .@"
)
_CHECK = (2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5)
# From this day on the last six digits of a new 주민등록번호 are random (「주민등록법 시행규칙」 제2조).
_RANDOM_SINCE = dt.date(2020, 10, 5)
_BIRTH_CENTURIES = {"9": 18, "0": 18, "1": 19, "2": 19, "5": 19, "6": 19}


def find_personal_data(text: str) -> list[Hit]:
    """Every stretch that looks like personal data, in the order of the text; no two overlap.

    Where a number can be read in two ways the one that stops counts, then the longer.
    """
    like = text.translate(_LIKE)
    found = [hit for pattern, judge in _RULES for hit in _hits(pattern, judge, like)]
    kept: list[Hit] = []
    for hit in sorted(found, key=lambda h: (h.level != Level.STOP, h.start - h.end, h.start)):
        if all(hit.end <= other.start or hit.start >= other.end for other in kept):
            kept.append(hit)
    return sorted(kept, key=lambda h: h.start)


def stops(text: str) -> list[Hit]:
    """The hits for which the text may not be taken at all."""
    return [hit for hit in find_personal_data(text) if hit.level is Level.STOP]


def _hits(pattern: re.Pattern[str], judge: _Judge, text: str) -> Iterator[Hit]:
    for match in pattern.finditer(text):
        verdict = judge(match)
        if verdict is not None:
            kind, level = verdict
            start, end = match.span("it")
            yield Hit(kind, level, start, end)


_Verdict = tuple[str, Level] | None
_Judge = Callable[[re.Match[str]], _Verdict]


def _registration(match: re.Match[str]) -> _Verdict:
    """주민등록번호 and 외국인등록번호: a day of birth, and a check digit unless it was given out without."""
    front, back = match["front"], match["back"]
    digits, sort = front + back, back[0]
    born = _birth(front, sort)
    if born is None:
        return None
    total = sum(int(d) * w for d, w in zip(digits, _CHECK, strict=False))
    foreign = sort in "5678"
    last = (13 - total % 11) % 10 if foreign else (11 - total % 11) % 10
    kind = "외국인등록번호" if foreign else "주민등록번호"
    if last == int(digits[-1]) or (match["gap"] and born >= _RANDOM_SINCE):
        return kind, Level.STOP
    # Wrongly typed, or changed since 2020: 13 digits with a hyphen in that place are hardly anything else.
    return (kind, Level.WARN) if match["gap"] else None


def _birth(front: str, sort: str) -> dt.date | None:
    century = _BIRTH_CENTURIES.get(sort, 20)
    try:
        return dt.date(century * 100 + int(front[:2]), int(front[2:4]), int(front[4:]))
    except ValueError:
        return None


def _card(match: re.Match[str]) -> _Verdict:
    """A payment card: a number of a known first digit whose check digit is right (ISO/IEC 7812, Luhn)."""
    digits = [int(d) for d in match["it"] if d.isdigit()]
    doubled = sum(sum(divmod(2 * d, 10)) for d in digits[-2::-2])
    if len(set(digits)) > 1 and (doubled + sum(digits[-1::-2])) % 10 == 0:
        return "카드번호", Level.STOP
    return None


def _email(match: re.Match[str]) -> _Verdict:
    """An office's address is no personal data; a person's is."""
    host = match["host"].lower()
    return None if host.endswith((".go.kr", ".or.kr")) else ("개인 전자우편 주소", Level.WARN)


def _always(kind: str, level: Level) -> _Judge:
    return lambda match: (kind, level)


_BEFORE, _AFTER = r"(?<![0-9A-Za-z])(?<!\d-)", r"(?![0-9A-Za-z])(?!-\d)"
_REGIONS = "서울|부산|대구|인천|광주|대전|울산|경기|강원|충북|충남|전북|전남|경북|경남|제주"
_BANKS = (
    "계좌|입금|송금|국민|신한|우리은행|하나은행|농협|기업은행|카카오뱅크"
    "|토스|케이뱅크|새마을금고|신협|우체국|수협|광주은행"
)
_RULES: tuple[tuple[re.Pattern[str], _Judge], ...] = (
    (
        re.compile(
            rf"{_BEFORE}(?P<it>(?P<front>\d{{6}})(?P<gap>\s?[-~.]\s?|\s)?(?P<back>\d{{7}})){_AFTER}"
        ),
        _registration,
    ),
    (
        re.compile(rf"{_BEFORE}(?P<it>[MSRODG]\d{{8}}|M\d{{3}}[A-Z]\d{{4}}){_AFTER}"),
        _always("여권번호", Level.STOP),
    ),
    (
        re.compile(
            rf"{_BEFORE}(?P<it>(?:(?:1[1-9]|2[0-8])|(?:{_REGIONS}) ?\d\d)[- ]\d\d[- ]\d{{6}}[- ]\d\d"
            rf"|(?:{_REGIONS}) ?\d\d[- ]\d{{6}}[- ]\d\d){_AFTER}"
        ),
        _always("운전면허번호", Level.STOP),
    ),
    (
        re.compile(
            rf"{_BEFORE}(?P<it>[3-69]\d{{3}}(?P<sep>[- ]?)\d{{4}}(?P=sep)\d{{4}}(?P=sep)\d{{1,7}}"
            rf"|3[47]\d\d[- ]?\d{{6}}[- ]?\d{{5}}){_AFTER}"
        ),
        _card,
    ),
    (
        re.compile(
            rf"{_BEFORE}(?P<it>(?:\+?82[- ]?0?|0)1[016789][-. )]{{0,2}}\d{{3,4}}[-. ]{{0,2}}\d{{4}}){_AFTER}"
        ),
        _always("휴대전화 번호", Level.WARN),
    ),
    (
        re.compile(
            rf"(?:{_BANKS})[^\d\n]{{0,12}}(?P<it>\d{{2,6}}(?:[- ]\d{{2,7}}){{1,3}}|\d{{10,14}}){_AFTER}"
        ),
        _always("계좌번호", Level.WARN),
    ),
    (
        re.compile(
            r"(?P<it>[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?P<host>[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}))"
        ),
        _email,
    ),
)
