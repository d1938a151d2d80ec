"""Who takes part: the list, the map, and one municipality's own page."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet, Subquery, Window

from cms import korea
from cms.as_of import AsOf
from cms.models import MunicipalityPage, NewsPage
from cms.queries.cases import case_counts, case_items, live_cases
from cms.queries.datasets import datasets_below
from cms.queries.positions import municipality_positions
from cms.queries.spread import has_taken, taken_by
from cms.tenancy import MUNICIPALITIES
from cms.visibility import public
from coalition.advocacy.positions import has_positions
from coalition.advocacy.resolutions import has_resolutions
from coalition.advocacy.statements import has_joined
from coalition.dialogue.queries import bodies
from coalition.members.contacts import contacts_of, has_contacts
from coalition.members.heritage import UNSETTLED, facts_told_at
from coalition.members.models import Fact, Level, MembershipState, Municipality, Region, Succession
from coalition.members.queries import gone, members, today, with_membership
from coalition.record.models import Source

# The published figures that stand at the head of a municipality's page; the others stand in the list.
HEADLINES = frozenset({"green-paper-questions", "white-paper-answers", "models", "pilots-selected"})


@dataclass(frozen=True, slots=True)
class Member:
    """A municipality that takes part, as the list shows it."""

    municipality: Municipality
    address: str
    since: dt.date
    cases: int


@dataclass(slots=True)
class MembersOfRegion:
    """One 시도 with those of it that take part, and how many could."""

    region: Region
    members: list[Member] = field(default_factory=list)
    possible: int = 0

    @property
    def cases(self) -> int:
        return sum(member.cases for member in self.members)


@dataclass(frozen=True, slots=True)
class MembersMap:
    """The map, for templates/components/korea_map.html."""

    view_box: str
    land: str
    shapes: list[korea.Shape]
    outside: list[Member]
    credit: str = korea.CREDIT


def members_by_region(on: dt.date | None = None) -> list[MembersOfRegion]:
    """참여 지방정부 of that day, in the order of the regions' codes; fictional ones come last."""
    counts = case_counts()
    page = MunicipalityPage.objects.filter(municipality=OuterRef("pk"), live=True)
    rows: Any = (
        members(on)
        .annotate(page_path=Subquery(page.values("path")))
        .order_by("region__fictional", "region__code", "level", "code")
    )
    return [
        MembersOfRegion(
            region,
            [
                Member(
                    m,
                    f"/{MUNICIPALITIES}/{m.slug}/" if m.page_path else "",
                    m.since,
                    counts[m.page_path],
                )
                for m in group
            ],
        )
        for region, group in groupby(rows, key=lambda m: m.region)
    ]


def _gone(on: dt.date | None) -> list[Member]:
    """Those that took part until that day and do no more. Their pages stay."""
    page = MunicipalityPage.objects.filter(municipality=OuterRef("pk"), live=True)
    found: Any = gone(on).annotate(page_path=Subquery(page.values("path")))
    return [
        Member(m, f"/{MUNICIPALITIES}/{m.slug}/" if m.page_path else "", m.since, 0)
        for m in sorted(found, key=lambda m: (m.since, m.code))
    ]


def members_map(regions: list[MembersOfRegion]) -> MembersMap:
    """Real members on the map of Korea, fictional ones in a box outside it."""
    everybody = [member for region in regions for member in region.members]
    return MembersMap(
        view_box=korea.view_box(),
        land=korea.land(),
        shapes=korea.shapes((m.municipality, m.address) for m in everybody),
        outside=[member for member in everybody if member.municipality.fictional],
    )


