"""일자리회 and 지표 at the desk: bodies with terms, seats and divisions; what everybody measures with."""

from __future__ import annotations

import datetime as dt
import re
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.dialogue.actions import found_body, give_seat
from coalition.dialogue.models import Body, BodyTerm, Seat
from coalition.dialogue.queries import composition
from coalition.evidence.models import Indicator
from coalition.members.actions import record_membership
from coalition.members.models import Municipality, Region
from coalition.record.models import Event, Source
from tests.factories.practice import make_indicator, make_measurement, make_pilot

pytestmark = pytest.mark.django_db
DAY = dt.date(2025, 3, 1)
SEAT = {"sector": "citizen", "role": "member", "since": "2025-03-01"}


def url(name: str, *args: Any) -> str:
    return reverse(f"bodies_desk:{name}", args=args)


@pytest.fixture
def body(garam: Any) -> Body:
    return found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄", "공공서비스"], since=DAY, source=None, by=None,
    )  # fmt: skip


def test_an_editor_enters_a_body_with_its_people_and_divisions(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    client = login(garam_editor)
    told = {
        "name": "가람시 일자리회", "summary": "일자리를 의논합니다", "valid_from": "2025-03-01",
        "divisions": "돌봄 분과\n공공서비스\n", "since": "2025-03-01",
    }  # fmt: skip
    assert client.post(url("new", "garam"), told).status_code == 302
    body = Body.objects.get()
    for told in (
        {"act": "ground", "basis": "「가람시 조례」 제6조", "basis_on": "2025-01-02"},
        {"act": "term", "number": "1", "begins": "2025-03-01", "ends": "2027-02-28"},
        {"act": "seat", **SEAT, "count": "7"},
        {"act": "seat", **SEAT, "count": "1", "sector": "labour", "role": "civil-chair"},
        {
            "act": "reorganise", "on": "2026-01-20", "divisions": "돌봄\n청년",
            "lineage": "돌봄 → 돌봄 | 승계\n공공서비스 -> 돌봄 | 통합 | 보건의 일\n없음 → 청년 | 신설",
        },
    ):  # fmt: skip
        answer = client.post(url("body", body.pk), told)
        assert answer.status_code == 302, (told, answer.content.decode())

    page = client.get("/dialogue/garam/").content.decode()
    for said in ("제6조", "제1기", "모두 8명", "분과 2개가 2개로", "보건의 일", "청년 분과"):
        assert said in page, said
    past = client.get("/dialogue/garam/?on=2025-10-21").content.decode()
    assert "공공서비스 분과" in past
    assert "청년 분과" not in past
    assert Event.objects.filter(verb="seat.given", actor=garam_editor).count() == 8

    assert ">8명<" in client.get(url("index")).content.decode()
    left = {"act": "leave", "on": "2026-03-01"}
    assert client.post(url("body", body.pk), left).status_code == 302
    assert composition(body, dt.date(2026, 3, 1)).total == 0
    assert client.post(url("body", body.pk), left).status_code == 400
    assert "적지 않음" in client.get(url("index")).content.decode()


def test_parts_are_mended_ended_and_taken_away(body: Body, garam_editor: Any, login: Any) -> None:
    client = login(garam_editor)
    days = {"begins": "2025-03-01", "ends": "2027-02-28"}
    client.post(url("body", body.pk), {"act": "term", "number": "1", **days})
    first, second = (give_seat(body=body, sector="labour", since=DAY, by=None) for _ in range(2))

    screen = url("seat", body.pk, first.pk)
    assert 'value="2025-03-01"' in client.get(screen).content.decode()
    revised = {"act": "revise", **SEAT, "sector": "civic", "since": "2025-04-01"}
    assert client.post(screen, revised).status_code == 302
    assert client.post(screen, {"act": "end", "on": "2026-01-01"}).status_code == 302
    first.refresh_from_db()
    assert (first.sector, first.until) == ("civic", dt.date(2026, 1, 1))
    assert client.post(screen, {"act": "end", "on": "2026-02-01"}).status_code == 404
    away = url("seat", body.pk, second.pk)
    assert client.post(away, {"act": "away", "because": ""}).status_code == 400
    assert client.post(away, {"act": "away", "because": "두 번 적음"}).status_code == 302
    assert not Seat.objects.filter(pk=second.pk).exists()

    term = body.terms.get()
    longer = {"act": "revise", "number": "1", "begins": "2025-03-01", "ends": "2028-02-29"}
    assert client.post(url("term", body.pk, term.pk), longer).status_code == 302
    assert BodyTerm.objects.get().ends == dt.date(2028, 2, 29)
    division = body.divisions.get(name="돌봄")
    renamed = {"act": "revise", "name": "마을 돌봄", "order": "1", "valid_from": "2025-03-01"}
    assert client.post(url("division", body.pk, division.pk), renamed).status_code == 302
    revised = {"act": "revise", "name": "가람시 일자리 대화회", "valid_from": "2025-03-01"}
    assert client.post(url("body", body.pk), revised).status_code == 302
    page = client.get("/dialogue/garam/").content.decode()
    assert "마을 돌봄 분과" in page
    assert "<h1>가람시 일자리 대화회</h1>" in page


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"act": "term", "number": "1", "begins": "2025-03-01", "ends": "2025-03-01"}, "뒤에 끝나야"),
        ({"act": "seat", **SEAT, "count": "1", "until": "2025-03-01"}, "뒤의 날"),
        ({"act": "seat", **SEAT, "count": "2", "role": "convener"}, "하나씩"),
        ({"act": "seat", **SEAT, "count": "9999"}, "60"),
        ({"act": "leave", "on": "x"}, "날짜"),
        ({"act": "reorganise", "on": "2026-01-20", "divisions": "가\n가", "lineage": "가 → 가 | 승계"}, "두 번"),
        ({"act": "reorganise", "on": "2026-01-20", "divisions": "가", "lineage": "돌봄 | 승계"}, "1번째 줄"),
        ({"act": "reorganise", "on": "2026-01-20", "divisions": "가", "lineage": "돌봄 → 가 | 먹힘"}, "가운데"),
        ({"act": "reorganise", "on": "2026-01-20", "divisions": "가", "lineage": "돌봄 → 가 | 승계"}, "공공서비스"),
        ({"act": "revise", "name": "회", "valid_from": "2026-01-01", "valid_to": "2025-01-01"}, "뒤의 날"),
        ({"act": "lineage", "kind": "merged"}, "하나는 고르세요"),
        ({"act": "ground", "basis": ""}, "조례의 이름"),
    ],
)  # fmt: skip
def test_what_cannot_be_is_refused_in_korean(
    body: Body, garam_editor: Any, login: Any, told: dict[str, str], message: str
) -> None:
    events = Event.objects.count()

    answer = login(garam_editor).post(url("body", body.pk), told)

    assert answer.status_code == 400
    said = " ".join(re.findall(r'role="alert">([^<]*)<', answer.content.decode()))
    assert message in said
    assert "constraint" not in answer.content.decode()
    assert Event.objects.count() == events


