"""What a line begins with: 제3조(정의), ②, 8의2., 가., 1), 부칙, [별표 1], [전문개정 …].

The shape of the marker decides, never indentation. Whether a line that looks like a marker really
is one (and not a wrapped line that happens to begin so) is for `accept` to say.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from coalition.drafts.text import numbers
from coalition.drafts.text.tree import Kind

#: Depth of each kind; a marker closes everything open at its own depth or below.
RANK: dict[str, int] = {
    "bill": 0,
    "supplement": 1,
    "annex": 1,
    "part": 2,
    "chapter": 3,
    "section": 4,
    "subsection": 5,
    "article": 7,
    "paragraph": 8,
    "note": 9,
    "item": 10,
    "subitem": 11,
    "subsubitem": 12,
}
#: 민법 alone divides 관 into headed 항 (제1항 협의상 파양): a subsection one step deeper.
RANK_OF_HEADED_PARAGRAPH = 6

_UNITS: dict[str, Kind] = {
    "편": "part",
    "장": "chapter",
    "절": "section",
    "관": "subsection",
    "조": "article",
}

_HEAD = re.compile(r"제\s?(\d{1,9})\s?(편|장|절|관|조)((?:의\d{1,9}){0,4})")
_HEADED_PARAGRAPH = re.compile(r"제(\d{1,3})항 ([^.]{1,60})$")
_PARAGRAPH = re.compile(r"([①-⑳㉑-㉟㊱-㊿])((?:의\d{1,3}){0,3})\s*|<(\d{1,3})>\s*")
_ITEM = re.compile(r"(\d{1,3})((?:의\d{1,3}){0,3})\s?[.．](?!\d)\s*")
_SUBITEM = re.compile(r"([가-힣])((?:의\d{1,3})?)\s?[.．]\s*")
_DEEPER = re.compile(
    r"(?:(?P<a>\d{1,3})\)|(?P<b>[가-힣])\)|\((?P<c>\d{1,3})\)|\((?P<d>[가-힣])\))((?:의\d{1,3})?)\s*"
)
_SUPPLEMENT = re.compile(r"부\s*칙\s*(?=$|[(（<〈\[])")
_ANNEX = re.compile(
    r"(?P<open>[\[【<〈])?\s*(?P<name>별\s?표|별지)\s*(?:제\s?)?(?P<num>\d{1,3})?(?P<unit>호의?\s?\d*\s?서식)?"
    r"(?P<branch>(?:의\s?\d{1,3}){0,2})\s*(?P<close>[\]】>〉])?\s*"
)
_NOTE = re.compile(
    r"\[\s*(?:전문\s?개정|일부\s?개정|본조\s?신설|본조\s?삭제|제목\s?개정|본항|종전|시행일|유효\s?기간|법률\s*제"
    r"|제\s?\d+조(?:의\d+)?(?:에서|로|은|는)|단순\s?위헌|위헌|헌법\s?불합치|한정\s?위헌|한정\s?합헌"
    r"|\d{4}\.\s?\d|\d{2,4}\s?헌|대법원|전부\s?개정|[^\[\]]{0,30}에서 이동|[^\[\]]{0,30}로 이동)"
)
OPENING = "(（【〔"
_BRACKETS = re.compile(r"[()（）【】〔〕]")


@dataclass(slots=True)
class Marker:
    """A marker as read at the start of a line.

    `end` is where the text after it begins. `shape` tells the four forms of 세목 apart. `opens` is
    where a title's bracket opens (-1 without one); its end is found later, it may be on a line
    further down.
    """

    kind: Kind
    rank: int
    num: int | None
    branch: tuple[int, ...]
    label: str
    end: int
    shape: int = 0
    opens: int = -1
    title: str = ""

    @property
    def number(self) -> tuple[int, ...]:
        return () if self.num is None else (self.num, *self.branch)


#: `[시행일] 다음 각 호의 …`: a note may list 호 of its own.
NOTE = Marker("note", RANK["note"], None, (), "", 0)
#: `제2조부터 제7조까지 생략`: a note too, but the law goes on behind it.
GAP = Marker("note", 99, None, (), "", 0)


def read(words: str) -> Marker | None:
    """The marker that `words` (a line without surrounding blanks) begins with, if any."""
    reader = _READERS.get(words[0])
    if reader is not None:
        return reader(words)
    if "가" <= words[0] <= "힣":
        return _subitem(words)
    return None


def _head(words: str) -> Marker | None:
    match = _HEAD.match(words)
    if match is None:
        return _headed_paragraph(words)
    num = numbers.to_int(match[1])
    branch = numbers.branches(match[3])
    kind = _UNITS[match[2]]
    label = f"제{num}{match[2]}{numbers.branch_text(branch)}"
    rest = match.end()
    while rest < len(words) and words[rest] == " ":
        rest += 1
    if kind == "article":
        opens = rest if rest < len(words) and words[rest] in OPENING else -1
        if opens < 0 and rest == match.end() and rest < len(words):
            return None
        return Marker(kind, RANK[kind], num, branch, label, rest, opens=opens)
    if rest == match.end() and rest < len(words):
        return None
    return Marker(kind, RANK[kind], num, branch, label, rest)


def _headed_paragraph(words: str) -> Marker | None:
    match = _HEADED_PARAGRAPH.match(words)
    if match is None:
        return None
    num = numbers.to_int(match[1])
    return Marker("subsection", RANK_OF_HEADED_PARAGRAPH, num, (), f"제{num}항", match.start(2))


def _paragraph(words: str) -> Marker | None:
    match = _PARAGRAPH.match(words)
    if match is None:
        return _annex(words)
    num = numbers.to_int(match[3]) if match[3] else numbers.CIRCLED[match[1]]
    branch = numbers.branches(match[2] or "")
    label = f"제{num}항{numbers.branch_text(branch)}"
    return Marker("paragraph", RANK["paragraph"], num, branch, label, match.end())


def _numbered(words: str) -> Marker | None:
    match = _ITEM.match(words)
    if match is None:
        return _deeper(words)
    num = numbers.to_int(match[1])
    branch = numbers.branches(match[2])
    label = f"제{num}호{numbers.branch_text(branch)}"
    return Marker("item", RANK["item"], num, branch, label, match.end())


def _subitem(words: str) -> Marker | None:
    match = _SUBITEM.match(words)
    if match is None:
        return _deeper(words)
    num = numbers.SYLLABLE.get(match[1])
    if num is None:
        return None
    branch = numbers.branches(match[2])
    label = f"{match[1]}목{numbers.branch_text(branch)}"
    return Marker("subitem", RANK["subitem"], num, branch, label, match.end())


def _deeper(words: str) -> Marker | None:
    match = _DEEPER.match(words)
    if match is None:
        return None
    shape, sign = next((form, sign) for form, sign in enumerate(match.groups()) if sign)
    num = numbers.to_int(sign) if sign.isdigit() else numbers.SYLLABLE.get(sign)
    if num is None:
        return None
    branch = numbers.branches(match[5])
    label = (f"({sign})" if shape > 1 else f"{sign})") + numbers.branch_text(branch)
    return Marker("subsubitem", RANK["subsubitem"], num, branch, label, match.end(), shape)


def _supplement_or_subitem(words: str) -> Marker | None:
    match = _SUPPLEMENT.match(words)
    if match is None:
        return _subitem(words)
    opens = match.end() if words[match.end() : match.end() + 1] in ("(", "（") else -1
    return Marker("supplement", RANK["supplement"], None, (), "부칙", match.end(), opens=opens)


def _annex(words: str) -> Marker | None:
    match = _ANNEX.match(words)
    if match is None:
        return None
    bracketed = match["open"] is not None and match["close"] is not None
    rest = words[match.end() :]
    if not bracketed and (match["open"] or match["close"] or (rest and rest[0] not in "(（<〈")):
        return None
    num = numbers.to_int(match["num"]) if match["num"] else None
    branch = numbers.branches(match["branch"])
    label = "별표" if "표" in match["name"] else "별지"
    if num is not None:
        unit = re.sub(r"\s", "", match["unit"] or "")
        number = f"제{num}{unit}" if unit else f"{num}"
        label = f"{label} {number}{numbers.branch_text(branch)}"
    return Marker("annex", RANK["annex"], num, branch, label, match.end())


def _bracketed(words: str) -> Marker | None:
    annex = _annex(words)
    if annex is not None:
        return annex
    if _NOTE.match(words) is None:
        return None
    return NOTE


def _parenthesised(words: str) -> Marker | None:
    return _deeper(words)


def closing(words: str, opens: int) -> int:
    """Where the bracket opened at `opens` is closed again, or -1."""
    depth = 0
    for match in _BRACKETS.finditer(words, opens):
        depth += 1 if match.group() in OPENING else -1
        if depth == 0:
            return match.start()
    return -1


_READERS = {
    "제": _head,
    "부": _supplement_or_subitem,
    "별": _annex,
    "[": _bracketed,
    "【": _annex,
    "(": _parenthesised,
    "<": _paragraph,
    "〈": _annex,
    **dict.fromkeys("0123456789", _numbered),
    **dict.fromkeys(numbers.CIRCLED, _paragraph),
}
