"""Which pages anybody may read: live, their time not over, and neither they nor a page above them restricted.

Wagtail's `.public()` asks for all restrictions first, each time; this is a condition inside the query.
"""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Length, Now, Substr
from wagtail.models import PageViewRestriction


def is_restricted() -> Exists:
    """A view restriction on the row's page or on one above it (a tree path begins with its ancestors')."""
    beginning = Substr(OuterRef("path"), 1, Length("page__path"))
    return Exists(PageViewRestriction.objects.filter(page__path=beginning))


def is_open() -> Q:
    """The page's last day has not passed. The worker takes it down a moment later; until then this does.

    The moment is that of the database when it is asked: the condition may be kept (search.results).
    """
    return Q(expire_at__isnull=True) | Q(expire_at__gt=Now())


def public(pages: Any) -> Any:
    """Of a PageQuerySet, what everybody may read."""
    return pages.filter(is_open(), ~is_restricted(), live=True)
