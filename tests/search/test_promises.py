"""What every search page promises: few queries, no writing, nothing of a draft, no dead end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.record.models import Event
from tests.factories import make_case

pytestmark = pytest.mark.django_db
MEASURED = [
    "/search/?q=폐배터리",
    "/search/?q=폐배터리&kind=case",
    "/search/?q=폐배터리+재활용&region=X0",
    "/search/?q=폐배터리+느티나무",
    "/search/?q=페배터리",
    "/cases/",
    "/cases/?q=폐배터리",
    "/api/v1/search?q=폐배터리&size=50",
    "/search/suggest/?q=폐",
]


def _queries(client: Client, address: str) -> list[str]:
    client.get(address)
    with CaptureQueriesContext(connection) as context:
        assert client.get(address).status_code == 200
    return [query["sql"] for query in context.captured_queries]


def test_the_number_of_queries_does_not_grow_with_the_rows(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    for number in range(5):
        make_case(garam, f"폐배터리 재활용 {number}")
    run_jobs()
    few = {address: len(_queries(client, address)) for address in MEASURED}
    for number in range(5, 50):
        make_case(garam, f"폐배터리 재활용 {number}")
    run_jobs()

    many = {address: len(_queries(client, address)) for address in MEASURED}

    assert max(many.values()) <= 8
    assert all(many[address] <= few[address] for address in MEASURED), (few, many)


def test_the_first_search_of_a_process_is_within_bounds_too(
    client: Client, garam: Any, run_jobs: Callable[[], int]
) -> None:
    from search import finding

    make_case(garam, "폐배터리 재활용")
    run_jobs()
    for address in MEASURED:
        finding.forget()
        with CaptureQueriesContext(connection) as context:
            client.get(address)
        assert len(context.captured_queries) <= 9, address


def test_reading_writes_nothing(client: Client, garam: Any, run_jobs: Callable[[], int]) -> None:
    make_case(garam, "폐배터리 재활용")
    run_jobs()
    events = Event.objects.count()

    for address in MEASURED:
        written = [q for q in _queries(client, address) if not q.strip(" (\n").startswith("SELECT")]
        assert written == []

    assert Event.objects.count() == events


@pytest.mark.parametrize("who", ["garam_editor", "nuri_editor", "nobody"])
def test_nobody_finds_a_draft_not_even_its_author(
    who: str,
    request: pytest.FixtureRequest,
    client: Client,
    garam: Any,
    login: Any,
    run_jobs: Callable[[], int],
) -> None:
    """Owner, neighbour, stranger: the public search shows what is public."""
    make_case(garam, "느티나무 아래 쉼터", live=False)
    page = make_case(garam, "폐배터리 작업장")
    page.title = "느티나무 작업장"
    page.save_revision()
    run_jobs()
    reader = client if who == "nobody" else login(request.getfixturevalue(who))

    for address in ("/search/", "/cases/", "/api/v1/search", "/search/suggest/"):
        body = reader.get(address, {"q": "느티나무"}).content.decode()
        assert "쉼터" not in body
        assert "느티나무 작업장" not in body


def test_an_empty_place_says_what_comes_next(client: Client) -> None:
    assert "측정이 끝난 표가 공개되면" in client.get("/data/").content.decode()
    assert "첫 사례가 공개되면" in client.get("/cases/").content.decode()
