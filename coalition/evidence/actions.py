"""Writes about indicators, measurements and findings."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from coalition.evidence.models import Finding, Indicator, Measurement, MeasurementCell
from coalition.members.models import Municipality
from coalition.practice.cases import case_of
from coalition.practice.models import Pilot
from coalition.practice.rules import NOTHING, Told, need_source
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import User
from coalition.record.sources import Known


@dataclass(frozen=True, slots=True)
class Part:
    """One class of the people who answered: trait 나이대, label 20대."""

    trait: str
    label: str
    n: int
    value: Decimal | None = None


@transaction.atomic
def keep_indicator(*, key: str, told: Told, by: User | None) -> Indicator:
    """Enter an indicator, or bring the one of that key to what is said here.

    Raises ValidationError when something was measured with it already and its unit, direction or scale would
    become another: old values would say what nobody measured.
    """
    indicator = Indicator.objects.select_for_update().filter(key=key).first() or Indicator(key=key)
    before = fingerprint(indicator) if indicator.pk else ""
    fixed = ("unit", "direction", "lowest", "highest")
    was = [getattr(indicator, field) for field in fixed]
    for field, value in told.items():
        setattr(indicator, field, value)
    indicator.full_clean()
    changed = was != [getattr(indicator, field) for field in fixed]
    if indicator.pk and changed and indicator.measurements.exists():
        raise ValidationError(
            "이미 잰 값이 있는 지표의 단위·방향·척도는 바꿀 수 없습니다. 새 지표를 만드세요."
        )
    indicator.save()
    record_event("indicator.kept", indicator, by=by, before=before)
    return indicator


@transaction.atomic
def measure(
    *,
    pilot: Pilot,
    indicator: Indicator,
    on: dt.date,
    n: int,
    value: Decimal,
    respondents: str,
    side: str,
    wave: str,
    method: str,
    invited: int | None = None,
    low: Decimal | None = None,
    high: Decimal | None = None,
    comparison: bool = False,
    assignment: str = "",
    parts: Iterable[Part] = (),
    source: Known = None,
    by: User | None,
) -> Measurement:
    """Enter what was measured, with its parts by trait.

    Raises ValidationError for a value outside of the scale, a wave that stands already, parts that are more
    people than answered, and a real municipality's measurement without a Source.
    """
    source = need_source(pilot.municipality, source)
    _check_scale(indicator, value)
    measurement = Measurement(
        pilot=pilot,
        indicator=indicator,
        on=on,
        n=n,
        value=value,
        respondents=respondents,
        side=side,
        wave=wave,
        method=method.strip(),
        invited=invited,
        low=low,
        high=high,
        comparison=comparison,
        assignment=assignment.strip(),
        source=source,
    )
    measurement.full_clean()
    given = list(parts)
    counted: Counter[str] = Counter()
    for part in given:
        counted[part.trait] += part.n
        if part.value is not None:
            _check_scale(indicator, part.value)
    uneven = sorted(trait for trait, total in counted.items() if total != n)
    if uneven:
        raise ValidationError(f"부류를 더한 수가 응답자 수와 다릅니다: {', '.join(uneven)}")
    measurement.save()
    for order, part in enumerate(given):
        cell = MeasurementCell(
            measurement=measurement,
            trait=part.trait,
            label=part.label,
            order=order,
            n=part.n,
            value=part.value,
        )
        cell.full_clean()
        cell.save()
    record_event(
        "measurement.made", measurement, by=by, pilot=pilot.pk, municipality=pilot.municipality.code
    )
    return measurement


def _check_scale(indicator: Indicator, value: Decimal) -> None:
    if indicator.lowest is None or indicator.highest is None:
        return
    if not indicator.lowest <= value <= indicator.highest:
        raise ValidationError(
            {"value": f"값은 척도 {indicator.lowest:f}~{indicator.highest:f} 안에 있어야 합니다."}
        )


@transaction.atomic
def withdraw_measurement(*, measurement: Measurement, because: str, by: User) -> Measurement:
    """Take a measurement back: no page, level and count knows it any more. Its row stays with the reason."""
    before = fingerprint(measurement)
    _withdraw(measurement, because)
    record_event(
        "measurement.withdrawn",
        measurement,
        by=by,
        before=before,
        pilot=measurement.pilot_id,
        municipality=measurement.pilot.municipality.code,
    )
    return measurement


def _withdraw(row: Measurement | Finding, because: str) -> None:
    if not because.strip():
        raise ValidationError({"because": "거두는 까닭을 쓰세요."})
    if row.withdrawn_at is not None:
        raise ValidationError("이미 거두었습니다.")
    row.withdrawn_at, row.withdrawn_because = timezone.now(), because.strip()[:200]
    row.save(update_fields=["withdrawn_at", "withdrawn_because"])


@transaction.atomic
def record_finding(
    *,
    municipality: Municipality,
    claim: str,
    case: tuple[ContentType, int] | None = None,
    told: Told = NOTHING,
    by: User | None,
) -> Finding:
    """Enter what was found, of a model, a pilot, a case or the municipality as a whole.

    Raises ValidationError without a source, for a case that is not public, and for another municipality's thing.
    """
    source = need_source(municipality, told.get("source"))
    finding = Finding(municipality=municipality, claim=claim.strip(), **{**told, "source": source})
    owners = [row.municipality_id for row in (finding.model, finding.pilot) if row is not None]
    if case is not None:
        finding.case_type, finding.case_id = case
        owners.append(case_of(*case).municipality.pk)
    if any(owner != municipality.pk for owner in owners):
        raise ValidationError("다른 지방정부의 것입니다.")
    finding.full_clean()
    finding.save()
    record_event("finding.recorded", finding, by=by, municipality=municipality.code)
    return finding


@transaction.atomic
def withdraw_finding(*, finding: Finding, because: str, by: User) -> Finding:
    """Take a finding back: it stands on no page any more."""
    before = fingerprint(finding)
    _withdraw(finding, because)
    record_event(
        "finding.withdrawn", finding, by=by, before=before, municipality=finding.municipality.code
    )
    return finding
