"""The evidence ladder is climbed by fields that are filled in, and goes down when they are gone."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from coalition.evidence.actions import record_finding, withdraw_measurement
from coalition.evidence.level import NAMES, NEEDS, level_of_finding, level_of_measurements
from coalition.evidence.queries import measurements, series_of
from tests.factories.practice import make_measurement, make_pilot

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 11, 22)


@pytest.fixture
def pilot(garam: Any) -> Any:
    return make_pilot(garam)


def level(today: dt.date = TODAY) -> int:
    return level_of_measurements(measurements(), today).number


def test_every_level_needs_all_of_the_one_below(pilot: Any) -> None:
    assert level() == 0
    make_measurement(pilot, "3.6", wave="end")
    assert level() == 1
    make_measurement(pilot, "3.1")
    assert level() == 2
    make_measurement(pilot, "3.1", wave="end", comparison=True)
    assert level() == 3
    make_measurement(pilot, "3.0", comparison=True)
    assert level() == 3  # nobody said how the group was chosen
    assert len(NAMES) == len(NEEDS) == 5


def test_the_fourth_level_needs_an_assignment_and_intervals(pilot: Any) -> None:
    for wave, comparison, value in (
        ("baseline", False, "3.1"), ("end", False, "3.6"), ("baseline", True, "3.0"),
    ):  # fmt: skip
        make_measurement(pilot, value, wave=wave, comparison=comparison)
    make_measurement(pilot, "3.1", wave="end", comparison=True, assignment="대기자 가운데 추첨")
    assert level() == 4


def test_a_baseline_alone_and_a_comparison_alone_show_nothing(pilot: Any) -> None:
    make_measurement(pilot)
    make_measurement(pilot, wave="end", comparison=True)
    assert level() == 0


def test_withdrawing_the_baseline_takes_the_level_back(pilot: Any, secretariat: Any) -> None:
    baseline = make_measurement(pilot)
    make_measurement(pilot, "3.6", wave="end")
    assert level() == 2

    withdraw_measurement(measurement=baseline, because="다른 설문이었다", by=secretariat)

    assert level() == 1


def test_fewer_than_five_people_count_for_nothing(pilot: Any) -> None:
    make_measurement(pilot, "3.6", wave="end", n=4)
    assert level() == 0


def test_the_series_must_be_of_the_same_people(pilot: Any) -> None:
    make_measurement(pilot, respondents="citizen")
    make_measurement(pilot, "3.6", wave="end")
    assert level() == 1


@pytest.mark.parametrize(
    ("today", "faded"),
    [(dt.date(2028, 3, 2), False), (dt.date(2028, 3, 3), True), (dt.date(2026, 3, 2), False)],
)
def test_it_fades_twenty_four_months_after_the_last_measurement(
    pilot: Any, today: dt.date, faded: bool
) -> None:
    make_measurement(pilot, wave="end")
    assert level_of_measurements(measurements(), today).faded is faded


def test_a_finding_climbs_the_same_ladder(garam: Any) -> None:
    finding = record_finding(
        municipality=garam, claim="체감도가 올랐다", told={"source_text": "보고서"}, by=None
    )
    climbed = [level_of_finding(finding, TODAY).number]
    for fields in (
        {"n": 24, "after": Decimal("3.6"), "method": "설문",
         "begins": dt.date(2026, 3, 1), "ends": dt.date(2026, 8, 1)},
        {"before": Decimal("3.1")},
        {"comparison_after": Decimal("3.1"), "comparison_n": 20},
        {"comparison_before": Decimal("3.0"), "assignment": "이웃한 두 동"},
    ):  # fmt: skip
        for name, value in fields.items():
            setattr(finding, name, value)
        climbed.append(level_of_finding(finding, TODAY).number)
    assert climbed == [0, 1, 2, 3, 4]
    finding.before = None
    assert level_of_finding(finding, TODAY).number == 1


@pytest.mark.parametrize(
    ("missing", "why"),
    [
        ({"invited": None}, "응답률"),
        ({"low": None, "high": None}, "95%"),
        ({"n": 4}, "5명"),
        (None, ""),
    ],
)
def test_a_change_is_said_only_with_n_response_rate_and_interval(
    pilot: Any, missing: dict[str, Any] | None, why: str
) -> None:
    make_measurement(pilot)
    make_measurement(pilot, "3.6", wave="end", **(missing or {}))

    (series,) = series_of(measurements().select_related("indicator").prefetch_related("cells"))

    assert (series.change is None) is (missing is not None)
    assert why in series.unsaid
    if series.change:
        assert series.change.difference == Decimal("0.5")
        assert series.change.better
        assert series.change.sure


def test_no_change_without_a_baseline(pilot: Any) -> None:
    make_measurement(pilot, "3.6", wave="end")
    (series,) = series_of(measurements().select_related("indicator").prefetch_related("cells"))
    assert series.change is None
    assert "기초" in series.unsaid
