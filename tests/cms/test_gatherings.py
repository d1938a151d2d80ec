"""회의와 대화 on their pages, in calendars and at the desk."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from icalendar import Calendar

from coalition.dialogue import consequences
from coalition.dialogue.actions import (
    Item,
    Vote,
    When,
    attach_document,
    cancel_meeting,
    confirm_minutes,
    draft_minutes,
    follow_up,
    found_body,
    notice_meeting,
    plan_event,
    plan_meeting,
    record_decision,
    revise_meeting,
    set_agenda,
    tell_event,
)
from coalition.dialogue.models import DialogueEvent, Meeting, Minutes

pytestmark = pytest.mark.django_db
DAY, LATER, AHEAD = dt.date(2026, 4, 1), dt.date(2026, 9, 1), dt.date(2999, 3, 2)


@pytest.fixture
def body(garam: Any) -> Any:
    return found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄", "청년"], since=DAY, source=None, by=None,
    )  # fmt: skip


def a_meeting(body: Any, title: str = "1차 정기회의", on: dt.date = DAY, **fields: Any) -> Meeting:
    when = When(on, dt.time(14), dt.time(16, 30), "시청 3층 대회의실")
    given = {"kind": "regular", **fields}
    meeting = plan_meeting(body=body, title=title, when=when, by=None, **given)
    return notice_meeting(meeting=meeting, notice="누구나 방청합니다.", on=DAY, by=None)


@pytest.fixture
def meeting(body: Any, secretariat: Any) -> Meeting:
    meeting = a_meeting(body)
    set_agenda(
        meeting=meeting,
        items=[Item("청년 주거 시범 사업 계획", "60명의 월세를 나눕니다.")],
        by=None,
    )
    decision = record_decision(
        meeting=meeting, text="계획을 의결한다", result="amended", item=meeting.agenda.get(),
        vote=Vote(15, 3, 2), by=None,
    )  # fmt: skip
    draft_minutes(meeting=meeting, text="첫 문단.\n\n둘째 문단.", present=20, seats=29, by=None)
    attach_document(
        meeting=meeting, file=ContentFile("글".encode(), name="공고문.pdf"), title="공고문",
        kind="notice", by=secretariat,
    )  # fmt: skip
    assert decision.pk
    return meeting


def shown(address: str, status: int = 200) -> str:
    answer = Client().get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_meeting_shows_its_decisions_and_minutes_once_they_are_confirmed(
    meeting: Meeting, secretariat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = shown("/meetings/garam/1/")
    assert "청년 주거 시범 사업 계획" in draft
    assert "회의록 초안을 쓰고 있습니다" in draft
    assert "첫 문단" not in draft
    assert "계획을 의결한다" not in draft

    confirm_minutes(meeting=meeting, by=secretariat)
    decision = meeting.decisions.get()
    follow_up(decision=decision, state="begun", on=LATER, note="모집을 시작했다", by=None)
    monkeypatch.setattr(consequences, "_finders", {})
    consequences.register(
        "pilot",
        lambda keys: [
            consequences.Consequence(key, "시범 사업", "청년 월세", "/pilots/x/") for key in keys
        ],
    )
    whole = shown("/meetings/garam/1/")

    for words in (
        "첫 문단", "계획을 의결한다", "찬성 15 · 반대 3 · 기권 2", "수정 의결", "모집을 시작했다",
        'href="/pilots/x/"', 'id="decision-1"', "20명 (재적 29명)",
    ):  # fmt: skip
        assert words in whole


def test_nobody_sees_a_meeting_before_its_notice(body: Any) -> None:
    hidden = plan_meeting(body=body, kind="regular", title="숨은 회의", when=When(AHEAD), by=None)

    shown(f"/meetings/garam/{hidden.number}/", 404)
    shown(f"/meetings/garam/{hidden.number}.ics", 404)
    for address in ("/meetings/", "/meetings/garam/", "/dialogue/garam/"):
        assert "숨은 회의" not in shown(address)
    assert "숨은 회의" not in Client().get("/meetings.ics").content.decode()


def test_lists_tell_what_comes_and_what_was(body: Any, meeting: Meeting) -> None:
    a_meeting(body, "먼 회의", AHEAD)

    text = shown("/meetings/garam/")

    assert text.index("먼 회의") < text.index("1차 정기회의")
    assert "예정" in text
    assert "회의록 쓰는 중" in text
    assert "1차 정기회의" in shown("/dialogue/garam/")


def events_of(address: str) -> list[Any]:
    answer = Client().get(address)
    assert answer.status_code == 200
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    raw = answer.content
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    calendar = Calendar.from_ical(raw)
    assert calendar["VERSION"] == "2.0"
    assert not calendar.errors
    return list(calendar.walk("VEVENT"))


def test_calendars_hold_the_meetings_of_all_of_a_body_and_of_a_division(
    body: Any, meeting: Meeting
) -> None:
    division = body.divisions.get(name="돌봄")
    own = a_meeting(body, "돌봄 분과회의", LATER, kind="division", division=division)

    assert {str(e["SUMMARY"]) for e in events_of("/meetings.ics")} == {
        "[가상] 가람시 일자리회 1차 정기회의",
        "[가상] 가람시 일자리회 돌봄 분과회의",
    }
    assert len(events_of("/meetings/garam.ics")) == 2
    (event,) = events_of(f"/meetings/garam/divisions/{division.pk}.ics")
    assert str(event["URL"]).endswith(f"/meetings/garam/{own.number}/")
    other = body.divisions.get(name="청년")
    assert events_of(f"/meetings/garam/divisions/{other.pk}.ics") == []
    shown("/meetings/garam/divisions/999999.ics", 404)


def test_a_calendar_hears_of_a_move_and_of_a_cancellation_under_the_same_name(
    meeting: Meeting,
) -> None:
    (before,) = events_of("/meetings/garam/1.ics")
    revise_meeting(meeting=meeting, title=meeting.title, when=When(LATER, dt.time(10)), by=None)
    (moved,) = events_of("/meetings/garam/1.ics")
    cancel_meeting(meeting=meeting, because="태풍", by=None)
    (gone,) = events_of("/meetings/garam/1.ics")

    assert before["UID"] == moved["UID"] == gone["UID"]
    assert [int(e["SEQUENCE"]) for e in (before, moved, gone)] == [0, 1, 2]
    assert before.decoded("DTSTART").utcoffset() == dt.timedelta(hours=9)
    assert moved.decoded("DTSTART").date() == LATER
    assert [str(e["STATUS"]) for e in (moved, gone)] == ["CONFIRMED", "CANCELLED"]
    assert "태풍" in shown("/meetings/garam/1/")


def test_a_meeting_without_an_hour_is_a_whole_day(body: Any) -> None:
    meeting = plan_meeting(body=body, kind="regular", title="회의", when=When(DAY), by=None)
    notice_meeting(meeting=meeting, notice="엽니다.", by=None)

    (event,) = events_of("/meetings/garam/1.ics")

    assert event.decoded("DTSTART") == DAY


def test_a_document_is_taken_away_and_only_from_its_own_meeting(
    body: Any, meeting: Meeting
) -> None:
    pk = meeting.documents.get().pk
    other = a_meeting(body, "다른 회의")

    answer = Client().get(f"/meetings/garam/1/documents/{pk}/")

    assert answer.getvalue() == "글".encode()  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")
    shown(f"/meetings/garam/{other.number}/documents/{pk}/", 404)


@pytest.mark.parametrize(
    "address",
    ["/meetings/none/", "/meetings/none.ics", "/meetings/garam/99999999999/", "/meetings/garam/0/",
     "/dialogue/garam/events/99999999999/", "/meetings/garam/1/documents/99999999999999999999/"],
)  # fmt: skip
def test_what_is_not_there_is_no_page(body: Any, address: str) -> None:
    shown(address, 404)


def test_a_dialogue_shows_how_it_was_done_and_what_is_missing(body: Any) -> None:
    event = plan_event(
        body=body,
        method="survey",
        title="월세 설문조사",
        purpose="월급의 얼마를 집에 쓰나",
        by=None,
    )
    tell_event(event=event, told={"asked": 1000, "participants": 412}, by=None)

    text = shown("/dialogue/garam/events/1/")

    assert "412명 (물은 1,000명의 41.2%)" in text
    assert "아직 완료되지 않았습니다" in text
    assert "표본을 뽑은 방법" in text
    assert "월세 설문조사" in shown("/dialogue/garam/")


def test_the_number_of_queries_does_not_grow_with_decisions(
    meeting: Meeting, secretariat: Any
) -> None:
    def counted() -> int:
        client = Client()
        client.get("/meetings/garam/1/")
        with CaptureQueriesContext(connection) as asked:
            client.get("/meetings/garam/1/")
        return len(asked)

    for number in range(12):
        record_decision(meeting=meeting, text=f"정함 {number}", result="passed", by=None)
    confirm_minutes(meeting=meeting, by=secretariat)
    for decision in meeting.decisions.all():
        follow_up(decision=decision, state="done", on=LATER, note="했다", by=None)

    assert counted() <= 12


# ---- the desk ----


def desk(name: str, *args: Any) -> str:
    return reverse(f"gatherings:{name}", args=args)


def test_the_editor_brings_a_meeting_from_its_notice_to_its_minutes(
    login: Any, body: Any, garam_editor: Any, garam_approver: Any
) -> None:
    client = login(garam_editor)
    client.post(
        desk("new_meeting", body.pk),
        {"kind": "regular", "title": "2차 정기회의", "on": "2026-05-06", "begins": "14:00"},
    )
    meeting = Meeting.objects.get()
    screen = desk("meeting", meeting.pk)
    assert "공고 전" in client.get(screen).content.decode()
    for act, data in (
        ("notice", {"notice": "누구나 방청합니다."}),
        ("agenda", {"items": "첫째 안건 | 설명\n둘째 안건"}),
        ("minutes", {"text": "연 뒤의 글", "present": "9", "seats": "12"}),
        ("decide", {"text": "정한다", "result": "passed", "votes_for": "8", "votes_against": "1",
                    "abstentions": "0"}),
        ("document", {"kind": "notice", "title": "공고문",
                      "file": SimpleUploadedFile("a.pdf", b"x")}),
    ):  # fmt: skip
        answer = client.post(desk("act_on_meeting", meeting.pk, act), data)
        assert answer.status_code == 302, (act, answer.content.decode()[:3000])
    refused = client.post(desk("act_on_meeting", meeting.pk, "confirm"), {})
    assert refused.status_code in (302, 403)
    assert not Minutes.objects.get().is_confirmed

    login(garam_approver).post(desk("act_on_meeting", meeting.pk, "confirm"), {})

    assert Minutes.objects.get().confirmed_by == garam_approver
    assert [item.title for item in meeting.agenda.all()] == ["첫째 안건", "둘째 안건"]
    assert "더 이상 바뀌지 않습니다" in client.get(screen).content.decode()
    late = client.post(desk("act_on_meeting", meeting.pk, "minutes"), {"text": "늦은 글"})
    assert late.status_code == 422
    assert Minutes.objects.get().text == "연 뒤의 글"


def test_bad_input_is_said_in_korean_and_changes_nothing(
    login: Any, body: Any, meeting: Meeting, garam_editor: Any
) -> None:
    client = login(garam_editor)
    before = meeting.decisions.count()
    for act, data, said in (
        (
            "decide",
            {"text": "정한다", "result": "passed", "votes_for": "8"},
            "모두 쓰거나 모두 비우세요",
        ),
        ("revise", {"title": "t", "on": "어제"}, "올바른 날짜"),
        ("document", {"kind": "notice", "title": "t"}, "파일"),
        ("notice", {}, "필수"),
    ):
        answer = client.post(desk("act_on_meeting", meeting.pk, act), data)
        assert answer.status_code == 422
        assert said in answer.content.decode()
    assert client.post(desk("act_on_meeting", meeting.pk, "eat"), {}).status_code == 404
    assert meeting.decisions.count() == before


def test_an_event_is_finished_at_the_desk_only_with_what_it_owes(
    login: Any, body: Any, garam_editor: Any
) -> None:
    client = login(garam_editor)
    client.post(
        desk("new_event", body.pk),
        {"method": "interview", "title": "면접", "purpose": "밤일", "begins_on": "2026-05-06"},
    )
    event = DialogueEvent.objects.get()
    early = client.post(desk("act_on_event", event.pk, "complete"), {})
    assert early.status_code == 422
    assert "있어야 완료됩니다" in early.content.decode()
    client.post(
        desk("act_on_event", event.pk, "tell"),
        {"begins_on": "2026-05-06", "ends_on": "2026-05-20", "participants": "14",
         "consent": "글로 받음", "anonymisation": "이름과 일터를 뺌", "outcome": "밤에는 버스가 없다"},
    )  # fmt: skip

    client.post(desk("act_on_event", event.pk, "complete"), {})

    event.refresh_from_db()
    assert event.state == "done"


@pytest.mark.parametrize("who", ["nuri_editor", "nuri_approver", None])
def test_neighbours_and_strangers_find_nothing(
    login: Any, meeting: Meeting, request: pytest.FixtureRequest, who: str | None
) -> None:
    event = plan_event(body=meeting.body, method="talk", title="간담회", purpose="집", by=None)
    client = login(request.getfixturevalue(who)) if who else Client()
    fails = (404,) if who else (302,)

    for address in (
        desk("meeting", meeting.pk), desk("event", event.pk),
        desk("new_meeting", meeting.body_id), desk("new_event", meeting.body_id),
    ):  # fmt: skip
        assert client.get(address).status_code in fails
    for address in (
        desk("act_on_meeting", meeting.pk, "cancel"), desk("act_on_event", event.pk, "cancel"),
    ):  # fmt: skip
        assert client.post(address, {"because": "남의 일"}).status_code in fails
    if who:
        assert "1차 정기회의" not in client.get(desk("index")).content.decode()
    meeting.refresh_from_db()
    assert meeting.cancelled_on is None


def test_the_secretariat_looks_and_writes_only_as_deputy(
    login: Any, meeting: Meeting, secretariat: Any
) -> None:
    from coalition.members.actions import name_deputy

    client = login(secretariat)
    assert "보기만 할 수 있습니다" in client.get(desk("meeting", meeting.pk)).content.decode()
    cancel = desk("act_on_meeting", meeting.pk, "cancel")
    client.post(cancel, {"because": "사무국"})
    assert Meeting.objects.get().cancelled_on is None
    name_deputy(municipality=meeting.body.municipality, since=DAY, reason="출장", by=secretariat)

    login(secretariat.__class__.objects.get(pk=secretariat.pk)).post(cancel, {"because": "태풍"})

    assert Meeting.objects.get().cancelled_because == "태풍"
