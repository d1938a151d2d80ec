"""Citations found, resolved in both directions, and told apart from those of other Acts."""

from __future__ import annotations

import json

import pytest

from coalition.drafts.text.parse import parse
from coalition.drafts.text.references import LazyReferences, References, references
from coalition.drafts.text.tree import index
from tests.generators.statutes import DATA, bill, newest


def _in(text: str, body: str = "") -> References:
    base = (
        "시험법\n제1조(목적) 가\n제2조(나) ① 가\n② 나\n  1. 하나\n  2. 둘\n    가. 가\n    나. 나\n  3. 셋\n"
        "제3조(다) 다\n제3조의2(라) 라\n제4조(마) 마\n제10조(바) 바\n"
    )
    return references(parse(base + body + f"제11조(시험) {text}\n").tree)


def _to(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(each.text, each.to) for each in _in(text).internal]


def test_the_demo_bill_has_exactly_the_references_expected() -> None:
    expected = json.loads((DATA / "bills/sjsa/expected-references.json").read_text("utf-8"))

    found = references(parse(bill("0.3")).tree).as_json()

    assert found["internal"] == expected["internal"]
    assert found["external"] == expected["external"]


def test_article_one_is_not_article_ten() -> None:
    assert _to("제1조에 따른다.") == [("제1조", ("art_1",))]
    assert _to("제10조에 따른다.") == [("제10조", ("art_10",))]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("제2조제2항제2호가목", [("제2조제2항제2호가목", ("art_2__para_2__item_2__subitem_1",))]),
        (
            "제2조제2항제1호 및 제3호",
            [
                ("제2조제2항제1호", ("art_2__para_2__item_1",)),
                ("제3호", ("art_2__para_2__item_3",)),
            ],
        ),
        (
            "제2조제2항 후단 및 같은 조 제1항",
            [("제2조제2항", ("art_2__para_2",)), ("같은 조 제1항", ("art_2__para_1",))],
        ),
        (
            "제2조제2항제1호와 같은 항 제2호 나목",
            [
                ("제2조제2항제1호", ("art_2__para_2__item_1",)),
                ("같은 항 제2호 나목", ("art_2__para_2__item_2__subitem_2",)),
            ],
        ),
        (
            "제2조제2항제1호부터 제3호까지",
            [
                (
                    "제2조제2항제1호부터 제3호까지",
                    ("art_2__para_2__item_1", "art_2__para_2__item_2", "art_2__para_2__item_3"),
                )
            ],
        ),
        ("제3조부터 제4조까지", [("제3조부터 제4조까지", ("art_3", "art_3-2", "art_4"))]),
        ("제3조 내지 제4조", [("제3조 내지 제4조", ("art_3", "art_3-2", "art_4"))]),
        ("제2조 제1항", [("제2조 제1항", ("art_2__para_1",))]),
        ("이 법 제3조", [("제3조", ("art_3",))]),
        ("전조에 따라", [("전조", ("art_10",))]),
        (
            "제2조제2항 각 호(제3호는 제외한다) 또는 제4조",
            [
                ("제2조제2항", ("art_2__para_2",)),
                ("제3호", ("art_2__para_2__item_3",)),
                ("제4조", ("art_4",)),
            ],
        ),
        ("제3조(다)에 따른 사항", [("제3조", ("art_3",))]),
    ],
)
def test_citations_are_read_from_where_they_stand(
    text: str, found: list[tuple[str, tuple[str, ...]]]
) -> None:
    assert _to(text) == found


@pytest.mark.parametrize("part", ["단서", "본문", "전단", "후단", "각 호", "각 호 외의 부분 본문"])
def test_the_part_of_a_provision_is_told(part: str) -> None:
    assert _in(f"제2조제2항 {part}에 따른다.").internal[0].part == part


@pytest.mark.parametrize(
    "words",
    [
        "법률 제1234호에 따른다.",
        "별지 제1호서식에 따른다.",
        '이 경우 "제99조"는 "제98조"로 본다.',
        "다목적댐과 과목을 정한다.",
        "다음 각 호와 같다.",
    ],
)
def test_what_only_looks_like_a_citation_is_none(words: str) -> None:
    found = _in(words)

    assert found.internal == []


