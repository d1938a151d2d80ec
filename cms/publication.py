"""When a page goes out: what the last approval does, and what keeps a page in.

Kept apart from cms.workflows: Wagtail imports this module while its own models are being made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError

if TYPE_CHECKING:
    from django.http import HttpRequest, HttpResponse

UNFINISHED = (
    "비어 있는 칸이 있습니다: {fields}. 마쳤거나 중단한 사례는 이 칸을 채워야 올리거나 공개할 수 있습니다. "
    "아직 하고 있으면 단계를 ‘실행 중’으로 두세요. 임시 저장은 됩니다."
)

LEFT_OUT = "본보기에서 온 칸 가운데 손대지 않은 {parts}개를 빼고 올렸습니다."


def publish_approved(workflow_state: Any, user: Any = None) -> None:
    """Publish what was approved (WAGTAIL_FINISH_WORKFLOW_ACTION).

    The right to do so is the task's, not a page permission: a member of the secretariat who approves a
    colleague's page could not publish it otherwise.
    """
    revision = workflow_state.content_object.get_latest_revision()
    revision.publish(user=user, skip_permission_checks=True)


def refusal_of(page: Any) -> str:
    """Why this page can't go out as it stands; empty when it can."""
    from cms.models import CasePage
    from cms.queries.completeness import owed

    missing = owed(page) if isinstance(page, CasePage) else {}
    fields = ", ".join(f"‘{label}’" for label in missing.values())
    return UNFINISHED.format(fields=fields) if missing else ""


def refuse_unfinished(page: Any) -> None:
    """Raise ValidationError for a page that can't go out as it stands."""
    if said := refusal_of(page):
        raise ValidationError(said)


def refuse_unfinished_selection(
    request: HttpRequest, action_type: str, objects: Any, action: Any
) -> HttpResponse | None:
    """Hook `before_bulk_action`: publishing many at once knows no form that could say what is missing."""
    from django.contrib import messages
    from django.shortcuts import redirect

    from cms.models import CasePage

    if action_type != "publish" or request.method != "POST":
        return None
    chosen = [page for page in objects if page.specific_class is CasePage]
    for parent in objects if request.POST.get("include_descendants") else ():
        chosen += CasePage.objects.descendant_of(parent).not_live()
    refused = False
    for page in chosen:
        if said := refusal_of(page.get_latest_revision_as_object()):
            messages.error(request, f"{page.get_admin_display_title()}: {said}")
            refused = True
    return redirect(action.next_url or "wagtailadmin_home") if refused else None


def say_what_was_left_out(request: HttpRequest, form: Any) -> None:
    """A page that is handed in or published goes without the parts that nobody filled in: said once."""
    from django.contrib import messages

    if form.left_out:
        messages.success(request, LEFT_OUT.format(parts=form.left_out))
