"""Cases as what a clause may be tied to: the coalition knows no pages, so the desk says how they are shown."""

from __future__ import annotations

import re
from collections.abc import Collection
from urllib.parse import urlsplit

from django.db.models import Model, OuterRef, Subquery

from cms.addresses import address_of
from cms.models import CaseNumber, CasePage
from cms.tenancy import municipality_root_path
from cms.visibility import public
from coalition.dialogue.models import Question
from coalition.dialogue.papers import public_questions
from coalition.drafts.models import LinkTarget
from coalition.drafts.targets import Linkable, Shown
from coalition.members.models import Municipality


def shown_cases(pks: Collection[int]) -> dict[int, Shown]:
    """Those of these cases that anybody may read, with the n of their first number, in one query."""
    first = CaseNumber.objects.filter(page=OuterRef("pk")).order_by("sort_order", "pk")
    pages = public(CasePage.objects.filter(pk__in=pks)).annotate(n=Subquery(first.values("n")[:1]))
    return {
        pk: Shown(title, address_of(CasePage(url_path=url_path)), n=n)
        for pk, title, url_path, n in pages.values_list("pk", "title", "url_path", "n")
    }


def owner_of(page: Model) -> Municipality | None:
    """The municipality in whose subtree the case stands."""
    return page.owning_municipality if isinstance(page, CasePage) else None


CASES = Linkable(LinkTarget.CASE, CasePage, shown_cases, owner_of)

_CASE = re.compile(r"/municipalities/([-a-z0-9]+)/cases/([-a-z0-9]+)/?")
_QUESTION = re.compile(r"/questions/([-a-z0-9]+)/([0-9]{1,9})/?")


def thing_at(address: str) -> Model | None:
    """The public thing at an address of the hub that a clause may be tied to."""
    try:
        path = urlsplit(address.strip()).path
    except ValueError:
        return None
    if found := _CASE.fullmatch(path):
        return _case(found[1], found[2])
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
    """A municipality's own public cases, as choices of a form: address and title."""
    below = municipality_root_path(municipality.slug)
    pages = public(CasePage.objects.filter(url_path__startswith=below)).order_by("title")
    return [(page.address, page.title) for page in pages.only("title", "url_path")]
