"""What the actions of practice and evidence hold to, and what the database refuses whoever asks."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from coalition.evidence.actions import Part, keep_indicator, measure, withdraw_measurement
from coalition.evidence.models import Measurement
from coalition.members.models import Municipality
from coalition.practice.actions import (
    adopt,
    keep_model,
    record_adoption_event,
    record_barrier,
    withdraw_adoption,
    write_plan,
)
from coalition.practice.models import Adoption, JobModel, PilotPlan, ZoneItem
from coalition.record.models import Source
from tests.factories import make_case
from tests.factories.practice import (
    case_ref,
    make_adoption,
    make_indicator,
    make_measurement,
    make_model,
    make_pilot,
)

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 4, 1)
PLAN = {"goal": "g", "target": "t", "activities": "a", "period": "p"}


@pytest.fixture
def real(garam: Any) -> Municipality:
    """가람시, as if it were real."""
    source = Source.objects.create(title="코드표", publisher="행정안전부")
    Municipality.objects.filter(pk=garam.pk).update(fictional=False, code="99999", source=source)
    garam.refresh_from_db()
    return garam


def test_nothing_is_said_of_a_real_municipality_without_a_source(real: Any) -> None:
    with pytest.raises(ValidationError, match="출처"):
        make_model(real)
    for row in (
        JobModel(municipality=real, slug="a", name="가"),
        ZoneItem(municipality=real, point="plan", on=DAY),
    ):
        with pytest.raises(IntegrityError, match="출처"), transaction.atomic():
            row.save(force_insert=True)


def test_ledgers_can_only_grow(garam: Any, nuri: Any) -> None:
    pilot = make_pilot(garam)
    write_plan(pilot=pilot, on=DAY, told=PLAN, by=None)
    adoption = make_adoption(pilot.model, nuri)

    for rows in (pilot.plans, adoption.events):
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.update(on=dt.date(2020, 1, 1))
        with pytest.raises(IntegrityError), transaction.atomic():
            rows.all().delete()


def test_what_was_measured_is_withdrawn_and_never_changed(garam: Any, secretariat: Any) -> None:
    made = make_measurement(make_pilot(garam))

    for change in ({"value": 5}, {"n": 240}, {"low": None, "high": None}, {"source": None, "n": 1}):
        with pytest.raises(IntegrityError, match="측정"), transaction.atomic():
            Measurement.objects.filter(pk=made.pk).update(**change)
    with pytest.raises(IntegrityError, match="측정"), transaction.atomic():
        Measurement.objects.all().delete()
    withdraw_measurement(measurement=made, because="잘못 옮겼다", by=secretariat)
    with pytest.raises(IntegrityError, match="측정"), transaction.atomic():
        Measurement.objects.filter(pk=made.pk).update(withdrawn_at=None)


def test_a_wave_that_was_withdrawn_can_be_measured_anew(garam: Any, secretariat: Any) -> None:
    pilot = make_pilot(garam)
    first = make_measurement(pilot)
    with pytest.raises(ValidationError):
        make_measurement(pilot, "3.2")

    withdraw_measurement(measurement=first, because="잘못 옮겼다", by=secretariat)

    assert make_measurement(pilot, "3.2").pk != first.pk


@pytest.mark.parametrize("value", ["0.9", "5.1"])
def test_a_value_outside_of_the_scale_is_refused(garam: Any, value: str) -> None:
    with pytest.raises(ValidationError, match="척도"):
        make_measurement(make_pilot(garam), value, low=None, high=None)


def test_parts_add_up_to_those_who_answered(garam: Any) -> None:
    with pytest.raises(ValidationError, match="나이대"):
        make_measurement(make_pilot(garam), parts=[Part("나이대", "20대", 9)])
    assert not Measurement.objects.exists()


def test_the_scale_of_what_was_measured_stays(garam: Any) -> None:
    make_measurement(make_pilot(garam))
    with pytest.raises(ValidationError, match="새 지표"):
        keep_indicator(key="felt", told={"highest": Decimal(7)}, by=None)
    assert keep_indicator(key="felt", told={"name": "체감"}, by=None).highest == 5


def test_a_later_plan_says_what_changed_it(garam: Any) -> None:
    pilot = make_pilot(garam)
    write_plan(pilot=pilot, on=DAY, told=PLAN, by=None)
    with pytest.raises(ValidationError, match="무엇이 계획을"):
        write_plan(pilot=pilot, on=DAY, told=PLAN, by=None)

    later = write_plan(pilot=pilot, on=DAY, because="3차 회의", told=PLAN, by=None)

    assert later.number == 2
    assert PilotPlan.objects.count() == 2


def test_nobody_adopts_its_own_or_twice(garam: Any, nuri: Any, secretariat: Any) -> None:
    model = make_model(garam)
    with pytest.raises(ValidationError, match="자기 것"):
        make_adoption(model, garam)
    first = make_adoption(model, nuri)
    with pytest.raises(ValidationError):
        make_adoption(model, nuri)

    withdraw_adoption(adoption=first, because="잘못 눌렀다", by=secretariat)

    assert make_adoption(model, nuri).pk != first.pk


def test_a_stop_needs_its_reason(garam: Any, nuri: Any) -> None:
    adoption = make_adoption(make_model(garam), nuri)
    with pytest.raises(ValidationError, match="까닭"):
        record_adoption_event(adoption=adoption, state="stopped", on=DAY, by=None)
    event = record_adoption_event(
        adoption=adoption, state="stopped", on=DAY, note="예산 과목이 없다", by=None
    )
    assert event.note == "예산 과목이 없다"


def test_only_a_public_case_is_adopted_or_hindered(garam: Any, nuri: Any) -> None:
    hidden = make_case(garam, live=False)
    for act in (
        lambda: adopt(adopter=nuri, case=case_ref(hidden), on=DAY, by=None),
        lambda: record_barrier(case=case_ref(hidden), kind="budget", what="w", proof="p", by=None),
        lambda: adopt(adopter=nuri, case=case_ref(garam), on=DAY, by=None),
    ):
        with pytest.raises(ValidationError, match="공개된 사례"):
            act()
    live = make_case(garam, "열린 사례")

    adoption = adopt(adopter=nuri, case=case_ref(live), on=DAY, by=None)

    assert adoption.donor == garam
    assert Adoption.objects.count() == 1


def test_a_division_of_another_place_is_refused(garam: Any, nuri: Any) -> None:
    from coalition.dialogue.models import Body, Division

    body = Body.objects.create(municipality=nuri, name="일자리회", slug="nuri")
    division = Division.objects.create(body=body, name="돌봄")
    with pytest.raises(ValidationError, match="분과"):
        keep_model(
            slug="a",
            municipality=garam,
            name="가",
            source=None,
            told={"division": division},
            by=None,
        )


def test_a_measurement_of_a_real_municipality_has_its_source(real: Any) -> None:
    source = Source.objects.create(title="기사", publisher="신문")
    pilot = make_pilot(real, model=make_model(real, source=source), source=source)
    with pytest.raises(ValidationError, match="출처"):
        make_measurement(pilot)
    with pytest.raises(IntegrityError, match="출처"), transaction.atomic():
        Measurement.objects.create(
            pilot=pilot, indicator=make_indicator(), respondents="citizen", side="internal",
            wave="end", on=DAY, n=9, value=3, method="m",
        )  # fmt: skip
    assert measure(
        pilot=pilot, indicator=make_indicator(), respondents="citizen", side="internal",
        wave="end", on=DAY, n=9, value=Decimal(3), method="m", source=source, by=None,
    ).source == source  # fmt: skip
