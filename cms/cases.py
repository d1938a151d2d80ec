"""Pages of cases, told to the rooms below that may point to them (coalition.practice.cases)."""

from __future__ import annotations

from collections.abc import Iterable

from cms.models import CasePage
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.members.models import Municipality
from coalition.practice.cases import Case, register_cases


def tell_cases(numbers: Iterable[int]) -> list[Case]:
    """The public cases among these, with their municipality: two queries, however many there are."""
    from django.contrib.contenttypes.models import ContentType

    pages = list(public(CasePage.objects).filter(pk__in=list(numbers)).only("title", "url_path"))
    slugs = {page.pk: municipality_slug(page) for page in pages}
    places = {
        place.slug: place
        for place in Municipality.objects.select_related("region").filter(slug__in=slugs.values())
    }
    kind = ContentType.objects.get_for_model(CasePage)
    return [
        Case(kind.pk, page.pk, page.title, page.address, places[slug])
        for page in pages
        if (slug := slugs[page.pk]) in places
    ]


def connect() -> None:
    """Called once, when the app is ready."""
    register_cases(CasePage._meta.label_lower, tell_cases)
