"""Entries of the desk's menu that only some roles see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from wagtail.admin.menu import MenuItem

from coalition.members.access import Access


class SecretariatMenuItem(MenuItem):
    """For the secretariat."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Access.of(request.user).may_keep_hub


class LinkMenuItem(MenuItem):
    """For who proposes links to clauses, and who reviews them."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.may_review_links or access.serves_a_municipality


class DeskMenuItem(MenuItem):
    """For the people of a municipality."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Access.of(request.user).serves_a_municipality


class EveryDeskMenuItem(MenuItem):
    """For both."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.serves_a_municipality or access.may_keep_hub


# What a municipality user can't open must not stand in the menu (cms.tenancy.DESK_VIEWS).
CLOSED_TO_MUNICIPALITIES = frozenset({"reports", "help", "settings"})


def narrow_menu(request: HttpRequest, items: list[Any]) -> None:
    """Hook `construct_main_menu`."""
    if Access.of(request.user).serves_a_municipality:
        items[:] = [item for item in items if item.name not in CLOSED_TO_MUNICIPALITIES]


def leave_one_way_out(items: list[Any]) -> None:
    """Hook `construct_page_action_menu`: who is asked to approve does not also find 공개 beside 승인."""
    if any(item.name == "approve" for item in items):
        items[:] = [item for item in items if item.name != "action-publish"]
