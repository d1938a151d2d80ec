"""Public pages ask little, write nothing, and send nothing but what the policy allows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

pytestmark = pytest.mark.django_db
PAGES = [
    "/",
    "/municipalities/",
    "/municipalities/garam/",
    "/municipalities/gwangsan/",
    "/municipalities/garam/cases/",
    "/municipalities/garam/news/",
    "/municipalities/garam/data/",
    "/municipalities/garam/data/ilmaru-sangdam/",
    "/municipalities/garam/data/ilmaru-sangdam/?row=20",
    "/municipalities/onyu/data/maeul-bus/v1.csv",
    "/cases/",
    "/cases/?tag=돌봄",
    "/data/",
    "/search/",
    "/search/?q=돌봄",
    "/search/suggest/?q=돌",
    "/api/v1/search?q=돌봄",
    "/api/v1/openapi.json",
    "/bills/",
    "/bills/sjsa/",
    "/bills/sjsa/v0.3/",
    "/bills/sjsa/v0.3/export.txt",
    "/bills/sjsa/v0.3/export.json",
    "/bills/sjsa/v0.3/export.docx",
    "/bills/sjsa/v0.3/export.xml",
    "/bills/sjsa/v0.3/art_15__para_2__item_1/",
    "/bills/sjsa/v0.3/art_13/",
    "/bills/sjsa/v0.3/art_17/history/",
    "/bills/sjsa/v0.3/columns/",
    "/bills/sjsa/v0.3/reasons/",
    "/bills/sjsa/v0.3/art_17/",
    "/trail/",
    "/trail/garam-green/3/",
    "/trail/bills/sjsa/v0.3/art_17/",
    "/bills/sjsa/positions/",
    "/bills/sjsa/positions/?on=2026-08-01",
    "/bills/sjsa/positions/export.csv",
    "/bills/sjsa/resolutions/",
    "/bills/sjsa/resolutions/?on=2026-08-01",
    "/bills/sjsa/resolutions/template.docx",
    "/bills/sjsa/road/",
    "/feeds/bills/sjsa/",
    "/feeds/bills/sjsa/art_21/",
    "/bills/compare/",
    "/bills/sjsa/compare/v0.2...v0.3/",
    "/bills/sjsa/compare/v0.3...v0.2/?view=inline",
    "/bills/sjsa/compare/v0.2...v0.3.json",
    "/bills/sjsa/compare/v0.2...v0.3...v0.2/",
    "/municipalities/garam/data/ilmaru-sangdam/v2/changes/",
    "/municipalities/garam/data/ilmaru-sangdam/v2.ris",
    "/models/",
    "/models/garam-care-coordinator/",
    "/models/gwangsan-energy/",
    "/pilots/",
    "/pilots/garam-care-2026/",
    "/pilots/garam-youth-rent-2025/",
    "/pilots/gwangsan-village-2026/",
    "/spread/",
    "/spread/garam/",
    "/spread/nuri/",
    "/methods/",
    "/dialogue/",
    "/dialogue/garam/",
    "/dialogue/garam/?on=2025-10-21",
    "/dialogue/garam/events/1/",
    "/meetings/",
    "/meetings.ics",
    "/meetings/garam/",
    "/meetings/garam.ics",
    "/meetings/garam/1/",
    "/meetings/garam/1.ics",
    "/questions/",
    "/questions/?state=unanswered",
    "/questions/garam-green/",
    "/questions/garam-green/core/3/",
    "/questions/garam-green/15/",
    "/questions/garam-green/15/?type=worker",
    "/news/",
    "/privacy/",
    "/robots.txt",
    "/sitemap.xml",
    "/feeds/cases/",
    "/feeds/news/",
    "/feeds/bills/",
    "/healthz/live",
]
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


def case_address() -> str:
    from cms.models import CasePage

    page = CasePage.objects.live().first()
    assert page is not None
    return str(page.address)


@pytest.mark.parametrize("address", [*PAGES, "a case"])
def test_a_page_is_shown_on_a_database_that_refuses_writes(address: str, client: Client) -> None:
    shown = case_address() if address == "a case" else address
    client.get(shown)  # content types and the like are remembered by the process

    with read_only():
        assert client.get(shown).status_code == 200


@pytest.mark.parametrize("address", [*PAGES, "a case"])
def test_a_page_asks_the_database_at_most_twelve_times(address: str, client: Client) -> None:
    shown = case_address() if address == "a case" else address
    client.get(shown)

    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert client.get(shown).status_code == 200

    assert len(asked) <= MOST_QUERIES, "\n".join(q["sql"][:160] for q in asked)


@pytest.mark.parametrize("address", PAGES)
def test_a_public_answer_sets_no_cookie_and_keeps_the_policy(address: str, client: Client) -> None:
    answer = client.get(address)

    assert not answer.cookies
    policy = answer["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "style-src 'self'" in policy
    assert "unsafe" not in policy
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"]


@pytest.mark.parametrize("address", [*PAGES, "a case"])
def test_a_page_has_no_inline_script_style_or_handler(address: str, client: Client) -> None:
    answer = client.get(case_address() if address == "a case" else address)
    if not answer["Content-Type"].startswith("text/html"):
        return
    text = answer.content.decode()

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
