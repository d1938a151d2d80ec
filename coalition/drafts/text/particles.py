"""Korean particles after a word, so that messages read as a person would write them."""

from __future__ import annotations

import unicodedata

#: Digits whose reading ends in a consonant: 영, 일, 삼, 육, 칠, 팔.
_CLOSED_DIGITS = "013678"
_CLOSED_SYLLABLE = 3


def subject(word: str) -> str:
    """The word with 이 or 가."""
    return word + ("이" if _is_closed(word) else "가")


def topic(word: str) -> str:
    """The word with 은 or 는."""
    return word + ("은" if _is_closed(word) else "는")


def object_(word: str) -> str:
    """The word with 을 or 를."""
    return word + ("을" if _is_closed(word) else "를")


def _is_closed(word: str) -> bool:
    last = word.rstrip(")」』\"' ")[-1:]
    if last.isdigit():
        return last in _CLOSED_DIGITS
    return len(unicodedata.normalize("NFD", last)) == _CLOSED_SYLLABLE
