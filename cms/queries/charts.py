"""Drawings of what was measured, as numbers of a view box. Every fact of them stands in a table beside.

Nothing is drawn of what coalition.evidence.suppression hides: a hidden value has no mark, a hidden class its
name and the word for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from coalition.evidence.models import Indicator
from coalition.evidence.queries import Series, Value
from coalition.evidence.suppression import Cell

WIDE = 360
_LEFT, _RIGHT = 104, 340
_HEAD, _ROW, _FOOT = 26, 42, 34
_BAR, _BAR_RIGHT = 30, 256  # beyond a bar stand its words
_LONGEST_LABEL = 8
_MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Tick:
    """A number on the scale."""

    x: int
    text: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A row: a value with its interval, or a class with how many are in it."""

    label: str
    note: str
    text: str
    x: int
    y: int
    low: int | None = None
    high: int | None = None
    hollow: bool = False

    @property
    def drawn(self) -> bool:
        """Whether there is a value to mark: none of a hidden class."""
        return bool(self.text)

    @property
    def text_y(self) -> int:
        return self.y - 9

    @property
    def note_y(self) -> int:
        return self.y + 15

    @property
    def label_y(self) -> int:
        return self.y + 1

    @property
    def bar_y(self) -> int:
        return self.y - 8

    @property
    def width(self) -> int:
        return self.x - _LEFT

    @property
    def beside(self) -> int:
        """Where the words of a bar begin."""
        return self.x + 6


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing with what it says in words. `way` leads through a group's own values, first to last."""

    key: str
    title: str
    told: str
    marks: list[Mark]
    ticks: list[Tick]
    height: int
    way: str = ""
    bars: bool = False

    @property
    def legend(self) -> str:
        """What the signs of the drawing mean; empty where they speak for themselves."""
        meant = []
        if any(mark.low is not None for mark in self.marks):
            meant.append("가로줄은 95% 구간")
        if any(mark.hollow for mark in self.marks):
            meant.append("빈 동그라미는 견줄 집단")
        return f"{', '.join(meant)}입니다." if meant else ""

    @property
    def view_box(self) -> str:
        return f"0 0 {WIDE} {self.height}"

    @property
    def left(self) -> int:
        return _LEFT

    @property
    def right(self) -> int:
        return _RIGHT

    @property
    def axis_y(self) -> int:
        return self.height - _FOOT + 10

    @property
    def tick_y(self) -> int:
        return self.height - 6


@dataclass(frozen=True, slots=True)
class Scale:
    """From values to places across the drawing."""

    lowest: Decimal
    highest: Decimal
    right: int = _RIGHT

    def at(self, value: Decimal) -> int:
        span = self.highest - self.lowest
        return _LEFT + round((self.right - _LEFT) * (value - self.lowest) / span)

    def ticks(self, unit: str) -> list[Tick]:
        """Round numbers from end to end; the unit is said once, at the last."""
        step = _step(self.highest - self.lowest)
        value = _rounded(self.lowest, step, ROUND_CEILING)
        values = []
        while value <= self.highest:
            values.append(value)
            value += step
        texts = [_plain(value) for value in values]
        texts[-1] += unit
        return [Tick(self.at(value), text) for value, text in zip(values, texts, strict=True)]


def _step(span: Decimal) -> Decimal:
    """1, 2 or 5 times a power of ten, such that few steps fill the span."""
    power = Decimal(10) ** ((span / _MOST_STEPS).adjusted())
    return next(power * times for times in (1, 2, 5, 10) if span / (power * times) <= _MOST_STEPS)


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"


def series_chart(series: Series, key: str) -> Chart | None:
    """A group's values on their scale, each with interval and n, those of the comparison group below."""
    values = [value for value in [*series.own, *series.other] if value.value is not None]
    if not values:
        return None
    unit = series.indicator.unit
    scale = _scale_of(series.indicator, _bounds(values))
    marks = [_mark(value, _HEAD + _ROW * place, scale) for place, value in enumerate(values)]
    own = [mark for mark in marks if not mark.hollow]
    told = ". ".join(_in_words(mark, one) for mark, one in zip(marks, values, strict=True))
    return Chart(
        key=key,
        title=f"{series.indicator.name}, {series.respondents}",
        told=told,
        marks=marks,
        ticks=scale.ticks(unit),
        height=_HEAD + _ROW * len(marks) + _FOOT - 16,
        way="M" + "L".join(f"{mark.x} {mark.y}" for mark in own) if len(own) > 1 else "",
    )


