"""기준일: a day in the address shows that day, and is kept out of caches and search engines."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from coalition.dialogue.actions import LineageLine, found_body, give_seat, reorganise_divisions
from coalition.members.actions import record_membership
from coalition.members.models import MembershipState
from tests.factories import make_bill, make_version

pytestmark = pytest.mark.django_db
FOUNDED, CHANGED = dt.date(2024, 11, 12), dt.date(2026, 1, 20)


@pytest.fixture
def body(garam: Any) -> Any:
    found = found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="",
        divisions=["산업단지", "마을"], since=FOUNDED, source=None, by=None,
    )  # fmt: skip
    give_seat(body=found, sector="labour", since=FOUNDED, until=CHANGED, by=None)
    give_seat(body=found, sector="civic", since=CHANGED, by=None)
    reorganise_divisions(
        body=found, on=CHANGED, divisions=["청년"],
        lineage=[
            LineageLine("산업단지", "청년", "succeeded"), LineageLine("마을", "", "unknown"),
        ],
        by=None,
    )  # fmt: skip
    return found


def shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_a_body_shows_the_divisions_and_seats_of_the_day(client: Client, body: Any) -> None:
    before = shown(client, "/dialogue/garam/?on=2026-01-19")
    after = shown(client, "/dialogue/garam/?on=2026-01-20")

    assert "산업단지 분과" in before
    assert "청년 분과" not in before
    assert "노동" in before
    assert "시민단체" not in before
    assert "<b>청년 분과</b>" in after
    assert "시민단체" in after
    assert "미확인" in after


def test_a_body_that_was_not_there_yet_is_no_page(client: Client, body: Any) -> None:
    answer = client.get("/dialogue/garam/?on=2024-11-11")

    assert answer.status_code == 404
    assert "이날에는 없던 일자리회입니다" in answer.content.decode()
    assert "가람시 일자리회" not in shown(client, "/dialogue/?on=2024-11-11")


def test_members_are_those_of_the_day(client: Client, garam: Any) -> None:
    for state, day in (
        (MembershipState.APPROVED, "2026-02-10"),
        (MembershipState.LEFT, "2026-08-01"),
    ):
        record_membership(
            municipality=garam, state=state, on=dt.date.fromisoformat(day), by=None
        )  # fmt: skip

    def has(on: str) -> tuple[bool, bool]:
        """Whether it takes part, and whether it stands among those that left."""
        members, _, left = shown(client, f"/municipalities/?on={on}").partition('id="left"')
        link = 'href="/municipalities/garam/"'
        return link in members, link in left

    assert [has(on) for on in ("2026-02-09", "2026-02-10", "2026-07-31", "2026-08-01")] == [
        (False, False), (True, False), (True, False), (False, True),
    ]  # fmt: skip


def test_bills_show_the_versions_of_the_day(client: Client) -> None:
    bill = make_bill()
    make_version(bill, "0.1", date=dt.date(2026, 3, 2))
    make_version(bill, "0.2", date=dt.date(2026, 9, 1))

    assert "이날에는 발행된 초안이 없습니다" in shown(client, "/bills/?on=2026-03-01")
    assert "이날에는 발행된 판이 없습니다" in shown(client, f"/bills/{bill.slug}/?on=2026-03-01")
    first = shown(client, f"/bills/{bill.slug}/?on=2026-05-01")
    assert "v0.1" in first
    assert "v0.2" not in first
    assert "v0.2" in shown(client, f"/bills/{bill.slug}/?on=2026-09-01")


def test_such_an_answer_is_not_kept_and_points_to_today(client: Client, body: Any) -> None:
    answer = client.get("/dialogue/garam/?on=2026-01-19")
    text = answer.content.decode()

    assert answer["Cache-Control"] == "private, no-store"
    assert answer["X-Robots-Tag"] == "noindex"
    assert '<meta name="robots" content="noindex' in text
    assert '/dialogue/garam/">' in text.partition('rel="canonical" href="')[2][:80]
    assert "기준일" in text
    assert "이날까지 있었던 것만 보입니다" in text
    assert "no-store" not in client.get("/dialogue/garam/").get("Cache-Control", "")


def test_a_page_that_does_not_follow_the_day_says_so(client: Client) -> None:
    assert "오늘의 것을 보입니다" in shown(client, "/questions/?on=2026-01-19")


def test_a_day_to_come_shows_what_is_written_down(client: Client, body: Any) -> None:
    assert "아직 오지 않은 날입니다" in shown(client, "/dialogue/garam/?on=2999-01-01")


def test_the_korean_name_leads_to_the_short_one(client: Client) -> None:
    answer = client.get("/dialogue/", {"기준일": "2026-05-01"})

    assert (answer.status_code, answer["Location"]) == (302, "/dialogue/?on=2026-05-01")


@pytest.mark.parametrize(
    "written",
    [
        "",
        "어제",
        "2026-13-01",
        "2026-02-30",
        "20260501",
        "2026-5-1",
        "２０２６-05-01",
        "\x00",
        "1" * 999,
    ],
)
def test_what_is_no_day_is_refused_in_korean(client: Client, written: str) -> None:
    for address in ("/dialogue/", "/municipalities/", "/bills/", "/"):
        answer = client.get(address, {"on": written})
        assert answer.status_code == 400
        assert "2026-05-01처럼 있는 날짜로 씁니다" in answer.content.decode()
