"""Review links and the joint case book, as they are asked for."""

from __future__ import annotations

import hashlib
from typing import Any

from django.db.models import QuerySet, Subquery
from wagtail.models import Page

from cms.models import CaseBookEntry, CaseBookState, CasePage, ReviewLink
from coalition.record.models import User


def hash_of_token(token: str) -> str:
    """What is kept of a token: long enough and random, so a plain hash can't be guessed back."""
    return hashlib.sha256(token.encode()).hexdigest()


def link_of_token(token: str) -> ReviewLink | None:
    """The link with this token, open or not."""
    links = ReviewLink.objects.select_related("page")
    return links.filter(token_hash=hash_of_token(token)).first()


def links_of_page(page: Page) -> QuerySet[ReviewLink]:
    """All links to this page's draft, newest first."""
    return ReviewLink.objects.filter(page=page).select_related("made_by")


def waiting_entries() -> QuerySet[CaseBookEntry]:
    """What the 사무국 has to look at, oldest first; what was taken down meanwhile waits for nobody."""
    return (
        CaseBookEntry.objects.filter(state=CaseBookState.WAITING, page__live=True)
        .select_related("page")
        .order_by("offered_at", "pk")
    )


def decided_entries() -> QuerySet[CaseBookEntry]:
    """What was decided, newest first."""
    return (
        CaseBookEntry.objects.exclude(state=CaseBookState.WAITING)
        .select_related("page", "decided_by")
        .order_by("-decided_at", "-pk")
    )


def last_verdict(pk: int) -> Subquery:
    """What the 사무국 decided last of a case, for a query that is asked anyway."""
    decided = CaseBookEntry.objects.filter(page=pk).exclude(state=CaseBookState.WAITING)
    return Subquery(decided.order_by("-decided_at", "-pk").values("state")[:1])


def is_in_case_book(page: CasePage) -> bool:
    """Whether the last decision took it, and the municipality still offers it."""
    if not page.in_case_book:
        return False
    last = decided_entries().filter(page=page).values_list("state", flat=True).first()
    return last == CaseBookState.TAKEN


def offer_anew(page: Any, *, by: User | None) -> None:
    """After a publication: offer it, unless exactly this text was offered or an earlier one is in the book."""
    from cms.actions import offer_to_case_book

    page = CasePage.objects.get(pk=page.pk)
    if page.live_revision_id is None or is_in_case_book(page):
        return
    if not CaseBookEntry.objects.filter(page=page, revision=page.live_revision_id).exists():
        offer_to_case_book(page=page, by=by)