def test_only_its_own_people_and_the_secretariat_keep_a_body(
    body: Body, nuri: Any, nuri_editor: Any, garam_editor: Any, secretariat: Any, make_user: Any,
    login: Any,
) -> None:  # fmt: skip
    seat = give_seat(body=body, sector="labour", since=DAY, by=None)
    screens = [url("body", body.pk), url("seat", body.pk, seat.pk), url("new", "garam"),
               url("division", body.pk, body.divisions.first().pk)]  # fmt: skip
    theirs = found_body(
        municipality=nuri, name="누리군 일자리회", slug="nuri", summary="", divisions=["마을"],
        since=DAY, source=None, by=None,
    )  # fmt: skip
    give = {"act": "seat", **SEAT, "count": "1"}
    stranger = Client()
    for client, code in (
        (login(garam_editor), 200), (login(secretariat), 200), (login(nuri_editor), 404),
        (login(make_user("nobody")), 302), (stranger, 302),
    ):  # fmt: skip
        for screen in screens:
            assert client.get(screen).status_code == code, (screen, code)
        before = Seat.objects.count()
        client.post(screens[0], give)
        assert Seat.objects.count() == before + (code == 200)
    # A part of one body is not reached through another, nor a division of another given.
    assert login(nuri_editor).get(url("seat", theirs.pk, seat.pk)).status_code == 404
    foreign = {**give, "division": body.divisions.first().pk}
    assert login(nuri_editor).post(url("body", theirs.pk), foreign).status_code == 400


