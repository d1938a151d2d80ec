"""Numbers as Korean statutes write them: ① to ㊿, 가ㆍ나ㆍ다, 제5조의2."""

from __future__ import annotations

import re

_CIRCLED_RUNS = (("①", 1, 20), ("㉑", 21, 15), ("㊱", 36, 15))
CIRCLED: dict[str, int] = {
    chr(ord(first) + step): start + step
    for first, start, length in _CIRCLED_RUNS
    for step in range(length)
}
_CIRCLED_OF = {number: sign for sign, number in CIRCLED.items()}

#: 목: 가 to 하, then the same consonants with ㅓ, ㅗ, ㅜ, ㅡ, ㅣ (법령 입안ㆍ심사 기준: 가–하 다음 거–허).
_ROWS = (
    "가나다라마바사아자차카타파하",
    "거너더러머버서어저처커터퍼허",
    "고노도로모보소오조초코토포호",
)
_MORE_ROWS = (
    "구누두루무부수우주추쿠투푸후",
    "그느드르므브스으즈츠크트프흐",
    "기니디리미비시이지치키티피히",
)
SYLLABLES = "".join(_ROWS) + "".join(_MORE_ROWS)
SYLLABLE: dict[str, int] = {sign: number for number, sign in enumerate(SYLLABLES, 1)}

_BRANCH = re.compile(r"의\s?(\d+)")
_LONGEST_NUMBER = 9


def circled(number: int) -> str:
    """① for 1; 51 and above are written <51>, as the gazette does."""
    return _CIRCLED_OF.get(number, f"<{number}>")


def syllable(number: int) -> str:
    """가 for 1, 거 for 15; a number beyond all rows comes back as digits."""
    return SYLLABLES[number - 1] if 0 < number <= len(SYLLABLES) else str(number)


def to_int(digits: str) -> int:
    """The value of written digits; absurdly long ones are cut so that they stay harmless."""
    return int(digits[:_LONGEST_NUMBER])


def branches(written: str) -> tuple[int, ...]:
    """의2의3 → (2, 3)."""
    return tuple(to_int(number) for number in _BRANCH.findall(written)) if written else ()


def branch_text(branch: tuple[int, ...]) -> str:
    """(2, 3) → 의2의3."""
    return "".join(f"의{number}" for number in branch) if branch else ""


def follows(before: tuple[int, ...], after: tuple[int, ...]) -> bool:
    """Whether number `after` may come right after `before`: 5 → 6, 5의2; 5의2 → 5의3, 6, 5의2의2.

    `before` is () at the beginning, where only 1 (or 0, for a repealing Act of one article) may
    stand. A branch begins with 의2 (an Act or two have 의1).
    """
    if not after:
        return False
    if not before:
        return after in ((1,), (0,))
    if after in ((before[0] + 1,), (*before, 2), (*before, 1)):
        return True
    depth = len(after)
    return (
        1 < depth <= len(before)
        and after[:-1] == before[: depth - 1]
        and after[-1] == before[depth - 1] + 1
    )
