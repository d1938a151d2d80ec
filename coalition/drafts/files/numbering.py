"""Automatic numbers: what a word processor paints before a paragraph although it is not in its text.

Law text lives by its numbers, so they are written out where their definition is known; where it is not,
the loss is said. Counting follows Word and 한글: a definition counts on through the document, a paragraph
of one level begins the levels below it anew.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from coalition.drafts.files.law_file import Note
from coalition.drafts.text import numbers

#: Hancom paints ㄱ to ㅎ without the doubled ones.
_JAMO = "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"),
    (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)  # fmt: skip
_SINO = "영일이삼사오육칠팔구"
_HANJA = "〇一二三四五六七八九"


def roman(number: int) -> str:
    written = ""
    for value, sign in _ROMAN:
        while number >= value:
            written, number = written + sign, number - value
    return written


def latin(number: int) -> str:
    """a, …, z, aa, bb, as Word counts."""
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def jamo(number: int) -> str:
    return _JAMO[(number - 1) % 14] * ((number - 1) // 14 + 1)


def sino(number: int, digits: str = _SINO, tens: str = "십") -> str:
    """일, 이, …, 십일; up to 99, which no list exceeds."""
    if number > 99:
        return str(number)
    ten, one = divmod(number, 10)
    return (digits[ten] if ten > 1 else "") + (tens if ten else "") + (digits[one] if one else "")


def _run(first: str, length: int) -> Callable[[int], str]:
    """A run of signs in Unicode: ⒈ ⓐ ㉮; beyond its end the number in brackets."""
    return lambda n: chr(ord(first) + n - 1) if n <= length else f"({n})"


#: How each kind of number is written. The left names are those of OOXML, the right those of OWPML.
WRITTEN: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(("decimal", "DIGIT"), str),
    "decimalZero": lambda n: f"{n:02d}",
    "decimalFullWidth": lambda n: str(n).translate(
        {ord("0") + digit: ord("０") + digit for digit in range(10)}
    ),
    **dict.fromkeys(
        ("decimalEnclosedCircle", "decimalEnclosedCircleChinese", "CIRCLED_DIGIT"), numbers.circled
    ),
    "decimalEnclosedParen": _run("⑴", 20),
    "decimalEnclosedFullstop": _run("⒈", 20),
    **dict.fromkeys(("ganada", "HANGUL_SYLLABLE"), numbers.syllable),
    **dict.fromkeys(("chosung", "HANGUL_JAMO"), jamo),
    "CIRCLED_HANGUL_SYLLABLE": _run("㉮", 14),
    "CIRCLED_HANGUL_JAMO": _run("㉠", 14),
    **dict.fromkeys(("koreanCounting", "HANGUL_PHONETIC"), sino),
    "koreanDigital": lambda n: "".join(_SINO[int(digit)] for digit in str(n)),
    **dict.fromkeys(("ideographDigital", "IDEOGRAPH"), lambda n: sino(n, _HANJA, "十")),
    **dict.fromkeys(("upperRoman", "ROMAN_CAPITAL"), roman),
    **dict.fromkeys(("lowerRoman", "ROMAN_SMALL"), lambda n: roman(n).lower()),
    **dict.fromkeys(("upperLetter", "LATIN_CAPITAL"), lambda n: latin(n).upper()),
    **dict.fromkeys(("lowerLetter", "LATIN_SMALL"), latin),
    "CIRCLED_LATIN_CAPITAL": _run("Ⓐ", 26),
    "CIRCLED_LATIN_SMALL": _run("ⓐ", 26),
    "none": lambda _: "",
}


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a definition is painted. `pattern` holds the numbers of levels as {0}, {1}, …

    `restart_after` is the lowest level (from 0) whose paragraph begins this one anew; -1 means never.
    """

    kind: str
    pattern: str
    start: int = 1
    joiner: str = " "
    restart_after: int | None = None
    plain_digits: bool = False


