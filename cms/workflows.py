"""One workflow at the home page, one task in it: whose page it is decides who approves."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import CharField, QuerySet
from django.db.models.functions import Cast
from django.http import HttpRequest
from wagtail.models import Page, Task, TaskState, WorkflowState

from cms.publication import refusal_of
from cms.tenancy import municipality_root_path, municipality_slug
from coalition.members.access import Access
from coalition.members.models import Municipality


class RefusalForm(forms.Form):
    """Why a text goes back to its author."""

    comment = forms.CharField(
        label="돌려보내는 까닭과 고칠 점",
        widget=forms.Textarea({"rows": 3}),
        error_messages={"required": "고칠 점을 적어 주세요. 쓴 사람에게 메일로 갑니다."},
    )


#: What an approver reads after the button; Wagtail says 저장했습니다 of both.
DECIDED = {
    "approve": "‘{title}’을(를) 승인해 공개했습니다. 쓴 사람에게 메일이 갑니다.",
    "reject": "‘{title}’을(를) 돌려보냈습니다. 까닭은 쓴 사람에게 메일로 갑니다.",
}


def say_why_it_came_back(request: HttpRequest, page: Page) -> None:
    """Whoever opens a text that was sent back reads above it what has to be mended."""
    state = page.current_workflow_state
    if state is None or state.status != WorkflowState.STATUS_NEEDS_CHANGES:
        return
    reason = state.current_task_state.comment
    if reason:
        messages.warning(request, f"돌려받은 글입니다. 고칠 점: {reason}")


class MunicipalityApproval(Task):
    """The 결재자 of the page's municipality approves; elsewhere another member of the secretariat.

    The secretariat acts inside a municipality only where that municipality named it deputy
    (docs/architecture.md, decision 6).
    """

    class Meta:
        verbose_name = "지방정부 결재"
        verbose_name_plural = "지방정부 결재"

    def _may_act(self, page: Page, user: Any) -> bool:
        access = Access.of(user)
        slug = municipality_slug(page)
        if slug is not None:
            municipality = Municipality.objects.filter(slug=slug).first()
            return municipality is not None and access.may_approve(municipality)
        if access.is_superuser:
            return True
        state = page.current_workflow_state
        return access.is_secretariat and state is not None and state.requested_by_id != user.pk

    def user_can_access_editor(self, obj: Page, user: Any) -> bool:
        return self._may_act(obj, user)

    def locked_for_user(self, obj: Page, user: Any) -> bool:
        return not self._may_act(obj, user)

    def user_can_lock(self, obj: Page, user: Any) -> bool:
        return self._may_act(obj, user)

    def get_actions(self, obj: Page, user: Any) -> list[tuple[str, str, bool]]:
        if not self._may_act(obj, user):
            return []
        if refusal_of(obj.get_latest_revision_as_object()):
            return [("reject", "돌려보내기", True)]
        return [
            ("reject", "돌려보내기", True),
            ("approve", "승인", False),
            ("approve", "의견과 함께 승인", True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> QuerySet[TaskState]:
        waiting = self.task_states.filter(status=TaskState.STATUS_IN_PROGRESS)
        access = Access.of(user)
        if access.is_superuser:
            return waiting
        if access.is_secretariat:
            outside = Page.objects.exclude(url_path__startswith=municipality_root_path("")[:-1])
            deputised = Page.objects.none()
            for slug in access.deputised_slugs:
                deputised |= Page.objects.filter(url_path__startswith=municipality_root_path(slug))
            return waiting.filter(workflow_state__object_id__in=_ids(outside)).exclude(
                workflow_state__requested_by=user
            ) | waiting.filter(workflow_state__object_id__in=_ids(deputised))
        municipality = access.municipality
        if municipality is None or not access.may_approve(municipality):
            return TaskState.objects.none()
        own = Page.objects.filter(url_path__startswith=municipality_root_path(municipality.slug))
        return waiting.filter(workflow_state__object_id__in=_ids(own))

    def get_form_for_action(self, action: str) -> type[forms.Form]:
        """Who sends a text back says what has to be mended; the author's mail carries it."""
        return RefusalForm if action == "reject" else super().get_form_for_action(action)

    @classmethod
    def get_description(cls) -> str:
        return "쪽이 속한 지방정부의 결재자가 승인합니다."


def _ids(pages: QuerySet[Page]) -> QuerySet[Page, Any]:
    """Ids as text: a workflow state keeps its object's id so."""
    return pages.annotate(key=Cast("pk", CharField())).values("key")
