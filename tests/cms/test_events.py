"""What editors do through Wagtail's screens is written into the one log."""

from __future__ import annotations

from typing import Any

import pytest
from wagtail.models import Page, PageViewRestriction

from cms.models import CaseIndexPage, MunicipalityPage
from coalition.record.models import Event
from tests.factories import make_case, publish

pytestmark = pytest.mark.django_db


def _verbs(page: Page) -> list[str]:
    return list(Event.objects.filter(object_id=str(page.pk)).values_list("verb", flat=True))


def test_the_life_of_a_page_is_told(garam: Any, nuri: Any) -> None:
    page = make_case(garam, "한살이")
    restriction = PageViewRestriction.objects.create(page=page.page_ptr, restriction_type="login")
    restriction.delete()
    page.unpublish()
    root = MunicipalityPage.objects.get(municipality=nuri)
    page.move(CaseIndexPage.objects.child_of(root).get(), "last-child")
    page.refresh_from_db()
    key = page.pk
    page.delete()

    verbs = list(Event.objects.filter(object_id=str(key)).values_list("verb", flat=True))
    assert verbs == [
        "page.published",
        "page.restricted",
        "page.unrestricted",
        "page.unpublished",
        "page.moved",
        "page.deleted",
    ]


def test_a_renamed_page_tells_its_old_address(
    garam: Any, django_capture_on_commit_callbacks: Any
) -> None:
    page = make_case(garam, "옛 이름")
    before = page.url_path
    page.slug = "new-name"
    with django_capture_on_commit_callbacks(execute=True):
        publish(page)

    event = Event.objects.get(verb="page.renamed")
    assert event.data["url_path_before"] == before
    assert event.data["url_path"].endswith("/new-name/")


def test_deleting_a_live_page_tells_that_it_went_from_the_public_first(garam: Any) -> None:
    page = make_case(garam, "지울 것")
    key = page.pk
    page.delete()

    verbs = list(Event.objects.filter(object_id=str(key)).values_list("verb", flat=True))
    assert verbs[-1] == "page.deleted"
    assert "page.unpublished" in verbs


def test_a_reordering_is_no_move(garam: Any) -> None:
    page = make_case(garam, "가")
    make_case(garam, "나")
    page.move(page.get_parent(), "last-child")

    assert "page.moved" not in _verbs(page)
