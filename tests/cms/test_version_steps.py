"""Beside the versions of a bill and beside its clauses: what changed since the version before."""

from __future__ import annotations

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.drafts.models import Bill
from tests.factories import make_bill, make_version
from tests.factories.bills import TEXT

pytestmark = pytest.mark.django_db
LATER = dt.date(2026, 9, 1)
COMPARISON = "/bills/sjsa/compare/v0.2...v0.3/"


def _soup(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200
    return BeautifulSoup(answer.content, "html.parser")


@pytest.mark.parametrize("address", ["/bills/sjsa/", "/bills/sjsa/v0.3/", "/bills/sjsa/v0.2/"])
def test_the_list_of_versions_counts_what_changed_and_leads_there(
    address: str, sjsa: Bill, client: Client
) -> None:
    newer, oldest = _soup(client, address).select(".rail li")

    link = newer.select_one(f"a[href='{COMPARISON}']")
    assert link is not None
    assert link.get_text() == "v0.2와 견주기"
    assert "신설 1, 삭제 1, 바뀜 3, 제목 1" in newer.get_text()
    assert "번호만 13" in newer.get_text()
    assert "견주기" not in oldest.get_text()


def test_the_only_version_has_nothing_to_be_compared_with(client: Client) -> None:
    make_version(make_bill("test"), "1")

    assert "견주기" not in _soup(client, "/bills/test/").select_one("main").get_text()  # type: ignore[union-attr]


def test_a_clause_that_was_worked_on_is_marked_in_the_margin(sjsa: Bill, client: Client) -> None:
    soup = _soup(client, "/bills/sjsa/v0.3/")
    page = _soup(client, COMPARISON)

    marked = {
        article["id"]: article.select_one(".gut .tag").get_text()  # type: ignore[union-attr]
        for article in soup.select(".art")
        if article.select_one(".gut--changed")
    }
    assert marked == {
        "art_3": "순서", "art_5": "신설", "art_11": "항 나눔", "art_13": "제목",
        "art_17": "바뀜ㆍ나뉨", "art_18": "바뀜ㆍ나뉨", "art_20": "바뀜ㆍ합침", "art_21": "바뀜",
        "art_23": "옮김",
    }  # fmt: skip
    for link in soup.select(f".panel a[href^='{COMPARISON}']"):
        assert page.find(id=str(link["href"]).partition("#")[2]) is not None
    assert not _soup(client, "/bills/sjsa/v0.2/").select(".gut--changed")


def test_the_rail_asks_no_more_for_many_versions_than_for_two(sjsa: Bill, client: Client) -> None:
    def asked(address: str) -> int:
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    two = asked("/bills/sjsa/"), asked("/bills/sjsa/v0.3/")
    many = make_bill("many")
    for number in range(1, 9):
        make_version(many, str(number), text=TEXT.replace("매년", f"{number}년마다"), date=LATER)

    assert (asked("/bills/many/"), asked("/bills/many/v8/")) == two
    counted = [step.get_text() for step in _soup(client, "/bills/many/").select(".rail li")]
    assert ["바뀜 1" in text for text in counted] == [True] * 6 + [False] * 2
