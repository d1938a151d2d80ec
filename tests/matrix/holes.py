"""The 14 holes of a stock Wagtail between tenants (research of 2026-11-22), each as what a neighbour does.

A hole is a function that asks as the neighbour and says whether it got through. The same function asks
stock Wagtail and the hub.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from unittest import mock

from django.test import Client
from django.urls import reverse
from wagtail.permission_policies import ModelPermissionPolicy
from wagtail.permissions import policy_registry

from cms.models import CasePage, TagProposal
from tests.forms import case_form, shown_form
from tests.matrix.desk import AUTHOR, FILE, IMAGE, TITLE, Desk

PROPOSAL, TAG = "아직 아무도 모르는 주제어", "bimil-kkoripyo"
#: A third municipality; neither the neighbour nor the desk has to do with it.
THIRD = "한빛시"
SNIPPET = "/admin/snippets/cms/tagproposal"
SNIPPET_CHOOSER = "/admin/snippets/choose/cms/tagproposal"


@dataclass(frozen=True, slots=True)
class Attack:
    """Who asks for what: the neighbour's client and own draft, the desk that is none of their business, its owner."""

    client: Client
    own: CasePage
    desk: Desk
    proposal: TagProposal
    owner: Client

    def shows(self, word: str, *addresses: str) -> bool:
        """Whether one of the answers says the word."""
        return any(word in self.read(address) for address in addresses)

    def read(self, address: str, client: Client | None = None) -> str:
        """The body of an answer, a dialogue's text out of its JSON."""
        answer = (client or self.client).get(address)
        if getattr(answer, "streaming", False):
            return b"".join(answer.streaming_content).decode()  # type: ignore[arg-type]
        if answer.get("Content-Type", "").startswith("application/json"):
            said: Any = answer.json()
            return str(said)
        return str(answer.content.decode())

    def steals(self) -> bool:
        """Whether the neighbour writes the record over to their own municipality."""
        form = {
            "name": PROPOSAL, "reason": "뺏음", "state": "waiting", "answer": "",
            "municipality": str(self.own.owning_municipality.pk),  # type: ignore[union-attr]
            "proposed_by": str(self.proposal.proposed_by_id),
        }  # fmt: skip
        self.client.post(f"{SNIPPET}/edit/{self.proposal.pk}/", form)
        stored = TagProposal.objects.get(pk=self.proposal.pk)
        return stored.municipality_id != self.proposal.municipality_id

    def tag_the_picture(self) -> None:
        """What the owner does in the picture's form, where that asks for tags."""
        address = reverse("wagtailimages:edit", args=[self.desk.image.pk])
        self.owner.post(address, {**shown_form(self.owner, address), "tags": TAG})


HOLES: dict[str, Callable[[Attack], bool]] = {}


def _hole(name: str) -> Callable[[Callable[[Attack], bool]], Callable[[Attack], bool]]:
    def add(attack: Callable[[Attack], bool]) -> Callable[[Attack], bool]:
        HOLES[name] = attack
        return attack

    return add


@_hole("1: snippets are listed, edited and taken away")
def _snippets(one: Attack) -> bool:
    return one.shows(PROPOSAL, f"{SNIPPET}/") and one.steals()


class _OwnOnly(ModelPermissionPolicy):
    """What one would register to close the first hole."""

    def instances_user_has_any_permission_for(self, user: Any, actions: Any) -> Any:
        return TagProposal.objects.filter(proposed_by=user)

    def user_has_permission_for_instance(self, user: Any, action: Any, instance: Any) -> bool:
        return bool(instance.proposed_by_id == user.pk)


@_hole("2: a policy for snippets leaves their edit view open")
def _policy(one: Attack) -> bool:
    registered = {TagProposal: _OwnOnly(TagProposal)}
    with mock.patch.dict(policy_registry.values_by_class, registered):
        return one.steals()


@_hole("3: the chooser of snippets shows all")
def _snippet_chooser(one: Attack) -> bool:
    return one.shows(PROPOSAL, f"{SNIPPET_CHOOSER}/", f"{SNIPPET_CHOOSER}/results/")


@_hole("4: the page chooser shows drafts")
def _page_chooser(one: Attack) -> bool:
    parent = one.desk.page.get_parent()
    return one.shows(
        TITLE,
        reverse("wagtailadmin_choose_page_child", args=[parent.pk]),
        f"/admin/choose-page/chosen-multiple/?id={one.desk.page.pk}",
    )


@_hole("5: the admin's API lists every file")
def _admin_api(one: Attack) -> bool:
    return one.shows(IMAGE, "/admin/api/main/images/") or one.shows(
        FILE, "/admin/api/main/documents/"
    )


@_hole("6: bulk actions show titles before they ask for rights")
def _bulk(one: Attack) -> bool:
    return one.shows(
        TITLE, f"/admin/bulk/wagtailcore/page/delete/?id={one.desk.page.pk}&next=/admin/"
    )


@_hole("7: the question before a move shows the title")
def _move(one: Attack) -> bool:
    place = one.own.get_parent().pk
    return one.shows(
        TITLE, reverse("wagtailadmin_pages:move_confirm", args=[one.desk.page.pk, place])
    )


@_hole("8: tags of files are completed for everybody")
def _tag_autocomplete(one: Attack) -> bool:
    one.tag_the_picture()
    return one.shows(TAG, f"/admin/tag-autocomplete/?term={TAG[:5]}")


@_hole("9: popular tags stand beside the pictures")
def _popular_tags(one: Attack) -> bool:
    one.tag_the_picture()
    return one.shows(TAG, reverse("wagtailimages:index"), reverse("wagtailimages_chooser:choose"))


@_hole("10: reports tell who edited what")
def _reports(one: Attack) -> bool:
    reports = ("/admin/reports/page-types-usage/", "/admin/reports/site-history/")
    return one.shows(TITLE, *reports) or one.shows(AUTHOR, *reports)


@_hole("11: a page takes a foreign picture by its id")
def _foreign_picture(one: Attack) -> bool:
    form = case_form(
        **{
            "story-count": "1", "story-0-type": "figure", "story-0-order": "0",
            "story-0-deleted": "", "story-0-id": "",
            "story-0-value-image": str(one.desk.image.pk), "story-0-value-caption": "",
        }
    )  # fmt: skip
    one.client.post(reverse("wagtailadmin_pages:edit", args=[one.own.pk]), form)
    newest: Any = CasePage.objects.get(pk=one.own.pk).get_latest_revision_as_object()
    return any(block.value["image"] == one.desk.image for block in newest.story)


@_hole("12: the public API lists files that only a draft uses")
def _public_api(one: Attack) -> bool:
    return IMAGE in one.read("/api/v2/images/", Client())


@_hole("13: a draft's document is served to anybody")
def _document(one: Attack) -> bool:
    return one.read(one.desk.document.url, Client()) == "x"


@_hole("14: a field for the municipality names them all")
def _municipality_field(one: Attack) -> bool:
    return one.shows(THIRD, f"{SNIPPET}/edit/{one.proposal.pk}/", f"{SNIPPET}/add/")