def _in_words(mark: Mark, value: Value) -> str:
    unit = value.measurement.indicator.unit
    low, high = value.low, value.high
    between = (
        f", 95% 구간 {_plain(low)}–{_plain(high)}{unit}"
        if low is not None and high is not None
        else ""
    )
    return f"{mark.label} {mark.text}{unit}{between}, {mark.note}"


def _mark(value: Value, y: int, scale: Scale) -> Mark:
    shown = value.measurement
    low, high = shown.low, shown.high
    return Mark(
        label=f"견줄 집단 {value.wave}" if shown.comparison else value.wave,
        note=f"n={shown.n:,}",
        text=_plain(shown.value),
        x=scale.at(shown.value),
        y=y,
        low=scale.at(max(low, scale.lowest)) if low is not None else None,
        high=scale.at(min(high, scale.highest)) if high is not None else None,
        hollow=shown.comparison,
    )


def _bounds(values: Sequence[Value]) -> list[Decimal]:
    given = (bound for one in values for bound in (one.value, one.low, one.high))
    return [bound for bound in given if bound is not None]


def _scale_of(indicator: Indicator, values: Sequence[Decimal]) -> Scale:
    """The whole scale of the indicator, so that a small change looks small; without one, from zero."""
    if indicator.lowest is not None and indicator.highest is not None:
        return Scale(indicator.lowest, indicator.highest)
    lowest, highest = min(Decimal(0), *values), max(Decimal(0), *values)
    if highest == lowest:
        return Scale(lowest, lowest + 1)
    step = _step(highest - lowest)
    return Scale(_rounded(lowest, step, ROUND_FLOOR), _rounded(highest, step, ROUND_CEILING))


def _rounded(value: Decimal, step: Decimal, way: str) -> Decimal:
    return (value / step).to_integral_value(way) * step


def part_chart(
    trait: str, cells: Sequence[Cell], indicator: Indicator, key: str, whole: int
) -> Chart | None:
    """One trait of those who answered: the value of each class, or (where a class is itself the answer) how
    many gave it. Nothing when every class is hidden, or what all of them said."""
    shown = [cell for cell in cells if not cell.hidden]
    if not shown or any(cell.few for cell in shown):
        return None
    values = [cell.value for cell in shown if cell.value is not None]
    shares = Scale(Decimal(0), _most(shown, whole), _BAR_RIGHT)
    scale = _scale_of(indicator, values) if values else shares
    row = _ROW if values else _BAR
    marks = [
        _part(cell, _HEAD + row * place, scale, whole, spread=not values)
        for place, cell in enumerate(cells)
    ]
    told = ", ".join(
        f"{cell.label} {mark.text or mark.note}" for cell, mark in zip(cells, marks, strict=True)
    )
    return Chart(
        key=key,
        title=f"{indicator.name}, {trait}",
        told=told,
        marks=marks,
        ticks=scale.ticks(indicator.unit if values else "%"),
        height=_HEAD + row * len(marks) + _FOOT - 16,
        bars=not values,
    )


def _most(cells: Sequence[Cell], whole: int) -> Decimal:
    """The end of a scale of shares: the largest share, rounded up to tens."""
    largest = max(100 * (cell.n or 0) / whole for cell in cells)
    return Decimal(min(100, 10 * int(largest // 10 + 1)))


def _part(cell: Cell, y: int, scale: Scale, whole: int, *, spread: bool) -> Mark:
    label = _short(cell.label)
    if cell.n is None:
        return Mark(label, "가림", "", _LEFT, y)
    if spread:
        share = Decimal(100 * cell.n) / whole
        return Mark(label, "", f"{share:.0f}% (n={cell.n:,})", scale.at(share), y)
    if cell.value is None:
        return Mark(label, f"n={cell.n:,}", "", _LEFT, y)
    return Mark(label, f"n={cell.n:,}", _plain(cell.value), scale.at(cell.value), y)


def _short(label: str) -> str:
    """As much of a class's name as stands beside the drawing; the table has all of it."""
    return label if len(label) <= _LONGEST_LABEL else f"{label[: _LONGEST_LABEL - 1]}…"
