"""Citations as addresses and back."""

from __future__ import annotations

import unicodedata
from urllib.parse import quote

import pytest
from hypothesis import given

from coalition.drafts.text.address import eid_from_korean, korean_from_eid, resolve
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import Node, index
from tests.generators.statutes import newest
from tests.generators.trees import trees

PAIRS = {
    "제15조제2항제1호": "art_15__para_2__item_1",
    "제5조의2제1항제3호가목": "art_5-2__para_1__item_3__subitem_1",
    "제3조제1호": "art_3__item_1",
    "제8호의2": "item_8-2",
    "제1항": "para_1",
    "제1장": "chp_1",
    "제3장제2절제1관": "chp_3__sec_2__subsec_1",
    "제1편제2장": "part_1__chp_2",
    "부칙제2조": "supp_1__art_2",
    "별표 1": "annex_1",
    "별표 2의2": "annex_2-2",
    "제3조제2호거목1)가)": "art_3__item_2__subitem_15__subsubitem_1__subsubitem_1",
}


@pytest.mark.parametrize(("korean", "eid"), PAIRS.items())
def test_a_citation_spells_an_address_in_any_form(korean: str, eid: str) -> None:
    assert eid_from_korean(korean) == eid
    assert eid_from_korean(unicodedata.normalize("NFD", korean)) == eid
    assert eid_from_korean(quote(korean)) == eid
    assert eid_from_korean(" ".join(korean)) == eid


@pytest.mark.parametrize(("korean", "eid"), PAIRS.items())
def test_an_address_is_spelled_as_a_citation(korean: str, eid: str) -> None:
    assert korean_from_eid(eid) == korean


@pytest.mark.parametrize(
    "words", ["", "제", "제조", "정의", "art_1", "제3조제", "제3조제2항 이하", "가" * 5000]
)
def test_other_words_spell_nothing(words: str) -> None:
    assert eid_from_korean(words) is None


@pytest.mark.parametrize(
    "eid", ["", "art", "art_", "art_x", "foo_1", "art_1__", "art_1__foo_2", "art_1/../x"]
)
def test_other_words_are_no_address(eid: str) -> None:
    assert korean_from_eid(eid) is None


@pytest.fixture(scope="module")
def wages() -> Node:
    return parse(newest()["최저임금법"]).tree


def test_the_first_paragraph_of_an_article_without_paragraphs_is_the_article(wages: Node) -> None:
    assert resolve(wages, "제1조제1항") == "art_1"
    assert resolve(wages, "제7조제1항제2호") == "art_7__item_2"
    assert resolve(wages, "제1조제2항") is None
    assert resolve(wages, "제3조제1항") == "art_3__para_1"


def test_one_supplement_among_several_is_named_by_its_number(wages: Node) -> None:
    assert resolve(wages, "부칙<제15666호>제2조제1항제3호") == "supp_14__art_2__para_1__item_3"
    assert resolve(wages, "부칙 <법률 제15666호, 2018. 6. 12.> 제2조") == "supp_14__art_2"
    assert resolve(wages, "부칙<제1호>제2조") is None
    assert korean_from_eid("supp_14__art_2", wages) == "부칙<제15666호>제2조"


def test_a_chapter_within_a_part_is_found_when_its_number_is_unique() -> None:
    tree = parse("법\n제1편 가\n제1장 나\n제1조(다) 다\n제2편 라\n제2장 마\n제2조(바) 바\n").tree

    assert resolve(tree, "제2장") == "part_2__chp_2"
    assert resolve(tree, "제3장") is None


@given(trees())
def test_every_provision_is_found_again_by_its_own_citation(tree: Node) -> None:
    for eid, node in index(tree).items():
        if node.kind != "note":
            assert resolve(tree, korean_from_eid(eid, tree) or "") == eid
