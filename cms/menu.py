"""Entries of the desk's menu that only some roles see."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from wagtail.admin.action_menu import PageActionMenu
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
        return access.may_review_links or access.writes_for_a_municipality


class DeskMenuItem(MenuItem):
    """For who writes for a municipality."""

    def is_shown(self, request: HttpRequest) -> bool:
        return Access.of(request.user).writes_for_a_municipality


class EveryDeskMenuItem(MenuItem):
    """For both."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.writes_for_a_municipality or access.may_keep_hub


class TaskMenuItem(MenuItem):
    """For whoever has tasks: all people of a municipality, and the secretariat."""

    def is_shown(self, request: HttpRequest) -> bool:
        access = Access.of(request.user)
        return access.serves_a_municipality or access.may_keep_hub


# What a municipality user can't open must not stand in the menu (cms.tenancy.DESK_VIEWS).
CLOSED_TO_MUNICIPALITIES = frozenset({"reports", "help", "settings"})


def narrow_menu(request: HttpRequest, items: list[Any]) -> None:
    """Hook `construct_main_menu`."""
    if Access.of(request.user).serves_a_municipality:
        items[:] = [item for item in items if item.name not in CLOSED_TO_MUNICIPALITIES]


def leave_one_way_out(items: list[Any], request: HttpRequest, page: Any) -> None:
    """Hook `construct_page_action_menu`: who is asked to approve finds 승인 and 돌려보내기, and no way around them.

    공개 would pass over the approval; 결재 거두기 would send a text back without a word to its author.
    """
    if not any(item.name == "approve" for item in items):
        return
    asked_by = page.current_workflow_state.requested_by_id
    left_out = {"action-publish"}
    if asked_by != request.user.pk:
        left_out.add("action-cancel-workflow")
    items[:] = [item for item in items if item.name not in left_out]


class Footer(PageActionMenu):
    """Below a page's form: 임시 저장, and in sight beside it the one step that comes next.

    Wagtail shows one button and folds all others away behind an arrow: nobody found 승인 there. 임시 저장
    stays the first of the form, because it is what the browser presses at Enter in a field.
    """

    template = "admin/pages/footer.html"
    NEXT = ("approve", "action-submit", "action-publish")

    def render_html(self) -> str:
        if self.default_item is None:
            return ""
        by_name = {item.name: item for item in reversed(self.menu_items)}
        step = next((by_name[name] for name in self.NEXT if name in by_name), None)
        others = [item for item in self.menu_items if item is not step]
        context = {
            "default_menu_item": self.default_item.render_html(self.context),
            "show_menu": bool(others),
            "rendered_menu_items": [item.render_html(self.context) for item in others],
            "step": step.render_html(self.context) if step else "",
        }
        return render_to_string(self.template, context, request=self.request)
