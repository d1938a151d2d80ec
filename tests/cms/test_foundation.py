"""Every installation has the ground to stand on, and laying it twice changes nothing."""

from __future__ import annotations

import pytest
from wagtail.models import Page, Site, Workflow

from cms.foundation import found_site
from cms.models import HomePage
from coalition.record.models import Event

pytestmark = pytest.mark.django_db


def test_a_migrated_database_has_home_index_and_legal_pages() -> None:
    home = HomePage.objects.get()

    slugs = set(Page.objects.child_of(home).live().values_list("slug", flat=True))

    assert Site.objects.get().root_page_id == home.pk
    assert slugs == {
        "municipalities",
        "news",
        "privacy",
        "terms",
        "copyright",
        "accessibility",
        "errors",
    }


def test_founding_again_changes_nothing() -> None:
    before = (Page.objects.count(), Workflow.objects.count(), Event.objects.count())

    found_site()

    assert (Page.objects.count(), Workflow.objects.count(), Event.objects.count()) == before