def test_the_secretariat_enters_the_body_of_a_member_with_its_source(
    secretariat: Any, login: Any
) -> None:
    source = Source.objects.create(title="기사", publisher="신문", published_on=DAY)
    region = Region.objects.create(code="99", name="시험도")
    real = Municipality.objects.create(
        code="99999", name="시험구", region=region, kind="구", level="basic", slug="real-place",
        source=source,
    )  # fmt: skip
    record_membership(municipality=real, state="approved", on=DAY, source=source, by=None)
    client = login(secretariat)
    assert url("new", "real-place") in client.get(url("index")).content.decode()

    told = {"name": "시험구 일자리회"}
    refused = client.post(url("new", "real-place"), told)
    assert refused.status_code == 400
    assert not Body.objects.exists()
    cited = {
        "source_title": "일자리회 출범",
        "source_publisher": "시험구",
        "source_on": "2025-03-01",
    }
    assert client.post(url("new", "real-place"), {**told, **cited}).status_code == 302
    body = Body.objects.get()
    assert body.source is not None
    assert body.source.title == "일자리회 출범"
    named = {"act": "seat", **SEAT, **cited, "count": "1", "name": "홍길동"}
    assert "공직" in client.post(url("body", body.pk), named).content.decode()
    assert 'value="일자리회 출범"' in client.get(url("body", body.pk)).content.decode()


def test_indicators_are_kept_by_the_secretariat(
    garam: Any, garam_editor: Any, secretariat: Any, login: Any
) -> None:
    client, new = login(secretariat), reverse("indicators_desk:new")
    told = {
        "name": "계속 다니는 비율", "dimension": "stability", "definition": "한 해 뒤에도 다니는 사람",
        "unit": "%", "direction": "up", "lowest": "0", "highest": "100",
        "source_title": "조사 지침", "source_publisher": "사무국",
    }  # fmt: skip
    assert client.post(new, told).status_code == 302
    assert client.post(new, told).status_code == 302
    assert set(Indicator.objects.values_list("key", flat=True)) == {
        "gyesog-danineun-biyul", "gyesog-danineun-biyul-2",
    }  # fmt: skip
    for bad, said in (
        ({"highest": ""}, "함께 쓰거나"), ({"highest": "0"}, "커야"), ({"unit": ""}, "필수"),
        ({"source_publisher": ""}, "함께 쓰세요"),
    ):  # fmt: skip
        refused = client.post(new, {**told, **bad})
        assert refused.status_code == 400
        assert said in refused.content.decode(), said

    used = make_indicator()
    make_measurement(make_pilot(garam), indicator=used)
    screen = reverse("indicators_desk:indicator", args=[used.pk])
    changed = {
        **told,
        "name": "체감도",
        "dimension": "felt",
        "unit": "점수",
        "lowest": "0",
        "highest": "9",
    }
    assert client.post(screen, changed).status_code == 302
    used.refresh_from_db()
    assert (used.name, used.unit, used.highest) == ("체감도", "점", Decimal(5)), "what was measured"
    assert "1건" in client.get(reverse("indicators_desk:index")).content.decode()

    for address in (new, screen, reverse("indicators_desk:index")):
        assert login(garam_editor).get(address).status_code == 404
        assert Client().get(address).status_code == 302


def test_more_bodies_ask_no_more_queries(
    body: Body, garam: Any, secretariat: Any, login: Any
) -> None:
    client = login(secretariat)

    def asked() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(url("index")).status_code == 200
        return len(queries)

    asked()  # what a process asks once
    few = asked()
    for number in range(5):
        more = found_body(
            municipality=garam, name=f"{number}회", slug=f"more-{number}", summary="", divisions=[],
            since=DAY, source=None, by=None,
        )  # fmt: skip
        give_seat(body=more, sector="labour", since=DAY, by=None)

    assert asked() == few
