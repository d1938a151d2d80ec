"""A meeting is found from its notice on, by what its minutes say once they are confirmed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from coalition.dialogue.actions import (
    Item,
    When,
    confirm_minutes,
    draft_minutes,
    found_body,
    notice_meeting,
    plan_meeting,
    record_decision,
    set_agenda,
)
from coalition.dialogue.models import Meeting
from coalition.record import jobs
from search.checks import drifts
from search.models import SearchDocument

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def meeting(garam: Any) -> Meeting:
    body = found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="", divisions=["돌봄"],
        since=DAY, source=None, by=None,
    )  # fmt: skip
    meeting = plan_meeting(
        body=body, kind="division", title="돌봄 분과회의", when=When(DAY, place="새터동 센터"),
        division=body.divisions.get(), by=None,
    )  # fmt: skip
    set_agenda(meeting=meeting, items=[Item("얼음창고 야간 돌봄")], by=None)
    return meeting


def found(words: str) -> list[str]:
    jobs.run_until_idle()
    answer = Client().get("/api/v1/search", {"q": words, "kind": "meeting"})
    return [result["url"] for result in answer.json()["results"] if result["match"] == "all"]


def test_a_meeting_is_found_after_its_notice(meeting: Meeting) -> None:
    assert found("얼음창고") == []

    notice_meeting(meeting=meeting, notice="누구나 방청합니다.", by=None)

    assert found("얼음창고") == ["/meetings/garam/1/"]
    assert found("새터동 센터") == ["/meetings/garam/1/"]
    assert not [drift for drift in drifts() if drift.what != "desk"]


def test_minutes_and_decisions_are_found_once_they_are_confirmed(
    meeting: Meeting, secretariat: Any
) -> None:
    notice_meeting(meeting=meeting, notice="엽니다.", by=None)
    draft_minutes(meeting=meeting, text="느티나무 아래에서 이야기했다.", by=None)
    record_decision(meeting=meeting, text="갈대밭 쉼터를 연다", result="passed", by=None)
    assert found("느티나무") == []
    assert found("갈대밭") == []

    confirm_minutes(meeting=meeting, by=secretariat)

    assert found("느티나무") == ["/meetings/garam/1/"]
    assert found("갈대밭 쉼터") == ["/meetings/garam/1/"]
    document = SearchDocument.objects.get(kind="meeting", deleted=False)
    facets = {facet for facet, *_ in document.labels}
    assert {"kind", "region", "division", "year"} <= facets
    assert document.fictional
    assert not [drift for drift in drifts() if drift.what != "desk"]
