"""`/feeds/search/?q=…`: what a search has found anew, as Atom: the same as its mails say."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.syndication.views import Feed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.views.decorators.http import require_safe

from coalition.advocacy.searches import SavedSearch
from search.finding import find_all
from search.forms import read
from search.models import Kind, SearchDocument
from search.results import readable_rows
from search.saved import parameters, read_saved
from search.views import not_indexed

ENTRIES = 30
#: Up to so many results the newest are asked for by their ids; of more the latest changes are gone through.
_FEW, _LATEST = 900, 3_000


class SearchFeed(Feed[SearchDocument, SavedSearch]):
    """The results that came or changed last, the newest first."""

    feed_type = Atom1Feed

    def get_object(self, request: HttpRequest) -> SavedSearch:
        return read_saved(request.GET.urlencode())

    def title(self, obj: SavedSearch) -> str:
        return f"연대 허브: {obj.label}"

    def link(self, obj: SavedSearch) -> str:
        return obj.address

    def feed_url(self, obj: SavedSearch) -> str:
        return obj.feed

    def items(self, obj: SavedSearch) -> list[SearchDocument]:
        return newest(obj)

    def item_title(self, item: Any) -> str:
        return f"{item.title}{' (가상)' if item.fictional else ''}"

    def item_description(self, item: Any) -> str:
        about = (str(Kind(item.kind).label), item.municipality_name, item.note)
        return escape(", ".join(dict.fromkeys(filter(None, about))))

    def item_link(self, item: Any) -> str:
        return str(item.url)

    def item_updateddate(self, item: Any) -> dt.datetime:
        """The projection's clock counts microseconds since 1970 (search.clock)."""
        return dt.datetime.fromtimestamp(item.seq / 1_000_000, dt.UTC)


def newest(saved: SavedSearch) -> list[SearchDocument]:
    """The readable results that were written to the index last."""
    ids, _ = find_all(read(parameters(saved.key), size=1).wanted)
    if len(ids) > _FEW:
        latest = SearchDocument.objects.filter(deleted=False).order_by("-seq")
        among = set(ids)
        ids = [pk for pk in latest.values_list("pk", flat=True)[:_LATEST] if pk in among][:_FEW]
    return readable_rows(ids)[:ENTRIES]


_feed = SearchFeed()


@require_safe
@not_indexed
def search_feed(request: HttpRequest) -> HttpResponse:
    """`/feeds/search/`: what can't be meant is refused with the reason."""
    try:
        return _feed(request)
    except ValidationError as error:
        said = " ".join(error.messages)
        return HttpResponse(said, status=400, content_type="text/plain; charset=utf-8")
