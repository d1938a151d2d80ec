"""The filtered result to take along, and what is like a thing: the same hits, nothing hidden, safe cells."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from search import export, screen
from search.export import COLUMNS, guarded
from tests.factories import make_case, make_news

pytestmark = pytest.mark.django_db


def _rows(client: Client, **data: str) -> list[list[str]]:
    response = client.get("/search/export.csv", data)
    assert response.status_code == 200
    assert response.content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(response.content.decode("utf-8-sig"))))


def test_what_is_exported_is_what_was_filtered(
    client: Client, garam: Any, nuri: Any, run_jobs: Callable[[], int]
) -> None:
    for number in range(25):
        make_case(garam, f"폐배터리 재활용 {number}")
    make_case(nuri, "폐배터리 수거함")
    make_news(garam, "폐배터리 모으는 날")
    run_jobs()

    head, *rows = _rows(client, q="폐배터리", kind="case", region="X0001", page="2")
    data = client.get("/search/export.json", {"q": "폐배터리", "kind": "case"}).json()

    assert tuple(head) == COLUMNS
    assert len(rows) == 25
    assert {row[3] for row in rows} == {"가람시"}
    assert all(row[2].startswith("http") for row in rows)
    assert (data["total"], data["exported"], len(data["results"])) == (26, 26, 26)
    html = client.get("/search/", {"q": "폐배터리", "region": "X0001"}).content.decode()
    assert "/search/export.csv?q=%ED%8F%90%EB%B0%B0%ED%84%B0%EB%A6%AC&amp;region=X0001" in html
    assert "kind=case" in client.get("/cases/", {"q": "폐배터리"}).content.decode()


def test_a_file_that_holds_a_part_says_so(
    client: Client, garam: Any, run_jobs: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        make_case(garam, f"폐배터리 재활용 {number}")
    run_jobs()
    for module in (export, screen):
        monkeypatch.setattr(module, "MOST_EXPORTED", 2)

    answer = client.get("/search/export.csv", {"q": "폐배터리"})

    assert "search-2-of-3.csv" in answer["Content-Disposition"]
    assert len(_rows(client, q="폐배터리")) == 3
    assert "내려받기(앞의 2건)" in client.get("/search/", {"q": "폐배터리"}).content.decode()


def test_a_title_that_is_a_formula_is_text(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    make_case(garam, "=HYPERLINK(폐배터리)")
    run_jobs()

    assert _rows(client, q="폐배터리")[1][1] == "'=HYPERLINK(폐배터리)"
    assert [guarded(cell) for cell in ("+1", " -1", "@a", "\t=1", "가")] == [
        "'+1", "' -1", "'@a", "'\t=1", "가",
    ]  # fmt: skip


def test_what_is_hidden_is_not_exported(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    page = make_case(garam, "폐배터리 작업장")
    make_case(garam, "폐배터리 초안", live=False)
    run_jobs()
    assert len(_rows(client, q="폐배터리")) == 2

    page.unpublish()

    assert len(_rows(client, q="폐배터리")) == 1
    assert client.get("/search/export.json", {"q": "폐배터리"}).json()["results"] == []


@pytest.mark.parametrize("address", ["/search/export.csv", "/search/export.json"])
def test_what_can_not_be_meant_is_refused(address: str, client: Client) -> None:
    for data in ({"q": "가" * 501}, {"kind": "rumour"}, {"from": "어제"}):
        assert client.get(address, data).status_code == 400
    for data in ({}, {"q": "\x00"}, {"q": '"'}, {"page": "9"}):
        assert client.get(address, data).status_code == 200
    assert client.get(address)["X-Robots-Tag"] == "noindex"


def test_similar_cases_say_why(
    client: Client, garam: Any, nuri: Any, run_jobs: Callable[[], int]
) -> None:
    one = make_case(
        garam, "폐배터리 재활용 작업장", problem="<p>폐배터리를 나르는 사람이 없었다.</p>"
    )
    make_case(nuri, "폐배터리 재활용 수거함")
    hidden = make_case(nuri, "폐배터리 재활용 학교")
    for number in range(12):
        make_case(garam, f"느티나무 공원 {number}")
    run_jobs()
    hidden.unpublish()

    html = client.get(f"/search/similar/case/{one.pk}/").content.decode()

    assert "수거함" in html
    assert "함께 나오는 낱말:" in html
    assert "재활용" in html
    assert "학교" not in html
    assert "느티나무" not in html
    assert f'href="/search/similar/case/{one.pk}/"' in client.get(one.address).content.decode()


def test_of_what_is_hidden_nothing_is_told(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    page = make_case(garam, "폐배터리 작업장")
    make_case(garam, "폐배터리 수거함")
    run_jobs()
    page.unpublish()

    assert client.get(f"/search/similar/case/{page.pk}/").status_code == 404
    assert client.get("/search/similar/case/999999/").status_code == 404
    assert client.get("/search/similar/rumour/1/").status_code == 404


def test_a_range_of_days_is_asked_on_the_page(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    make_news(garam, "폐배터리 모으는 날", date="2026-03-02")
    make_news(garam, "폐배터리 나누는 날", date="2026-09-01")
    run_jobs()

    html = client.get("/search/", {"q": "폐배터리", "from": "2026-08-01"}).content.decode()

    assert "나누는 날" in html
    assert "모으는 날" not in html
    assert '<input type="date" id="since" name="from" value="2026-08-01">' in html
    assert "2026-08-01부터" in html
