"""시민 공감 on the screen: consents that stand apart, a button that confirms, nothing at all while it is off."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as project
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.advocacy.models import Support
from coalition.advocacy.supporting import confirm_link, end_link
from coalition.drafts.models import Bill
from coalition.record.models import MailOut, Person
from tests.coalition.advocacy.scenarios import SWITCHED_ON

pytestmark = pytest.mark.django_db
BASE = "/bills/sjsa/support/"
FORMS = [f"{BASE}give/", f"{BASE}end/"]
WHOLE = {"email": "one@example.kr", "personal": "1", "sensitive": "1", "of_age": "1"}


@pytest.fixture
def on(settings: Any, sjsa: Bill) -> Bill:
    settings.HUB_CITIZEN_SUPPORT = SWITCHED_ON
    return sjsa


def _path(link: str) -> str:
    return "/" + link.partition("//")[2].partition("/")[2]


def _give(client: Client, **fields: str) -> Any:
    return client.post(f"{BASE}give/", {**WHOLE, **fields})


def test_it_is_given_by_mail_and_button_and_taken_back_without_a_login(
    on: Bill, client: Client
) -> None:
    form = client.get(f"{BASE}give/")
    assert "no-store" in form["Cache-Control"]
    assert "checked" not in form.content.decode()
    assert _give(client).url == f"{BASE}asked/"
    support = Support.objects.get()
    link, end = _path(confirm_link(support)), _path(end_link(support))
    assert link in MailOut.objects.get().text
    assert "공감하시겠습니까" in client.get(link).content.decode()
    assert not Support.objects.filter(
        confirmed_on__isnull=False
    ).exists()  # a look confirms nothing

    assert "공감했습니다" in client.post(link).content.decode()
    assert "1명" in client.get(BASE).content.decode()
    assert "시민 공감 1" in client.get("/bills/sjsa/").content.decode()
    assert "거두시겠습니까" in client.get(end).content.decode()
    assert Support.objects.filter(ended_on__isnull=True).exists()
    assert "거두었습니다" in client.post(end).content.decode()
    assert "아직 공감한 사람이 없습니다" in client.get(BASE).content.decode()
    assert "거두었습니다" in client.post(end).content.decode()


def test_every_screen_says_that_it_is_no_petition(on: Bill, client: Client) -> None:
    _give(client)
    for path in (BASE, f"{BASE}give/", _path(confirm_link(Support.objects.get()))):
        assert "서명은 법적 청원이 아닙니다" in client.get(path).content.decode()


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"email": "no address"}, "이메일 주소를 다시"),
        ({"email": ""}, "이메일을 쓰세요"),
        ({"personal": ""}, "동의해야"),
        ({"sensitive": ""}, "민감정보 처리에 따로"),
        ({"of_age": ""}, "만 14세 이상만"),
        ({"region": "99999"}, "목록에 있는"),
        ({"region": "x"}, "목록에 있는"),
        ({"email": "a\x00@example.kr"}, "null"),
    ],
)
def test_bad_input_is_told(fields: dict[str, str], said: str, on: Bill, client: Client) -> None:
    answer = _give(client, **fields)
    assert answer.status_code == 400
    assert said in answer.content.decode() or said == "null"
    assert not Person.objects.exists()


def test_the_answer_does_not_tell_whether_an_address_is_known(on: Bill, client: Client) -> None:
    first = _give(client)
    client.post(_path(confirm_link(Support.objects.get())))
    again = _give(client)
    ended = client.post(f"{BASE}end/", {"email": "stranger@example.kr"})
    assert {(a.status_code, a.url) for a in (first, again, ended)} == {(302, f"{BASE}asked/")}
    assert Support.objects.count() == 1
    _give(client, email="machine@example.kr", website="x")
    assert Support.objects.count() == 1


def test_wrong_links_and_foreign_hands(on: Bill, login: Any, secretariat: Any) -> None:
    """Neither a stranger nor the secretariat can confirm or end what is somebody else's; forms need their token."""
    _give(Client())
    for client in (Client(), login(secretariat)):
        for path in (
            "/support/confirm/x/",
            "/support/end/x/",
            f"/support/end/{Support.objects.get().pk}/",
        ):
            assert client.get(path).status_code == client.post(path).status_code == 404
    strict = Client(enforce_csrf_checks=True)
    link = _path(confirm_link(Support.objects.get()))
    assert strict.post(link).status_code == strict.post(f"{BASE}give/", WHOLE).status_code == 403
    assert not Support.objects.filter(confirmed_on__isnull=False).exists()


def test_no_page_shows_an_address_or_a_hash(on: Bill, client: Client) -> None:
    _give(client)
    support = Support.objects.get()
    pages = [BASE, "/bills/sjsa/", _path(confirm_link(support)), _path(end_link(support))]
    client.post(pages[2])
    support.refresh_from_db()
    for page in (
        *pages,
        "/bills/sjsa/v0.3/export.json",
        "/api/v1/search?q=공감",
        "/feeds/bills/sjsa/",
    ):
        text = client.get(page).content.decode()
        assert "one@" not in text
        assert support.address_hash not in text


def test_as_of_a_day_and_without_more_queries_for_more_rows(on: Bill, client: Client) -> None:
    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(BASE).status_code == 200
        return len(queries)

    _give(client)
    client.post(_path(confirm_link(Support.objects.get())))
    asked()
    few = asked()
    for number in range(5):
        _give(client, email=f"{number}@example.kr")
        client.post(_path(confirm_link(Support.objects.order_by("pk").last())))  # type: ignore[arg-type]
    assert asked() == few <= 12
    past = client.get(f"{BASE}?on=2026-09-02").content.decode()
    assert "0명" in past
    assert "두 날을 견주면" in past
    assert client.get(f"{BASE}?on=no").status_code == 400


def test_switched_off_no_address_answers_and_no_page_mentions_it(
    on: Bill, settings: Any, client: Client
) -> None:
    _give(client)
    support = Support.objects.get()
    paths = [BASE, *FORMS, f"{BASE}asked/", _path(confirm_link(support)), _path(end_link(support))]
    assert [client.get(path).status_code for path in paths] == [200] * len(paths)
    settings.HUB_CITIZEN_SUPPORT = {}

    for path in paths:
        assert client.get(path).status_code == client.post(path, WHOLE).status_code == 404, path
    for page in ("/", "/bills/", "/bills/sjsa/", "/bills/sjsa/v0.3/", "/privacy/", "/sitemap.xml"):
        assert "공감" not in client.get(page).content.decode(), page
    assert Support.objects.filter(confirmed_on__isnull=True).count() == 1


def test_only_templates_of_support_and_one_guarded_link_speak_of_it() -> None:
    """A new mention of 시민 공감 has to stand behind the switch."""
    for path in sorted((Path(project.BASE_DIR) / "templates").rglob("*.html")):
        text = path.read_text("utf-8")
        if path.name.startswith("support_") or "시민 공감" not in text:
            continue
        assert re.search(r"\{% if support %\}[^{]*<a href=\"\{% url 'support'", text), path
