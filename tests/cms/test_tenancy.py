"""A neighbour meets closed doors, and learns nothing through them."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from cms.desk_views import DESK_VIEWS
from cms.models import MunicipalityPage
from cms.tenancy import seen_pages
from coalition.members.actions import end_appointment
from tests.factories import make_case

pytestmark = pytest.mark.django_db
SECRET = "아직 누구도 모르는 사례"


@pytest.fixture
def draft(garam: Any, garam_editor: Any) -> Any:
    return make_case(garam, SECRET, live=False, owner=garam_editor)


def _shown(answer: Any) -> str:
    """The HTML of an answer, also of one that is wrapped in JSON for a modal window."""
    if answer["Content-Type"].startswith("application/json"):
        return str(answer.json().get("html", ""))
    return str(answer.content.decode())


PAGE_VIEWS = [
    "edit", "delete", "unpublish", "move", "copy", "history", "view_draft", "revisions_index",
    "add_subpage", "set_privacy", "workflow_history", "usage", "lock",
]  # fmt: skip


@pytest.mark.parametrize("view", PAGE_VIEWS)
def test_a_neighbour_gets_no_address_of_the_page(
    view: str, draft: Any, nuri_editor: Any, login: Any
) -> None:
    address = reverse(f"wagtailadmin_pages:{view}", args=[draft.pk])

    for answer in (login(nuri_editor).get(address), login(nuri_editor).post(address)):
        assert answer.status_code in (403, 404)
        assert SECRET not in answer.content.decode()


def test_a_neighbour_finds_nothing_in_explorer_choosers_search_and_api(
    draft: Any, garam: Any, nuri_editor: Any, login: Any
) -> None:
    client = login(nuri_editor)
    parent = draft.get_parent()
    for address in (
        "/admin/",
        "/admin/pages/",
        f"/admin/pages/{parent.pk}/",
        "/admin/pages/search/?q=사례",
        "/admin/pages/search/?q=모르는",
        f"/admin/choose-page/{parent.pk}/",
        "/admin/choose-page/",
        "/admin/choose-page/search/?q=모르는",
        f"/admin/choose-page/chosen-multiple/?id={draft.pk}",
        f"/admin/api/main/pages/?child_of={parent.pk}",
        f"/admin/api/main/pages/{draft.pk}/",
        "/admin/api/main/images/",
        "/admin/reports/aging-pages/",
        "/admin/reports/site-history/",
    ):
        answer = client.get(address)
        assert answer.status_code in (200, 302, 400, 403, 404), address
        shown = answer.content.decode()
        assert SECRET not in shown, address


def test_the_owner_and_the_secretariat_see_it_and_only_the_owner_edits(
    draft: Any, garam_editor: Any, secretariat: Any, login: Any
) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[draft.pk])
    listing = reverse("wagtailadmin_explore", args=[draft.get_parent().pk])

    assert login(garam_editor).get(address).status_code == 200
    assert SECRET in login(garam_editor).get(listing).content.decode()
    assert SECRET in login(secretariat).get(listing).content.decode()
    assert login(secretariat).get(address).status_code in (302, 403, 404)
    assert not draft.permissions_for_user(secretariat).can_edit()


def test_a_stranger_is_sent_to_the_login(draft: Any, client: Client) -> None:
    answer = client.get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))

    assert answer.status_code == 302
    assert "/admin/login/" in answer["Location"]


def test_a_former_editor_has_no_desk(draft: Any, garam_editor: Any, login: Any) -> None:
    import datetime as dt

    end_appointment(appointment=garam_editor.appointments.get(), on=dt.date(2026, 4, 1), by=None)

    answer = login(garam_editor).get(reverse("wagtailadmin_pages:edit", args=[draft.pk]))
    assert answer.status_code in (302, 403, 404)
    assert SECRET not in answer.content.decode()


def test_the_frame_is_neither_deleted_nor_moved_by_editors(garam: Any, garam_approver: Any) -> None:
    root = MunicipalityPage.objects.get(municipality=garam)
    for page in Page.objects.descendant_of(root, inclusive=True).specific():
        may = page.permissions_for_user(garam_approver)
        assert may.can_edit()
        assert not may.can_delete()
        assert not may.can_move()
        assert not may.can_unpublish()


def test_pages_seen_in_choosers_are_public_or_ones_own(
    draft: Any, garam: Any, garam_editor: Any, nuri_editor: Any, secretariat: Any
) -> None:
    public = make_case(garam, "공개된 사례")

    assert set(seen_pages(garam_editor)) >= {draft.page_ptr, public.page_ptr}
    assert draft.page_ptr not in seen_pages(nuri_editor)
    assert public.page_ptr in seen_pages(nuri_editor)
    assert draft.page_ptr in seen_pages(secretariat)


def test_an_admin_view_that_is_not_on_the_list_is_closed(nuri_editor: Any, login: Any) -> None:
    """The allow list names views of the resolver, so a view that Wagtail adds is closed by default."""
    for address in ("/admin/reports/locked/", "/admin/users/", "/admin/bills/", "/admin/tags/"):
        assert login(nuri_editor).get(address).status_code == 404


def test_every_name_on_the_allow_list_exists() -> None:
    from django.urls import get_resolver

    names = set()

    def collect(resolver: Any, namespace: str = "") -> None:
        for entry in resolver.url_patterns:
            if hasattr(entry, "url_patterns"):
                inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
                collect(entry, inner)
            elif entry.name:
                names.add(f"{namespace}{entry.name}")

    collect(get_resolver())
    assert names >= DESK_VIEWS, sorted(DESK_VIEWS - names)


def test_a_neighbour_selects_nothing_of_others_in_bulk(
    draft: Any, garam_editor: Any, nuri_editor: Any, login: Any
) -> None:
    for action in ("delete", "publish", "unpublish", "move"):
        address = f"/admin/bulk/wagtailcore/page/{action}/?id={draft.pk}&next=/admin/"
        assert login(nuri_editor).get(address).status_code == 404
        assert login(nuri_editor).post(address).status_code == 404
    own = login(garam_editor).get(
        f"/admin/bulk/wagtailcore/page/delete/?id={draft.pk}&next=/admin/"
    )
    assert own.status_code == 200
    assert SECRET in own.content.decode()


def test_a_neighbour_gets_no_picture_and_no_document_of_others(
    garam: Any, garam_editor: Any, nuri_editor: Any, login: Any
) -> None:
    from tests.cms.test_media import picture

    image = picture(
        title=SECRET, collection=MunicipalityPage.objects.get(municipality=garam).collection
    )
    image.save()
    for view in ("edit", "delete", "image_usage", "preview"):
        arguments = [image.pk, "max-100x100"] if view == "preview" else [image.pk]
        address = reverse(f"wagtailimages:{view}", args=arguments)
        assert login(nuri_editor).get(address).status_code == 404
    for address in ("/admin/images/", "/admin/images/chooser/", "/admin/images/chooser/results/"):
        assert SECRET not in _shown(login(nuri_editor).get(address))
        assert SECRET in _shown(login(garam_editor).get(address))
    chosen = login(nuri_editor).get(f"/admin/images/chooser/{image.pk}/")
    assert chosen.status_code in (403, 404)
