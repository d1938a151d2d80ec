"""Links between clauses and what speaks for or against them, ready to be shown: at the desk and in public."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db.models import Q

from cms.queries.clauses import Then
from cms.queries.law import provision_address
from coalition.drafts.kinship import Kinship
from coalition.drafts.links import (
    History,
    Placed,
    Standing,
    histories,
    lines_then,
    links_in,
    placed,
)
from coalition.drafts.models import Bill, LinkStep, LinkTarget, Relation, Version
from coalition.drafts.queries import newest_published
from coalition.drafts.targets import Shown, shown_targets
from coalition.drafts.text.address import korean_from_eid
from coalition.evidence.level import NAMES as LEVELS
from coalition.evidence.suppression import SMALLEST
from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class Hand:
    """Who did something to a link, by office, and when."""

    office: str
    on: dt.datetime


@dataclass(frozen=True, slots=True)
class Place:
    """A clause with its address."""

    eid: str
    korean: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class LinkRow:
    """One line of a ledger: claim → target → level → n → who linked, who reviewed, for which text."""

    key: int
    kind: str
    kind_label: str
    relation: str
    note: str
    target: str
    shown: Shown
    municipality: Municipality | None
    places: tuple[Place, ...]
    seen: Place
    seen_no: str
    standing: Standing
    linked: Hand
    reviewed: tuple[Hand, ...]
    then: Then | None

    @property
    def is_stale(self) -> bool:
        return self.standing in (Standing.STALE, Standing.GONE)

    @property
    def fictional(self) -> bool:
        return self.shown.fictional or bool(self.municipality and self.municipality.fictional)

    @property
    def level_label(self) -> str:
        """비교집단; nothing where the target has no level."""
        return LEVELS[self.shown.level] if self.shown.level is not None else ""

    @property
    def scale(self) -> list[tuple[int, bool]]:
        """0 to 4, the target's own marked."""
        return [(number, number == self.shown.level) for number in range(len(LEVELS))]

    @property
    def n(self) -> str:
        """n=24, n<5, or nothing."""
        if self.shown.n is None:
            return ""
        return f"n<{SMALLEST}" if self.shown.n < SMALLEST else f"n={self.shown.n:,}"

    @property
    def relation_label(self) -> str:
        return str(Relation(self.relation).label) if self.relation else ""

    @property
    def target_label(self) -> str:
        return str(LinkTarget(self.target).label)


def _hand(step: LinkStep) -> Hand:
    return Hand(step.office, step.at)


def place_of(version: Version, eid: str, title: str = "") -> Place:
    """A clause of a version, to be named and linked."""
    return Place(eid, korean_from_eid(eid) or eid, title, provision_address(version, eid))


def link_row(one: Placed, version: Version, shown: Shown) -> LinkRow:
    """A link as it stands in a version."""
    link, seen = one.link, one.seen
    seen_version = seen.version
    then = None
    if one.standing == Standing.STALE:
        name = f"v{seen_version.no} {korean_from_eid(seen.eid) or seen.label}"
        address = provision_address(seen_version, seen.eid)
        then = Then(name, address, lines_then(seen, version))
    return LinkRow(
        link.pk,
        link.kind,
        link.get_kind_display(),
        link.relation,
        link.note,
        link.target,
        shown,
        link.municipality,
        tuple(place_of(version, eid) for eid in one.eids),
        place_of(seen_version, seen.eid, seen.title),
        seen_version.no,
        one.standing,
        _hand(one.proposed),
        tuple(_hand(step) for step in one.reviews),
        then,
    )


def public_rows(
    version: Version, on: dt.date | None = None, net: Kinship | None = None
) -> list[LinkRow]:
    """Confirmed links, carried or 재확인 필요, of what anybody may read; in the order of ledgers."""
    return rows_of(links_in(version, on, net), version)


def rows_of(
    found: Iterable[Placed],
    version: Version,
    known: dict[tuple[str, int], Shown] | None = None,
) -> list[LinkRow]:
    """Of these links those that are public and whose target anybody may read; `known` targets are not asked for."""
    public = [one for one in found if one.is_public]
    shown = known if known is not None else shown_targets(one.link for one in public)
    return [
        link_row(one, version, shown[key])
        for one in public
        if (key := (one.link.target, one.link.object_id)) in shown
    ]


@dataclass(frozen=True, slots=True)
class OfBill:
    """What a case (finding, barrier, question) is tied to in the newest version of one bill."""

    bill: Bill
    version: Version
    rows: list[LinkRow]


def bills_of_targets(known: dict[tuple[str, int], Shown]) -> list[OfBill]:
    """The clauses that these targets are tied to, by bill, as they stand in the newest version.

    Whoever asks shows the targets already, so they are public and nothing more is asked about them.
    """
    where = Q(pk__in=[])
    for target, pk in known:
        where |= Q(link__target=target, link__object_id=pk)
    found = []
    for newest, own in _by_bill(histories(where)):
        rows = rows_of(placed(own, newest), newest, known)
        if rows:
            found.append(OfBill(newest.bill, newest, rows))
    return found


def _by_bill(told: Iterable[History]) -> Iterator[tuple[Version, list[History]]]:
    """Links with the newest version of their bill."""
    by_bill: dict[int, list[History]] = {}
    for history in told:
        by_bill.setdefault(history.link.provision.version.bill_id, []).append(history)
    for own in by_bill.values():
        newest = newest_published(own[0].link.provision.version.bill)
        if newest is not None:
            yield newest, own


# The desk


@dataclass(frozen=True, slots=True)
class DeskLink:
    """A link at the desk, proposals too; with names, since colleagues have to find each other."""

    key: int
    placed: Placed
    version: Version
    title: str
    address: str
    places: tuple[Place, ...]
    seen: Place
    seen_no: str
    linked_by: str
    is_hidden: bool

    @property
    def waits(self) -> bool:
        """Whether somebody has to look at it."""
        return self.placed.standing != Standing.CONFIRMED

    @property
    def target_label(self) -> str:
        return str(LinkTarget(self.placed.link.target).label)


TABS = {
    "proposed": "제안",
    "stale": "재확인 필요",
    "gone": "조문이 없어짐",
    "confirmed": "확정",
}


def desk_links(municipality: Municipality | None) -> list[DeskLink]:
    """All links that stand, of every bill; of one municipality's things only, if told."""
    where = Q(link__municipality=municipality) if municipality is not None else Q()
    found: list[DeskLink] = []
    for newest, own in _by_bill(histories(where)):
        standing = placed(own, newest)
        shown = shown_targets(one.link for one in standing)
        found += [_desk_link(one, newest, shown) for one in standing]
    return found


def _desk_link(one: Placed, version: Version, shown: dict[tuple[str, int], Shown]) -> DeskLink:
    link, seen = one.link, one.seen
    target = shown.get((link.target, link.object_id))
    return DeskLink(
        link.pk,
        one,
        version,
        target.title if target else "공개되지 않은 것",
        target.address if target else "",
        tuple(place_of(version, eid) for eid in one.eids),
        place_of(seen.version, seen.eid, seen.title),
        seen.version.no,
        link.linked_by.get_full_name() or link.linked_by.username,
        target is None,
    )
