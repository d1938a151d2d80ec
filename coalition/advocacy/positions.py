"""Reads of the ledger of positions, as of any day.

What a day's count is made of: rows whose `on` is not later, verified by a look whose `on` is not later. Both
days are those on which it was entered, so a later entry changes no earlier count.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery

from coalition.advocacy.carrying import is_carried
from coalition.advocacy.models import Position, PositionVerification, Stance
from coalition.drafts.kinship import Kinship, Member, kinship
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import newest_published
from coalition.members.heritage import UNSETTLED, heir, heirs, told_at, told_at_outer
from coalition.members.models import Membership, MembershipState, Municipality
from coalition.members.queries import today

#: Why a position is shown and not counted, in the order in which it is said.
UNVERIFIED, TERM_OVER, SUCCEEDED, STALE = (
    "확인 중",
    "지난 임기",
    UNSETTLED,
    "재확인 필요",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """A position as it stands on one day before one version of the text.

    `places` are the articles of that version that came of the one looked at; empty for the whole bill, and
    where nothing came of it. `successor` is where it is shown after a merger.
    """

    row: Position
    verified: bool
    stale: bool
    term_over: bool
    successor: Municipality | None
    left: bool
    places: tuple[Member, ...] = ()

    @property
    def state(self) -> str:
        """Why it is not counted; empty when it is."""
        if not self.verified:
            return UNVERIFIED
        if self.successor is not None:
            return SUCCEEDED
        if self.term_over:
            return TERM_OVER
        return STALE if self.stale else ""

    @property
    def counts(self) -> bool:
        return not self.state

    @property
    def municipality(self) -> Municipality:
        """Under whom it is listed: who filed it, or what became of it."""
        return self.successor or self.row.municipality


@dataclass(frozen=True, slots=True)
class Count:
    """How many municipalities' positions of each kind there are; `aside` are those not counted, by the reason."""

    stances: dict[str, int]
    aside: dict[str, int]
    total: int


@dataclass(slots=True)
class Ledger:
    """The positions on a bill on one day, before the version that was the newest on that day."""

    bill: Bill
    on: dt.date
    version: Version
    standings: list[Standing] = field(default_factory=list)

    @property
    def count(self) -> Count:
        return count(self.standings)


def count(standings: Iterable[Standing]) -> Count:
    """Only what is verified and still holds is counted; the rest stands aside with its reason."""
    every = list(standings)
    counted = Counter(one.row.stance for one in every if one.counts)
    aside = Counter(one.state for one in every if not one.counts)
    return Count(
        {stance: counted[stance] for stance in Stance.values},
        {
            state: aside[state]
            for state in (UNVERIFIED, STALE, TERM_OVER, SUCCEEDED)
            if aside[state]
        },
        sum(counted.values()),
    )


def positions_until(on: dt.date) -> QuerySet[Any]:
    """Every row of the ledger that was there on that day, with what the day knew of it:
    `accepted` (True, False, None: not looked at), `heir` (a municipality's key), `membership`."""
    looks = PositionVerification.objects.filter(position=OuterRef("pk"), on__lte=on)
    steps = Membership.objects.filter(municipality=OuterRef("municipality"), on__lte=on)
    return (
        Position.objects.filter(on__lte=on)
        .select_related(
            "municipality__region", "term", "version__bill", "provision", "document", "source"
        )
        .defer("version__source_text")
        .annotate(
            accepted=Subquery(looks.order_by("-pk").values("accepted")[:1]),
            heir=heir(on),
            membership=Subquery(steps.order_by("-on", "-pk").values("state")[:1]),
        )
        .order_by("pk")
    )


def ledger(bill: Bill, on: dt.date | None = None, version: Version | None = None) -> Ledger | None:
    """The positions on a bill; None when no version was published by that day."""
    day = on or today()
    now = version or newest_published(bill, day)
    if now is None:
        return None
    rows = list(in_force(positions_until(day).filter(version__bill=bill)))
    return Ledger(bill, day, now, standings_of(rows, now, day))


def has_positions() -> Exists:
    """Whether a municipality, or one of which it is the heir, ever filed a position: for an outer query."""
    return Exists(Position.objects.filter(told_at_outer()))


def positions_of(municipality: Municipality, on: dt.date | None = None) -> list[Standing]:
    """What a municipality says of all bills, and what those said of which it is the heir: one query.

    Where the articles stand today is not asked; whether they still say the same is.
    """
    day = on or today()
    newest = Version.objects.filter(
        bill=OuterRef("version__bill"), published_at__isnull=False, date__lte=day
    ).order_by("-order")
    rows = positions_until(day).filter(told_at(municipality, day))
    told = rows.annotate(
        now=Subquery(newest.values("pk")[:1]), now_sha256=Subquery(newest.values("sha256")[:1])
    )
    found: list[Standing] = []
    for row in in_force(told):
        if row.now is not None:
            # Enough of a published version to hold the row against.
            now = Version(pk=row.now, sha256=row.now_sha256, published_at=row.filed_at)
            found += standings_of([row], now, day, net=Kinship())
    return found


def on_article(
    provision: Provision,
    on: dt.date | None = None,
    version: Version | None = None,
    net: Kinship | None = None,
) -> list[Standing]:
    """The positions on one article of one version: later versions' rows are not told."""
    now = version or provision.version
    rows = positions_until(on or today()).filter(
        version__bill=now.bill_id, provision__isnull=False, version__order__lte=now.order
    )
    effective = list(in_force(rows))
    if not effective:
        return []
    standings = standings_of(effective, now, on or today(), net=net)
    return [one for one in standings if any(m.eid == provision.eid for m in one.places)]


def standings_of(
    rows: list[Any], now: Version, on: dt.date, *, net: Kinship | None = None
) -> list[Standing]:
    """Rows in force, each held against the text of `now`; `net` when it is at hand."""
    if net is None:
        on_clauses = any(row.provision_id for row in rows)
        net = kinship(now.bill) if on_clauses else Kinship()
    successors = heirs(row.heir for row in rows)
    return [
        Standing(
            row=row,
            verified=bool(row.accepted),
            stale=not is_carried(row.provision.eid if row.provision else "", row.version, now),
            term_over=on > row.term.ends,
            successor=successors.get(row.heir),
            left=row.membership == MembershipState.LEFT,
            places=tuple(net.at(net.line(row.provision_id), now)) if row.provision_id else (),
        )
        for row in rows
    ]


def in_force(rows: Iterable[Any]) -> Iterator[Any]:
    """Of every line of rows that replace each other the last accepted one, and what waits after it.

    A correction replaces what was accepted when it is accepted itself; a withdrawal at once.
    """
    known = {row.pk: row for row in rows}
    later = {row.replaces_id: row for row in known.values() if row.replaces_id}
    for first in known.values():
        if first.replaces_id in known:
            continue
        counted: Any = None
        waiting: Any = None
        row: Any = first
        while row is not None:
            if row.withdrawn:
                counted = waiting = None
            elif row.accepted:
                counted, waiting = row, None
            else:
                waiting = row if row.accepted is None else None
            row = later.get(row.pk)
        yield from (one for one in (counted, waiting) if one is not None)
