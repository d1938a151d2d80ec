"""근거 수준 0–4: computed from what is filled in, never chosen, and gone when the fields are gone.

0 서술 · 1 사후 · 2 전후 · 3 비교집단 · 4 준실험, after the Maryland scale as What Works Growth uses it (mission S11).
Every level needs all of the one below. A value of fewer than five people counts for nothing.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from coalition.evidence.models import Finding, Measurement, Wave
from coalition.evidence.suppression import shows

NAMES = ("서술", "사후", "전후", "비교집단", "준실험")
#: What each level needs beyond the one below it.
NEEDS = (
    "말로 적은 설명",
    "끝이나 중간에 잰 값, 응답자 수(5명 이상), 기간, 방법",
    "같은 지표를 같은 이들에게 시작할 때 잰 값",
    "시범에 참여하지 않은 집단을 같은 때 잰 값",
    "견줄 집단의 시작 값, 집단을 정한 방법, 95% 구간",
)
FADES_AFTER = 24  # months


@dataclass(frozen=True, slots=True)
class Level:
    """How far something is backed up, why no further, and how old that is."""

    number: int
    last: dt.date | None
    faded: bool

    @property
    def name(self) -> str:
        return NAMES[self.number]

    @property
    def missing(self) -> str:
        """What the next level needs; empty at the top."""
        return NEEDS[self.number + 1] if self.number < len(NAMES) - 1 else ""


def level_of_measurements(rows: Iterable[Measurement], today: dt.date) -> Level:
    """The highest level that any series (indicator, respondents, side) of these reaches."""
    series: dict[tuple[int, str, str], list[Measurement]] = defaultdict(list)
    last = None
    for row in rows:
        if row.withdrawn_at is None and shows(row.n):
            series[row.indicator_id, row.respondents, row.side].append(row)
            last = max(last or row.on, row.on)
    number = max((_level_of_series(found) for found in series.values()), default=0)
    return Level(number, last, has_faded(last, today))


def _level_of_series(rows: list[Measurement]) -> int:
    own = {row.wave: row for row in rows if not row.comparison}
    other = {row.wave: row for row in rows if row.comparison}
    later = [wave for wave in (Wave.MIDDLE, Wave.END) if wave in own]
    if not later:
        return 0
    if Wave.BASELINE not in own:
        return 1
    both = [wave for wave in later if wave in other]
    if not both:
        return 2
    sound = Wave.BASELINE in other and any(
        other[wave].assignment and own[wave].low is not None and other[wave].low is not None
        for wave in both
    )
    return 4 if sound else 3


def level_of_finding(finding: Finding, today: dt.date) -> Level:
    """The same ladder for a finding, from its own fields."""
    last = finding.ends
    return Level(_number_of_finding(finding), last, has_faded(last, today))


def _number_of_finding(finding: Finding) -> int:
    steps = (
        shows(finding.n)
        and finding.after is not None
        and bool(finding.method)
        and finding.begins is not None
        and finding.ends is not None,
        finding.before is not None,
        finding.comparison_after is not None and shows(finding.comparison_n),
        finding.comparison_before is not None and bool(finding.assignment),
    )
    number = 0
    for reached in steps:
        if not reached:
            break
        number += 1
    return number


def has_faded(last: dt.date | None, today: dt.date) -> bool:
    """Whether the last look is more than 24 months ago."""
    if last is None:
        return False
    months = (today.year - last.year) * 12 + today.month - last.month
    return months > FADES_AFTER or (months == FADES_AFTER and today.day > last.day)