def membership_overview(on: dt.date | None = None) -> dict[str, Any]:
    """Everything of `/municipalities/`, as of that day."""
    regions = members_by_region(on)
    everybody = [member for region in regions for member in region.members]
    basic = list(
        Municipality.objects.filter(can_join=True, fictional=False).select_related("region")
    )
    possible = Counter(m.region_id for m in basic)
    for region in regions:
        region.possible = possible[region.region.pk]
    addresses = {member.municipality.pk: member.address for member in everybody}
    return {
        "regions": regions,
        "real_count": sum(not m.municipality.fictional for m in everybody),
        "fictional_count": sum(m.municipality.fictional for m in everybody),
        "possible_count": len(basic),
        "gone": _gone(on),
        "on": on or today(),
        "map": members_map(regions),
        "tiles": korea.tiles((m for m in basic if m.level == Level.BASIC), addresses),
        "tile_box": korea.tile_box(),
    }


@dataclass(slots=True)
class FactsOfSource:
    """What one publication says, by subject; `formerly` when it says so of one that came into this municipality."""

    source: Source
    formerly: str = ""
    subjects: dict[str, list[Fact]] = field(default_factory=dict)


def facts_by_source(facts: list[Fact], place: Municipality) -> list[FactsOfSource]:
    """Facts under their sources, in the order of the table that they came from; of `place` itself first."""
    found: dict[tuple[bool, int, int], FactsOfSource] = {}
    for fact in sorted(facts, key=lambda fact: fact.municipality_id != place.pk):
        other = fact.municipality_id != place.pk
        key = (other, fact.municipality_id, fact.source_id)
        whose = fact.municipality.full_name if other else ""
        group = found.setdefault(key, FactsOfSource(fact.source, whose))
        group.subjects.setdefault(fact.subject, []).append(fact)
    return list(found.values())


def _facts(facts: list[Fact], place: Municipality) -> dict[str, Any]:
    """Its own figures at the head of the page, everything else in the list."""
    heads = [fact for fact in facts if fact.key in HEADLINES and fact.municipality_id == place.pk]
    rest = [fact for fact in facts if fact not in heads]
    return {"figures": heads, "statements": facts_by_source(rest, place)}


def _successions() -> QuerySet[Succession]:
    return Succession.objects.filter(successor=OuterRef("pk"))


def municipality_details(page: MunicipalityPage, day: AsOf) -> dict[str, Any]:
    """Everything of a municipality's own page. With a day: its ledgers as they stood, and of pages and
    publications those that were out by then."""
    municipality: Any = (
        with_membership(day.day)
        .annotate(stated=has_positions(), renamed=Exists(_successions()))
        .annotate(has_taken=has_taken(), has_contacts=has_contacts())
        .annotate(resolved=has_resolutions(), joined=has_joined())
        .get(pk=page.municipality_id)
    )
    facts = list(facts_told_at(municipality, day.until))
    # The number of all stands in every row: one query less.
    out = live_cases().descendant_of(page)
    news = public(NewsPage.objects.descendant_of(page)).order_by("-date", "-pk")
    if day.until is not None:
        out = out.filter(first_published_at__date__lte=day.until)
        news = news.filter(first_published_at__date__lte=day.until)
    cases = list(out.annotate(total=Window(Count("pk")))[:5])
    is_member = municipality.state == MembershipState.APPROVED
    has_left = municipality.state == MembershipState.LEFT
    return {
        "as_of": day,
        "municipality": municipality,
        **_facts(facts, municipality),
        "unsettled": UNSETTLED,
        "former_names": list(municipality.predecessors.all()) if municipality.renamed else [],
        "member_since": municipality.since if is_member else None,
        "left_on": municipality.since if has_left else None,
        "bodies": list(bodies(day.until).filter(municipality=municipality)),
        "cases": case_items(cases, [municipality]),
        "case_count": cases[0].total if cases else 0,
        "news": list(news.only("title", "url_path", "summary", "date")[:3]),
        "datasets": datasets_below(page.path, day.until),
        "positions": municipality_positions(municipality, day.until) if municipality.stated else [],
        "has_more": municipality.resolved or municipality.joined,
        "taken": taken_by(municipality, day.until) if municipality.has_taken else [],
        "contacts": contacts_of(municipality, day.until) if municipality.has_contacts else [],
    }
