"""Cases as what a clause may be tied to: the coalition knows no pages, so the desk says how they are shown."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import Model

from cms.models import CasePage
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.drafts.models import LinkTarget
from coalition.drafts.targets import Linkable, Shown
from coalition.members.models import Municipality


def shown_cases(pks: Collection[int]) -> dict[int, Shown]:
    """Those of these cases that anybody may read, in three queries whatever their number."""
    pages = list(
        public(CasePage.objects.filter(pk__in=pks))
        .only("title", "url_path")
        .prefetch_related("numbers")
    )
    slugs = {municipality_slug(page) for page in pages}
    rows = Municipality.objects.select_related("region").filter(slug__in=slugs)
    owners = {row.slug: row for row in rows}
    return {page.pk: _shown(page, owners.get(municipality_slug(page) or "")) for page in pages}


def _shown(page: CasePage, owner: Municipality | None) -> Shown:
    first = next(iter(page.numbers.all()), None)
    return Shown(
        page.title,
        page.address,
        owner,
        n=first.n if first else None,
        fictional=bool(owner and owner.fictional),
    )


def owner_of(page: Model) -> Municipality | None:
    """The municipality in whose subtree the case stands."""
    return page.owning_municipality if isinstance(page, CasePage) else None


CASES = Linkable(LinkTarget.CASE, CasePage, shown_cases, owner_of)
