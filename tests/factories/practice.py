"""What was tried and found: models, pilots, adoptions, barriers, measurements."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from django.contrib.contenttypes.models import ContentType

from coalition.evidence.actions import keep_indicator, measure
from coalition.evidence.models import Indicator, Measurement
from coalition.practice.actions import adopt, keep_model, keep_pilot, record_barrier
from coalition.practice.models import Adoption, Barrier, JobModel, Pilot

DAY = dt.date(2026, 3, 2)


def make_model(municipality: Any, name: str = "마을 돌봄 코디", **fields: Any) -> JobModel:
    """A model of the municipality."""
    slug = fields.pop("slug", f"{municipality.slug}-care")
    source = fields.pop("source", None)
    cores = fields.pop("core_questions", None)
    told = {"period": "6개월", "target": "마을 주민", **fields}
    return keep_model(
        slug=slug,
        municipality=municipality,
        name=name,
        source=source,
        core_questions=cores,
        told=told,
        by=None,
    )


def make_pilot(municipality: Any, name: str = "돌봄 코디 시범", **fields: Any) -> Pilot:
    """A pilot of the municipality, of a model that is made when none is given."""
    slug = fields.pop("slug", f"{municipality.slug}-care-pilot")
    model = fields.pop("model", None) or make_model(municipality)
    source = fields.pop("source", None)
    return keep_pilot(slug=slug, model=model, name=name, source=source, told=fields, by=None)


def make_indicator(key: str = "felt", **fields: Any) -> Indicator:
    """The indicator of that key; 좋은 일자리 체감도 of 1 to 5 unless told."""
    known = Indicator.objects.filter(key=key).first()
    told = {
        "name": "좋은 일자리 체감도",
        "dimension": "felt",
        "definition": "이 일이 좋은 일자리라고 느끼는 정도",
        "unit": "점",
        "direction": "up",
        "lowest": Decimal(1),
        "highest": Decimal(5),
        **fields,
    }
    return known or keep_indicator(key=key, told=told, by=None)


def make_measurement(pilot: Pilot, value: str = "3.1", **fields: Any) -> Measurement:
    """A measurement of the pilot: the participants' baseline unless told."""
    told = {
        "indicator": fields.pop("indicator", None) or make_indicator(),
        "respondents": "participant",
        "side": "internal",
        "wave": "baseline",
        "on": DAY,
        "n": 24,
        "invited": 30,
        "low": Decimal(value) - Decimal("0.2"),
        "high": Decimal(value) + Decimal("0.2"),
        "method": "설문조사(5점 척도)",
        **fields,
    }
    return measure(pilot=pilot, value=Decimal(value), by=None, **told)


def make_adoption(model: JobModel, adopter: Any, **fields: Any) -> Adoption:
    """The adopter takes the model over."""
    return adopt(model=model, adopter=adopter, on=DAY, told=fields, by=None)


def case_ref(page: Any) -> tuple[ContentType, int]:
    """A case as actions want it named."""
    return ContentType.objects.get_for_model(type(page)), page.pk


def make_barrier(page: Any, **fields: Any) -> Barrier:
    """A barrier of the public case."""
    told = {
        "kind": "budget",
        "what": "인건비로 쓸 예산 과목이 없다",
        "proof": "2026. 5. 7. 예산팀 회신 공문",
        **fields,
    }
    return record_barrier(case=case_ref(page), by=None, **told)
