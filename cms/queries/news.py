"""News, of one municipality or of the coalition."""

from __future__ import annotations

import datetime as dt

from django.core.paginator import Page as PaginatorPage
from django.core.paginator import Paginator
from django.db.models import QuerySet
from wagtail.models import Page

from cms.models import NewsPage
from cms.visibility import public

PER_PAGE = 20


def news_below(index: Page, page_number: str) -> PaginatorPage[NewsPage]:
    """One page of the news under an index page, newest first. A wrong number gives the nearest page."""
    pages = public(NewsPage.objects.child_of(index)).order_by("-date", "-pk")
    return Paginator(pages, PER_PAGE).get_page(page_number)


def newest_news(limit: int, on: dt.date | None = None) -> QuerySet[NewsPage]:
    """News of everybody (out by that day), newest first."""
    pages = public(NewsPage.objects).only("title", "url_path", "summary", "date")
    if on is not None:
        pages = pages.filter(first_published_at__date__lte=on)
    return pages.order_by("-date", "-pk")[:limit]
