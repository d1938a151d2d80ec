"""Cases, for their own page and for lists."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Subquery
from django.db.models.functions import Substr
from django.utils import timezone
from django.utils.formats import date_format
from wagtail.models import Page

from cms.models import CaseBookState, CasePage, MunicipalityPage
from cms.queries.barriers import tied_to_case
from cms.queries.practice import finding_items
from cms.queries.spread import adopted_case, adoptions_of_case
from cms.queries.verdicts import verdict_of
from cms.reviews import last_verdict
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.dialogue.models import Division
from coalition.evidence.queries import findings
from coalition.members.models import Municipality
from coalition.members.queries import left_on, today

# Tree path of a municipality's root: root, home, the list of municipalities, the municipality, of four
# characters each. What begins alike belongs to the same municipality.
ROOT_PATH = 16


@dataclass(frozen=True, slots=True)
class CaseItem:
    """A case as a list shows it."""

    title: str
    address: str
    text: str
    phase: str
    phase_label: str
    municipality: Municipality
    division: str
    year: int | None
    published: Any


def live_cases() -> Any:
    """Public cases with no more than a list needs."""
    return (
        public(CasePage.objects)
        .select_related("division")
        .only(
            "title",
            "url_path",
            "summary",
            "result_line",
            "phase",
            "period_from",
            "period_to",
            "first_published_at",
            "division__name",
        )
        .order_by("-first_published_at", "-pk")
    )


def newest_live(on: dt.date | None = None) -> Any:
    """Public cases (of that day), the one published last first."""
    pages = live_cases()
    return pages if on is None else pages.filter(first_published_at__date__lte=on)


def newest_cases(limit: int) -> list[CaseItem]:
    """The cases that were published last, whoever's they are."""
    return case_items(newest_live()[:limit])


def cases_below(index: Page, owner: Municipality) -> list[CaseItem]:
    """All published cases of one municipality, newest first."""
    return case_items(live_cases().child_of(index), [owner])


def case_items(pages: Any, known: list[Municipality] | None = None) -> list[CaseItem]:
    """List items of these pages. Municipalities that are not `known` are asked for in one query."""
    found = list(pages)
    owners = {m.slug: m for m in known or ()}
    unknown = {_owner(page) for page in found} - owners.keys()
    if unknown:
        rows = Municipality.objects.select_related("region").filter(slug__in=unknown)
        owners.update({m.slug: m for m in rows})
    return [
        CaseItem(
            title=page.title,
            address=page.address,
            text=page.result_line or page.summary,
            phase=page.phase,
            phase_label=page.get_phase_display(),
            municipality=owners[_owner(page)],
            division=page.division.name if page.division else "",
            year=page.year,
            published=page.first_published_at,
        )
        for page in found
    ]


def _owner(page: Page) -> str:
    return municipality_slug(page) or ""


def case_counts() -> Counter[str]:
    """How many public cases stand below each municipality's root, by the root's tree path."""
    rows = (
        public(CasePage.objects)
        .order_by()
        .annotate(root=Substr("path", 1, ROOT_PATH))
        .values_list("root")
        .annotate(number=Count("pk"))
    )
    return Counter(dict(rows))


def case_details(page: CasePage) -> dict[str, Any]:
    """What a case's own page shows beside its fields."""
    ref = (page.content_type_id, page.pk)
    desk = (
        MunicipalityPage.objects.select_related("municipality__region")
        .filter(slug=municipality_slug(page))
        .annotate(left_on=left_on("municipality"))
        .annotate(adopted=adopted_case(*ref), verdict=last_verdict(page.pk))
        .annotate(division=Subquery(Division.objects.filter(pk=page.division_id).values("name")))
        .first()
    )
    municipality = desk.municipality if desk else None
    published = page.last_published_at or page.first_published_at
    tied = tied_to_case(page)
    day = today()
    numbers = list(page.numbers.all())
    found = list(findings().filter(case_type=page.content_type_id, case_id=page.pk))
    citation = [
        f"{municipality.full_name}{'(가상)' if municipality.fictional else ''}"
        if municipality
        else "",
        f"「{page.title}」",
        "지속가능 일자리 연대 허브",
        date_format(timezone.localtime(published)) if published else "",
    ]
    return {
        "municipality": municipality,
        "municipality_page": desk,
        "numbers": numbers,
        "verdict": verdict_of(page, numbers, found, day),
        "findings": finding_items(found, day),
        "barriers": list(page.barriers.all()),
        "in_case_book": bool(page.in_case_book and desk and desk.verdict == CaseBookState.TAKEN),
        "division": desk.division if desk else "",
        "tags": list(page.tags.all()),
        "adoptions": adoptions_of_case(*ref) if desk and desk.adopted else [],
        "citation": ", ".join(part for part in citation if part),
        "clause_links": tied.bills,
        "met": tied.barriers,
    }
