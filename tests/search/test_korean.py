"""Units: what they are made of, and that they point at the text they came from."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.cleaning import clean
from search.korean import words_of_file
from search.tokens import pack_spans, tokens_of, unpack_spans

TERM = re.compile(r"[0-9a-z가-힣ㄱ-ㅎ]+")
QUICK = settings(
    max_examples=150,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
hangul = st.text(st.characters(min_codepoint=0xAC00, max_codepoint=0xD7A3), max_size=6)
words = st.sampled_from(
    ["돌봄", "일자리를", "늘렸다", "제12조의2제3항", "1,234명", "3.6점", "AI", "R&D", "ㅈㅅㄱㄴ", "①", "㈜", "…", "\n"]
)  # fmt: skip
texts = st.one_of(
    st.text(max_size=80),
    st.lists(st.one_of(words, hangul, st.text(max_size=4)), max_size=20).map(" ".join),
)


@QUICK
@given(text=texts)
def test_a_unit_points_at_the_text_it_was_made_of(kiwi: Any, text: str) -> None:
    for unit in kiwi.units(text):
        assert 0 <= unit.start < unit.end <= len(text)
        for _, start, end in unit.inner:
            assert 0 <= start < end <= len(text)


@QUICK
@given(text=texts)
def test_terms_are_made_of_allowed_characters_only(kiwi: Any, text: str) -> None:
    for asked in (False, True):
        tokens = tokens_of(kiwi.units(text, asked=asked))
        assert all(TERM.fullmatch(term) and len(term) <= 60 for term in tokens.terms)
        assert len(tokens.terms) == len(tokens.spans) >= tokens.words


@QUICK
@given(text=texts)
def test_cleaning_keeps_every_character_in_its_place(text: str) -> None:
    cleaned = clean(text)

    assert len(cleaned.starts) == len(cleaned.ends) == len(cleaned.text)
    assert all(s < e for s, e in zip(cleaned.starts, cleaned.ends, strict=True))
    assert list(cleaned.starts) == sorted(cleaned.starts)


@QUICK
@given(spans=st.lists(st.tuples(st.integers(0, 90_000), st.integers(1, 50))))
def test_spans_come_back_as_they_were_packed(spans: list[tuple[int, int]]) -> None:
    pairs = [(start, start + length) for start, length in spans]

    assert unpack_spans(pack_spans(pairs)) == pairs


def test_decomposed_hangul_is_found_where_it_stands(kiwi: Any) -> None:
    import unicodedata

    text = unicodedata.normalize("NFD", "마을 일자리를 늘린 곳")

    units = {unit.term: text[unit.start : unit.end] for unit in kiwi.units(text)}

    assert unicodedata.normalize("NFC", units["일자리"]) == "일자리"
    assert unicodedata.normalize("NFC", units["늘리다"]) == "늘린"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("일자리를 늘린 곳", ["일자리", "늘리다", "곳"]),
        ("비정규직 노동자들의 처우", ["비정규직", "노동자", "처우"]),
        ("사회적 대화", ["사회적", "대화"]),
        ("제12조의2제3항에 따라", ["제12조의2제3항"]),
        ("1,234명에서 3.6점으로", ["1234", "3ㅈ6"]),
        ("R&D와 ＲＥ１００", ["rd", "re100"]),
        ("a@b.kr 로 https://x.kr/제1조", []),
    ],
)
def test_words_are_taken_as_a_reader_would_look_them_up(
    kiwi: Any, text: str, terms: list[str]
) -> None:
    assert [unit.term for unit in kiwi.units(text)] == terms


def test_a_word_finds_what_it_contains(kiwi: Any) -> None:
    terms = tokens_of(kiwi.units("재활용률과 체감도가 높은 가람시의 지속가능일자리위원회")).terms

    assert {"체감", "체감도", "일자리위원회", "지속가능일자리위원회", "위원회"} <= {*terms}


@pytest.mark.parametrize(
    ("text", "terms"),
    [("아이 돌봄", ["아이", "돌봄"]), ("아이", ["아이"]), ("체감도", ["체감도"]), ("빈집을 고친", ["빈집", "고치다"])],
)  # fmt: skip
def test_a_question_is_a_phrase_and_no_half_sentence(
    kiwi: Any, text: str, terms: list[str]
) -> None:
    assert [unit.term for unit in kiwi.units(text, asked=True)] == terms


def test_the_version_tells_the_dictionary(kiwi: Any) -> None:
    from search.korean import KiwiKorean

    assert KiwiKorean(["가나다라마바"]).version != kiwi.version


def test_words_are_kept_one_a_line_without_their_remarks() -> None:
    words = words_of_file()

    assert "녹서" in words
    assert not [word for word in words if "#" in word or " " in word]


def test_threads_get_the_same_answer(kiwi: Any) -> None:
    text = "돌봄 노동자의 처우를 개선하고 일자리를 늘린 지방정부의 사례를 모았다. " * 40
    expected = kiwi.units(text)
    seen: list[bool] = []

    def ask() -> None:
        seen.extend(kiwi.units(text) == expected for _ in range(3))

    threads = [threading.Thread(target=ask) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert seen == [True] * 12
