"""Each kind of change, by the smallest text that has it."""

from __future__ import annotations

import pytest

from coalition.drafts.compare import Change, compare
from coalition.drafts.text.parse import parse

ONE = "제1조(목적) 이 법은 시험의 지원에 필요한 사항을 정함을 목적으로 한다.\n"
TWO = "제2조(계획) ① 국가는 매년 시험계획을 수립하여야 한다.\n② 제1항에 따른 계획은 공개한다.\n"
THREE = "제3조(지원) 국가는 제2조제1항에 따른 계획을 시행하는 자에게 비용을 지원할 수 있다.\n"
FOUR = (
    "제4조(사업) 국가는 다음 각 호의 사업을 할 수 있다.\n"
    "  1. 시험의 조사와 연구\n  2. 시험의 국제 교류\n  3. 시험의 홍보\n"
)
BASE = "시험법\n" + ONE + TWO + THREE + FOUR


def _changes(before: str, after: str) -> list[Change]:
    return compare(parse(before).tree, parse(after).tree).changes


def _kinds(after: str, before: str = BASE) -> list[tuple[tuple[str, ...], list[str], list[str]]]:
    return [
        (change.kinds, [u.node.eid for u in change.a], [u.node.eid for u in change.b])
        for change in _changes(before, after)
        if change.kinds != ("same",)
    ]


def test_nothing_changed() -> None:
    assert _kinds(BASE) == []


@pytest.mark.parametrize(
    "after",
    [
        BASE.replace(" ", "  "),
        BASE.replace("국가는 매년", "국가는\n매년"),
        BASE.replace("공개한다.", "공개한다. <개정 2025.10.1>"),
        BASE.replace("제4조(사업)", "제4조 (사업)") + "[본조신설 2011.7.14]\n",
        BASE.replace("시험의 조사와", "시험의  조사와").replace("  1.", "1."),
    ],
)
def test_white_space_and_marks_are_no_change(after: str) -> None:
    assert _kinds(after) == []


def test_the_three_middle_dots_are_one() -> None:
    before = BASE.replace("조사와 연구", "조사ㆍ연구")

    assert _kinds(before.replace("ㆍ", "·"), before) == []


def test_other_words() -> None:
    after = BASE.replace("지원할 수 있다", "지원하여야 한다")

    assert _kinds(after) == [(("text",), ["art_3"], ["art_3"])]


def test_another_title() -> None:
    assert _kinds(BASE.replace("(지원)", "(비용의 지원)")) == [(("title",), ["art_3"], ["art_3"])]


def test_numbers_and_the_citations_that_go_with_them() -> None:
    new = "제2조(책무) 국가는 시험자의 편의를 도모하고 시험의 질을 높이도록 노력한다.\n"
    after = "시험법\n" + ONE + new + TWO.replace("제2조", "제3조")
    after += THREE.replace("제3조", "제4조").replace("제2조", "제3조") + FOUR.replace(
        "제4조", "제5조"
    )

    assert _kinds(after) == [
        (("inserted",), [], ["art_2"]),
        (("number",), ["art_2"], ["art_3"]),
        (("number", "reference"), ["art_3"], ["art_4"]),
        (("number",), ["art_4"], ["art_5"]),
    ]


def test_a_citation_that_goes_elsewhere_is_another_text() -> None:
    assert _kinds(BASE.replace("제2조제1항에", "제2조제2항에")) == [
        (("text",), ["art_3"], ["art_3"])
    ]


def test_a_citation_of_another_act_under_another_number_is_another_text() -> None:
    before = BASE.replace("제2조제1항에", "「민법」 제2조에")

    assert _kinds(before.replace("「민법」 제2조", "「민법」 제3조"), before) == [
        (("text",), ["art_3"], ["art_3"])
    ]


def test_an_article_out_of_order_is_moved() -> None:
    after = "시험법\n" + ONE + FOUR.replace("제4조", "제2조") + TWO.replace("제2조", "제3조")
    after += THREE.replace("제3조", "제4조").replace("제2조", "제3조")

    assert (("number", "moved"), ["art_4"], ["art_2"]) in _kinds(after)


def test_an_article_in_another_chapter_is_moved() -> None:
    before = "시험법\n제1장 총칙\n" + ONE + TWO + THREE + "제2장 보칙\n" + FOUR
    after = "시험법\n제1장 총칙\n" + ONE + TWO + "제2장 보칙\n" + THREE + FOUR

    assert _kinds(after, before) == [(("moved",), ["art_3"], ["art_3"])]


def test_a_chapter_under_another_number_moves_nothing() -> None:
    before = "시험법\n제1장 총칙\n" + ONE + TWO + "제2장 보칙\n" + THREE + FOUR
    after = before.replace("제2장 보칙", "제3장 보칙")

    assert _kinds(after, before) == []


