"""The words of citations: 제3조제2항, 같은 조, 「민법」, 부칙, 별표 1 (see `rows` for how they join).

The grammar is that of 「법령 입안ㆍ심사 기준」: a citation is written without blanks (제3조제2항제1호), a
row is joined by 및, 또는, ㆍ or a comma, a range by 부터 … 까지 (older Acts: 내지), another Act stands
in 「」. Blanks inside a citation are read too, so that `lint` can name them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coalition.drafts.text import numbers

Level = Literal["article", "paragraph", "item", "subitem", "subsubitem"]
LEVELS: tuple[Level, ...] = ("article", "paragraph", "item", "subitem", "subsubitem")
Step = tuple[Level, tuple[int, ...]]

Prefix = Literal["", "law", "same_law", "act", "this_law", "supplement"]

_B = r"(?:의\d{1,4}){0,4}"
_ARTICLE = rf"제\s?(?P<article>\d{{1,5}})\s?조(?P<article_b>{_B})(?!약|합|직|사|치)"
_PARAGRAPH = r"제\s?(?P<paragraph>\d{1,4})\s?항(?P<paragraph_b>)(?!공|해)"
_ITEM = rf"제\s?(?P<item>\d{{1,4}})\s?호(?P<item_b>{_B})(?!기|선|서식|증)"
_SUBITEM = rf"(?P<subitem>[{numbers.SYLLABLES[:42]}])목(?P<subitem_b>{_B})(?!적|록|표|재|장|사|공|욕|축|초)"
_DEEPER = r"(?P<subsubitem>\d{1,3})\)(?P<subsubitem_b>)"


def _unnamed(pattern: str) -> str:
    return re.sub(r"\?P<\w+>", "", pattern)


def _chain() -> str:
    """제3조 with all that may follow, or beginning further down: 제2항제1호, 제1호가목, 가목."""
    parts = [_unnamed(part) for part in (_ARTICLE, _PARAGRAPH, _ITEM, _SUBITEM)]
    tails = [rf"(?:\s?{part})?" for part in parts[1:]] + [r"(?:\d{1,3}\))?"]
    heads = [parts[0], parts[1], parts[2], rf"(?<![가-힣]){parts[3]}"]
    return "|".join(head + "".join(tails[at:]) for at, head in enumerate(heads))


#: The look-ahead is no part of the grammar: it lets the search skip most characters at once.
TOKEN = re.compile(
    rf"(?=[제「같동이본전부별\"“{numbers.SYLLABLES[:42]}])(?:(?P<atom>{_chain()})"
    r"|(?P<law>「[^「」\n]{1,200}」)"
    r"|(?P<same_law>(?<![가-힣])(?:같은\s?법률?|동법)(?:\s?(?:시행령|시행규칙))?(?=[\s에의을과와상]|제))"
    r"|(?P<this_law>(?<![가-힣])(?:이\s법|본법)(?=[\s에의을은이과와]|$))"
    r"|(?P<same>(?<![가-힣])(?:같은\s?|동)(?P<same_unit>[조항호목])(?=[\s제가-하에의을은과와및]|$))"
    r"|(?P<before>(?<![가-힣])전(?P<count>\d{0,2})(?P<before_unit>[조항호])(?=[의에제및을를은과와ㆍ,\s]))"
    r"|(?P<supplement>부칙)"
    r"|(?P<unit>별표(?:\s?\d{1,3}(?:의\d{1,3})?)?"
    r"|(?:제\d{1,4}편\s?)?제\d{1,4}[장절관](?:의\d{1,3})?(?:\s?제\d{1,4}[절관](?:의\d{1,3})?)?|제\d{1,4}편)"
    r"|(?P<quoted>\"[^\"\n]{0,200}\"|“[^”\n]{0,200}”))"
)
_ATOM = re.compile(
    rf"(?:{_ARTICLE})?\s?(?:{_PARAGRAPH})?\s?(?:{_ITEM})?\s?(?:{_SUBITEM})?(?:{_DEEPER})?"
)
PART = re.compile(
    r"\s?(각\s?[호목]\s?외의\s?부분(?:\s?(?:본문|단서|전단|후단))?|각\s?호|각\s?목|본문|단서|전단|후단)"
)
#: What may stand between two members of a row …
ROW = re.compile(r"\s?(?:및|또는|와|과|이나|나|ㆍ|·|・|,)\s?(?:및|또는)?\s?")
#: … between the two ends of a range, and behind it.
RANGE = re.compile(r"\s?(?:부터|내지|∼|~)\s?")
UNTIL = re.compile(r"\s?까지")

_NAME_ENDS = r"법|법률|시행령|시행규칙|대통령령|조례|협정|협약|조약|헌장|정관|규칙|의정서"
#: An Act named without 「」 right before a citation: 형법 제30조, 같은 영 제3조, 법률 제9921호 부칙.
ACT = re.compile(
    rf"(?<![가-힣])((?!이 ?법)[가-힣ㆍ]{{0,30}}(?:{_NAME_ENDS})"
    r"|법률\s?제\s?\d{1,6}호(?:\s?「[^」]{1,60}」)?|같은 ?(?:영|규칙|조례))\s?$"
)
#: Numbers of Acts and forms, which are no 호 of anything: 법률 제1234호, 별지 제1호서식.
_OTHER_NUMBER = re.compile(
    r"(?:법률|령|조약|규칙|조례|고시|훈령|예규|공고|별지|헌법|호외|의안|명령)\s?$"
)
ALIAS = re.compile(r"\s?\((?:이하|약칭)[^()\"“]{0,40}[\"“]([^\"”]{1,40})[\"”]")


@dataclass(slots=True)
class Member:
    """One citation of a row: 제3항제2호, or a range with its `last` end.

    `start` and `end` frame its words without its `part` (단서, 각 호 …). `same` is the unit of 같은 조
    (항, 호, 목) before it, `before` that of 전조 or 전항 with its `count`. `ends_range` says that it
    is the far end of a range whose near end stands before a parenthesis.
    """

    start: int
    end: int
    steps: tuple[Step, ...] = ()
    last: tuple[Step, ...] = ()
    part: str | None = None
    same: str = ""
    before: str = ""
    count: int = 1
    ends_range: bool = False


def member(match: re.Match[str]) -> Member | None:
    """The citation that a match of `TOKEN` is, or None for a law's name, 부칙 or 별표."""
    kind = match.lastgroup
    start, end = match.span()
    if kind == "atom":
        return Member(start, end, steps(match.group()))
    if kind == "same":
        return Member(start, end, same=match["same_unit"])
    if kind == "before":
        return Member(start, end, before=match["before_unit"], count=int(match["count"] or 1))
    return None


def is_other_number(text: str, cited: Member) -> bool:
    """법률 제1234호 and 별지 제1호서식 look like 호."""
    if not cited.steps or cited.steps[0][0] != "item":
        return False
    return _OTHER_NUMBER.search(text, max(0, cited.start - 8), cited.start) is not None


@lru_cache(maxsize=4096)
def steps(atom: str) -> tuple[Step, ...]:
    """제3조제2항제1호 → (("article", (3,)), ("paragraph", (2,)), ("item", (1,)))."""
    match = _ATOM.match(atom)
    if match is None:
        return ()
    found: list[Step] = []
    for level in LEVELS:
        written = match[level]
        if written is None:
            continue
        num = numbers.SYLLABLE[written] if level == "subitem" else numbers.to_int(written)
        found.append((level, (num, *numbers.branches(match[f"{level}_b"]))))
    return tuple(found)
