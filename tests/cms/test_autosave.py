"""Autosave never stalls on a Korean title: no slug is asked for, and one is found."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from cms.models import CaseIndexPage, CasePage, MunicipalityPage
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
# Counts that the page's script adds for StreamFields.
BLOCKS = {
    f"{name}-count": "0" for name in ("dialogue", "process", "differences", "conditions", "story")
}


def test_a_korean_title_alone_is_saved_by_itself(garam: Any, garam_editor: Any, login: Any) -> None:
    root = MunicipalityPage.objects.get(municipality=garam)
    index = CaseIndexPage.objects.child_of(root).get()
    client = login(garam_editor)
    address = reverse("wagtailadmin_pages:add", args=["cms", "casepage", index.pk])
    form = shown_form(client, address)
    assert "slug" not in form

    answer = client.post(
        address, {**form, **BLOCKS, "title": "골목 빨래방"}, headers={"Accept": "application/json"}
    )

    assert answer.status_code == 200, answer.content
    page = CasePage.objects.get(title="골목 빨래방")
    assert page.slug == "golmog-ppallaebang"
    assert not page.live


def test_an_untitled_page_is_told_what_is_missing(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    root = MunicipalityPage.objects.get(municipality=garam)
    index = CaseIndexPage.objects.child_of(root).get()
    client = login(garam_editor)
    address = reverse("wagtailadmin_pages:add", args=["cms", "casepage", index.pk])

    answer = client.post(address, {**shown_form(client, address), **BLOCKS, "title": ""})

    assert answer.status_code == 200
    assert not CasePage.objects.exists()
