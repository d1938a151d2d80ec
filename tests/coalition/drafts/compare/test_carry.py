"""Identity from version to version: only what is certain."""

from __future__ import annotations

from coalition.drafts.compare import Carried, carry
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import PROVISIONS, index, walk
from tests.generators.statutes import bill


def _carried(before: str, after: str) -> dict[str, tuple[str, str]]:
    found = carry(parse(before).tree, parse(after).tree)
    return {each.a_eid: (each.b_eid, each.how) for each in found}


def test_everything_is_carried_to_an_equal_text() -> None:
    tree = parse(bill("0.3")).tree
    provisions = [node.eid for node in walk(tree) if node.kind in PROVISIONS]

    assert carry(tree, tree) == [Carried(eid, eid, "text") for eid in provisions]


def test_the_demo_bill_keeps_the_identity_of_what_is_certain() -> None:
    found = _carried(bill("0.2"), bill("0.3"))

    assert found["art_6"] == ("art_7", "title")
    assert found["art_12"] == ("art_13", "text")
    assert found["art_3__item_3"] == ("art_3__item_4", "text")
    assert found["art_7__para_2"] == ("art_8__para_2", "text")
    assert found["supp_1__art_2"] == ("supp_1__art_2", "title")
    for gone in ("art_16", "art_18", "art_19", "art_22", "art_7__para_3"):
        assert gone not in found


def test_no_provision_is_carried_twice_and_all_exist() -> None:
    a, b = parse(bill("0.2")).tree, parse(bill("0.3")).tree
    found = carry(a, b)

    assert len({each.a_eid for each in found}) == len({each.b_eid for each in found}) == len(found)
    assert {each.a_eid for each in found} <= set(index(a))
    assert {each.b_eid for each in found} <= set(index(b))


def test_a_title_that_two_articles_have_carries_nothing() -> None:
    before = "법\n제1조(벌칙) 가를 한 자\n제2조(벌칙) 나를 한 자\n"
    after = "법\n제1조(벌칙) 다를 한 자\n제2조(벌칙) 나를 한 자\n"

    assert _carried(before, after) == {"art_2": ("art_2", "text")}


def test_equal_words_that_two_articles_have_go_by_title_and_number_or_not_at_all() -> None:
    before = "법\n제1조(가) 같은 글\n제2조(나) 같은 글\n"

    assert _carried(before, "법\n제1조(나) 같은 글\n제2조(가) 같은 글\n") == {
        "art_1": ("art_2", "text"),
        "art_2": ("art_1", "text"),
    }
    assert _carried(before, "법\n제1조(다) 같은 글\n제2조(라) 같은 글\n") == {}


def test_what_stands_below_is_carried_by_its_own_words() -> None:
    before = "법\n제1조(가) ① 하나\n② 둘\n1. 갑\n2. 을\n③ 셋\n"
    after = "법\n제1조(가) ① 영\n② 둘\n1. 을\n2. 병\n③ 하나\n"

    assert _carried(before, after) == {
        "art_1": ("art_1", "title"),
        "art_1__para_1": ("art_1__para_3", "text"),
        "art_1__para_2": ("art_1__para_2", "text"),
        "art_1__para_2__item_2": ("art_1__para_2__item_1", "text"),
    }


def test_supplements_keep_to_themselves() -> None:
    before = "법\n제1조(가) 가\n부칙 <제1호,2020.1.1>\n제1조(시행일) 나\n"
    after = before + "부칙 <제2호,2021.1.1>\n제1조(시행일) 나\n"

    assert _carried(before, after)["supp_1__art_1"] == ("supp_1__art_1", "text")
    assert len(_carried(before, after)) == 2


def test_paragraphs_of_a_supplement_without_articles_are_carried() -> None:
    before = "법\n제1조(가) 가\n부칙\n①(시행일) 나\n②(특례) 다\n"

    found = _carried(before, before.replace("다\n", "라\n"))

    assert found["supp_1__para_1"] == ("supp_1__para_1", "text")
    assert "supp_1__para_2" not in found


def test_a_deleted_stub_has_no_identity_to_carry() -> None:
    assert _carried("법\n제1조 삭제 <2020.1.1>\n", "법\n제1조 삭제 <2020.1.1>\n") == {}
