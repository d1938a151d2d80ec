"""Differences 어절 by 어절 lose nothing and see nothing that is not there."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.compare import compare
from coalition.drafts.compare.diff import segments
from coalition.drafts.text.parse import parse
from tests.generators.statutes import bill

_WORDS = st.lists(
    st.sampled_from(
        ["국가는", "지원할", "수", "있다.", "제3조에", "따른", "및", "ㆍ", "·", "「민법」"]
    ),
    max_size=14,
).map(" ".join)


def _side(found: list[tuple[str, str]], without: str) -> str:
    return "".join("".join(text for sign, text in found if sign != without).split())


def _letters(text: str) -> str:
    return "".join(text.split()).replace("·", "ㆍ")


@settings(max_examples=500, deadline=None, database=None)
@given(_WORDS, _WORDS)
def test_both_texts_can_be_read_from_the_segments(a: str, b: str) -> None:
    found = [(sign, text) for sign, text in segments(a, b)]

    assert _letters(_side(found, "+")) == _letters(a)
    assert _letters(_side(found, "-")) == _letters(b)


@given(_WORDS)
def test_equal_texts_have_no_differences(text: str) -> None:
    spread = text.replace(" ", "\n  ")

    assert all(sign == "=" for sign, _ in segments(text, spread))


@pytest.mark.parametrize(
    ("a", "b", "found"),
    [
        ("", "", []),
        ("가", "", [("-", "가")]),
        ("", "가", [("+", "가")]),
        (
            "전부를 보조한다.",
            "전부를 보조할 수 있다.",
            [("=", "전부를"), ("-", " 보조한다."), ("+", " 보조할 수 있다.")],
        ),
        ("조사ㆍ연구", "조사·연구", [("=", "조사·연구")]),
        ("수립 ㆍ시행", "수립ㆍ시행", [("=", "수립ㆍ시행")]),
    ],
)
def test_segments_are_whole_words(a: str, b: str, found: list[tuple[str, str]]) -> None:
    assert segments(a, b) == found


def test_the_segments_of_every_change_hold_both_texts() -> None:
    for change in compare(parse(bill("0.2")).tree, parse(bill("0.3")).tree).changes:
        found = [(sign, text) for sign, text in change.diff]

        assert _side(found, "+") == _letters("".join(unit.text for unit in change.a))
        assert _side(found, "-") == _letters("".join(unit.text for unit in change.b))
