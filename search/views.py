"""`/search/` and its narrower sisters `/cases/` and `/data/`, and the suggestions below the search box.

Nothing is written here. No page of these may be indexed by other search engines.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from functools import wraps
from typing import Any

from django.db.models import Q
from django.http import (
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
    QueryDict,
)
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.models import Tag, TagAlias
from search import catalog, suggest
from search.forms import DEFAULT_RESULTS, BadParameter, read
from search.models import Kind
from search.query import LONGEST
from search.screen import EXAMPLES, PER_GROUP, screen

View = Callable[..., HttpResponse]


def not_indexed(view: View) -> View:
    """Results are ours to rank; other engines are to find the pages themselves."""

    @wraps(view)
    def wrapped(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response = view(request, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return wrapped


@require_safe
@not_indexed
def search(request: HttpRequest) -> HttpResponse:
    """`/search/`: everything, grouped by kind; without a question, how to ask."""
    return _page(request, "search/search.html")


@require_safe
@not_indexed
def cases(request: HttpRequest) -> HttpResponse:
    """`/cases/`: the cases of all municipalities, newest first until something is asked."""
    return _page(request, "search/cases.html", kind=Kind.CASE)


@require_safe
@not_indexed
def data(request: HttpRequest) -> HttpResponse:
    """`/data/`: the datasets of all municipalities."""
    return _page(request, "search/data.html", kind=Kind.DATASET)


@require_safe
@not_indexed
def suggestions(request: HttpRequest) -> JsonResponse:
    """`/search/suggest/?q=`: `{query, suggestions: [{text, kind, url}]}`."""
    written = request.GET.get("q", "")[:LONGEST]
    found = [asdict(each) for each in suggest.suggest(written)]
    return JsonResponse(
        {"query": written.encode("utf-8", "replace").decode(), "suggestions": found},
        json_dumps_params={"ensure_ascii": False},
    )


def _page(request: HttpRequest, template: str, *, kind: str = "") -> HttpResponse:
    context: dict[str, Any] = {"examples": EXAMPLES, "action": request.path, "written": ""}
    asks_something = any(str(value).strip() for value in request.GET.values())
    if not kind and not asks_something:
        return render(request, template, {**context, "begins": True})
    try:
        given = _canonical_tags(request.GET)
        if given.moved:
            return HttpResponsePermanentRedirect(f"{request.path}?{given.data.urlencode()}")
        data = given.data
        if kind:
            data = data.copy()
            data.setlist("kind", [kind])
        asked = read(data, size=DEFAULT_RESULTS, group=0 if data.get("kind") else PER_GROUP)
    except BadParameter as error:
        context |= {"error": error.detail, "written": request.GET.get("q", "")[:LONGEST]}
        return render(request, template, context, status=400)
    shown = screen(request.path, given.data, asked, kind=kind)
    return render(request, template, {**context, "screen": shown, "written": shown.written})


class _Tags:
    """An address whose topics are slugs. `moved`: one of them was merged into another word."""

    def __init__(self, data: QueryDict, *, moved: bool) -> None:
        self.data = data
        self.moved = moved


def _canonical_tags(data: QueryDict) -> _Tags:
    """Topics by slug or name. Asks the database only for what no document carries."""
    given = [value.strip() for value in data.getlist("tag") if value.strip()]
    book = catalog.fresh().book if given else None
    strange = [value for value in given if book and book.number("tag", value) is None][:10]
    if not strange:
        return _Tags(data, moved=False)
    wanted = Q(slug__in=strange) | Q(name__in=strange)
    names = {tag.name: tag.slug for tag in Tag.objects.filter(wanted)}
    merged: dict[str, str] = {}
    for alias in TagAlias.objects.filter(wanted).select_related("tag"):
        merged |= {alias.slug: alias.tag.slug, alias.name: alias.tag.slug}
    changed = data.copy()
    changed.setlist("tag", [merged.get(v) or names.get(v) or v for v in given])
    return _Tags(changed, moved=any(value in merged for value in strange))
