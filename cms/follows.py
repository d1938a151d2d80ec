"""A reader of Events that tells followers of cases and of municipalities when a page comes out."""

from __future__ import annotations

from django.conf import settings
from wagtail.models import Page

from cms.addresses import address_of
from cms.models import CasePage
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.advocacy.following import active
from coalition.advocacy.models import Follow, FollowKind
from coalition.advocacy.telling import Told, write_for
from coalition.record.models import Event
from coalition.record.queries import mark_read, unread_events

READER = "page-follows"
_PORTION = 100
#: Home, the list of municipalities, a municipality and its lists: what people write stands below.
_FRAME = 5


def tell_followers_of_pages() -> int:
    """The worker's job: a portion of the Events. Done twice it writes no second mail."""
    events = unread_events(READER, limit=_PORTION)
    for event in events:
        if event.verb == "page.published":
            write_for(event, _told(event))
    mark_read(READER, events)
    return len(events)


def _told(event: Event) -> list[Told]:
    page = public(Page.objects.filter(pk=event.object_id, live=True)).first()
    if page is None:
        return []
    told: list[Told] = []
    lines = [f"{settings.HUB_BASE_URL}{address_of(page)}"]
    if page.specific_class is CasePage:
        told += [
            (follow, f"사례가 바뀌었습니다: {page.title}", [])
            for follow in active(FollowKind.CASE).filter(key=str(page.pk))
        ]
    slug = municipality_slug(page)
    # Only what is new: a municipality that mends its pages all day sends nothing.
    is_new = page.first_published_at == page.last_published_at
    if slug and is_new and page.depth > _FRAME:
        follows = active(FollowKind.MUNICIPALITY).filter(key=slug)
        told += [(follow, f"새 글: {page.title}", lines) for follow in _besides(follows, told)]
    return told


def _besides(follows: object, told: list[Told]) -> list[Follow]:
    """Who follows the page itself hears of it once."""
    known = {follow.person_id for follow, _, _ in told}
    return [follow for follow in follows if follow.person_id not in known]  # type: ignore[attr-defined]
