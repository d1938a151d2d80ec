"""From a notice to confirmed minutes, and what the database locks then; what each dialogue method owes."""

from __future__ import annotations

import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from coalition.dialogue import consequences
from coalition.dialogue.actions import (
    Item,
    Vote,
    When,
    attach_document,
    cancel_meeting,
    complete_event,
    confirm_minutes,
    draft_minutes,
    follow_up,
    notice_meeting,
    plan_event,
    plan_meeting,
    record_decision,
    revise_meeting,
    set_agenda,
    tell_event,
)
from coalition.dialogue.gatherings import (
    decision_address,
    public_decisions,
    public_meetings,
    public_minutes,
    upcoming,
)
from coalition.dialogue.models import (
    AgendaItem,
    Body,
    Decision,
    DialogueEvent,
    FollowUp,
    Meeting,
    Minutes,
)
from coalition.dialogue.models.event import OWED
from tests.coalition.dialogue.scenarios import DAY, LATER, a_body, a_meeting
from tests.coalition.record.test_privacy import registration

pytestmark = pytest.mark.django_db


@pytest.fixture
def scene(request: pytest.FixtureRequest, secretariat: Any) -> Any:
    return SimpleNamespace(get=request.getfixturevalue, by=secretariat)


@pytest.fixture
def held(scene: Any) -> Meeting:
    """A meeting with an agenda, a decision and minutes in draft."""
    meeting = a_meeting(scene, drafted=True)
    set_agenda(meeting=meeting, items=[Item("시범 사업 계획"), Item("그 밖의 일")], by=None)
    record_decision(
        meeting=meeting, text="계획을 의결한다", result="passed", item=meeting.agenda.first(),
        vote=Vote(15, 3, 2), by=None,
    )  # fmt: skip
    return meeting


def test_a_meeting_is_public_from_its_notice_on_and_its_minutes_from_their_confirmation(
    held: Meeting, scene: Any
) -> None:
    body = held.body
    hidden = plan_meeting(body=body, kind="regular", title="2차", when=When(LATER), by=None)
    assert list(public_meetings()) == [held]
    assert not public_minutes().exists()
    assert not public_decisions().exists()

    confirm_minutes(meeting=held, by=scene.by)
    notice_meeting(meeting=hidden, notice="엽니다.", on=DAY, by=None)

    assert set(public_meetings()) == {held, hidden}
    assert public_minutes().get().meeting == held
    assert decision_address(public_decisions().get()) == "/meetings/garam/1/#decision-1"
    assert list(upcoming(public_meetings(), LATER)) == [hidden]
    assert list(public_meetings(dt.date(2026, 3, 31))) == []


def test_confirmed_minutes_lock_the_whole_meeting(held: Meeting, scene: Any) -> None:
    confirm_minutes(meeting=held, by=scene.by)
    minutes = Minutes.objects.get()
    assert len(minutes.sha256) == 64

    for change in (
        lambda: Minutes.objects.update(text="다른 글"),
        lambda: Minutes.objects.update(confirmed_at=None, confirmed_by=None, sha256=""),
        lambda: Minutes.objects.all().delete(),
        lambda: Decision.objects.update(votes_for=20),
        lambda: Decision.objects.all().delete(),
        lambda: Decision.objects.create(meeting=held, number=2, text="나중", result="passed"),
        lambda: AgendaItem.objects.update(title="다른 안건"),
        lambda: AgendaItem.objects.create(meeting=held, order=9, title="나중"),
        lambda: Meeting.objects.filter(pk=held.pk).update(on=LATER),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    for act in (
        lambda: draft_minutes(meeting=held, text="다른 글", by=None),
        lambda: confirm_minutes(meeting=held, by=scene.by),
        lambda: set_agenda(meeting=held, items=[Item("다른")], by=None),
        lambda: record_decision(meeting=held, text="나중", result="passed", by=None),
        lambda: revise_meeting(meeting=held, title="다른", when=When(LATER), by=None),
        lambda: cancel_meeting(meeting=held, because="늦게", by=None),
    ):
        with pytest.raises(ValidationError, match="확정된 회의"):
            act()


def test_a_draft_is_written_anew_and_a_decision_corrected_before(held: Meeting) -> None:
    draft_minutes(meeting=held, text="다시 쓴 글", present=21, seats=29, by=None)
    decision = held.decisions.get()

    record_decision(
        meeting=held, text="고친 계획을 의결한다", result="amended", decision=decision, by=None
    )

    assert Minutes.objects.get().text == "다시 쓴 글"
    assert [d.text for d in held.decisions.all()] == ["고친 계획을 의결한다"]


def test_more_votes_than_people_are_not_confirmed(held: Meeting, scene: Any) -> None:
    record_decision(meeting=held, text="넘침", result="passed", vote=Vote(20, 1, 0), by=None)

    with pytest.raises(ValidationError, match="의결 사항 2의 표가"):
        confirm_minutes(meeting=held, by=scene.by)


def test_a_meeting_to_come_is_not_confirmed(scene: Any) -> None:
    meeting = a_meeting(scene)
    Meeting.objects.update(on=dt.date(2999, 1, 1))
    draft_minutes(meeting=meeting, text="글", by=None)

    with pytest.raises(ValidationError, match="아직 열리지 않은"):
        confirm_minutes(meeting=meeting, by=scene.by)


def test_an_item_with_a_decision_stays_on_the_agenda(held: Meeting) -> None:
    decision = held.decisions.get()
    record_decision(
        meeting=held, text=decision.text, result="passed", item=held.agenda.get(order=2),
        decision=decision, by=None,
    )  # fmt: skip

    with pytest.raises(ValidationError, match="의결 사항이 달린"):
        set_agenda(meeting=held, items=[Item("하나만")], by=None)


def test_only_a_move_is_told_to_calendars(scene: Any) -> None:
    meeting = a_meeting(scene)

    same = revise_meeting(meeting=meeting, title="고친 이름", when=When(DAY), by=None)
    assert same.sequence == 0
    moved = revise_meeting(meeting=meeting, title="고친 이름", when=When(LATER), by=None)
    assert moved.sequence == 1
    assert cancel_meeting(meeting=meeting, because="태풍", by=None).sequence == 2


def test_what_came_of_a_decision_is_told_after_the_confirmation_and_never_changed(
    held: Meeting, scene: Any
) -> None:
    decision = held.decisions.get()
    with pytest.raises(ValidationError, match="확정한 뒤"):
        follow_up(decision=decision, state="begun", on=LATER, note="시작", by=None)
    confirm_minutes(meeting=held, by=scene.by)

    follow_up(decision=decision, state="begun", on=LATER, note="시작", by=None)

    with pytest.raises(DatabaseError), transaction.atomic():
        FollowUp.objects.update(note="다르게")
    with pytest.raises(ValidationError, match="앞선 날"):
        follow_up(decision=decision, state="done", on=dt.date(2020, 1, 1), note="끝", by=None)


def test_a_number_that_identifies_stays_out_of_minutes(scene: Any) -> None:
    meeting = a_meeting(scene)
    number = registration(dt.date(1980, 1, 1), 1, 12345)

    with pytest.raises(ValidationError, match="고유식별정보"):
        draft_minutes(meeting=meeting, text=f"위원이 {number}을 말했다", by=None)
    assert not Minutes.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("a.exe", b"x"), ("a.pdf", b""), ("a", b"x")])
