"""Every level of a Korean statute is read from the shape of its marker."""

from __future__ import annotations

import pytest

from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import Node, index, walk

HEAD = "시험법\n제1장 총칙\n제1조(목적) 이 법은 시험을 목적으로 한다.\n"


def _read(text: str) -> dict[str, Node]:
    parsed = parse(text)
    assert render(parsed.tree) == text
    return index(parsed.tree)


def _kinds(text: str) -> list[tuple[str, str]]:
    return [(node.kind, node.eid) for node in walk(parse(text).tree)][1:]


def test_part_chapter_section_and_subsection_nest_and_articles_count_through() -> None:
    text = (
        "민법\n제1편 총칙\n제1장 통칙\n제1조(법원) 가\n제2편 물권\n제1장 총칙\n제1절 통칙\n"
        "제1관 물건 <개정 2001.1.1>\n제2조(나) 나\n제1장의2 특칙\n제3조(다) 다\n"
    )

    assert _kinds(text) == [
        ("part", "part_1"),
        ("chapter", "part_1__chp_1"),
        ("article", "art_1"),
        ("part", "part_2"),
        ("chapter", "part_2__chp_1"),
        ("section", "part_2__chp_1__sec_1"),
        ("subsection", "part_2__chp_1__sec_1__subsec_1"),
        ("article", "art_2"),
        ("chapter", "part_2__chp_1-2"),
        ("article", "art_3"),
    ]
    node = _read(text)["part_2__chp_1__sec_1__subsec_1"]
    assert (node.title, node.marks) == ("물건", ("<개정 2001.1.1>",))


def test_headed_paragraphs_below_a_subsection_are_a_level_of_their_own() -> None:
    text = "민법\n제1관 파양\n제1항 협의상 파양\n제1조(가) 가\n제2항 재판상 파양\n제2조(나) 나\n"

    assert [eid for _, eid in _kinds(text)] == [
        "subsec_1",
        "subsec_1__subsec_1",
        "art_1",
        "subsec_1__subsec_2",
        "art_2",
    ]


def test_all_levels_below_an_article_are_found_without_indentation() -> None:
    text = (
        "제1조(가) ① 다음 각 호와 같다.\n1. 하나\n가. 가\n1) 일\n가) 이\n(1) 삼\n(가) 사\n2) 오\n나. 나\n"
        "1의2. 둘\n② 둘째 항\n"
    )

    assert [eid for _, eid in _kinds("법\n" + text)] == [
        "art_1",
        "art_1__para_1",
        "art_1__para_1__item_1",
        "art_1__para_1__item_1__subitem_1",
        "art_1__para_1__item_1__subitem_1__subsubitem_1",
        "art_1__para_1__item_1__subitem_1__subsubitem_1__subsubitem_1",
        "art_1__para_1__item_1__subitem_1__subsubitem_1__subsubitem_1__subsubitem_1",
        "art_1__para_1__item_1__subitem_1__subsubitem_1__subsubitem_1__subsubitem_1__subsubitem_1",
        "art_1__para_1__item_1__subitem_1__subsubitem_2",
        "art_1__para_1__item_1__subitem_2",
        "art_1__para_1__item_1-2",
        "art_1__para_2",
    ]


def test_branch_numbers_are_read_at_every_level() -> None:
    known = _read(HEAD + "제5조의2(나) ① 가\n1. 가\n8의2. 나\n제5조의2의3(다) 다\n제6장의2 라\n")

    assert known["art_5-2"].label == "제5조의2"
    assert (known["art_5-2"].num, known["art_5-2"].branch) == (5, (2,))
    assert known["art_5-2__para_1__item_8-2"].label == "제8호의2"
    assert known["art_5-2-3"].branch == (2, 3)
    assert known["chp_6-2"].label == "제6장의2"


def test_circled_numbers_run_to_fifty() -> None:
    signs = "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳㉑㉒㉓㉔㉕㉖㉗㉘㉙㉚㉛㉜㉝㉞㉟㊱㊲㊳㊴㊵㊶㊷㊸㊹㊺㊻㊼㊽㊾㊿"
    text = "법\n제1조(가) " + "\n".join(f"{sign} 글" for sign in signs) + "\n"

    article = _read(text)["art_1"]

    assert [child.num for child in article.children] == list(range(1, 51))


def test_subitems_go_on_after_the_fourteenth_with_the_next_vowel() -> None:
    signs = "가나다라마바사아자차카타파하거너더러머버서어저처커터퍼허고노"
    text = "법\n제1조(가) 가\n1. 호\n" + "\n".join(f"{sign}. 글" for sign in signs) + "\n"

    item = _read(text)["art_1__item_1"]

    assert [child.num for child in item.children] == list(range(1, len(signs) + 1))
    assert item.children[14].label == "거목"