def test_new_and_gone() -> None:
    assert _kinds(BASE.replace(THREE, "")) == [(("deleted",), ["art_3"], [])]
    assert _kinds(BASE, BASE.replace(THREE, "")) == [(("inserted",), [], ["art_3"])]


def test_an_article_that_becomes_a_stub_is_deleted_and_the_stub_named() -> None:
    after = BASE.replace(THREE, "제3조 삭제 <2026.1.1>\n")

    assert _kinds(after) == [(("deleted",), ["art_3"], ["art_3"])]
    assert _kinds(after, after) == []


def test_items_in_another_order() -> None:
    after = BASE.replace("1. 시험의 조사와 연구", "1. 시험의 홍보").replace(
        "3. 시험의 홍보", "3. 시험의 조사와 연구"
    )

    assert _kinds(after) == [(("order",), ["art_4"], ["art_4"])]


def test_items_in_another_order_with_other_words_are_another_text() -> None:
    after = BASE.replace("1. 시험의 조사와 연구", "1. 시험의 홍보").replace(
        "3. 시험의 홍보", "3. 시험의 연구"
    )

    assert _kinds(after) == [(("text",), ["art_4"], ["art_4"])]


@pytest.mark.parametrize(
    "paragraphed",
    [
        THREE.replace("(지원) ", "(지원) ① ") + "② 지원의 절차는 조례로 정한다.\n",
        "제3조(지원) ① 지원의 절차는 조례로 정한다.\n" + THREE.replace("제3조(지원) ", "② "),
    ],
)
def test_paragraphs_added_around_the_old_words(paragraphed: str) -> None:
    assert _kinds(BASE.replace(THREE, paragraphed)) == [(("paragraphed",), ["art_3"], ["art_3"])]


_LONG = (
    "제5조(평가) ① 시험자는 시험을 마친 경우 그 성과와 개선 정도를 평가하여야 한다.\n"
    "② 평가에는 시민과 전문가가 함께 참여하여야 한다.\n③ 시험자는 평가의 결과와 자료를 축적하고 관리하여야 한다.\n"
    "④ 축적한 자료는 누구나 이용할 수 있도록 공개하여야 한다.\n"
)
_FIRST = _LONG[: _LONG.index("③")]
_SECOND = (
    "제6조(자료의 축적) ① 시험자는 평가의 결과와 자료를 축적하고 관리하여야 한다.\n"
    "② 축적한 자료는 누구나 이용할 수 있도록 공개하여야 한다.\n"
)


def test_an_article_split_in_two() -> None:
    assert _kinds(BASE + _FIRST + _SECOND, BASE + _LONG) == [
        (("split",), ["art_5"], ["art_5", "art_6"])
    ]


def test_two_articles_merged_into_one() -> None:
    assert _kinds(BASE + _LONG, BASE + _FIRST + _SECOND) == [
        (("merged",), ["art_5", "art_6"], ["art_5"])
    ]


def test_a_split_that_also_changes_words_says_so() -> None:
    changed = _SECOND.replace("누구나 이용할", "누구든지 널리 이용할")

    assert _kinds(BASE + _FIRST + changed, BASE + _LONG) == [
        (("text", "split"), ["art_5"], ["art_5", "art_6"])
    ]


def test_a_rewritten_article_under_its_old_title_is_kept_but_to_be_confirmed() -> None:
    rewritten = "제3조(지원) 지방자치단체의 장은 시험자에게 필요한 시설과 인력을 제공하는 계획을 시행한다.\n"

    (change,) = (c for c in _changes(BASE, BASE.replace(THREE, rewritten)) if c.kinds != ("same",))

    assert change.kinds == ("text",)
    assert change.needs_confirmation


def test_each_supplement_is_compared_with_its_own_counterpart() -> None:
    first = "부칙 <제1호,2020.1.1>\n제1조(시행일) 이 법은 공포한 날부터 시행한다.\n"
    second = "부칙 <제2호,2021.1.1>\n이 법은 2021년 3월 1일부터 시행한다.\n"

    assert _kinds(BASE + first + second, BASE + first) == [(("inserted",), [], ["supp_2"])]
    assert _kinds(BASE + second, BASE + first + second) == [(("deleted",), ["supp_1__art_1"], [])]


def test_any_two_acts_can_be_compared() -> None:
    other = "다른 법\n제1조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.\n"

    kinds = {change.kinds for change in _changes(BASE, other)}

    assert kinds == {("deleted",), ("inserted",)}


def test_empty_texts_can_be_compared() -> None:
    assert _changes("", "") == []
    assert {change.kinds for change in _changes("", BASE)} == {("inserted",)}
