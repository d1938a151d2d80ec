"""The tracker of council resolutions: dated steps that are never changed, and a count of what was verified."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from coalition.advocacy.actions import enter_resolution, record_resolution_step, verify_step
from coalition.advocacy.letters import docx_of
from coalition.advocacy.models import CouncilResolution, ResolutionStage
from coalition.advocacy.resolutions import Tracked, counted, of_bill
from coalition.drafts.models import Version
from tests.factories.positions import document

pytestmark = pytest.mark.django_db
Versions = tuple[Version, Version]
PROPOSED, PASSED, SENT, REPLIED = (dt.date(2026, 9, day) for day in (7, 15, 18, 28))


@pytest.fixture
def resolution(versions: Versions, garam: Any, secretariat: Any) -> CouncilResolution:
    return enter_resolution(
        municipality=garam, bill=versions[1].bill, council="가람시의회", title="제정 촉구 건의안",
        on=PROPOSED, by=secretariat,
    )  # fmt: skip


def _step(resolution: CouncilResolution, stage: str, day: dt.date, by: Any, **told: Any) -> Any:
    return record_resolution_step(
        **{
            "resolution": resolution,
            "stage": stage,
            "happened_on": day,
            "on": day,
            "by": by,
            **told,
        }
    )


def _only(resolution: CouncilResolution, day: dt.date) -> Tracked:
    (found,) = of_bill(resolution.bill, day)
    return found


def test_the_road_of_a_resolution_is_told_for_every_day(
    resolution: CouncilResolution, secretariat: Any
) -> None:
    _step(resolution, "proposed", PROPOSED, secretariat)
    passed = _step(resolution, "passed", PASSED, secretariat, file=document())
    verify_step(step=passed, accepted=True, on=PASSED, by=secretariat)
    _step(resolution, "sent", SENT, secretariat, place="국회의장")
    waited = _only(resolution, dt.date(2026, 9, 27))
    assert (waited.waiting, waited.replied) == (9, None)
    _step(resolution, "replied", REPLIED, secretariat, place="국회사무처")

    assert [_only(resolution, day).verified for day in (PROPOSED, PASSED)] == [False, True]
    assert _only(resolution, dt.date(2026, 9, 27)).waiting == 9
    assert _only(resolution, REPLIED).waiting is None
    found = counted(of_bill(resolution.bill, REPLIED))
    assert (found.passed, found.replied, found.unverified, found.under_way) == (1, 1, 0, 0)
    assert of_bill(resolution.bill, dt.date(2026, 9, 6)) == []


def test_a_vote_without_a_document_is_no_vote(
    resolution: CouncilResolution, secretariat: Any
) -> None:
    with pytest.raises(ValidationError, match="문서가 있어야"):
        _step(resolution, "passed", PASSED, secretariat)
    step = _step(resolution, "sent", SENT, secretariat)
    with pytest.raises(ValidationError, match="문서가 없는"):
        verify_step(step=step, accepted=True, by=secretariat)
    for stage, told, message in (
        ("danced", {}, "없는 단계"),
        ("sent", {"note": "담당 201231-3123456"}, "고유식별정보"),
        ("sent", {"happened_on": dt.date(2027, 1, 1)}, "늦습니다"),
    ):
        with pytest.raises(ValidationError, match=message):
            _step(resolution, stage, SENT, secretariat, **told)


def test_unverified_votes_stand_apart_and_a_correction_replaces(
    resolution: CouncilResolution, secretariat: Any
) -> None:
    first = _step(resolution, "passed", PASSED, secretariat, file=document(), note="원안 가결")
    assert counted(of_bill(resolution.bill, SENT)).unverified == 1
    second = _step(
        resolution, "passed", PASSED, secretariat, file=document(), note="수정 가결", on=SENT,
        replaces=first,
    )  # fmt: skip

    assert [s.note for s in _only(resolution, PASSED).steps] == ["원안 가결"]
    assert [s.note for s in _only(resolution, SENT).steps] == ["수정 가결"]
    with pytest.raises(ValidationError, match="그 사이"):
        _step(resolution, "passed", PASSED, secretariat, file=document(), replaces=first)
    verify_step(step=second, accepted=False, note="표결 수가 다르다", on=SENT, by=secretariat)
    assert counted(of_bill(resolution.bill, SENT)).passed == 0


@pytest.mark.parametrize(
    "table",
    ["advocacy_councilresolution", "advocacy_resolutionstep", "advocacy_stepverification"],
)
def test_no_row_of_the_tracker_is_changed_or_deleted(
    table: str, resolution: CouncilResolution, secretariat: Any
) -> None:
    step = _step(resolution, "passed", PASSED, secretariat, file=document())
    verify_step(step=step, accepted=True, on=PASSED, by=secretariat)

    for words in ("DELETE FROM {}", "UPDATE {} SET id = id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words.format(table))


def test_stage_names_are_data(resolution: CouncilResolution, secretariat: Any) -> None:
    ResolutionStage.objects.filter(key="passed").update(name="본회의 가결")

    assert "본회의 가결" in [r.stage.name for r in _only(resolution, PASSED).stages]
    assert "부결" not in [r.stage.name for r in _only(resolution, PASSED).stages]
    _step(resolution, "rejected", PASSED, secretariat)
    assert "부결" in [r.stage.name for r in _only(resolution, PASSED).stages]


def test_the_same_letter_is_the_same_file() -> None:
    assert docx_of("건의안", ["# 주문", "가"], "시연용") == docx_of(
        "건의안", ["# 주문", "가"], "시연용"
    )
