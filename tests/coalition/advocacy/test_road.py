"""The road of a bill: every step has a day and a source, and an alternative keeps the lineage."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, connection, transaction

from coalition.advocacy.actions import (
    enter_assembly_bill,
    link_task,
    record_road_step,
    withdraw_task_link,
)
from coalition.advocacy.models import AssemblyBill
from coalition.advocacy.road import road
from coalition.drafts.beside import Cited
from coalition.drafts.models import Version
from tests.factories import make_bill

pytestmark = pytest.mark.django_db
Versions = tuple[Version, Version]
DAYS = [dt.date(2026, 9, day) for day in (7, 14, 21, 28)]
CITED = Cited("가상 의안정보", "가상 국회", DAYS[0])


def _bill(seen: Version, number: str, **told: Any) -> AssemblyBill:
    return enter_assembly_bill(
        bill=seen.bill,
        number=number,
        title="지속가능 일자리 지원법안",
        cited=CITED,
        by=None,
        **told,
    )


def _step(found: AssemblyBill, stage: str, day: dt.date, **told: Any) -> Any:
    return record_road_step(
        bill=found.bill, assembly_bill=found, stage=stage, happened_on=day, on=day, cited=CITED,
        by=None, **told,
    )  # fmt: skip


def test_a_bill_taken_up_by_an_alternative_goes_on_there(versions: Versions) -> None:
    bill, new = versions[1].bill, versions[1]
    own, other = _bill(new, "가상-1", version=new), _bill(new, "가상-2")
    _step(own, "introduced", DAYS[0])
    _step(other, "introduced", DAYS[1])
    _step(own, "absorbed", DAYS[2], into=other)
    _step(other, "plenary", DAYS[3])

    found = road(bill, new, DAYS[3])
    reached = {one.stage.key: one for one in found.stages if one.step is not None}
    assert list(reached) == ["introduced", "plenary"]
    assert reached["plenary"].by_way_of == other
    assert [(lane.assembly_bill, lane.heirs) for lane in found.lanes] == [
        (own, [other]),
        (other, []),
    ]
    before = road(bill, new, DAYS[1])
    assert [lane.heirs for lane in before.lanes] == [[], []]
    with pytest.raises(ValidationError, match="서로를"):
        _step(other, "absorbed", DAYS[3], into=own)


def test_no_step_without_a_day_and_a_source(versions: Versions) -> None:
    found = _bill(versions[1], "가상-1")
    empty = Cited("", "", None)

    with pytest.raises(ValidationError, match="출처"):
        record_road_step(
            bill=found.bill, assembly_bill=found, stage="introduced", happened_on=DAYS[0],
            cited=empty, by=None,
        )  # fmt: skip
    for stage, told, message in (
        ("absorbed", {}, "대안을 고릅니다"),
        ("danced", {}, "없는 단계"),
        ("introduced", {"into": found}, "대안"),
    ):
        with pytest.raises(ValidationError, match=message):
            _step(found, stage, DAYS[0], **told)
    with pytest.raises(ValidationError, match="의안을 골라야"):
        record_road_step(
            bill=found.bill, stage="plenary", happened_on=DAYS[0], cited=CITED, by=None
        )
    other = make_bill("other", "다른 법안")
    with pytest.raises(ValidationError, match="목적이 같은"):
        record_road_step(
            bill=other, assembly_bill=found, stage="introduced", happened_on=DAYS[0], cited=CITED,
            by=None,
        )  # fmt: skip
    with pytest.raises(ValidationError):
        _bill(versions[1], "가상-1")


def test_a_step_is_corrected_by_a_later_row(versions: Versions) -> None:
    found = _bill(versions[1], "가상-1")
    wrong = _step(found, "introduced", DAYS[0])
    _step(found, "introduced", DAYS[1], replaces=wrong)

    for day, told in ((DAYS[0], DAYS[0]), (DAYS[1], DAYS[1])):
        (lane,) = road(found.bill, versions[1], day).lanes
        assert [step.happened_on for step in lane.steps] == [told]
    with pytest.raises(ValidationError, match="그 사이"):
        _step(found, "introduced", DAYS[2], replaces=wrong)


def test_a_task_is_quoted_and_looked_at_again_when_its_clause_changes(versions: Versions) -> None:
    old, new = versions
    link = link_task(
        bill=old.bill, task="국정과제 1", quote="지역이 만드는 일자리", cited=CITED, on=DAYS[0],
        provision=old.provisions.get(eid="art_20"), by=None,
    )  # fmt: skip

    assert [one.stale for one in road(old.bill, old, DAYS[0]).tasks] == [False]
    assert [one.stale for one in road(old.bill, new, DAYS[0]).tasks] == [True]
    withdrawn = withdraw_task_link(link=link, by=None)
    assert road(old.bill, new, withdrawn.on).tasks == []
    assert len(road(old.bill, new, DAYS[0]).tasks) == 1
    with pytest.raises(ValidationError, match="이미"):
        withdraw_task_link(link=link, by=None)


@pytest.mark.parametrize(
    "table", ["advocacy_assemblybill", "advocacy_roadstep", "advocacy_tasklink"]
)
def test_no_row_of_the_road_is_changed_or_deleted(table: str, versions: Versions) -> None:
    found = _bill(versions[1], "가상-1")
    _step(found, "introduced", DAYS[0])
    link_task(bill=found.bill, task="국정과제 1", quote="글", cited=CITED, by=None)

    for words in ("DELETE FROM {}", "UPDATE {} SET id = id"):
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(words.format(table))