def test_what_is_no_document_is_refused(scene: Any, name: str, content: bytes) -> None:
    meeting = a_meeting(scene)
    with pytest.raises(ValidationError):
        attach_document(
            meeting=meeting, file=ContentFile(content, name=name), title="t", kind="notice",
            by=scene.by,
        )  # fmt: skip


def test_what_a_decision_changed_is_said_by_the_rooms_above(
    held: Meeting, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consequences, "_finders", {})
    decision = held.decisions.get()
    consequences.register(
        "pilot",
        lambda keys: [
            consequences.Consequence(key, "시범 사업", "청년 주거", "/pilots/x/") for key in keys
        ],
    )

    found = consequences.consequences([decision])

    assert [one.title for one in found[decision.pk]] == ["청년 주거"]
    assert consequences.consequences([]) == {}


def an_event(body: Body, method: str) -> DialogueEvent:
    return plan_event(body=body, method=method, title="대화", purpose="집", by=None)


ANSWERS: dict[str, Any] = {
    "begins_on": DAY, "ends_on": LATER, "participants": 412, "outcome": "말", "invited": "청년",
    "place": "시청", "announced_on": DAY, "sampling": "층화", "questionnaire": "1. 월세는?",
    "consent": "글로", "anonymisation": "이름을 뺌", "platform": "누리집",
}  # fmt: skip


@pytest.mark.parametrize("method", OWED)
def test_a_dialogue_is_not_finished_without_what_its_method_owes(scene: Any, method: str) -> None:
    body = a_body(scene)
    told = {name: ANSWERS[name] for name in OWED[method]}
    for missing in OWED[method]:
        event = an_event(body, method)
        tell_event(event=event, told={n: v for n, v in told.items() if n != missing}, by=None)
        with pytest.raises(ValidationError, match="있어야 완료됩니다"):
            complete_event(event=event, by=None)
        with pytest.raises(DatabaseError), transaction.atomic():
            DialogueEvent.objects.filter(pk=event.pk).update(state="done")

    whole = an_event(body, method)
    tell_event(event=whole, told=told, by=None)

    assert complete_event(event=whole, by=None).state == "done"
    with pytest.raises(ValidationError, match="이미 완료"):
        tell_event(event=whole, told={"participants": 1}, by=None)


def test_a_survey_owes_n_period_sampling_and_questionnaire_and_an_interview_consent() -> None:
    assert {"participants", "begins_on", "ends_on", "sampling", "questionnaire"} <= {
        *OWED["survey"]
    }
    assert {"participants", "consent", "anonymisation"} <= {*OWED["interview"]}


def test_a_division_of_another_body_is_refused(scene: Any, nuri: Any) -> None:
    from coalition.dialogue.actions import found_body

    mine = a_body(scene)
    other = found_body(
        municipality=nuri, name="누리군 일자리회", slug="nuri", summary="", divisions=["마을"],
        since=DAY, source=None, by=None,
    ).divisions.get()  # fmt: skip

    with pytest.raises(ValidationError, match="다른 일자리회"):
        plan_meeting(
            body=mine, kind="division", title="분과회의", when=When(DAY), division=other, by=None
        )
    with pytest.raises(DatabaseError), transaction.atomic():
        Meeting.objects.create(
            body=mine, number=9, kind="division", title="t", on=DAY, division=other
        )
