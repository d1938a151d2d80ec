"""의견 on the screen: read, written without a script, proven by mail, answered at the desk, and no name anywhere."""

from __future__ import annotations

import csv
import datetime as dt
import io
import logging
import re
from dataclasses import replace
from typing import Any

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.advocacy.actions import hide_opinion, reply_to_opinion, suspend_opinion
from coalition.advocacy.intake import confirm_link, own_link
from coalition.advocacy.limits import LIMITS, OPINIONS
from coalition.advocacy.models import Opinion, OpinionReply
from coalition.drafts.models import Bill, Version
from coalition.record import jobs
from coalition.record.models import Event, MailOut, Person
from tests.factories.opinions import TEXT, link_in, make_opinion
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
JULY, OCTOBER = dt.date(2026, 7, 10), dt.date(2026, 10, 1)
FORM = "/bills/sjsa/v0.3/opinions/new/"


@pytest.fixture
def versions(sjsa: Bill) -> tuple[Version, Version]:
    old, new = sjsa.versions.order_by("order")
    return old, new


def _path(link: str) -> str:
    return "/" + link.partition("//")[2].partition("/")[2]


def _shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def _send(client: Client, **fields: str) -> Any:
    told = {
        "clause": "art_13__para_2",
        "text": TEXT,
        "author_kind": "citizen",
        "email": "one@example.kr",
        "of_age": "1",
        "consent": "1",
    }
    return client.post(FORM, {**told, **fields})


def test_from_a_clause_to_the_list_by_mail_and_buttons_alone(versions: Any, client: Client) -> None:
    page = _shown(client, "/bills/sjsa/v0.3/art_13__para_2/")
    address = re.search(r'href="([^"]+opinions/new/\?clause=[^"]+)"', page)
    assert address is not None
    assert address[1].endswith("?clause=art_13__para_2")
    form = client.get(address[1])
    assert "no-store" in form["Cache-Control"]
    data = shown_form(client, address[1])
    assert data["clause"] == "art_13__para_2"

    filled = {"text": TEXT, "email": "one@example.kr", "of_age": "1", "consent": "1"}
    answer = client.post(FORM, {**data, **filled})
    assert answer["Location"] == "/bills/sjsa/opinions/sent/"
    assert "확인 메일을 보냈습니다" in _shown(client, answer["Location"])
    opinion = Opinion.objects.get()
    link = _path(link_in(MailOut.objects.get().text))
    assert TEXT in _shown(client, link)
    assert Opinion.objects.get().confirmed_at is None  # a mail program's look confirms nothing
    assert client.get(f"/bills/sjsa/opinions/{opinion.pk}/").status_code == 404

    assert "의견을 실었습니다" in client.post(link).content.decode()
    for shown in ("/bills/sjsa/opinions/", "/bills/sjsa/v0.3/art_13/"):
        assert TEXT in _shown(client, shown)
    assert "의견 <b>1</b>" in _shown(client, "/bills/sjsa/v0.3/")


@pytest.mark.parametrize(
    ("fields", "status", "said"),
    [
        ({"email": "no address"}, 400, "이메일 주소를 다시"),
        ({"of_age": ""}, 400, "만 14세 이상"),
        ({"consent": ""}, 400, "동의해야"),
        ({"text": ""}, 400, "의견을 쓰세요"),
        ({"text": "가" * 13000}, 400, "3000"),
        ({"text": "제 번호는 900101-1234568입니다."}, 400, "1째 줄: 주민등록번호로 보이는"),
        ({"text": "물음은\n010-1234-5678로 주세요."}, 400, "2째 줄: 휴대전화"),
        ({"name": "김하나"}, 400, "이름을 실으려면"),
        ({"show_name": "1"}, 400, "실을 이름을"),
        ({"clause": "art_99"}, 400, "조나 항을 고르세요"),
        ({"clause": "art_13__para_1__item_1"}, 400, "조나 항을 고르세요"),
        ({"author_kind": "robot"}, 400, "시민이나 기관"),
    ],
)
def test_bad_input_says_what_and_keeps_what_was_written(
    fields: dict[str, str], status: int, said: str, versions: Any, client: Client
) -> None:
    answer = _send(client, **fields)

    assert answer.status_code == status
    text = answer.content.decode()
    assert said in text
    assert fields.get("text", TEXT)[:20] in text
    assert not Person.objects.exists()


