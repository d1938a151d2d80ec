"""Two drafts and the one that the coalition made of them, clause by clause."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client

from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT

pytestmark = pytest.mark.django_db
ADDRESS = "/bills/a/compare/v1...b/v1...joint/v1/"
PLAN = "시험자는 매년 시험계획을 수립하여야 한다."


@pytest.fixture
def three() -> None:
    """A안 lacks 제4조, B안 plans every second year, 연대안 has an article of its own in front."""
    fourth = next(line for line in TEXT.split("\n") if line.startswith("제4조"))
    joint = TEXT.replace(PLAN, "시험자는 3년마다 시험계획을 수립하여야 한다.")
    for number in (4, 3, 2):
        joint = joint.replace(f"제{number}조(", f"제{number + 1}조(")
    joint = joint.replace("제3조제1항에 따른 시험계획", "제4조제1항에 따른 시험계획")
    joint = joint.replace(
        "제3조(정의)", "제2조(참여) 시민은 시험에 관하여 물을 수 있다.\n제3조(정의)"
    )
    make_version(
        make_bill("a", "가상 A안", short_title="A안"), "1", text=TEXT.replace(f"{fourth}\n", "")
    )
    make_version(
        make_bill("b", "가상 B안", short_title="B안"),
        "1",
        text=TEXT.replace(PLAN, "시험자는 2년마다 시험계획을 수립하여야 한다."),
        date=dt.date(2026, 4, 1),
    )
    make_version(make_bill("joint", "가상 연대안", short_title="연대안"), "1", text=joint)


def _soup(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


def _columns(soup: BeautifulSoup, anchor: str) -> list[Tag]:
    group = soup.find(id=anchor)
    assert isinstance(group, Tag)
    return group.select("tr.is-changed td")


def test_each_column_marks_what_the_others_do_not_have(three: None, client: Client) -> None:
    soup = _soup(client, ADDRESS)

    a, b, joint = _columns(soup, "art_4")
    assert [one.get_text() for one in a.select("del")] == ["매년"]
    assert [one.get_text() for one in b.select("del")] == ["2년마다"]
    assert [one.get_text() for one in joint.select("ins")] == ["3년마다"]
    assert a.select_one("a[href='/bills/a/v1/art_3/']") is not None
    assert b.select_one("a[href='/bills/b/v1/art_3__para_1/']") is not None
    assert joint.select_one("a[href='/bills/joint/v1/art_4__para_1/']") is not None


def test_what_one_of_them_lacks_is_shown_as_missing(three: None, client: Client) -> None:
    soup = _soup(client, ADDRESS)

    a, b, joint = _columns(soup, "art_5")
    assert a.get_text(strip=True) == "없음"
    assert "시험을 실시하여야 한다." in b.get_text()
    assert [one.get_text() for one in joint.select("ins")] == ["제4조제1항에"]
    own = _columns(soup, "art_2")
    assert [column.get_text(strip=True) for column in own[:2]] == ["없음", "없음"]
    assert own[2].select("ins")


def test_what_all_three_have_is_folded_and_nothing_is_lost(three: None, client: Client) -> None:
    soup = _soup(client, ADDRESS)

    folded = [one.get_text(" ", strip=True) for one in soup.select("summary")]
    assert "제1조 세 판이 같음" in folded
    assert "제3조 세 판이 같음" in folded
    ids = [str(one["id"]) for one in soup.select("main tbody[id]")]
    assert ids == ["art_1", "art_2", "art_3", "art_4", "art_5", "supp_1__art_1"]
    for link in {str(a["href"]) for a in soup.select("main a[href^='/']")}:
        assert client.get(link).status_code == 200, link


def test_what_the_third_lacks_stands_where_it_was(three: None, client: Client) -> None:
    soup = _soup(client, "/bills/joint/compare/v1...b/v1...a/v1/")

    ids = [str(one["id"]) for one in soup.select("main tbody[id]")]
    assert ids == ["art_1", "old-1-art_2", "art_2", "art_3", "old-1-art_5", "supp_1__art_1"]
    gone = _columns(soup, "old-1-art_5")
    assert [bool(column.select(".h")) for column in gone] == [True, True, False]


def test_the_form_leads_to_three_and_data_is_of_two_only(three: None, client: Client) -> None:
    chosen = client.get("/bills/compare/", {"a": "a:1", "b": "b:1", "c": "joint:1"})

    assert (chosen.status_code, chosen["Location"]) == (302, ADDRESS)
    assert client.get(ADDRESS.rstrip("/") + ".json").status_code == 404
    assert client.get("/bills/a/compare/v1...b/v1...none/v1/").status_code == 404
    assert client.get("/bills/a/compare/v1...b/v1...joint/v1...a/v1/").status_code == 404


def test_an_item_that_only_stands_elsewhere_is_not_marked_as_missing(client: Client) -> None:
    bill = make_bill("test")
    swapped = TEXT.replace('1. "시험"이란 기능을 확인하는 활동을', '1. "자리"란 새로 온 자리를')
    items = [line.strip()[3:] for line in TEXT.split("\n") if line.startswith("  ")]
    turned = TEXT.replace(items[0], "#").replace(items[1], items[0]).replace("#", items[1])
    for no, text in (("1", TEXT), ("2", turned), ("3", swapped)):
        make_version(bill, no, text=text)

    soup = _soup(client, "/bills/test/compare/v1...v2...v1/")

    assert not soup.find(id="art_2").select("del, ins")  # type: ignore[union-attr]
    assert _soup(client, "/bills/test/compare/v1...v2...v3/").find(id="art_2").select("ins")  # type: ignore[union-attr]
