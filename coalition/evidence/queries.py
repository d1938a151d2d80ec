"""Reads of what was measured: nothing that was withdrawn, nothing of fewer than five people."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.db.models import QuerySet

from coalition.evidence.models import WAVES, Direction, Finding, Indicator, Measurement, Wave
from coalition.evidence.suppression import (
    Cell,
    is_share,
    shown_cells,
    shown_shares,
    shows,
    tells_few,
)


@dataclass(frozen=True, slots=True)
class Value:
    """One measurement as anybody may see it. Hidden: it was made, and no more can be said. Few: so many answered,
    but their share would be a count of fewer than five."""

    measurement: Measurement
    hidden: bool
    few: bool = False

    @property
    def wave(self) -> str:
        return str(self.measurement.get_wave_display())

    @property
    def n(self) -> int | None:
        return None if self.hidden else self.measurement.n

    @property
    def value(self) -> Decimal | None:
        return None if self.hidden or self.few else self.measurement.value

    @property
    def low(self) -> Decimal | None:
        return None if self.hidden or self.few else self.measurement.low

    @property
    def high(self) -> Decimal | None:
        return None if self.hidden or self.few else self.measurement.high

    @property
    def response_rate(self) -> int | None:
        """Of a hundred who were asked, how many answered."""
        invited = self.measurement.invited
        if self.hidden or not invited:
            return None
        return round(100 * self.measurement.n / invited)


@dataclass(frozen=True, slots=True)
class Change:
    """From the baseline to the last wave. `sure`: the two intervals do not touch."""

    before: Value
    after: Value
    difference: Decimal
    better: bool | None
    sure: bool


@dataclass(frozen=True, slots=True)
class Series:
    """What one group said of one indicator over time, with the comparison group beside it."""

    indicator: Indicator
    respondents: str
    side: str
    own: list[Value]
    other: list[Value]
    change: Change | None
    unsaid: str
    parts: list[tuple[str, list[Cell]]]


def measurements() -> QuerySet[Measurement]:
    """Every measurement that stands."""
    return Measurement.objects.filter(withdrawn_at__isnull=True)


def findings() -> QuerySet[Finding]:
    """Every finding that stands."""
    return Finding.objects.filter(withdrawn_at__isnull=True).select_related("source")


def series_of(rows: Iterable[Measurement]) -> list[Series]:
    """The series of these measurements (with indicator and cells fetched), by indicator."""
    found: dict[tuple[int, str, str], list[Measurement]] = defaultdict(list)
    for row in rows:
        found[row.indicator_id, row.respondents, row.side].append(row)
    made = [_series(group) for group in found.values()]
    return sorted(made, key=lambda one: (one.indicator.name, one.respondents, one.side))


def _series(rows: list[Measurement]) -> Series:
    rows = sorted(rows, key=lambda row: (WAVES.index(Wave(row.wave)), row.on))
    values = [Value(row, hidden=not shows(row.n), few=_is_few(row)) for row in rows]
    own = [value for value in values if not value.measurement.comparison]
    change, unsaid = _change(own)
    last = own[-1].measurement if own else None
    return Series(
        indicator=rows[0].indicator,
        respondents=str(rows[0].get_respondents_display()),
        side=str(rows[0].get_side_display()),
        own=own,
        other=[value for value in values if value.measurement.comparison],
        change=change,
        unsaid=unsaid,
        parts=_parts(last) if last is not None and shows(last.n) else [],
    )


def _is_few(row: Measurement) -> bool:
    return is_share(row.indicator.unit) and tells_few(row.value, row.n)


def _parts(measurement: Measurement) -> list[tuple[str, list[Cell]]]:
    """The parts of the last wave, by trait. Of earlier waves none: two waves side by side tell who came."""
    cells = sorted(measurement.cells.all(), key=lambda cell: (cell.trait, cell.order))
    traits = [(trait, list(group)) for trait, group in groupby(cells, lambda c: c.trait)]
    if is_share(measurement.indicator.unit):
        whole = measurement.value, measurement.n
        return [(trait, shown_shares(group, *whole)) for trait, group in traits]
    return [(trait, shown_cells(group)) for trait, group in traits]


def _change(own: list[Value]) -> tuple[Change | None, str]:
    """The change, or why none is printed (mission S10: baseline, n, response rate, uncertainty)."""
    by_wave = {value.measurement.wave: value for value in own}
    before = by_wave.get(Wave.BASELINE)
    after = by_wave.get(Wave.END) or by_wave.get(Wave.MIDDLE)
    if after is None:
        return None, "시작 뒤에 잰 값이 없어 변화를 말하지 않습니다."
    if before is None:
        return None, "기초 값이 없어 변화를 말하지 않습니다."
    if before.hidden or after.hidden:
        return None, "응답자가 5명보다 적어 변화를 말하지 않습니다."
    if before.value is None or after.value is None:
        return None, "비율에서 5명보다 적은 사람이 드러나 변화를 말하지 않습니다."
    if before.response_rate is None or after.response_rate is None:
        return None, "응답률을 몰라 변화를 말하지 않습니다."
    bounds = (before.low, before.high, after.low, after.high)
    if None in bounds:
        return None, "95% 구간이 없어 변화를 말하지 않습니다."
    low, high, later_low, later_high = (bound for bound in bounds if bound is not None)
    difference = after.value - before.value
    upward = after.measurement.indicator.direction == Direction.UP
    better = None if difference == 0 else (difference > 0) == upward
    return Change(before, after, difference, better, later_low > high or later_high < low), ""
