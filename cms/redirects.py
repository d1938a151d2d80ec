"""Old addresses: Wagtail keeps one redirect per page; here what stands below a page follows it too.

`/municipalities/old/data/t/v1.csv` is no page: it is found by the longest address above it that has moved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page

from cms.addresses import address_of
from cms.tenancy import MUNICIPALITIES

_BELOW = f"/{MUNICIPALITIES}/"


def page_of_old_address(path: str) -> Page | None:
    """The page that stood at this address before."""
    old = Redirect.normalise_path(path)
    found = Redirect.objects.filter(old_path=old, redirect_page__isnull=False)
    row = found.select_related("redirect_page").first()
    return row.redirect_page if row is not None else None


class OldAddresses:
    """Middleware, outside Wagtail's own: what stood below a page that has moved is found below its new address."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if response.status_code != 404 or not request.path.startswith(_BELOW):
            return response
        address = _moved(request.path)
        if not address or address == request.path:
            return response
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(f"{address}?{query}" if query else address)


def _moved(path: str) -> str:
    if "\0" in path:
        return ""
    above = dict(_above(path))
    rows = Redirect.objects.filter(old_path__in=above, redirect_page__isnull=False)
    found = max(
        rows.select_related("redirect_page"), key=lambda row: len(row.old_path), default=None
    )
    if found is None:
        return ""
    rest = above[found.old_path]
    return address_of(found.redirect_page) + rest


def _above(path: str) -> Iterator[tuple[str, str]]:
    """Every address at or above this one as Wagtail writes it, with what stands below it."""
    parts = path.strip("/").split("/")
    tail = "/" if path.endswith("/") else ""
    for length in range(len(parts), 1, -1):
        rest = "/".join(parts[length:])
        yield "/" + "/".join(parts[:length]), f"{rest}{tail}" if rest else ""
