"""No link of the hub leads nowhere: not in a page, not in a table."""

from __future__ import annotations

import re
from collections import Counter, deque
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.apps import apps
from django.contrib.contenttypes.fields import GenericForeignKey
from django.test import Client
from wagtail.models import Page

pytestmark = pytest.mark.django_db
MOST_PAGES = 1200
MOST_OF_A_SHAPE = 40  # of pages whose addresses differ in numbers or in the question alone


def crawl(client: Client) -> dict[str, tuple[int, str]]:
    """Every address that a reader reaches from home by following links: status, and where it was found."""
    seen: dict[str, tuple[int, str]] = {}
    shapes: Counter[str] = Counter()
    waiting = deque([("/", "")])
    while waiting and len(seen) < MOST_PAGES:
        address, origin = waiting.popleft()
        shape = re.sub(r"[^/]+(?=/legislation\.jsonld)|\d+|\?.*", "#", address)
        if address in seen or shapes[shape] == MOST_OF_A_SHAPE:
            continue
        shapes[shape] += 1
        answer = client.get(address)
        seen[address] = (answer.status_code, origin)
        if answer.status_code in (301, 302):
            waiting.append((urljoin(address, answer["Location"]), address))
        if not answer.get("Content-Type", "").startswith("text/html"):
            deque(
                getattr(answer, "streaming_content", ()), maxlen=0
            )  # read to its end, a file is closed
            continue
        for link in re.findall(r'\shref="([^"#]+)', answer.content.decode()):
            parts = urlsplit(urljoin(address, unescape(link)))
            if parts.scheme in ("http", "https") and parts.hostname not in ("testserver", None):
                continue
            beyond = ("/static/", "/media/", "/admin/")  # what is behind the login is no reader's
            if parts.scheme in ("mailto", "tel") or parts.path.startswith(beyond):
                continue
            target = parts.path + (f"?{parts.query}" if parts.query else "")
            # Of the finder's endless combinations of facets one click deep is enough.
            if not (parts.query and "?" in address):
                waiting.append((target, address))
    return seen


def test_no_link_of_a_page_leads_nowhere(client: Client) -> None:
    seen = crawl(client)

    assert 100 < len(seen) < MOST_PAGES, "what is beyond the end is not looked at"
    broken = {address: found for address, found in seen.items() if found[0] not in (200, 301, 302)}
    assert not broken, {unquote(a): f for a, f in broken.items()}


def test_the_crawl_notices_a_dangling_link(client: Client) -> None:
    from cms.models import NewsPage
    from tests.factories import publish

    page = NewsPage.objects.live().first()
    assert page is not None
    page.body = [("paragraph", '<p><a href="/nowhere/">없는 곳</a></p>')]
    publish(page)

    assert "/nowhere/" in {a for a, (status, _) in crawl(client).items() if status == 404}


def test_no_generic_link_of_a_row_leads_nowhere() -> None:
    """Links to pages go by content type and id, where no foreign key protects them."""
    looked = 0
    for label in ("record", "members", "dialogue", "drafts", "cms", "search"):
        for model in apps.get_app_config(label).get_models():
            for field in model._meta.private_fields:
                if isinstance(field, GenericForeignKey):
                    for row in model._default_manager.all():
                        looked += 1
                        assert getattr(row, field.name) is not None, row
    assert looked >= 0


def test_no_rich_text_points_at_a_page_that_is_gone() -> None:
    from wagtail.models import ReferenceIndex

    ids = {str(pk) for pk in Page.objects.values_list("pk", flat=True)}
    for reference in ReferenceIndex.objects.filter(to_content_type__model="page"):
        assert reference.to_object_id in ids, reference