def test_what_looks_like_a_telephone_is_asked_about_and_then_looked_at(
    versions: Any, client: Client, secretariat: Any, login: Any
) -> None:
    said = "물음은 010-1234-5678로 주세요."
    assert 'name="acknowledged"' in _send(client, text=said).content.decode()
    assert _send(client, text=said, acknowledged="1").status_code == 302
    opinion = Opinion.objects.get()
    page = client.post(_path(confirm_link(opinion))).content.decode()
    assert "살펴본 뒤" in page

    for address in ("/bills/sjsa/opinions/", f"/bills/sjsa/opinions/{opinion.pk}/"):
        text = _shown(client, address)
        assert "010-1234" not in text
        assert "살펴보고 있습니다" in text
    desk = login(secretariat)
    assert "010-1234" in _shown(desk, "/admin/opinions/?tab=held")
    desk.post(f"/admin/opinions/{opinion.pk}/show/", {"show-reason": ""})
    assert "010-1234" in _shown(client, "/bills/sjsa/opinions/")


def test_machines_are_thanked_and_too_many_are_told_to_wait(
    versions: Any, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert _send(client, website="x").status_code == 302
    assert not Person.objects.exists()
    monkeypatch.setitem(LIMITS, OPINIONS, replace(LIMITS[OPINIONS], of_email=1))
    assert _send(client).status_code == 302
    answer = _send(client)
    assert answer.status_code == 429
    assert "하루에 1건" in answer.content.decode()
    assert TEXT in answer.content.decode()


def test_wrong_addresses_are_no_pages(versions: Any, client: Client) -> None:
    for path in (
        f"{FORM}?clause=art_99",
        "/bills/sjsa/v9/opinions/new/",
        "/bills/none/opinions/",
        f"/bills/sjsa/opinions/{2**70}/",
        "/bills/sjsa/opinions/export.exe",
        "/bills/sjsa/opinions/?on=2020-01-01",
        "/opinions/confirm/x/",
        "/opinions/own/x/",
    ):
        assert client.get(path).status_code == 404, path
    assert _shown(client, "/bills/sjsa/opinions/?page=x&state=nothing&clause=%00")


def test_the_old_version_says_that_there_is_a_newer_one(versions: Any, client: Client) -> None:
    assert "새 판 v0.3" in _shown(client, "/bills/sjsa/v0.2/opinions/new/?clause=art_20")
    assert "새 판 v0.3" not in _shown(client, FORM)


def test_the_list_tells_verdicts_days_without_reply_and_both_texts(
    versions: Any, client: Client, secretariat: Any
) -> None:
    stale = make_opinion(versions[0], "art_20", on=JULY)
    orphan = make_opinion(versions[0], "art_22", on=JULY, text="협의회는 이미 할 수 있습니다.")
    hidden = make_opinion(versions[1], "art_1", on=OCTOBER, text="가려질 말을 여기에 씁니다.")
    reply_to_opinion(
        opinion=stale,
        verdict="declined",
        reason="대통령령에서 정합니다.",
        on=OCTOBER,
        by=secretariat,
    )
    hide_opinion(opinion=hidden, reason="광고", on=OCTOBER, by=secretariat)

    text = _shown(client, "/bills/sjsa/opinions/")
    assert "보조한다." in text
    assert "보조할 수 있다." in text
    assert "33<small>%" in text
    assert "일째" in text
    assert "가린 의견입니다" in text
    assert "까닭: 광고" in text
    assert "가려질 말" not in text
    narrowed = _shown(client, "/bills/sjsa/opinions/?state=orphan")
    assert "협의회는" in narrowed
    assert TEXT not in narrowed
    assert "지금 판에는 이 조문이 없습니다" in narrowed
    assert TEXT in _shown(client, "/bills/sjsa/opinions/?clause=art_21&state=declined")
    assert TEXT not in _shown(client, "/bills/sjsa/opinions/?clause=art_20")
    assert "협의회는" in _shown(client, f"/bills/sjsa/opinions/{orphan.pk}/")

    then = _shown(client, "/bills/sjsa/opinions/?on=2026-08-01")
    assert "0<small>%" in then
    assert "22일째" in then
    assert "대통령령에서 정합니다" not in then
    assert client.get(f"/bills/sjsa/opinions/{hidden.pk}/?on=2026-08-01").status_code == 404
    # The version that was looked at shows its own count.
    assert "의견 <b>1</b>" in _shown(client, "/bills/sjsa/v0.2/")
    assert 'id="opinions"' in _shown(client, "/bills/sjsa/v0.2/art_22/")


def test_what_is_taken_along_is_guarded_and_without_names(versions: Any, client: Client) -> None:
    make_opinion(versions[1], "art_13", text="=제13조는 그대로 두세요.", name="김하나", on=OCTOBER)
    make_opinion(versions[1], on=OCTOBER)

    assert "김하나" in _shown(client, "/bills/sjsa/opinions/")
    answer = client.get("/bills/sjsa/opinions/export.csv?clause=art_13")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(row["조문"], row["누구로서"], row["가상"]) for row in rows] == [
        ("제13조", "시민", "예")
    ]
    assert rows[0]["의견"].startswith("'=")
    told = client.get("/bills/sjsa/opinions/export.json").json()
    assert (told["version"], len(told["opinions"]), told["fictional"]) == ("0.3", 2, True)
    assert "김하나" not in str(told) + str(rows)


