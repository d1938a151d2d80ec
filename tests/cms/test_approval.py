"""A case goes out by four eyes: the editor submits, the approver of the same municipality approves."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState, Workflow

from cms.models import HomePage, NewsIndexPage, NewsPage
from coalition.members.actions import name_deputy
from coalition.record.models import Event
from tests.factories import make_case
from tests.forms import case_form

pytestmark = pytest.mark.django_db


def _submit(page: Any, by: Any) -> TaskState:
    page.save_revision(user=by)
    workflow = page.get_workflow()
    assert isinstance(workflow, Workflow)
    return workflow.start(page, by).current_task_state


def _approve(client: Client, page: Any, state: TaskState) -> int:
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])
    return client.post(address, {"comment": ""}).status_code


def test_the_approver_publishes_what_the_editor_submitted(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any, client: Client
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)
    assert client.get(page.address).status_code == 404

    status = _approve(login(garam_approver), page, state)

    page.refresh_from_db()
    assert status in (200, 302)
    assert page.live
    assert client.get(page.address).status_code == 200
    verbs = list(
        Event.objects.filter(object_id=str(page.pk)).values_list("verb", "actor__username")
    )
    assert ("page.submitted", "garam-editor") in verbs
    assert ("page.approved", "garam-approver") in verbs
    assert ("page.published", "garam-editor") in verbs


@pytest.mark.parametrize("who", ["garam_editor", "nuri_editor", "secretariat", "colleague"])
def test_nobody_else_approves(
    who: str, garam: Any, garam_editor: Any, login: Any, request: pytest.FixtureRequest
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)

    _approve(login(request.getfixturevalue(who)), page, state)

    page.refresh_from_db()
    state.refresh_from_db()
    assert not page.live
    assert state.status == TaskState.STATUS_IN_PROGRESS


def test_the_secretariat_approves_as_the_named_deputy(
    garam: Any, garam_editor: Any, garam_approver: Any, secretariat: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)
    name_deputy(municipality=garam, since=dt.date(2026, 3, 2), reason="출장", by=garam_approver)

    _approve(login(secretariat), page, state)

    page.refresh_from_db()
    assert page.live


def test_only_those_who_may_act_find_it_on_their_desk(
    garam: Any,
    garam_editor: Any,
    garam_approver: Any,
    nuri_editor: Any,
    secretariat: Any,
) -> None:
    state = _submit(make_case(garam, live=False), garam_editor)

    def waiting(user: Any) -> list[int]:
        return list(TaskState.objects.reviewable_by(user).values_list("pk", flat=True))

    assert waiting(garam_approver) == [state.pk]
    for user in (garam_editor, nuri_editor, secretariat):
        assert waiting(user) == []


def test_an_editor_cannot_publish_past_the_approver(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)

    address, client = reverse("wagtailadmin_pages:edit", args=[page.pk]), login(garam_editor)
    form = case_form(title="몰래 공개", **{"action-publish": "1"})

    answer = client.post(address, form)

    page.refresh_from_db()
    assert answer.status_code == 302
    assert page.get_latest_revision_as_object().title == "몰래 공개"
    assert not page.live


def test_a_post_that_no_form_made_is_answered_and_not_an_error(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    """Stock Wagtail answers 500: its StreamField reads counts that a hand-made request lacks."""
    page = make_case(garam, live=False, owner=garam_editor)

    answer = login(garam_editor).post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), {"title": "반쪽"}
    )

    assert answer.status_code == 400
    assert "이해하지 못했습니다" in answer.content.decode()


def test_a_page_of_the_coalition_is_approved_by_another_member_of_the_secretariat(
    secretariat: Any, colleague: Any, login: Any
) -> None:
    index = NewsIndexPage.objects.child_of(HomePage.objects.get()).get()
    page = index.add_child(instance=NewsPage(title="연대 소식", live=False, owner=secretariat))
    state = _submit(page, secretariat)
    assert not page.permissions_for_user(secretariat).can_publish()

    _approve(login(secretariat), page, state)
    page.refresh_from_db()
    assert not page.live

    _approve(login(colleague), page, state)
    page.refresh_from_db()
    assert page.live


def test_what_is_sent_back_can_be_submitted_again(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "reject", state.pk])

    login(garam_approver).post(address, {"comment": "출처를 적어 주세요."})

    state.refresh_from_db()
    page.refresh_from_db()
    assert (state.status, state.comment) == (TaskState.STATUS_REJECTED, "출처를 적어 주세요.")
    again = page.current_workflow_state
    page.save_revision(user=garam_editor)
    again.resume(user=garam_editor)
    _approve(login(garam_approver), page, again.current_task_state)
    page.refresh_from_db()
    assert page.live


def _footer(client: Client, page: Any) -> tuple[list[str], list[str]]:
    """The buttons in sight below a page's form, and those behind the arrow."""
    shown = client.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    footer = BeautifulSoup(shown.content, "html.parser").select_one(".desk-footer")
    assert footer is not None
    in_sight = ":scope > .button, :scope > .w-dropdown-button > .button"

    def words(where: str) -> list[str]:
        return [" ".join(one.get_text(" ").split()) for one in footer.select(where)]

    return words(in_sight), words("[data-w-dropdown-target=content] .button")


def test_the_next_step_is_in_sight_and_the_others_behind_the_arrow(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)

    assert _footer(login(garam_editor), page) == (["임시 저장", "결재 올리기"], [])
    # The browser presses the first one at Enter in a field: that must never be an approval.
    assert _footer(login(garam_approver), page)[0][0] == "임시 저장"

    _submit(page, garam_editor)
    sight, behind = _footer(login(garam_approver), page)
    assert sight == ["임시 저장", "승인"]
    assert behind == ["돌려보내기", "의견과 함께 승인"], (
        "neither 공개 nor 결재 거두기 without a word"
    )


def test_a_text_that_comes_back_says_above_it_what_has_to_be_mended(
    garam: Any, garam_editor: Any, garam_approver: Any, nuri_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    reason = "n을 적어 주세요."
    form = case_form(
        **{
            "action-workflow-action": "true",
            "workflow-action-name": "reject",
            "workflow-action-extra-data": json.dumps({"comment": reason}),
        }
    )

    answer = login(garam_approver).post(address, form, follow=True)

    state.refresh_from_db()
    assert state.status == TaskState.STATUS_REJECTED
    assert "돌려보냈습니다" in answer.content.decode()
    assert f"고칠 점: {reason}" in login(garam_editor).get(address).content.decode()
    assert reason not in login(nuri_editor).get(address, follow=True).content.decode()