@pytest.mark.parametrize(
    "mark",
    [
        "<개정 2025.10.1>",
        "<개정 2025. 10. 1.>",
        "<개정 2010.6.4, 2012.2.1>",
        "<신설 2019. 4. 30.>",
        "<개정 1954ㆍ9ㆍ23>",
        "[전문개정 2008.3.21]",
        "[본조신설 2011. 7. 14.]",
    ],
)
def test_marks_are_taken_out_of_the_text(mark: str) -> None:
    article = _read(HEAD + f"제2조(가) 국가는 지원한다. {mark}\n")["art_2"]

    assert (article.text, article.marks) == ("국가는 지원한다.", (mark,))


@pytest.mark.parametrize("words", ["<단서 생략>", "<아래>", "[별지]"])
def test_brackets_without_a_date_belong_to_the_text(words: str) -> None:
    article = _read(HEAD + f"제2조(가) 국가는 지원한다. {words}\n")["art_2"]

    assert (article.text, article.marks) == (f"국가는 지원한다. {words}", ())


def test_deleted_provisions_keep_their_number_and_say_so() -> None:
    known = _read(
        HEAD
        + "제2조 삭제 <2019.4.30>\n제3조(가) ① 가\n② 삭제 <2019. 4. 30.>\n1. 삭제\n제4장 삭제 <2005.3.31>\n"
    )

    deleted = {eid for eid, node in known.items() if node.deleted}
    assert deleted == {"art_2", "art_3__para_2", "art_3__para_2__item_1", "chp_4"}
    assert known["art_2"].marks == ("<2019.4.30>",)
    assert known["chp_4"].title == ""


def test_a_note_behind_an_article_belongs_to_the_article_and_not_to_its_last_item() -> None:
    known = _read(
        HEAD
        + "제2조(가) 가\n1. 나\n[전문개정 2008.3.21]\n[시행일 : 2014.12.30] 제2조\n제3조(다) 다\n"
    )

    assert known["art_2__note_1"].text == "[전문개정 2008.3.21]"
    assert known["art_2__note_2"].text == "[시행일 : 2014.12.30] 제2조"
    assert known["art_2__item_1"].text == "나"


def test_a_former_wording_quoted_in_a_note_is_no_provision() -> None:
    text = (
        HEAD
        + "제2조(가) ① 가\n② 나\n[법률 제9921호 부칙 제1조의 규정에 의하여 유효함]\n< 아 래 >\n"
        "제2조 (가) ① 옛 글\n② 옛 글 둘\n제3조(다) 다\n"
    )

    known = _read(text)

    assert [eid for eid in known if "__" not in eid] == ["chp_1", "art_1", "art_2", "art_3"]
    assert known["art_2__para_2"].text == "나"


def test_annexes_keep_their_lines_as_text() -> None:
    known = _read(
        HEAD + "부칙\n제1조(시행일) 가\n[별표 1] 수수료(제3조 관련)\n1. 가 100원\n[별표 2의2]\n나\n"
    )

    assert known["annex_1"].title == "수수료(제3조 관련)"
    assert known["annex_1"].text == "1. 가 100원"
    assert known["annex_2-2"].label == "별표 2의2"
    assert not known["annex_1"].children


def test_a_title_may_hold_brackets_of_its_own() -> None:
    article = _read(HEAD + "제2조(위원회(분과를 포함한다)의 구성(構成)) ① 가\n")["art_2"]

    assert article.title == "위원회(분과를 포함한다)의 구성(構成)"


@pytest.mark.parametrize(
    "line",
    [
        "제19조제3항은 본조의 경우에 준용할 수 있다.",
        "제2조위반의 혐의가 있다고 인정한 때에는",
        "제55조제1항에 따른 세율",
        "제3호에서 정한 것",
        "제10조(같은 조 제2항의 경우를 포함한다)에 따른 사항",
        "제3장에 따른 사항",
        "제3장 및 제4장에 따른 사항",
    ],
)
def test_a_line_that_begins_with_a_citation_is_no_heading(line: str) -> None:
    article = _read(HEAD + f"제2조(가) 가는\n{line}\n")["art_2"]

    assert article.text == f"가는\n{line}"


def test_an_article_of_number_zero_and_articles_without_titles_are_read() -> None:
    assert "art_0" in _read("석유폐지법\n제0조 석유법은 이를 폐지한다.\n")
    known = _read("귀속재산처리법\n제1조 본법은 목적으로 한다.\n제2조 ① 이 법에서 말한다.\n② 둘\n")
    assert list(known) == ["art_1", "art_2", "art_2__para_1", "art_2__para_2"]


def test_lines_and_columns_are_those_of_the_source() -> None:
    known = _read("법\n\n제1조(가) ① 하나\n\n② 둘\n  1. 셋\n     이어짐\n")

    assert [(node.line, node.column, node.last_line) for node in known.values()] == [
        (3, 1, 7),
        (3, 8, 3),
        (5, 1, 7),
        (6, 1, 7),
    ]
