"""Feeds, map of the site, robots, health, and pages for what went wrong."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core.checks import run_checks
from django.db import connection
from django.test import Client, override_settings

from cms.checks import check_blanks, check_reserved_slugs, first_segments
from cms.models import HomePage, Operator, StandardPage
from coalition.record import triggers
from tests.factories import make_bill, make_case, make_news, make_version, publish

pytestmark = pytest.mark.django_db


def test_feeds_tell_what_is_public(garam: Any, client: Client) -> None:
    make_case(garam, "공개된 사례")
    make_case(garam, "쓰는 중인 사례", live=False)
    make_news(garam, "공개된 소식")
    make_version(make_bill())

    told = {}
    for name in ("cases", "news", "bills"):
        answer = client.get(f"/feeds/{name}/")
        assert answer["Content-Type"].startswith("application/atom+xml")
        told[name] = list(re.findall(r"<entry><title>(.*?)</title>", answer.content.decode()))

    assert told == {
        "cases": ["공개된 사례 (가상도 가람시, 가상)"],
        "news": ["공개된 소식"],
        "bills": ["가상 시험 지원법안 v0.1 (시연용 초안)"],
    }


def test_the_map_of_the_site_names_public_pages_and_published_versions(
    garam: Any, client: Client
) -> None:
    live, draft = make_case(garam, "공개"), make_case(garam, "비공개", live=False)
    make_version(make_bill())

    text = client.get("/sitemap.xml").content.decode()

    assert live.address in text
    assert draft.address not in text
    assert "/bills/test/v0.1/" in text


def test_without_fiction_machines_may_index_all_but_desk_and_search(client: Client) -> None:
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Disallow: /search/" in text
    assert "Disallow: /\n" not in text
    assert "noindex" not in client.get("/privacy/").content.decode()


def test_one_fictional_row_closes_the_hub_to_machines(garam: Any, client: Client) -> None:
    assert "Disallow: /\n" in client.get("/robots.txt").content.decode()
    assert "noindex" in client.get("/privacy/").content.decode()


def test_health_is_told_and_a_missing_rule_makes_it_unready(client: Client) -> None:
    assert client.get("/healthz/live").json() == {"status": "ok"}
    assert client.get("/healthz/ready").json() == {"status": "ok", "faults": []}

    triggers.remove(connection)
    answer = client.get("/healthz/ready")
    triggers.install(connection)

    assert answer.status_code == 503
    assert answer.json()["faults"] == ["triggers"]


@pytest.mark.parametrize(
    "address",
    [
        "/nope/",
        "/municipalities/none/",
        "/bills/none/",
        "/dialogue/none/",
        "/news/%00/",
        "/" + "a" * 3000 + "/",
    ],
)
def test_a_wrong_address_is_a_korean_404_with_a_way_on(address: str, client: Client) -> None:
    answer = client.get(address)

    text = answer.content.decode()
    assert answer.status_code == 404
    assert "찾는 쪽이 없습니다" in text
    assert 'href="/"' in text
    assert "url_path" not in text


def test_an_error_of_ours_is_a_korean_page_without_the_inside() -> None:
    from django.http import HttpRequest

    from cms.views.errors import server_error

    answer = server_error(HttpRequest())

    assert answer.status_code == 500
    assert "잠시 문제가 생겼습니다" in answer.content.decode()


def test_a_page_that_an_address_of_records_hides_is_named() -> None:
    assert {"bills", "cases", "search", "admin", "feeds"} <= first_segments()
    assert check_reserved_slugs(None, databases=["default"]) == []
    home = HomePage.objects.get()
    home.add_child(instance=StandardPage(title="법안 안내", slug="bills"))

    found = check_reserved_slugs(None, databases=["default"])

    assert [(error.id, error.hint) for error in found] == [("cms.E002", "쪽의 주소를 바꾸세요.")]


def test_a_deployment_is_stopped_while_a_blank_of_the_operator_remains() -> None:
    found = check_blanks(None)
    assert {error.id for error in found} == {"cms.E003"}
    assert any("개인정보 처리방침" in error.msg for error in found)

    from wagtail.models import Site

    Operator.objects.create(site=Site.objects.get(), name="n", address="a", phone="p", email="e")
    for page in StandardPage.objects.all():
        page.body = [("paragraph", "<p>적었습니다.</p>")]
        publish(page)
    assert check_blanks(None) == []


@override_settings(DEBUG=False)
def test_the_system_checks_are_clean() -> None:
    assert run_checks(databases=["default"]) == []
