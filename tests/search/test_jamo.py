"""Hangul taken apart and put together again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search import jamo

syllables = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=12)


@given(syllables)
def test_what_is_typed_on_the_wrong_keyboard_reads_back(text: str) -> None:
    assert jamo.from_keyboard(jamo.to_keyboard(text)) == text


@given(syllables)
def test_typing_goes_from_prefix_to_prefix(text: str) -> None:
    assert all(jamo.letters(text).startswith(jamo.letters(text[:n])) for n in range(len(text)))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("dlfwkfl", "일자리"), ("vPqoxjfl", "폐배터리"), ("rhks", "관"), ("wlqrhk", "집과"), ("ekfrrkf", "닭갈")],
)  # fmt: skip
def test_a_latin_keyboard_is_read_as_korean(typed: str, meant: str) -> None:
    assert jamo.from_keyboard(typed) == meant


def test_initials_and_half_syllables_are_told_apart() -> None:
    assert jamo.initials("지속가능 AI") == "ㅈㅅㄱㄴ AI"
    assert jamo.has_lone_letter("일자ㄹ")
    assert not jamo.has_lone_letter("일자리")