def test_what_is_not_there_is_broken_and_says_how_far_the_way_went() -> None:
    (broken,) = _in("제2조제2항제9호에 따른다.").broken

    assert (broken.to, broken.near) == ((), "art_2__para_2")


@pytest.mark.parametrize(
    ("text", "law", "provision", "code"),
    [
        ("「민법」 제32조", "민법", "제32조", "003200"),
        ("「민법」 제32조의2제1항 및 제3항", "민법", "제32조의2제1항 및 제3항", "003202"),
        ("「민법」 제3조부터 제7조까지", "민법", "제3조부터 제7조까지", "000300"),
        ("「민법」에 따른", "민법", None, None),
        (
            "「형법」 제2편제24장 살인의 죄 중 제250조",
            "형법",
            "제2편제24장 살인의 죄 중 제250조",
            "025000",
        ),
        ("민법 제32조", "민법", "제32조", "003200"),
        ("「민사소송법」 중 제145조", "민사소송법", "중 제145조", "014500"),
    ],
)
def test_citations_of_other_acts_name_the_act_the_provision_and_its_code(
    text: str, law: str, provision: str | None, code: str | None
) -> None:
    found = _in(f"{text}에 따른다.")

    assert [(each.law, each.provision, each.code) for each in found.external] == [
        (law, provision, code)
    ]
    assert found.internal == []


def test_the_same_act_is_the_one_cited_last_in_the_article() -> None:
    found = _in(
        "「민법」 제1조와 「상법」 제2조, 같은 법 제3조 및 같은 조 제2항, 같은 법 시행령 제5조에 따른다."
    )

    assert [(each.law, each.provision) for each in found.external] == [
        ("민법", "제1조"),
        ("상법", "제2조"),
        ("상법", "제3조"),
        ("상법", "제3조제2항"),
        ("상법 시행령", "제5조"),
    ]


def test_the_same_act_without_any_act_before_it_is_nameless() -> None:
    assert _in("같은 법 제3조에 따른다.").external[0].law == ""


def test_a_short_name_given_to_an_act_stands_for_it() -> None:
    found = _in(
        '「정보통신망 이용촉진에 관한 법률」(이하 "정보통신망법"이라 한다)과 정보통신망법 제2조에 따른다.'
    )

    assert found.external[-1].law == "정보통신망 이용촉진에 관한 법률"


def test_a_supplement_cites_the_body_unless_it_says_supplement() -> None:
    text = "법\n제1조(가) 가\n부칙\n제1조(시행일) 가\n제2조(특례) 제1조와 부칙 제1조에 따른다.\n"

    found = references(parse(text).tree)

    assert [(each.text, each.to) for each in found.internal] == [
        ("제1조", ("art_1",)),
        ("부칙 제1조", ("supp_1__art_1",)),
    ]


def test_amendments_of_other_acts_are_not_read() -> None:
    text = (
        "법\n제1조(가) 가\n부칙\n제1조(다른 법률의 개정) 민법 일부를 다음과 같이 개정한다.\n"
        '제99조 중 "가"를 "나"로 한다.\n'
    )

    assert references(parse(text).tree).internal == []


def test_references_are_found_from_both_ends() -> None:
    found = references(parse(bill("0.3")).tree)

    assert {each.at for each in found.citing("art_7")} == {"supp_1__art_2"}
    assert [each.text for each in found.cited_at("art_7__para_5")] == ["제1항", "제3항"]


def test_article_by_article_gives_the_same_as_all_at_once() -> None:
    tree = parse(newest()["행정절차법"]).tree
    lazy = LazyReferences(tree)

    for reference in references(tree).internal:
        root = index(tree)[reference.at.partition("__para")[0].partition("__item")[0]]
        assert reference in lazy.within(root)[reference.at]


def test_real_acts_hardly_ever_cite_what_is_not_there() -> None:
    broken = total = 0
    for text in newest().values():
        found = references(parse(text).tree)
        total += len(found.internal)
        broken += sum(1 for each in found.broken if not each.text.startswith("별표"))

    assert total > 2500
    assert broken / total < 0.005
