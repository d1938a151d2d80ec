"""Models and pilots are found by what they say now."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from coalition.evidence.actions import record_finding, withdraw_finding, withdraw_measurement
from coalition.practice.actions import keep_model, record_pilot_event, set_milestone, write_plan
from search.checks import drifts
from search.models import SearchDocument
from tests.factories import make_case
from tests.factories.practice import case_ref, make_measurement, make_model, make_pilot

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def test_a_model_and_its_pilot_are_found_and_keep_up(
    garam: Any, run_jobs: Callable[[], int], titles: Any, find: Any
) -> None:
    model = make_model(garam, "해바라기 두레", summary="볕 좋은 밭에서 함께 일한다")
    pilot = make_pilot(garam, "해바라기 두레 첫 시범", model=model)
    set_milestone(pilot=pilot, name="씨앗 나눔", planned_on=DAY, by=None)
    run_jobs()
    assert set(titles("해바라기")) == {"해바라기 두레", "해바라기 두레 첫 시범"}
    assert titles("씨앗 나눔") == ["해바라기 두레 첫 시범"]

    record_pilot_event(pilot=pilot, state="stopped", on=DAY, note="우박으로 멈추었다", by=None)
    write_plan(
        pilot=pilot, on=DAY, by=None,
        told={"goal": "온실을 짓는다", "target": "주민", "activities": "터 고르기", "period": "석 달"},
    )  # fmt: skip
    keep_model(
        slug=model.slug, municipality=garam, name="달맞이 두레", source=None, told={}, by=None
    )
    run_jobs()

    assert titles("우박") == titles("온실") == ["해바라기 두레 첫 시범"]
    assert set(titles("달맞이")) == {"달맞이 두레", "해바라기 두레 첫 시범"}
    found = {result.kind: result for result in find("달맞이")[1]}
    assert (found["model"].url, found["pilot"].url) == (
        f"/models/{model.slug}/", f"/pilots/{pilot.slug}/",
    )  # fmt: skip
    assert found["pilot"].note == "중단"
    assert found["pilot"].labels["phase"] == "중단"
    assert [drift for drift in drifts() if drift.what != "desk"] == []


def test_the_check_names_what_the_index_lacks(garam: Any, run_jobs: Callable[[], int]) -> None:
    make_model(garam)
    run_jobs()
    SearchDocument.objects.filter(kind="model").update(deleted=True)

    assert [drift for drift in drifts() if "model" in str(drift)]


def _level(kind: str, key: str) -> int | None:
    return SearchDocument.objects.get(kind=kind, key=key).evidence_level


def test_the_level_is_that_of_what_was_measured(
    garam: Any, run_jobs: Callable[[], int], secretariat: Any
) -> None:
    pilot = make_pilot(garam)
    make_measurement(pilot)
    after = make_measurement(pilot, "3.6", wave="end")
    run_jobs()
    assert _level("pilot", pilot.slug) == _level("model", pilot.model.slug) == 2

    withdraw_measurement(measurement=after, because="잘못 적음", by=secretariat)
    run_jobs()
    assert _level("pilot", pilot.slug) == _level("model", pilot.model.slug) == 0
    assert [drift for drift in drifts() if drift.what != "desk"] == []


def test_a_case_has_the_level_of_its_findings(
    garam: Any, run_jobs: Callable[[], int], secretariat: Any
) -> None:
    case = make_case(garam)
    finding = record_finding(
        municipality=garam, claim="체감도가 올랐다", case=case_ref(case), by=None,
        told={
            "method": "설문조사", "begins": DAY, "ends": DAY, "n": 24, "before": 3, "after": 4,
            "source_text": "조사",
        },
    )  # fmt: skip
    run_jobs()
    assert _level("case", str(case.pk)) == 2

    withdraw_finding(finding=finding, because="잘못 적음", by=secretariat)
    run_jobs()
    assert _level("case", str(case.pk)) == 0
