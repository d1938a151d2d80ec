"""The matrix's other half: stock Wagtail shows the 14 holes, the hub none of them.

The same requests twice. Were the first test to find fewer, then a hole was closed by Wagtail or a request
went stale, and the second would prove less than it says.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.db import transaction
from wagtail import hooks
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry
from wagtail.snippets.models import get_snippet_models

from cms.models import HubImage, TagProposal
from cms.models.base import HubPage
from coalition.members.actions import enter_fictional
from tests.factories import make_case
from tests.matrix.desk import Desk
from tests.matrix.holes import HOLES, PROPOSAL, THIRD, Attack
from tests.matrix.stock_urls import proposals

pytestmark = pytest.mark.django_db
# What of ours stands between a municipality and Wagtail's own answers.
OUR_HOOKS = ("construct_page_chooser_queryset", "before_serve_document", "before_bulk_action")


@pytest.fixture
def attack(nuri: Any, garam_editor: Any, nuri_editor: Any, desk: Desk, login: Any) -> Attack:
    own = make_case(nuri, live=False, owner=nuri_editor)
    enter_fictional(code="X0004", name=THIRD, slug="hanbit", by=None)
    proposal = TagProposal.objects.create(
        name=PROPOSAL,
        reason="까닭",
        municipality=desk.page.owning_municipality,
        proposed_by=garam_editor,
    )
    # Ordinary permissions on the model, as one gives them to whoever shall keep its snippets.
    nuri_editor.user_permissions.set(Permission.objects.filter(content_type__model="tagproposal"))
    return Attack(login(nuri_editor), own, desk, proposal, login(garam_editor))


@pytest.fixture
def _stock(settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wagtail without what the hub puts before it."""
    settings.ROOT_URLCONF = "tests.matrix.stock_urls"
    settings.MIDDLEWARE = [one for one in settings.MIDDLEWARE if one != "cms.tenancy.DeskGuard"]
    monkeypatch.setitem(policy_registry.values_by_class, Page, PagePermissionPolicy(Page))
    monkeypatch.setattr(HubPage, "permissions_for_user", Page.permissions_for_user)
    monkeypatch.setattr("cms.forms.refuse_foreign_references", lambda *args: None)
    monkeypatch.setattr(HubImage, "admin_form_fields", (*HubImage.admin_form_fields, "tags"))
    monkeypatch.setattr(TagProposal, "snippet_viewset", proposals, raising=False)
    for name in OUR_HOOKS:
        stock = [
            one for one in hooks._hooks.get(name, []) if one[0].__module__ != "cms.wagtail_hooks"
        ]
        monkeypatch.setitem(hooks._hooks, name, stock)


def _open(attack: Attack) -> list[str]:
    """The holes through which the neighbour got; each leaves everything as it was."""

    def gets_through(hole: Callable[[Attack], bool]) -> bool:
        with transaction.atomic():
            through = hole(attack)
            transaction.set_rollback(True)
        return through

    return [name for name, hole in HOLES.items() if gets_through(hole)]


@pytest.mark.usefixtures("_stock")
def test_stock_wagtail_has_fourteen_holes(attack: Attack) -> None:
    assert _open(attack) == list(HOLES)
    assert len(HOLES) == 14


def test_the_hub_has_none_of_them(attack: Attack) -> None:
    assert _open(attack) == []


def test_nothing_of_the_hub_is_a_snippet() -> None:
    """Of all of stock Wagtail's holes only this one wrote: what people keep here are pages and records."""
    assert get_snippet_models() == []