def test_the_author_has_the_address_erased_and_takes_the_words_back(
    versions: Any, client: Client
) -> None:
    opinion = make_opinion(versions[1], name="김하나", on=OCTOBER)
    link = _path(own_link(opinion))
    assert TEXT in _shown(client, link)
    assert Opinion.objects.get().withdrawn_on is None

    client.post(link, {"do": "email"})
    assert Person.objects.filter(email="").count() == 2
    assert "김하나" in _shown(client, "/bills/sjsa/opinions/")
    client.post(link, {"do": "name"})
    assert "김하나" not in _shown(client, "/bills/sjsa/opinions/")
    client.post(link, {"do": "withdraw"})
    client.post(link, {"do": "withdraw"})
    assert "거둔 의견입니다" in _shown(client, link)
    listed = _shown(client, "/bills/sjsa/opinions/")
    assert TEXT not in listed
    assert "쓴 사람이 거둔 의견입니다" in listed


# The desk


def test_the_secretariat_answers_hides_and_suspends_with_reasons(
    versions: Any, secretariat: Any, login: Any, client: Client
) -> None:
    opinion = make_opinion(versions[0], "art_20", on=JULY)
    desk, base = login(secretariat), f"/admin/opinions/{opinion.pk}/"
    assert f"/admin/opinions/{opinion.pk}/" in _shown(desk, "/admin/opinions/")
    assert "보조할 수 있다" in _shown(desk, base)

    refused = desk.post(f"{base}reply/", {"reply-verdict": "accepted", "reply-reason": " "})
    assert refused.status_code == 422
    called = desk.post(
        f"{base}reply/", {"reply-verdict": "declined", "reply-reason": "010-1234-5678로 물으세요."}
    )
    assert called.status_code == 422
    assert not OpinionReply.objects.exists()
    good = {"reply-verdict": "declined", "reply-reason": "대통령령에서 정합니다."}
    assert desk.post(f"{base}reply/", good).status_code == 302
    assert "대통령령에서" in _shown(client, f"/bills/sjsa/opinions/{opinion.pk}/")

    asked = {"suspend-reason": "권리 침해 요청", "suspend-asker": "who@example.kr"}
    assert desk.post(f"{base}suspend/", asked).status_code == 302
    assert desk.post(f"{base}suspend/", asked).status_code == 422
    public = _shown(client, f"/bills/sjsa/opinions/{opinion.pk}/")
    assert "임시로 가린 의견입니다" in public
    assert "who@example.kr" not in public + _shown(desk, base)
    assert desk.post(f"{base}hide/", {"hide-reason": "광고"}).status_code == 302
    assert desk.post(f"{base}show/", {"show-reason": ""}).status_code == 302
    assert TEXT in _shown(client, f"/bills/sjsa/opinions/{opinion.pk}/")
    for path in (f"{base}burn/", f"/admin/opinions/{opinion.pk + 9}/hide/"):
        assert desk.post(path, {}).status_code == 404


