"""임시조치 요청 on the screen: from an opinion to a form, a mail, the secretariat's desk, and an answer."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from coalition.advocacy.limits import LIMITS, SUSPENSIONS
from coalition.advocacy.models import Opinion, SuspensionRequest
from coalition.advocacy.suspending import confirm_link
from coalition.drafts.models import Bill
from coalition.record import jobs
from coalition.record.models import Event, MailOut, Person
from tests.cms.test_opinions import _rows_with
from tests.factories.opinions import CLAIM, TEXT, link_in, make_opinion, make_suspension
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
WHOLE = {
    "right": "honour",
    "claim": CLAIM,
    "email": "asker@example.kr",
    "entitled": "1",
    "consent": "1",
}


@pytest.fixture
def opinion(sjsa: Bill) -> Opinion:
    return make_opinion(sjsa.versions.get(no="0.3"), "art_13")


def _path(link: str) -> str:
    return "/" + link.partition("//")[2].partition("/")[2]


def _form(opinion: Opinion) -> str:
    return f"/bills/sjsa/opinions/{opinion.pk}/suspension/"


def _shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_from_an_opinion_to_the_desk_and_back_by_mail(
    opinion: Opinion, client: Client, secretariat: Any, login: Any
) -> None:
    page = _shown(client, f"/bills/sjsa/opinions/{opinion.pk}/")
    address = re.search(r'href="([^"]+/suspension/)"[^>]*>권리침해 신고\(임시조치 요청\)', page)
    assert address is not None
    assert address[1] == _form(opinion)
    form = client.get(address[1])
    assert "no-store" in form["Cache-Control"]
    assert TEXT in form.content.decode()
    data = shown_form(client, address[1])
    assert "checked" not in form.content.decode()

    answer = client.post(address[1], {**data, **WHOLE})
    assert answer["Location"] == f"{_form(opinion)}asked/"
    assert "확인 메일을 보냈습니다" in _shown(client, answer["Location"])
    request = SuspensionRequest.objects.get()
    link = _path(link_in(MailOut.objects.get(person=request.person).text))
    assert CLAIM in _shown(client, link)
    request.refresh_from_db()
    assert request.confirmed_at is None  # a mail program's look confirms nothing
    desk = login(secretariat)
    assert CLAIM not in _shown(desk, f"/admin/opinions/{opinion.pk}/")
    assert "사무국이 살펴봅니다" in client.post(link).content.decode()

    assert f"/admin/opinions/{opinion.pk}/" in _shown(desk, "/admin/opinions/?tab=asked")
    board = _shown(desk, reverse("board_desk:tile", args=["suspensions"]))
    assert f"/admin/opinions/{opinion.pk}/#asked-{request.pk}" in board
    screen = _shown(desk, f"/admin/opinions/{opinion.pk}/")
    assert CLAIM in screen
    assert "asker@" not in screen
    base, prefix = f"/admin/opinions/{opinion.pk}/asked/{request.pk}/", f"asked-{request.pk}"
    told = {
        f"{prefix}-outcome": "suspended",
        f"{prefix}-reason": "권리 침해 요청",
        f"{prefix}-answer": "임시로 가립니다.",
    }
    for wrong in (
        {f"{prefix}-answer": ""},
        {f"{prefix}-reason": ""},
        {f"{prefix}-outcome": "burnt"},
    ):
        assert desk.post(base, {**told, **wrong}).status_code == 422
    assert desk.post(base, told).status_code == 302
    assert "임시로 가립니다." in _shown(desk, f"/admin/opinions/{opinion.pk}/")
    assert desk.post(base, told).status_code == 422

    public = _shown(client, f"/bills/sjsa/opinions/{opinion.pk}/")
    assert "임시로 가린 의견입니다" in public
    assert TEXT not in public
    assert "/suspension/" not in public
    assert client.get(_form(opinion)).status_code == 404
    assert "임시로 가립니다." in _shown(client, link)
    assert MailOut.objects.filter(key=f"suspension-answered:{request.pk}").count() == 1


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"right": ""}, "어떤 권리인지 고르세요"),
        ({"right": "taste"}, "목록에서 고르세요"),
        ({"claim": ""}, "어떻게 침해하는지 쓰세요"),
        ({"claim": "제 전화는 010-1234-5678입니다."}, "1째 줄: 휴대전화"),
        ({"claim": "가" * 9000}, "8000"),
        ({"email": "no address"}, "이메일 주소를 다시"),
        ({"entitled": ""}, "그 대리인만"),
        ({"consent": ""}, "동의해야"),
    ],
)
def test_bad_input_says_what_and_keeps_what_was_written(
    fields: dict[str, str], said: str, opinion: Opinion, client: Client
) -> None:
    answer = client.post(_form(opinion), {**WHOLE, **fields})

    assert answer.status_code == 400
    text = answer.content.decode()
    assert said in text
    assert fields.get("claim", CLAIM)[:20] in text
    assert not SuspensionRequest.objects.exists()


def test_machines_are_thanked_too_many_wait_and_wrong_addresses_are_no_pages(
    opinion: Opinion, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.post(_form(opinion), {**WHOLE, "website": "x"}).status_code == 302
    assert not SuspensionRequest.objects.exists()
    monkeypatch.setitem(LIMITS, SUSPENSIONS, replace(LIMITS[SUSPENSIONS], from_address=1))
    assert client.post(_form(opinion), WHOLE).status_code == 302
    answer = client.post(_form(opinion), {**WHOLE, "email": "two@example.kr"})
    assert answer.status_code == 429
    assert "내일 보내 주세요" in answer.content.decode()
    for path in (
        f"/bills/none/opinions/{opinion.pk}/suspension/",
        f"/bills/sjsa/opinions/{opinion.pk + 9}/suspension/",
        f"/bills/sjsa/opinions/{2**70}/suspension/",
        "/opinions/suspension/x/",
    ):
        assert client.get(path).status_code == 404, path


@pytest.mark.parametrize("who", ["stranger", "garam_editor", "nuri_approver"])
def test_nobody_but_the_secretariat_reads_or_answers(
    who: str, opinion: Opinion, login: Any, request: pytest.FixtureRequest, client: Client
) -> None:
    asked = make_suspension(opinion)
    other = client if who == "stranger" else login(request.getfixturevalue(who))
    data = {f"asked-{asked.pk}-outcome": "declined", f"asked-{asked.pk}-answer": "까닭"}
    before = Event.objects.count()
    path = f"/admin/opinions/{opinion.pk}/asked/{asked.pk}/"
    assert other.post(path, data).status_code in (302, 403, 404)
    assert Event.objects.count() == before
    asked.refresh_from_db()
    assert asked.outcome == ""


def test_who_asked_and_what_they_claimed_stand_nowhere_else(
    opinion: Opinion,
    client: Client,
    secretariat: Any,
    login: Any,
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    address, claim = "planted-asker@example.kr", "심어둔 말이 저를 가리킵니다."
    client.post(_form(opinion), {**WHOLE, "email": address, "claim": claim})
    asked = SuspensionRequest.objects.get()
    client.post(_path(confirm_link(asked)))
    desk = login(secretariat)
    for path in ("/admin/opinions/", f"/admin/opinions/{opinion.pk}/", "/admin/mail/"):
        assert address not in _shown(desk, path)
    jobs.run_until_idle()

    for path in (
        f"/bills/sjsa/opinions/{opinion.pk}/",
        "/bills/sjsa/opinions/",
        "/bills/sjsa/opinions/export.json",
        "/api/v1/search?q=심어둔",
    ):
        text = client.get(path).content.decode()
        assert address not in text, path
        assert claim not in text, path
    assert address not in caplog.text
    assert claim not in caplog.text
    assert _rows_with(address) == {"record.Person"}
    assert _rows_with(claim) == {"advocacy.SuspensionRequest"}
    assert Person.objects.filter(email=address).count() == 1
