"""Public pages ask little, write nothing, and send nothing but what the policy allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from wagtail.models import Page, get_page_models

from cms import urls as cms_urls
from cms.models import HomePage
from cms.models.base import HubPage
from search import urls as search_urls
from tests.public import FILES, FORMS, FOUND, PAGES, STATUS, WITHOUT, found

pytestmark = pytest.mark.django_db
ADDRESSES = {**PAGES, **{address: address for address in FILES}}
KINDS = [*ADDRESSES, *FOUND]
MOST_QUERIES = 12


@contextmanager
def read_only() -> Iterator[None]:
    """The database refuses every write. PostgreSQL takes writing back only with the savepoint it was refused in."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA query_only = ON")
            try:
                yield
            finally:
                cursor.execute("PRAGMA query_only = OFF")
        return
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL transaction_read_only = on")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def address(kind: str, client: Client) -> str:
    """Where the demo has one of this kind."""
    return ADDRESSES.get(kind) or found(kind, lambda listing: _read(client.get(listing)))


def _read(answer: Any) -> str:
    """The text of an answer; one that streams is read to its end, so that its file is closed."""
    parts = answer.streaming_content if answer.streaming else [answer.content]
    return b"".join(parts).decode("utf-8", "replace")


def test_every_public_address_and_every_kind_of_page_is_looked_at(client: Client) -> None:
    """By construction: what cms.urls, search.urls and the page classes know, tests/public.py has."""
    named = {entry.name for module in (cms_urls, search_urls) for entry in module.urlpatterns}
    examples = [
        ADDRESSES.get(kind) or found(kind, lambda at: _read(client.get(at))) for kind in KINDS
    ]
    looked_at = {resolve(example.partition("?")[0]).view_name for example in examples}
    pages = [route_of(example) for example in examples]

    assert named - looked_at == {*WITHOUT}, "tests/public.py"
    kinds = {model for model in get_page_models() if issubclass(model, HubPage)}
    assert kinds == {type(page) for page in pages if page is not None}


def route_of(address: str) -> Page | None:
    """The page that Wagtail serves at this address, if it is one of its own."""
    path = address.partition("?")[0]
    if resolve(path).view_name != "page":
        return None
    home = HomePage.objects.get()
    request = RequestFactory().get(path)
    page, _, _ = home.route(request, [part for part in path.split("/") if part])
    return page.specific


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_is_shown_on_a_database_that_refuses_writes(
    kind: str, address: str, client: Client
) -> None:
    _read(client.get(address))  # content types and the like are remembered by the process

    with read_only():
        answer = client.get(address)
        _read(answer)

    assert answer.status_code == STATUS.get(kind, 200)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_asks_the_database_at_most_twelve_times(
    kind: str, address: str, client: Client
) -> None:
    _read(client.get(address))

    with CaptureQueriesContext(connection) as asked:
        _read(client.get(address))

    assert len(asked) <= MOST_QUERIES, "\n".join(q["sql"][:160] for q in asked)


@pytest.mark.parametrize("kind", KINDS)
def test_a_public_answer_keeps_the_policy_and_says_nothing_inline(
    kind: str, address: str, client: Client
) -> None:
    answer = client.get(address)
    text = _read(answer)

    assert kind in FORMS or not answer.cookies
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"]
    if answer["Content-Type"].startswith("text/html"):
        assert not re.search(r"<style\b|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=\"", text)
        assert not re.search(r"(?:src|srcset|action)=\"(?:https?:)?//", text)
        assert not re.search(r"<link rel=\"stylesheet\" href=\"(?:https?:)?//", text)


def test_the_same_number_of_queries_at_five_and_at_fifty_rows(client: Client) -> None:
    from coalition.members.models import Municipality
    from coalition.record import jobs
    from tests.factories import make_case, make_news

    garam = Municipality.objects.get(slug="garam")
    case = make_case(garam, "자라는 사례")
    lists = [
        "/", "/municipalities/", "/municipalities/garam/", "/municipalities/garam/cases/",
        "/municipalities/garam/news/", "/cases/", "/search/?q=돌봄", "/feeds/cases/", "/sitemap.xml",
        case.address,
    ]  # fmt: skip

    def counted() -> dict[str, int]:
        jobs.run_until_idle()
        found = {}
        for address in lists:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found[address] = len(asked)
        return found

    few = counted()
    for number in range(45):
        make_case(garam, f"돌봄 사례 {number}")
        make_news(garam, f"돌봄 소식 {number}")

    assert counted() == few
