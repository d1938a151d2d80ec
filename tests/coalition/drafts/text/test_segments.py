"""Links in law text stand on the words that cite, and lead where these say."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest

from coalition.drafts.text import marks, statutes
from coalition.drafts.text.parse import parse
from coalition.drafts.text.segments import segmented
from coalition.drafts.text.tree import walk
from tests.generators.statutes import bill

_LAW = "시험법\n제1조(목적) 가\n제2조(나) ① 가\n② 나\n  1. 하나\n  2. 둘\n제3조(다) 다\n제10조(바) 바\n"


def _links(text: str) -> list[tuple[str, str]]:
    tree = parse(f"{_LAW}제11조(시험) {text}\n").tree
    nodes = list(walk(tree))[1:]
    return [
        (segment.text, segment.eid or segment.url)
        for node, words in zip(nodes, segmented(tree).words, strict=True)
        if node.eid.startswith("art_11")
        for segment in words
        if segment.eid or segment.url
    ]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("제1조에 따른다.", [("제1조", "art_1")]),
        ("제10조에 따른다.", [("제10조", "art_10")]),
        (
            "제10조 및 제1조에 따른다.",
            [("제10조", "art_10"), ("제1조", "art_1")],
        ),
        (
            "제2조제1항 및 같은 조 제2항에 따른다.",
            [("제2조제1항", "art_2__para_1"), ("같은 조 제2항", "art_2__para_2")],
        ),
        ("제2조제2항 각 호의 것", [("제2조제2항", "art_2__para_2")]),
        (
            "제2조제2항 <개정 2025. 10. 1.> 및 제3조",
            [("제2조제2항", "art_2__para_2"), ("제3조", "art_3")],
        ),
        ("가\n   제3조에 따른다.", [("제3조", "art_3")]),
        ("제99조에 따른다.", []),
        ('"제1조"를 "제3조"로 한다. 제3조', [("제3조", "art_3")]),
    ],
)
def test_a_link_stands_on_the_citation_and_leads_to_it(
    text: str, found: list[tuple[str, str]]
) -> None:
    assert _links(text) == found


def test_another_act_has_its_address_by_the_code_of_the_article() -> None:
    [(words, url)] = _links("「의료법」 제21조의3제1항에 따른다.")

    asked = parse_qs(urlsplit(url).query)
    assert words == "「의료법」 제21조의3제1항"
    assert urlsplit(url).netloc == "www.law.go.kr"
    assert asked["lsNm"] == ["의료법"]
    assert asked["joNo"] == ["002103000"]


def test_an_act_without_an_article_has_its_own_address() -> None:
    assert "joNo" not in statutes.address("국적법")
    assert statutes.address("국적법") != statutes.address("국적법", "000300")


def test_the_same_act_is_followed() -> None:
    found = _links("「개인정보 보호법」 제2조제1호 및 같은 법 제58조의2")

    assert parse_qs(urlsplit(found[1][1]).query)["lsNm"] == ["개인정보 보호법"]
    assert "joNo=005802000" in found[1][1]


def test_every_citation_of_the_demo_bill_is_a_link() -> None:
    cut = segmented(parse(bill("0.3")).tree)
    links = [segment for words in cut.words for segment in words]

    assert sum(bool(segment.eid) for segment in links) == len(cut.references.internal) == 56
    assert sum(bool(segment.url) for segment in links) == len(cut.references.external) == 13


@pytest.mark.parametrize(
    "text",
    [
        "가 <개정 2025. 10. 1.> 나 [전문개정 2008.3.21]",
        "<신설 2019.4.30> 가",
        "가 <단서 생략>",
        "가 ",
    ],
)
def test_what_is_cut_out_as_marks_is_what_splitting_leaves_out(text: str) -> None:
    kept = text
    for start, end in reversed(marks.spans(text)):
        kept = kept[:start] + kept[end:]

    assert kept.strip() == marks.split(text)[0].strip()
