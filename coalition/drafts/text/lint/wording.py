"""L18 and L20: plain words, one set of signs."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_word
from coalition.drafts.text.words import Words, written_of

_B = r"(?<![가-힣])"
#: Words that 알기 쉬운 법령 정비기준 replaces, where nothing else can be meant.
_PLAIN = (
    (re.compile(rf"{_B}당해(?=[\s가-힣])(?!년|연도)"), "당해", "해당"),
    (re.compile(rf"{_B}기타(?=\s)"), "기타", "그 밖의"),
    (re.compile(r"(?<=[조항호목\d]) ?내지 ?(?=제?\d|[가-하]목)"), "내지", "부터 … 까지"),
    (re.compile(r"에 있어서(?:는|도|의)?(?=\s)"), "에 있어서", "에서"),
    (
        re.compile(rf"{_B}(?:동법|동조|동항|동호)(?=[\s제에의을과와,])"),
        "동법ㆍ동조",
        "같은 법, 같은 조",
    ),
    (re.compile(rf"{_B}익(?:일|월|년|년도)(?=[\s까에의을부])"), "익일", "다음 날"),
    (re.compile(r"에 의거(?:하여|한)?"), "에 의거", "에 따라"),
    (re.compile(rf"{_B}(?:여하한|제반)(?=\s)"), "여하한ㆍ제반", "어떠한, 여러"),
    (re.compile(r"하고자 (?:하는|할|한다)"), "하고자 하는", "하려는"),
    (re.compile(rf"{_B}(?:필히|공히|수시로이)(?=\s)"), "필히ㆍ공히", "반드시, 모두"),
)
_DOUBLE_NEGATION = re.compile(
    r"(?:하지|되지|지) ?(?:아니하|않으)면 ?(?:아니|안) ?된다|지 (?:아니|않을) ?할? ?수 없다|없지 (?:아니|않)"
)
_DOTS = {"ㆍ": "U+318D", "·": "U+00B7", "・": "U+30FB", "･": "U+FF65"}
_WAVES = {"∼": "U+223C", "~": "U+007E", "～": "U+FF5E"}
_BRACKETS = re.compile(r"[「」『』]")
_BLANKS = re.compile(r"(?<=\S) {2,}(?=\S)")


def plain_words(draft: Draft) -> Iterator[Diagnostic]:
    """L18: words that plain legal Korean no longer uses, and double negation."""
    for words in draft.words:
        for pattern, old, new in _PLAIN:
            match = pattern.search(words.text)
            if match is not None:
                message = f"「{old}」 대신 「{new}」처럼 쉬운 말을 쓰세요."
                yield at_word(words, match.start(), "L18", Level.WARNING, message)
        match = _DOUBLE_NEGATION.search(words.text)
        if match is not None:
            message = "이중부정입니다. 「…하여야 한다」처럼 바로 쓰세요."
            yield at_word(words, match.start(), "L18", Level.WARNING, message)


def signs(draft: Draft) -> Iterator[Diagnostic]:
    """L20: 「」 in pairs, one 가운뎃점, one 물결표, one pair of quotation marks, single blanks."""
    written = [written_of(words.node) for words in draft.words]
    yield from _mixed(written, _DOTS, "가운뎃점이")
    yield from _mixed(written, _WAVES, "물결표가")
    yield from _mixed_quotes(written)
    for words in written:
        at = _unpaired(words.text)
        if at is not None:
            message = f"「{words.text[at]}」의 짝이 없습니다. 낫표를 열고 닫으세요."
            yield at_word(words, at, "L20", Level.INFO, message)
        blanks = _BLANKS.search(words.text)
        if blanks is not None:
            message = "빈칸이 둘 이상 이어집니다. 하나만 두세요."
            yield at_word(words, blanks.start(), "L20", Level.INFO, message)


def _mixed(written: list[Words], forms: dict[str, str], name: str) -> Iterator[Diagnostic]:
    """Every unit with a form other than the one used most (the first, when equal)."""
    used: Counter[str] = Counter()
    for words in written:
        for sign in forms:
            used[sign] += words.text.count(sign)
    present = [sign for sign in forms if used[sign]]
    if len(present) < 2:
        return
    first = {sign: _first_unit(written, sign) for sign in present}
    usual = max(present, key=lambda sign: (used[sign], -first[sign]))
    for words in written:
        found = [(words.text.find(sign), sign) for sign in present if sign != usual]
        at, sign = min(((at, sign) for at, sign in found if at >= 0), default=(-1, ""))
        if at >= 0:
            message = (
                f"{name} 섞였습니다. 여기서는 {sign}({forms[sign]}), 다른 곳에서는 "
                f"{usual}({forms[usual]})입니다. 한 글자로 통일하세요."
            )
            yield at_word(words, at, "L20", Level.INFO, message)


def _first_unit(written: list[Words], sign: str) -> int:
    return next(position for position, words in enumerate(written) if sign in words.text)


def _mixed_quotes(written: list[Words]) -> Iterator[Diagnostic]:
    straight = sum(words.text.count('"') for words in written)
    curly = sum(words.text.count("“") + words.text.count("”") for words in written)
    if not straight or not curly:
        return
    rare = "“”" if curly <= straight else '"'
    for words in written:
        places = [words.text.find(sign) for sign in rare if sign in words.text]
        if places:
            message = '따옴표가 섞였습니다. " "와 “ ” 가운데 한 가지만 쓰세요.'
            yield at_word(words, min(places), "L20", Level.INFO, message)


def _unpaired(text: str) -> int | None:
    """Where the first 낫표 without a partner stands."""
    open_at: list[tuple[str, int]] = []
    for match in _BRACKETS.finditer(text):
        sign = match.group()
        if sign in "「『":
            open_at.append((sign, match.start()))
        elif not open_at or open_at[-1][0] != {"」": "「", "』": "『"}[sign]:
            return match.start()
        else:
            open_at.pop()
    return open_at[0][1] if open_at else None
