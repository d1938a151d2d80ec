"""How far a case's result is backed up, and by how many: what stands beside its verdict and in the search."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from cms.models import CaseNumber, CasePage
from coalition.evidence.level import Level, has_faded, level_of_finding
from coalition.evidence.models import Finding
from coalition.evidence.suppression import shown_n, shows


@dataclass(frozen=True, slots=True)
class Verdict:
    """The highest level that anything said of the case reaches, and the n of what reaches it."""

    level: Level
    n: int | None
    few: bool

    @property
    def said(self) -> bool:
        """Whether there is an n to tell, be it only that it is small."""
        return self.few or self.n is not None


def verdict_of(
    page: CasePage, numbers: Iterable[CaseNumber], findings: Iterable[Finding], today: dt.date
) -> Verdict:
    """Of the case's findings; of one without any, of its key numbers. Computed, never chosen."""
    known = [(level_of_finding(one, today), one.n) for one in findings]
    if not known:
        known = [(_level_of_number(one, page, today), one.n) for one in numbers]
    if not known:
        return Verdict(Level(0, None, faded=False), None, few=False)
    level, n = max(known, key=lambda one: one[0].number)
    return Verdict(level, shown_n(n), few=n is not None and not shows(n))


def _level_of_number(number: CaseNumber, page: CasePage, today: dt.date) -> Level:
    """사후 with n, day and source; 전후 with the value before. What is compared with others is a finding."""
    last = page.period_to
    told = shows(number.n) and bool(number.measured)
    reached = (1 + (number.before is not None)) if told else 0
    return Level(reached, last, has_faded(last, today))
