"""Korean particles behind a word in a message: 조례는, 법률은. The word may be anything with a name, and quoted."""

from __future__ import annotations

import unicodedata

#: What stands behind a consonant, and what behind a vowel.
_PAIRS = {"이": "가", "은": "는", "을": "를", "과": "와", "으로": "로"}
#: Digits whose reading ends in a consonant: 영, 일, 삼, 육, 칠, 팔; and those of them that end in ㄹ.
_CLOSED_DIGITS, _RIEUL_DIGITS = "013678", "178"
_CLOSED_SYLLABLE, _RIEUL = 3, "\u11af"


def subject(word: object) -> str:
    """The word with 이 or 가."""
    return f"{word}{particle(word, '이')}"


def topic(word: object) -> str:
    """The word with 은 or 는."""
    return f"{word}{particle(word, '은')}"


def object_(word: object) -> str:
    """The word with 을 or 를."""
    return f"{word}{particle(word, '을')}"


def with_(word: object) -> str:
    """The word with 과 or 와."""
    return f"{word}{particle(word, '과')}"


def towards(word: object) -> str:
    """The word with 으로 or 로."""
    return f"{word}{particle(word, '으로')}"


def particle(word: object, closed: str) -> str:
    """The particle alone. `closed` is its form behind a consonant; behind ㄹ too it is 로."""
    last = str(word).rstrip(")」』’”\"' ")[-1:]
    letters = unicodedata.normalize("NFD", last)
    if closed == "으로" and (last in tuple(_RIEUL_DIGITS) or letters[-1:] == _RIEUL):
        return "로"
    is_closed = last in tuple(_CLOSED_DIGITS) or len(letters) == _CLOSED_SYLLABLE
    return closed if is_closed else _PAIRS[closed]
