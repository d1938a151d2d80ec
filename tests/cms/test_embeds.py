"""우리 누리집에 싣기: framed anywhere, nothing remembered, nothing run."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from cms.models import MunicipalityPage
from tests.coalition.members.joining_scenarios import make_member
from tests.factories import make_bill, make_case, make_version
from tests.factories.positions import make_position, make_terms

pytestmark = pytest.mark.django_db
FRAME = "/embed/v1/municipalities/garam/"


def _text(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text().split())


def test_the_frame_tells_the_status_in_a_few_queries(
    garam: Any, secretariat: Any, django_assert_max_num_queries: Any
) -> None:
    make_terms()
    make_member(garam, dt.date(2026, 2, 10))
    make_case(garam, "첫 사례")
    for number in range(4):
        make_case(garam, f"사례 {number}")
    version = make_version(make_bill())
    make_position(garam, version, by=secretariat, verified=dt.date(2026, 7, 11))

    with django_assert_max_num_queries(8):
        answer = Client().get(FRAME)

    said = _text(answer)
    assert "2026. 2. 10.부터" in said
    assert "5건" in said
    assert "지지 1건" in said
    assert _text(Client().get("/embed/municipalities/garam/")) == said


def test_only_the_frame_may_be_framed_and_it_keeps_no_cookie(garam: Any) -> None:
    answer = Client().get(FRAME)

    assert "frame-ancestors *" in answer["Content-Security-Policy"]
    assert "default-src 'none'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert not answer.cookies
    assert "Cookie" not in answer.get("Vary", "")
    assert answer["X-Robots-Tag"] == "noindex"
    assert "<script" not in answer.content.decode()
    for link in BeautifulSoup(answer.content, "html.parser").select("a"):
        assert link["target"] == "_blank"
        assert str(link["href"]).startswith("http"), "the frame stands elsewhere"
    for address in ("/municipalities/garam/", "/embed/help/garam/", "/join/"):
        other = Client().get(address)
        assert "frame-ancestors 'self'" in other["Content-Security-Policy"], address
        assert other["X-Frame-Options"] == "SAMEORIGIN", address


def test_the_frame_of_nobody_and_of_what_is_hidden_is_not_there(garam: Any) -> None:
    MunicipalityPage.objects.filter(municipality=garam).update(live=False)

    for slug in ("garam", "nobody"):
        for address in (f"/embed/v1/municipalities/{slug}/", f"/embed/help/{slug}/"):
            assert Client().get(address).status_code == 404


def test_the_snippet_stands_on_the_desk_and_on_the_help_page(
    garam: Any, garam_editor: Any, nuri_editor: Any, login: Any
) -> None:
    for client, address in (
        (login(garam_editor), "/admin/embed/garam/"),
        (Client(), "/embed/help/garam/"),
    ):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        told = page.select_one("textarea, .cite code")
        assert told is not None
        frame = BeautifulSoup(told.get_text(), "html.parser").select_one("iframe")
        assert frame is not None
        assert str(frame["src"]).endswith(FRAME)
    assert login(garam_editor).get("/admin/embed/").url == "/admin/embed/garam/"
    assert login(nuri_editor).get("/admin/embed/garam/").status_code == 404
    assert "/embed/help/garam/" in Client().get("/municipalities/garam/").content.decode()
