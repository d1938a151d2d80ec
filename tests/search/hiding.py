"""The ways in which a page stops being public, and all the doors through which the public could still see it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.test import Client
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from cms.models import CasePage
from tests.factories import publish


def unpublish(page: Page) -> None:
    page.unpublish()


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def restrict_the_parent(page: Page) -> None:
    restrict(page.get_parent())


def restrict_the_municipality(page: Page) -> None:
    restrict(page.get_parent().get_parent())


def move_below_what_is_restricted(page: Page) -> None:
    """To a sibling that only those may read who are logged in."""
    shelf = page.get_parent().get_parent().get_children().exclude(pk=page.get_parent().pk)[0]
    restrict(shelf)
    page.move(Page.objects.get(pk=shelf.pk), pos="last-child")


def put_off(page: CasePage) -> None:
    """Taken down, and to be published again tomorrow."""
    page.unpublish()
    again = CasePage.objects.get(pk=page.pk)
    again.go_live_at = timezone.now() + dt.timedelta(days=1)
    publish(again)


def delete(page: Page) -> None:
    page.delete()


def delete_the_parent(page: Page) -> None:
    Page.objects.get(pk=page.get_parent().pk).delete()


HIDINGS = [
    unpublish,
    restrict,
    restrict_the_parent,
    restrict_the_municipality,
    move_below_what_is_restricted,
    put_off,
    delete,
    delete_the_parent,
]


def seen(client: Client, word: str, beside: Page) -> Iterator[tuple[str, str, Any]]:
    """Every door: its name, its text, and how many it says there are (None where it does not say).

    `beside` is a page that stays public and is like the hidden one.
    """
    for address in ("/search/", "/cases/"):
        yield address, client.get(address, {"q": word}).content.decode(), None
    answer = client.get("/api/v1/search", {"q": word})
    told = answer.json()
    yield "api", answer.content.decode(), told["total"]
    for facet, entries in told["facets"].items():
        if facet in ("kind", "year"):
            yield f"facet {facet}", "", sum(entry["count"] for entry in entries)
    answer = client.get("/search/export.json", {"q": word})
    yield "export.json", answer.content.decode(), answer.json()["total"]
    yield "export.csv", client.get("/search/export.csv", {"q": word}).content.decode(), None
    yield "suggest", client.get("/search/suggest/", {"q": word}).content.decode(), None
    yield "feed", client.get("/feeds/search/", {"q": word}).content.decode(), None
    similar = client.get(f"/search/similar/case/{beside.pk}/")
    yield "similar", similar.content.decode(), None
