"""지지 대장: what the page of a bill, of a clause and of a municipality say of positions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.urls import reverse
from django.utils.http import urlencode

from cms.as_of import AsOf
from cms.queries.law import provision_address, version_address
from cms.tenancy import MUNICIPALITIES
from coalition.advocacy.models import Position, Stance
from coalition.advocacy.positions import (
    STALE,
    SUCCEEDED,
    TERM_OVER,
    UNVERIFIED,
    Count,
    Ledger,
    Standing,
    count,
    ledger,
    on_article,
    positions_of,
)
from coalition.drafts.kinship import Kinship
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.members.models import Municipality

#: Marks of templates/components/positions.html; q is for what is not counted.
_LOOKS = {
    Stance.SUPPORT: "y",
    Stance.CONDITIONAL: "c",
    Stance.RESERVED: "h",
    Stance.OPPOSED: "n",
}
#: Words of the address for why a position is not counted.
STATES = {"unverified": UNVERIFIED, "stale": STALE, "term": TERM_OVER, "succession": SUCCEEDED}
WHOLE = "법안 전체"


@dataclass(frozen=True, slots=True)
class Told:
    """A position as it is shown."""

    row: Position
    municipality: Municipality
    address: str
    look: str
    state: str
    formerly: str
    left: bool
    seen: str
    seen_address: str
    vote: str
    document: str


@dataclass(slots=True)
class ClausePositions:
    """The positions on one clause of the version shown; without an address on the whole bill, or on a clause
    that went."""

    korean: str
    title: str
    address: str
    eid: str = ""
    rows: list[Told] = field(default_factory=list)
    standings: list[Standing] = field(default_factory=list)

    @property
    def count(self) -> Count:
        return count(self.standings)


@dataclass(frozen=True, slots=True)
class Link:
    """A choice above a list."""

    label: str
    address: str
    current: bool
    number: int | None = None


def told(one: Standing) -> Told:
    """A position in the words and addresses of the page."""
    row, place = one.row, one.municipality
    eid = row.provision.eid if row.provision else ""
    document = row.document
    return Told(
        row=row,
        municipality=place,
        address=f"/{MUNICIPALITIES}/{place.slug}/",
        look=_LOOKS[Stance(row.stance)] if one.counts else "q",
        state=one.state,
        formerly=row.municipality.full_name if one.successor else "",
        left=one.left,
        seen=f"v{row.version.no} {korean_from_eid(eid) if eid else WHOLE}",
        seen_address=provision_address(row.version, eid) if eid else version_address(row.version),
        vote=vote_words(row.votes_for, row.votes_against, row.votes_abstained),
        document=reverse("position_document", args=[row.version.bill.slug, row.pk])
        if document is not None and document.public_since is not None
        else "",
    )


def vote_words(yes: int | None, no: int | None, abstained: int | None) -> str:
    """찬성 24, 반대 5, 기권 2."""
    if yes is None or no is None:
        return ""
    return f"찬성 {yes}, 반대 {no}" + (f", 기권 {abstained}" if abstained is not None else "")


def positions_details(bill: Bill, day: AsOf, asked: Mapping[str, str]) -> dict[str, Any] | None:
    """Everything of `/bills/<slug>/positions/`; None when the bill had no published version that day."""
    found = ledger(bill, day.day)
    if found is None:
        return None
    shown = [one for one in found.standings if _is_asked(one, asked)]
    places = {one.municipality.slug: one.municipality for one in found.standings}
    return {
        "bill": bill,
        "version": found.version,
        "as_of": day,
        "count": found.count,
        "stances": [
            (label, _LOOKS[Stance(value)], found.count.stances[value])
            for value, label in Stance.choices
        ],
        "clauses": by_clause(found, shown),
        "shown": len(shown),
        "every": len(found.standings),
        "stance_links": _links(asked, day, "stance", Stance.choices),
        "state_links": _links(asked, day, "state", list(STATES.items())),
        "place_links": _links(
            asked, day, "municipality", [(m.slug, m.full_name) for m in places.values()]
        ),
        "export": urlencode({**_kept(asked), **({"on": day.day.isoformat()} if day.asked else {})}),
    }


def by_clause(found: Ledger, shown: Iterable[Standing]) -> list[ClausePositions]:
    """The whole bill first, then clause by clause in the order of the text, then what went."""
    groups: dict[tuple[int, int, str], ClausePositions] = {}
    for one in shown:
        for key, group in _groups_of(one, found.version):
            kept = groups.setdefault(key, group)
            kept.rows.append(told(one))
            kept.standings.append(one)
    return [groups[key] for key in sorted(groups)]


def _groups_of(
    one: Standing, version: Version
) -> Iterable[tuple[tuple[int, int, str], ClausePositions]]:
    eid = one.row.provision.eid if one.row.provision else ""
    if not eid:
        yield (0, 0, ""), ClausePositions(WHOLE, "", version_address(version))
    elif not one.places:
        name = f"v{one.row.version.no} {korean_from_eid(eid)}"
        title = one.row.provision.title if one.row.provision else ""
        yield (2, 0, name), ClausePositions(name, title, "")
    for place in one.places:
        address = provision_address(version, place.eid)
        korean = korean_from_eid(place.eid) or place.label
        yield (1, place.pk, ""), ClausePositions(korean, place.title, address, place.eid)


def _is_asked(one: Standing, asked: Mapping[str, str]) -> bool:
    if asked.get("stance") and one.row.stance != asked["stance"]:
        return False
    if asked.get("municipality") and one.municipality.slug != asked["municipality"]:
        return False
    if asked.get("clause") and all(place.eid != asked["clause"] for place in one.places):
        return False
    return not asked.get("state") or one.state == STATES.get(asked["state"])


FILTERS = ("stance", "municipality", "state", "clause")


def _kept(asked: Mapping[str, str]) -> dict[str, str]:
    return {name: asked[name] for name in FILTERS if asked.get(name)}


def _links(
    asked: Mapping[str, str], day: AsOf, name: str, choices: Iterable[tuple[str, Any]]
) -> list[Link]:
    """Each choice of one filter with the others kept, and 모두."""
    others = {key: value for key, value in _kept(asked).items() if key != name}
    if day.asked:
        others["on"] = day.day.isoformat()
    links = [Link("모두", f"?{urlencode(others)}", not asked.get(name))]
    return links + [
        Link(str(label), f"?{urlencode({**others, name: value})}", asked.get(name) == value)
        for value, label in choices
    ]


def clause_positions(
    provision: Provision | None,
    version: Version,
    on: dt.date | None = None,
    net: Kinship | None = None,
) -> list[Told]:
    """The positions on an article, for its page."""
    if provision is None or provision.kind != "article":
        return []
    return [told(one) for one in on_article(provision, on, version, net)]


def municipality_positions(municipality: Municipality, on: dt.date | None = None) -> list[Told]:
    """The positions of a municipality and of those of which it is the heir."""
    return [told(one) for one in positions_of(municipality, on)]


def rows_to_export(bill: Bill, day: AsOf, asked: Mapping[str, str]) -> list[dict[str, Any]]:
    """The filtered ledger as plain values, one per position."""
    found = ledger(bill, day.day)
    if found is None:
        return []
    rows = []
    for one in found.standings:
        if not _is_asked(one, asked):
            continue
        row, shown = one.row, told(one)
        rows.append(
            {
                "지방정부": shown.municipality.full_name,
                "행정코드": shown.municipality.code,
                "앞선 지방정부": shown.formerly,
                "조문": ", ".join(korean_from_eid(place.eid) or "" for place in one.places)
                or (WHOLE if row.provision is None else "없어진 조문"),
                "보고 정한 글": shown.seen,
                "입장": row.get_stance_display(),
                "조건이나 까닭": row.reason,
                "무엇으로": row.get_act_display(),
                "정한 날": row.acted_on.isoformat(),
                "등록한 날": row.on.isoformat(),
                "민선": str(row.term),
                "표결": shown.vote,
                "세는가": "예" if one.counts else "아니요",
                "세지 않는 까닭": one.state,
                "문서": shown.document,
                "가상": "예" if shown.municipality.fictional else "",
            }
        )
    return rows
