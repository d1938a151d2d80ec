"""The search box understands what it promises, and takes everything else as text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.query import Field, parse

signs = st.sampled_from(
    [*'"“”-:()*^~{}[]/\\&|!+', "지역:", "판:", " ", "\x00", "\ud800", "AND", "NEAR"]
)
writings = st.one_of(
    st.text(max_size=300),
    st.lists(st.one_of(signs, st.text(max_size=5)), max_size=60).map("".join),
)


@given(writings)
def test_no_writing_raises_an_error(text: str) -> None:
    query = parse(text)

    assert "\x00" not in query.written
    assert len(query.text.split()) <= 400


@given(writings)
def test_parts_carry_no_quotes_and_no_blank_ends(text: str) -> None:
    query = parse(text)

    for part in (*query.phrases, *query.excluded, *(f.value for f in query.fields)):
        assert part
        assert part == part.strip()
        assert '"' not in part


def test_words_phrases_exclusions_and_fields_are_told_apart() -> None:
    query = parse('돌봄 "사회적 대화" -아이 -"마을 버스" 지역:가람시 year:2026 -종류:조문 노동')

    assert query.text == "돌봄 노동"
    assert query.phrases == ("사회적 대화",)
    assert query.excluded == ("아이", "마을 버스")
    assert query.fields == (
        Field("region", "가람시"),
        Field("year", "2026"),
        Field("kind", "조문", excluded=True),
    )


@pytest.mark.parametrize(
    ("name", "facet"),
    [
        ("지역", "region"),
        ("분과", "division"),
        ("연도", "year"),
        ("주제어", "tag"),
        ("종류", "kind"),
        ("판", "version"),
    ],
)
def test_every_field_has_a_korean_and_an_english_name(name: str, facet: str) -> None:
    for written in (f"{name}:값", f"{facet}:값", f"{facet.upper()}：값", f'{name}:"값"'):
        assert parse(written).fields == (Field(facet, "값"),), written


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("비율:3", "비율:3"),
        ("https://x.kr/a", "https://x.kr/a"),
        ("지역:", ""),
        ('돌봄 "일자리', "돌봄 일자리"),
        ("- 돌봄", "- 돌봄"),
        ("--돌봄", "--돌봄"),
        ('""', ""),
    ],
)
def test_what_is_no_field_is_text(text: str, words: str) -> None:
    query = parse(text)

    assert query.text == words
    assert query.fields == ()


def test_quotes_of_a_word_processor_are_quotes() -> None:
    assert parse("“돌봄 일자리”").phrases == ("돌봄 일자리",)


def test_a_question_has_an_end() -> None:
    assert len(parse("낱말 " * 2_000).text.split()) <= 32
    assert len(parse("가" * 20_000).text) <= 2_000
