"""이 조문이 있었다면: what stood in a case's way and what a clause would have changed; and what no clause answers."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from cms.models import CasePage
from cms.queries.links import LinkRow, OfBill, bills_of_targets
from cms.targets import barrier_shown, standing_barriers
from coalition.drafts.models import LinkTarget, Relation
from coalition.drafts.targets import Shown
from coalition.practice.models import Barrier

#: What answers a barrier.
ANSWERS = (Relation.RESOLVES, Relation.EASES)


@dataclass(frozen=True, slots=True)
class Met:
    """A barrier of a case, with what reviewed links say of clauses."""

    barrier: Barrier
    rows: list[LinkRow]

    @property
    def is_answered(self) -> bool:
        """Whether a clause, as it is written now, would resolve or ease it."""
        return any(row.relation in ANSWERS and not row.is_stale for row in self.rows)


@dataclass(frozen=True, slots=True)
class Tied:
    """What a case is tied to: clauses by bill, and its barriers with theirs."""

    bills: list[OfBill]
    barriers: list[Met]


def tied_to_case(page: CasePage) -> Tied:
    """The clauses and barriers of a public case, in four queries whatever their number."""
    met = list(standing_barriers().filter(case_id=page.pk))
    known = {
        (LinkTarget.CASE.value, page.pk): Shown(page.title, page.address),
        **{
            (LinkTarget.BARRIER.value, one.pk): Shown(one.what, f"{page.address}#barrier-{one.pk}")
            for one in met
        },
    }
    bills = bills_of_targets(known)
    of_barriers: dict[str, list[LinkRow]] = {}
    for one in bills:
        for row in one.rows:
            if row.target == LinkTarget.BARRIER:
                of_barriers.setdefault(row.shown.address, []).append(row)
    own = [
        OfBill(one.bill, one.version, [row for row in one.rows if row.target == LinkTarget.CASE])
        for one in bills
    ]
    return Tied(
        [one for one in own if one.rows],
        [Met(one, of_barriers.get(f"{page.address}#barrier-{one.pk}", [])) for one in met],
    )


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A barrier that no clause of the version answers; `looked_at`: clauses of which somebody said 무관 or 악화."""

    barrier: Barrier
    shown: Shown
    looked_at: list[LinkRow]


def unanswered(rows: Iterable[LinkRow]) -> list[Unanswered]:
    """어느 조문도 답하지 않는 장애, given the links of the version."""
    of_barriers: dict[str, list[LinkRow]] = {}
    for row in rows:
        if row.target == LinkTarget.BARRIER:
            of_barriers.setdefault(row.shown.address, []).append(row)
    return [
        Unanswered(one, shown, own)
        for one in standing_barriers().select_related("municipality__region")
        if not Met(
            one, own := of_barriers.get((shown := barrier_shown(one)).address, [])
        ).is_answered
    ]
