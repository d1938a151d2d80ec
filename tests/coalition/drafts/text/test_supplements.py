"""부칙 of every form, and what in them belongs to other Acts."""

from __future__ import annotations

from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import Node, index

BODY = "시험법\n제1조(목적) 가\n"


def _read(text: str) -> dict[str, Node]:
    parsed = parse(BODY + text)
    assert render(parsed.tree) == BODY + text
    return index(parsed.tree)


def test_articles_of_a_supplement_are_counted_anew() -> None:
    known = _read("부칙 <제15522호,2018.3.20>\n제1조 (시행일) 가\n제2조(특례) ① 나\n②다\n")

    assert known["supp_1"].marks == ("<제15522호,2018.3.20>",)
    assert known["supp_1__art_1"].title == "시행일"
    assert known["supp_1__art_2__para_2"].text == "다"


def test_old_supplements_of_paragraphs_only_have_titled_paragraphs() -> None:
    known = _read(
        "부칙 <제4575호,1993.8.5>\n①(시행일) 이 법은 시행한다.\n② (경과조치) 종전에 따른다.\n"
    )

    assert (known["supp_1__para_1"].title, known["supp_1__para_1"].text) == (
        "시행일",
        "이 법은 시행한다.",
    )
    assert known["supp_1__para_2"].title == "경과조치"


def test_a_single_sentence_is_the_text_of_the_supplement() -> None:
    known = _read("부칙 <법률 제7827호, 2005. 12. 30.>\n이 법은 공포한 날부터 시행한다.\n")

    assert known["supp_1"].text == "이 법은 공포한 날부터 시행한다."
    assert known["supp_1"].marks == ("<법률 제7827호, 2005. 12. 30.>",)


def test_several_supplements_and_one_named_after_another_act() -> None:
    known = _read(
        "부 칙\n제1조(시행일) 가\n부칙(정부조직법) <제10339호,2010.6.4>\n제1조(시행일) 나\n"
    )

    assert known["supp_2"].title == "정부조직법"
    assert known["supp_2__art_1"].text == "나"


def test_omitted_numbers_are_a_note_and_the_law_goes_on_behind_it() -> None:
    known = _read(
        "부칙(정부조직법) <제1호,2010.6.4>\n제1조(시행일) 가\n제2조 부터 제4조까지 생략\n제5조 생략\n"
        "제6조(경과조치) 나\n"
    )

    assert known["supp_1__note_1"].text == "제2조 부터 제4조까지 생략"
    assert known["supp_1__art_5"].text == "생략"
    assert known["supp_1__art_6"].title == "경과조치"


def test_lines_of_amendments_of_other_acts_are_text_of_the_amending_article() -> None:
    known = _read(
        "부칙\n제1조(시행일) 가\n제2조(다른 법률의 개정) ① 고용법 일부를 다음과 같이 개정한다.\n"
        "제8조제1항제8호의2를 다음과 같이 신설한다.\n8의2. 「가사법」에 따른 것\n제9조의2를 다음과 같이 신설한다.\n"
        "제9조의2(특례) ① 국가는\n② 지방자치단체는\n<198> 세법 일부를 다음과 같이 개정한다.\n제3조를 삭제한다.\n"
        "제3조(벌칙에 관한 경과조치) 종전에 따른다.\n"
    )

    amending = known["supp_1__art_2"]
    assert amending.amends
    assert not amending.children
    assert amending.text.endswith("제3조를 삭제한다.")
    assert known["supp_1__art_3"].title == "벌칙에 관한 경과조치"


def test_an_article_quoted_under_the_next_number_is_not_taken_for_the_next_article() -> None:
    known = _read(
        "부칙\n제1조(시행일) 가\n제2조(다른 법률의 개정) 세법 일부를 다음과 같이 개정한다.\n"
        "제3조를 다음과 같이 한다.\n제3조(정의) 이 법에서 말한다.\n제3조(경과조치) 종전에 따른다.\n"
    )

    assert known["supp_1__art_3"].title == "경과조치"


def test_an_untitled_amendment_in_an_old_supplement_is_recognised_by_its_words() -> None:
    known = _read(
        "부칙(가법) <제5474호,1997.12.24>\n제1조 (시행일) 가\n제2조 내지 제7조 생략\n제8조 ①내지 ④생략\n"
        "⑤최저임금법중 다음과 같이 개정한다.\n제7조제3호를 다음과 같이 개정한다.\n3. 훈련을 받는 자\n"
        "⑥내지 ⑫생략\n제9조 생략\n"
    )

    assert [eid for eid in known if eid.startswith("supp_1__art")] == [
        "supp_1__art_1",
        "supp_1__art_8",
        "supp_1__art_9",
    ]
    assert not known["supp_1__art_8"].children


def test_amendments_among_paragraphs_end_with_the_next_titled_paragraph() -> None:
    known = _read(
        "부칙\n①(시행일) 가\n②(다른 법률의 개정) 파견법 일부를 다음과 같이 개정한다.\n"
        '제8조제3호 중 "가"를 "나"로 한다.\n③(경과조치) 나\n'
    )

    assert list(known)[2:] == ["supp_1__para_1", "supp_1__para_2", "supp_1__para_3"]


def test_a_citation_of_a_supplement_within_a_sentence_is_no_heading() -> None:
    known = _read("제2조(나) 법률 제1호 가법\n부칙(2008. 12. 26. 법률 제9267호) 제3조에 따른다.\n")

    assert "supp_1" not in known
