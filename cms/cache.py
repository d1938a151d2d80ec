"""The page cache: what anybody was shown is shown again, until anything that readers see has changed.

It stands before every other middleware, so a kept page costs no session, no login and no template. Each request
asks for the content version (coalition.record.queries.content_version), which changes in the same transaction as
what it stands for: a page that was taken down is gone from every process and machine at the next request.

Kept are answers to GET without a login, of status 200, that set no cookie and don't forbid it. Addresses with a
parameter that is not on the list are made anew each time; so are forms, searches and answers of a past day.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeGuard
from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.exceptions import DisallowedHost, MiddlewareNotUsed
from django.db import DatabaseError
from django.db.models import Min
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from wagtail.models import Page

from cms.cache_shelf import LARGEST, Kept, Shelf
from coalition.record.queries import content_version

# What these show depends on more than the content version, or on who asks, or is kept elsewhere.
NEVER = tuple(
    f"/{beginning}"
    for beginning in (
        settings.HUB_ADMIN_PATH, "api/", "cases/", "data/", "dev/", "documents/", "feeds/search/", "follow/",
        "healthz/", "invitation/", "join/", "media/", "review/", "search/", "static/",
    )
)  # fmt: skip
# Of the pages that are left: which part, which order, which page of a list.
PARAMETERS = frozenset({"page", "view", "kind", "form", "state", "type", "row"})
LONGEST_QUERY = 100
_KINDS = ("text/", "application/rss+xml", "application/atom+xml", "application/xml")
_FORBIDDEN = ("no-store", "private", "no-cache", "max-age=0")
_NO_CODE = ("deploy", "docs", "tests", "var")
_NOT_KEPT = frozenset({"content-length", "date", "etag", "last-modified", "vary"})

Next = Callable[[HttpRequest], HttpResponseBase]


class PageCache:
    """Middleware. `X-Hub-Cache: hit` says that a page was kept."""

    def __init__(self, get_response: Next) -> None:
        if not settings.HUB_PAGE_CACHE:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.shelf = Shelf(Path(settings.CACHE_ROOT))
        self.release = release()

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        key = key_of(request)
        if key is None:
            return self.get_response(request)
        try:
            stamp = f"{content_version()} {timezone.localdate()} {self.release}"
        except DatabaseError:
            return self.get_response(request)
        kept = self.shelf.get(key, stamp, time.time())
        if kept is not None:
            return _answer(request, kept, "hit")
        response = self.get_response(request)
        if request.method != "GET" or not may_be_kept(response):
            return response
        kept = Kept.of(key, stamp, _until(), _headers(response), response.content)
        self.shelf.put(kept)
        return _answer(request, kept, "miss")


# ---- what may be kept ----------------------------------------------------------------------------------


def key_of(request: HttpRequest) -> str | None:
    """Under which key the answer may be kept; None where it may not."""
    path = request.path_info
    if request.method not in ("GET", "HEAD") or path.startswith(NEVER):
        return None
    if request.META.get("HTTP_COOKIE") and _is_somebody(request):
        return None
    if "HTTP_AUTHORIZATION" in request.META or "HTTP_RANGE" in request.META:
        return None
    query = _query(request.META.get("QUERY_STRING", ""))
    if query is None:
        return None
    try:
        return f"{request.scheme}://{request.get_host()}{path}?{query}"
    except DisallowedHost:
        return None


def _is_somebody(request: HttpRequest) -> bool:
    """A session, or a message that waits in a cookie."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "messages" in request.COOKIES


def _query(written: str) -> str | None:
    """The parameters in one order, None when there is any that we don't know."""
    if not written:
        return ""
    if len(written) > LONGEST_QUERY:
        return None
    pairs = parse_qsl(written, keep_blank_values=True)
    return urlencode(pairs) if pairs and all(name in PARAMETERS for name, _ in pairs) else None


def may_be_kept(response: HttpResponseBase) -> TypeGuard[HttpResponse]:
    """Everybody's answer, whole, and not forbidden by the view that made it."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    if not isinstance(response, HttpResponse) or len(response.content) > LARGEST:
        return False
    vary = response.headers.get("Vary", "").lower()
    control = response.headers.get("Cache-Control", "").lower()
    return (
        response.headers.get("Content-Type", "").startswith(_KINDS)
        and "Content-Disposition" not in response.headers
        and "Content-Encoding" not in response.headers
        and "cookie" not in vary
        and "*" not in vary
        and not any(word in control for word in _FORBIDDEN)
    )


def _until() -> float | None:
    """When the next page's time is over: from then on nothing that shows it may be used."""
    soon = Page.objects.filter(live=True, expire_at__gt=timezone.now()).aggregate(
        at=Min("expire_at")
    )
    moment: dt.datetime | None = soon["at"]
    return moment.timestamp() if moment else None


def _headers(response: HttpResponse) -> list[list[str]]:
    """What the view and the other middlewares said, but for what we say ourselves."""
    told = [[name, value] for name, value in response.items() if name.lower() not in _NOT_KEPT]
    names = {name.lower() for name, _ in told}
    # A browser asks each time whether it still holds; the answer is a 304 of a few bytes.
    return told if "cache-control" in names else [*told, ["Cache-Control", "no-cache"]]


def release() -> str:
    """The code, templates and settings that make pages: another release keeps its own."""
    digest = hashlib.sha256()
    for folder in sorted(settings.BASE_DIR.glob("[a-z]*/")):
        for path in sorted(() if folder.name in _NO_CODE else folder.rglob("*.*")):
            if path.suffix != ".pyc":
                found = path.stat()
                digest.update(f"{path}{found.st_mtime_ns}{found.st_size}".encode())
    for name, value in sorted(os.environ.items()):
        if name.startswith(("HUB_", "DJANGO_")):
            digest.update(f"{name}={value}".encode())
    return digest.hexdigest()[:16]


# ---- answering -----------------------------------------------------------------------------------------


def _answer(request: HttpRequest, kept: Kept, said: str) -> HttpResponse:
    """200 or 304, packed for those who can unpack. HEAD says the same and sends nothing."""
    packed = bool(kept.packed) and "gzip" in request.META.get("HTTP_ACCEPT_ENCODING", "")
    body = kept.packed if packed else kept.plain
    etag = f'"{kept.etag}-gz"' if packed else f'"{kept.etag}"'
    response = HttpResponse(headers=dict(kept.headers))
    response.headers["ETag"] = etag
    response.headers["X-Hub-Cache"] = said
    patch_vary_headers(response, ["Accept-Encoding"])
    asked = request.META.get("HTTP_IF_NONE_MATCH")
    if asked and _is_known(asked, etag):
        response.status_code = 304
        del response.headers["Content-Type"]
        return response
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    response.headers["Content-Length"] = str(len(body))
    if request.method != "HEAD":
        response.content = body
    return response


def _is_known(asked: str, etag: str) -> bool:
    known = parse_etags(asked)
    return known == ["*"] or etag in known or f"W/{etag}" in known
