"""Whatever is sent to an address of search: an answer or a sentence in Korean, never an error of ours."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from tests.factories import make_case

pytestmark = pytest.mark.django_db
PAGES = ["/search/", "/cases/", "/data/", "/api/v1/search", "/search/suggest/"]
WORDS = {
    "nul": "돌봄\x00일자리",
    "surrogate": None,
    "two thousand words": "낱말 " * 2_000,
    "twenty thousand characters": "가" * 20_000,
    "unbalanced quotes": '"돌봄 일자리',
    "only quotes": '""""""',
    "fts syntax": '돌봄 AND (NEAR(일자리 OR) NOT ^ * tokens_title:x"',
    "lucene syntax": "title:돌봄~2 AND [* TO *] /re(gex/ && || !{}",
    "tsquery syntax": "돌봄 & !( | <-> '일자리':A",
    "sql": "'; DROP TABLE search_searchdocument; --",
    "emoji": "🍎🍏 돌봄 👩‍👩‍👧",
    "signs only": "!@#$%^&*()_+-=[]{}|;':\",./<>?",
    "minus only": "-돌봄",
    "fields without values": "지역: 판: 종류:",
    "deep field": "지역:" * 100,
    "combining": "e\u0301\u0301\u0301\u0301" * 40,
    "jamo": "ㄱㄴㄷㄹㅏㅑㅓㅕ" * 10,
    "rtl": "\u202e돌봄\u202c",
    "blank": " \t\n ",
    "numbers": "1" * 400,
    "codes": "제1조" * 90,
    "half typed": "ㅎ" * 60,
    "latin": "dlfwkfl" * 40,
}
PARAMETERS = [
    ("page", "1" + "0" * 20, "page"),
    ("page", "0", "page"),
    ("page", "-1", "page"),
    ("page", "x", "page"),
    ("page", "٣", "page"),
    ("page", "501", "page"),
    ("size", "-1", "size"),
    ("size", "0", "size"),
    ("size", "101", "size"),
    ("size", "1e3", "size"),
    ("kind", "dragon", "kind"),
    ("region", "1", "region"),
    ("region", "가나", "region"),
    ("evidence", "5", "evidence"),
    ("year", "26", "year"),
    ("sort", "price", "sort"),
    ("from", "yesterday", "from"),
    ("to", "2026-13-40", "to"),
    ("tag", "가" * 101, "tag"),
    ("q", "가" * 501, "q"),
]


@pytest.fixture(scope="module", autouse=True)
def _one_case(places: tuple[Any, Any]) -> None:
    from coalition.record.jobs import run_until_idle

    make_case(places[0], "돌봄 일자리")
    run_until_idle()


@pytest.mark.parametrize("name", WORDS)
def test_any_words_are_answered(name: str, client: Client) -> None:
    written = WORDS[name]
    query = "q=%ED%A0%80%B0%00%FF" if written is None else f"q={quote(written)}"

    for address in PAGES:
        response = client.get(f"{address}?{query}")
        assert response.status_code in (200, 400), (address, response.status_code)
        if response.status_code == 400:
            assert "검색어가 너무 깁니다" in response.content.decode()


@pytest.mark.parametrize(("name", "value", "parameter"), PARAMETERS)
def test_a_parameter_that_cannot_be_meant_is_refused_by_name(
    name: str, value: str, parameter: str, client: Client
) -> None:
    response = client.get("/api/v1/search", {name: value})

    body = response.json()
    assert response.status_code == 400
    assert {*body} == {"title", "detail", "parameter"}
    assert body["parameter"] == parameter
    assert body["detail"].endswith(".")


@pytest.mark.parametrize(("name", "value"), [(n, v) for n, v, _ in PARAMETERS if n != "size"])
def test_a_page_says_in_a_sentence_what_is_wrong(name: str, value: str, client: Client) -> None:
    response = client.get("/search/", {name: value})

    assert response.status_code == 400
    assert "이대로는 찾을 수 없습니다" in response.content.decode()
    assert response.headers["X-Robots-Tag"] == "noindex"


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_search_is_read_only(method: str, client: Client) -> None:
    for address in (*PAGES, "/api/v1/openapi.json"):
        assert getattr(client, method)(address).status_code == 405


def test_a_page_beyond_the_last_is_empty_and_leads_back(client: Client) -> None:
    assert client.get("/api/v1/search", {"q": "돌봄", "page": "9"}).json()["results"] == []
    assert client.get("/search/", {"q": "돌봄", "page": "9"}).status_code == 200


def test_too_many_choices_are_refused(client: Client) -> None:
    query = "&".join(f"tag=t{n}" for n in range(60))

    assert client.get(f"/api/v1/search?{query}").json()["parameter"] == "tag"


def test_an_unknown_parameter_is_passed_over(client: Client) -> None:
    assert client.get("/search/", {"q": "돌봄", "utm_source": "x"}).status_code == 200