@pytest.mark.parametrize("who", ["stranger", "garam_editor", "nuri_approver"])
def test_nobody_but_the_secretariat_moderates_or_answers(
    who: str, versions: Any, login: Any, request: pytest.FixtureRequest, client: Client
) -> None:
    opinion = make_opinion(versions[1], on=OCTOBER)
    other = client if who == "stranger" else login(request.getfixturevalue(who))
    data = {
        "reply-verdict": "accepted",
        "reply-reason": "까닭",
        "hide-reason": "광고",
        "suspend-reason": "요청",
    }
    before = Event.objects.count()
    for path in ("", f"{opinion.pk}/"):
        assert other.get(f"/admin/opinions/{path}").status_code in (302, 403, 404)
    for what in ("reply", "hide", "suspend", "show"):
        answer = other.post(f"/admin/opinions/{opinion.pk}/{what}/", data)
        assert answer.status_code in (302, 403, 404)
    assert Event.objects.count() == before
    assert not opinion.moderations.exists()


# No name and no address anywhere


def test_no_personal_data_stands_anywhere_but_with_the_person(
    versions: Any, client: Client, secretariat: Any, login: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    address, name = "planted-address@example.kr", "심어둔이름"
    asker = "planted-asker@example.kr"
    _send(client, email=address, name=name, show_name="1")
    opinion = Opinion.objects.get()
    client.post(_path(confirm_link(opinion)))
    suspend_opinion(opinion=opinion, reason="권리 침해 요청", asker=asker, by=secretariat)
    desk = login(secretariat)
    desk.post(
        f"/admin/opinions/{opinion.pk}/reply/",
        {"reply-verdict": "partly", "reply-reason": "조례로 정합니다."},
    )
    jobs.run_until_idle()

    pages = [
        "/bills/sjsa/", "/bills/sjsa/v0.3/", "/bills/sjsa/v0.3/art_13/", "/bills/sjsa/opinions/",
        f"/bills/sjsa/opinions/{opinion.pk}/", "/bills/sjsa/opinions/export.csv",
        "/bills/sjsa/opinions/export.json", "/api/v1/search?q=planted", "/search/?q=planted",
        "/feeds/bills/sjsa/", "/sitemap.xml", _path(own_link(opinion)),
        _path(confirm_link(opinion)),
    ]  # fmt: skip
    desks = [
        "/admin/opinions/", f"/admin/opinions/{opinion.pk}/", "/admin/mail/", "/admin/",
        "/admin/reports/site-history/",
    ]  # fmt: skip
    # The name is shown on pages, since its author wanted it; not in what is taken along, nor to be searched.
    said = {path: client.get(path).content.decode().replace("q=planted", "") for path in pages}
    said |= {path: desk.get(path).content.decode() for path in desks}
    for path, text in said.items():
        for word in (address, asker, "planted-"):
            assert word not in text, path
        if "export" in path or "search" in path or path.startswith("/admin"):
            assert name not in text, path
    assert name in said["/bills/sjsa/opinions/"]
    for planted in (address, asker, name):
        assert planted not in caplog.text
        holders = _rows_with(planted)
        assert holders == {"record.Person"}, holders


def _rows_with(text: str) -> set[str]:
    """Every table in which some row holds the text, the search projection and the log of Events too."""
    found = set()
    for model in apps.get_models(include_auto_created=True):
        for row in model._default_manager.values():
            if text in str(row):
                found.add(model._meta.label)
    return found


def test_more_opinions_ask_the_database_no_more_often(
    versions: Any, client: Client, secretariat: Any
) -> None:
    addresses = [
        "/bills/sjsa/opinions/", "/bills/sjsa/opinions/?state=waiting", "/bills/sjsa/v0.3/",
        "/bills/sjsa/v0.3/art_21/", "/bills/sjsa/opinions/export.csv",
    ]  # fmt: skip

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    def more(number: int) -> None:
        for place in range(number):
            eid = ("art_20", "art_22", "", "art_21__para_1", "art_16")[place % 5]
            opinion = make_opinion(versions[0], eid, on=JULY)
            if place % 2:
                reply_to_opinion(opinion=opinion, verdict="declined", reason="까닭", by=secretariat)
            if place % 3 == 1:
                hide_opinion(opinion=opinion, reason="광고", by=secretariat)

    more(5)
    few = asked()
    more(45)

    assert asked() == few
    assert max(few) <= 13, few  # without an operator one more than in the demo
