"""Provision numbers, figures and Latin words: one term each, and never another's."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.signs import _RUN, _runs, find_signs


def _terms(text: str, *, asked: bool = False) -> list[str]:
    return [sign.term for sign in find_signs(text, asked=asked)]


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("제1조와 제10조", ["제1조", "제10조"]),
        ("제12조의2 및 제12조", ["제12조의2", "제12조"]),
        ("제 12 조의 2", ["제12조의2"]),
        ("제3조의 2가지", ["제3조", "2"]),
        ("제10조제2항제1호가목에 따른", ["제10조제2항제1호가목"]),
        ("과목과 제목", []),
        ("제2장 기본계획", ["제2장"]),
        ("제1호부터 제3호의2까지", ["제1호", "제3호의2"]),
        ("별표 3에서", ["별표3"]),
        ("3조 원을 썼다", ["3"]),
        ("1,234명과 3.1점", ["1234", "3ㅈ1"]),
        ("2026. 11. 22.", ["2026", "11", "22"]),
        ("v0.3", ["v0ㅈ3"]),
        ("r&d, e-mail, re100", ["rd", "email", "re100"]),
    ],
)
def test_a_sign_is_one_term(text: str, terms: list[str]) -> None:
    assert _terms(text) == terms


@pytest.mark.parametrize(
    ("text", "terms"),
    [("17조", ["제17조"]), ("12조의2", ["제12조의2"]), ("3조 원", ["3"]), ("123.4조", ["123ㅈ4"])],
)
def test_a_question_may_leave_out_its_first_syllable(text: str, terms: list[str]) -> None:
    assert _terms(text, asked=True) == terms


def test_signs_do_not_overlap_and_stand_in_order() -> None:
    text = "제12조의2제3항 http://제1조.kr 1,000 a1 제2조" * 50

    signs = find_signs(text)

    assert all(a.end <= b.start for a, b in pairwise(signs))


@given(st.text(st.sampled_from("제별표조항호목장의가나 12.")))
def test_what_is_looked_for_by_its_first_signs_is_all_that_there_is(text: str) -> None:
    assert [m.span() for m in _runs(text)] == [m.span() for m in _RUN.finditer(text)]


@pytest.mark.parametrize("sign", ["a", "1", "a.", "제1조", "가목", "a@", "가-"])
def test_a_text_without_a_blank_costs_what_its_length_says(sign: str) -> None:
    """Twice the text took four times as long: a file of 100,000 characters held the worker up for a minute."""
    text = sign * (20_000 // len(sign))

    started = time.process_time()
    find_signs(f"{text} @")

    assert time.process_time() - started < 0.5
