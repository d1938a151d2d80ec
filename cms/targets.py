"""Cases, findings and barriers as what a clause may be tied to: the coalition knows no pages, so the desk says
where they are told and who may read them."""

from __future__ import annotations

import re
from collections.abc import Collection
from typing import Any
from urllib.parse import urlsplit

from django.db.models import Model, OuterRef, Q, QuerySet, Subquery

from cms.addresses import address_of
from cms.models import CaseNumber, CasePage
from cms.tenancy import municipality_root_path
from cms.visibility import public
from coalition.dialogue.models import Question
from coalition.dialogue.papers import public_questions
from coalition.drafts.models import LinkTarget
from coalition.drafts.targets import Linkable, Shown
from coalition.evidence.level import level_of_finding
from coalition.evidence.models import Finding
from coalition.evidence.queries import findings
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.practice.models import Barrier


def _visible_cases(pks: Collection[int]) -> QuerySet[CasePage]:
    return public(CasePage.objects.filter(pk__in=pks))


def shown_cases(pks: Collection[int]) -> dict[int, Shown]:
    """Those of these cases that anybody may read, with the n of their first number, in one query."""
    first = CaseNumber.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
    pages = _visible_cases(pks).annotate(n=Subquery(first.values("n")[:1]))
    return {
        pk: Shown(title, address_of(CasePage(url_path=url_path)), n=n)
        for pk, title, url_path, n in pages.values_list("pk", "title", "url_path", "n")
    }


def owner_of(page: Model) -> Municipality | None:
    """The municipality in whose subtree the case stands."""
    return page.owning_municipality if isinstance(page, CasePage) else None


def _address_of_case() -> Subquery:
    """Where the public case of a row stands; nothing for one that nobody may read."""
    case = public(CasePage.objects.filter(pk=OuterRef("case_id")))
    return Subquery(case.values("url_path")[:1])


def _visible_findings(pks: Collection[int]) -> QuerySet[Any]:
    """With the `case_path` where they are told; one of a case that nobody may read is not seen."""
    told_elsewhere = Q(case_id__isnull=True) & (Q(pilot__isnull=False) | Q(model__isnull=False))
    return (
        findings()
        .filter(pk__in=pks)
        .annotate(case_path=_address_of_case())
        .filter(told_elsewhere | Q(case_path__isnull=False))
    )


def shown_findings(pks: Collection[int]) -> dict[int, Shown]:
    """Those of these findings that stand, with their level and n, where they are told: in their case, else with
    their pilot or model. One of a case that nobody may read is not shown. One query."""
    rows = _visible_findings(pks).select_related("pilot", "model", "municipality")
    day = today()
    return {
        row.pk: Shown(
            row.claim,
            _where_told(row, row.case_path),
            level=level_of_finding(row, day).number,
            n=row.n,
            fictional=row.municipality.fictional,
        )
        for row in rows
    }


def _where_told(finding: Finding, case_path: str | None) -> str:
    if finding.case_id:
        return address_of(CasePage(url_path=case_path)) if case_path else ""
    if finding.pilot:
        return f"/pilots/{finding.pilot.slug}/"
    return f"/models/{finding.model.slug}/" if finding.model else ""


def _found_by(finding: Model) -> Municipality | None:
    return finding.municipality if isinstance(finding, Finding) else None


def shown_barriers(pks: Collection[int]) -> dict[int, Shown]:
    """Those of these barriers that stand and whose case anybody may read, in one query."""
    return {row.pk: barrier_shown(row) for row in _visible_barriers(pks)}


def _visible_barriers(pks: Collection[int]) -> QuerySet[Any]:
    return standing_barriers().filter(pk__in=pks)


def barrier_shown(barrier: Any) -> Shown:
    """A row of `standing_barriers` as what a clause is tied to."""
    address = address_of(CasePage(url_path=barrier.case_path))
    return Shown(barrier.what, f"{address}#barrier-{barrier.pk}")


def standing_barriers() -> QuerySet[Any]:
    """Barriers of public cases that nobody took back, each with its `case_path`."""
    return (
        Barrier.objects.filter(
            withdrawn_at__isnull=True, case_type__app_label="cms", case_type__model="casepage"
        )
        .annotate(case_path=_address_of_case())
        .filter(case_path__isnull=False)
        .order_by("pk")
    )


def _met_by(barrier: Model) -> Municipality | None:
    return barrier.municipality if isinstance(barrier, Barrier) else None


FINDINGS = Linkable(LinkTarget.FINDING, Finding, _visible_findings, shown_findings, _found_by)
BARRIERS = Linkable(LinkTarget.BARRIER, Barrier, _visible_barriers, shown_barriers, _met_by)
CASES = Linkable(LinkTarget.CASE, CasePage, _visible_cases, shown_cases, owner_of)

_CASE = re.compile(r"/municipalities/([-a-z0-9]+)/cases/([-a-z0-9]+)/?")
_BARRIER = re.compile(r"barrier-([0-9]{1,18})")
_QUESTION = re.compile(r"/questions/([-a-z0-9]+)/([0-9]{1,9})/?")


def thing_at(address: str) -> Model | None:
    """The public thing at an address of the hub that a clause may be tied to."""
    try:
        split = urlsplit(address.strip())
    except ValueError:
        return None
    path = split.path
    if found := _CASE.fullmatch(path):
        case = _case(found[1], found[2])
        barrier = _BARRIER.fullmatch(split.fragment)
        if barrier is None or case is None:
            return case
        return standing_barriers().filter(case_id=case.pk, pk=int(barrier[1])).first()
    if found := _QUESTION.fullmatch(path):
        return _question(found[1], int(found[2]))
    return None


def _case(place: str, slug: str) -> CasePage | None:
    below = f"{municipality_root_path(place)}cases/{slug}/"
    return public(CasePage.objects.filter(url_path=below)).first()


def _question(key: str, number: int) -> Question | None:
    rows = public_questions().select_related("paper__body__municipality__region")
    return rows.filter(paper__key=key, number=number).first() if number < 2**31 else None


def own_targets(municipality: Municipality) -> list[tuple[str, str]]:
    """A municipality's own public cases and their barriers, as choices of a form: address and title."""
    below = municipality_root_path(municipality.slug)
    pages = public(CasePage.objects.filter(url_path__startswith=below)).order_by("title")
    cases = {page.pk: page for page in pages.only("title", "url_path")}
    barriers = standing_barriers().filter(case_id__in=cases)
    return [
        *((page.address, page.title) for page in cases.values()),
        *((f"{cases[b.case_id].address}#barrier-{b.pk}", f"장애: {b.what}") for b in barriers),
    ]