@dataclass(slots=True)
class Definition:
    """A list definition: its levels, and how far it has counted.

    Where a paragraph skips a level (제1조, then 호 without 항), 한글 counts the level that was left out
    (`counts_skipped`), Word does not.
    """

    levels: dict[int, Level]
    counts: dict[int, int] = field(default_factory=dict)
    counts_skipped: bool = False

    def next(self, depth: int) -> str | None:
        """The painted number of the next paragraph at this depth; None when it can't be told."""
        level = self.levels.get(depth)
        if level is None:
            return None
        for above in range(depth) if self.counts_skipped else ():
            if above in self.levels:
                self.counts.setdefault(above, self.levels[above].start)
        self.counts[depth] = self.counts.get(depth, level.start - 1) + 1
        for below in [key for key in self.counts if key > depth]:
            lower = self.levels.get(below)
            bound = (
                below - 1 if lower is None or lower.restart_after is None else lower.restart_after
            )
            if depth <= bound:
                del self.counts[below]
        return self._painted(level)

    def restart(self, depth: int, start: int) -> None:
        """A list that uses this definition begins anew with `start`."""
        self.counts[depth] = start - 1

    def _painted(self, level: Level) -> str | None:
        parts: dict[str, str] = {}
        for written in set(re.findall(r"\{(\d)\}", level.pattern)):
            at = int(written)
            shown = self.levels.get(at)
            count = self.counts.get(at, shown.start if shown else 1)
            kind = "decimal" if level.plain_digits else (shown.kind if shown else "")
            write = WRITTEN.get(kind)
            if write is None or count < 1:
                return None
            parts[written] = write(count)
        return re.sub(r"\{(\d)\}", lambda match: parts[match[1]], level.pattern)


def joined(number: str, joiner: str, text: str) -> str:
    """The number before its text as law text has it: 제1조(목적) without a blank, ① 이 법은 with one."""
    if not number:
        return text
    text = text.lstrip(" \t")
    if number.rstrip().endswith("조") and text.startswith("("):
        return number.rstrip() + text
    return f"{number.rstrip()}{' ' if joiner and text else ''}{text}"


#: Word has nine levels, 한글 ten.
DEEPEST = 10


@dataclass(slots=True)
class Tally:
    """Which lines got a number written out, and which lost one; told once per list, not per line."""

    made: dict[str, list[tuple[int, str]]] = field(default_factory=dict)
    lost: dict[str, list[int]] = field(default_factory=dict)
    bullets: list[int] = field(default_factory=list)

    def note_made(self, source: str, line: int, number: str) -> None:
        self.made.setdefault(source, []).append((line, number))

    def note_lost(self, source: str, line: int) -> None:
        self.lost.setdefault(source, []).append(line)

    def notes(self) -> list[Note]:
        told = [
            Note(
                found[0][0],
                f"자동 번호 {len(found)}개({few([number for _, number in found])})는 글자가 아니어서 "
                f"번호 모양을 보고 글자로 적었습니다({few([f'{line}행' for line, _ in found])}).",
                "번호가 원래 문서와 같은지 확인하세요.",
            )
            for found in self.made.values()
        ]
        told += [
            Note(
                lines[0],
                f"자동 번호 {len(lines)}개는 글자가 아니고 번호 모양도 알 수 없어 빠졌습니다"
                f"({few([f'{line}행' for line in lines])}).",
                "그 줄 앞에 번호를 손으로 적으세요.",
            )
            for lines in self.lost.values()
        ]
        if self.bullets:
            told.append(
                Note(
                    self.bullets[0],
                    f"글머리표 {len(self.bullets)}개를 뺐습니다"
                    f"({few([f'{line}행' for line in self.bullets])}).",
                    "법문의 호나 목이면 번호를 적으세요.",
                )
            )
        return told


def few(all_of_them: list[str]) -> str:
    """The first five, and a sign that there are more."""
    shown = [each.strip() for each in all_of_them[:5]]
    return ", ".join(shown) + (" …" if len(all_of_them) > 5 else "")
