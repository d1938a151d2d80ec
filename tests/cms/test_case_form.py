"""The form of a case in steps: half-filled drafts are kept, finished ones say what is missing."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import TaskState

from cms.models import CaseBarrier, CaseIndexPage, CasePage, MunicipalityPage, Phase
from cms.queries.beginnings import begin, beginnings
from cms.queries.completeness import STEPS, completeness, says_nothing
from cms.templatetags.hub import won
from coalition.record.models import Event
from search.pages import page_text
from tests.factories import make_case
from tests.forms import case_form, shown_form

pytestmark = pytest.mark.django_db
TOLD = {
    "dialogue": [("dialogue", {"method": "forum", "people": 94, "text": "여섯 동에서"})],
    "approach": "<p>잇는 일을 자리로.</p>",
    "target": "carers",
    "target_note": "돌봄 코디 24명",
    "budget": 432_000_000,
    "period_from": "2026-03-09",
    "conditions": [("condition", {"need": "must", "what": "교통비 과목", "why": "막혔다"})],
}


def _index(municipality: Any) -> CaseIndexPage:
    root = MunicipalityPage.objects.get(municipality=municipality)
    return CaseIndexPage.objects.child_of(root).get()


def _edit(page: Any) -> str:
    return reverse("wagtailadmin_pages:edit", args=[page.pk])


def _said(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


def test_the_steps_stand_in_the_order_in_which_a_case_is_told() -> None:
    assert [title for title, _ in STEPS] == [
        "문제", "대화", "모델", "실행", "결과", "한계", "전이조건",
    ]  # fmt: skip
    headings = [panel.heading for panel in CasePage.content_panels if "." in panel.heading[:3]]
    assert headings == [f"{number}. {title}" for number, (title, _) in enumerate(STEPS, 1)]


def test_the_meter_equals_filled_over_asked(garam: Any) -> None:
    page = make_case(garam, live=False, phase=Phase.ENDED, **TOLD)
    assert (completeness(page).filled, completeness(page).asked) == (12, 12)

    page.limits, page.conditions = "<p>&nbsp;</p>", []

    found = completeness(page)
    assert found.filled == 10
    assert [step.title for step in found.steps if not step.done] == ["한계", "전이조건"]


def test_work_that_still_runs_is_not_asked_what_came_of_it(garam: Any) -> None:
    page = make_case(garam, live=False, phase=Phase.RUNNING, result="", result_line="", **TOLD)

    assert completeness(page).asked == 9
    assert completeness(page).filled == 9


def test_an_empty_paragraph_of_the_editor_says_nothing() -> None:
    assert says_nothing('<p data-block-key="a1"></p><p>&nbsp;</p>')
    assert not says_nothing("<p>비교집단이 없다.</p>")


def test_the_form_shows_the_meter_without_a_script(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)

    shown = BeautifulSoup(login(garam_editor).get(_edit(page)).content, "html.parser")

    found = completeness(page)
    meter = shown.select_one("[data-case-meter]")
    assert meter is not None
    assert meter.select_one("[data-case-sum]").text == f"{found.filled}/{found.asked}"
    for part in meter.select("[data-case-part]"):
        assert shown.find(id=str(part["href"]).removeprefix("#")), part["href"]


def test_a_half_filled_draft_is_saved(garam: Any, garam_editor: Any, login: Any) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    client: Client = login(garam_editor)
    rows = {
        "barriers-TOTAL_FORMS": "1", "barriers-0-ORDER": "1", "barriers-0-kind": "budget",
        "barriers-0-text": "교통비를 줄 과목이 없었다", "barriers-0-proof": "",
    }  # fmt: skip

    answer = client.post(_edit(page), case_form(phase="ended", **rows))

    assert answer.status_code == 302, _said(answer)
    assert CaseBarrier.objects.get(page=page).text == "교통비를 줄 과목이 없었다"


@pytest.mark.parametrize("phase", [Phase.ENDED, Phase.STOPPED])
def test_a_finished_case_without_result_or_limits_is_not_handed_in(
    phase: Phase, garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    form = case_form(phase=phase.value, **{"action-submit": "1"})

    answer = login(garam_editor).post(_edit(page), form)

    said = _said(answer)
    assert answer.status_code == 200
    assert "‘결과’, ‘한계’" in said
    assert "채워야 올리거나 공개할 수 있습니다" in said
    assert not TaskState.objects.exists()


def test_a_running_case_is_handed_in_without_a_result(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)

    answer = login(garam_editor).post(_edit(page), case_form(**{"action-submit": "1"}))

    assert answer.status_code == 302, _said(answer)
    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1


def _unfinished_and_submitted(municipality: Any, editor: Any) -> tuple[Any, TaskState]:
    """What an approver may have left: submitted whole, emptied afterwards."""
    page = make_case(municipality, live=False, owner=editor, phase=Phase.ENDED)
    page.save_revision(user=editor)
    state = page.get_workflow().start(page, editor).current_task_state
    page.limits = ""
    page.save_revision(user=editor)
    return page, state


def test_no_approval_publishes_it_either(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page, state = _unfinished_and_submitted(garam, garam_editor)
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", state.pk])

    answer = login(garam_approver).post(address, {"comment": ""})

    page.refresh_from_db()
    assert answer.status_code < 500
    assert not page.live
    assert not Event.objects.filter(verb="page.approved").exists()


def test_publishing_many_at_once_refuses_it_by_name(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor, phase=Phase.ENDED, limits="")
    page.save_revision(user=garam_editor)
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    answer = login(garam_approver).post(f"{address}?id={page.pk}&next=/admin/", follow=True)

    page.refresh_from_db()
    assert not page.live
    assert "‘한계’" in _said(answer)


def test_no_other_door_publishes_it(garam: Any, garam_editor: Any) -> None:
    page = make_case(garam, live=False, phase=Phase.ENDED, limits="")

    with pytest.raises(ValidationError, match="한계"):
        page.save_revision(user=garam_editor).publish(skip_permission_checks=True)


@pytest.mark.parametrize("key", [one.key for one in beginnings()])
def test_a_case_begins_from_a_beginning_and_is_saved_by_itself(
    key: str, garam: Any, garam_editor: Any, login: Any
) -> None:
    client = login(garam_editor)
    address = reverse("wagtailadmin_pages:add", args=["cms", "casepage", _index(garam).pk])

    shown = client.get(f"{address}?begin={key}").content.decode()

    told = next(one for one in beginnings() if one.key == key).told
    for step in told["process"]:
        assert step["title"] in shown or step["title"].encode("unicode_escape").decode() in shown
    assert client.get(f"{address}?begin=nothing").status_code == 200
    assert shown_form(client, f"{address}?begin={key}")["target"] == told["fields"]["target"]


def test_the_search_files_it_by_phase_method_and_target(garam: Any) -> None:
    found = page_text(make_case(garam, **TOLD))

    assert found is not None
    labels = {(label.facet, label.value) for label in found.labels}
    assert {("phase", "running"), ("method", "forum"), ("target", "carers")} <= labels
    assert "교통비 과목" in found.body


def test_the_public_page_tells_all_steps(garam: Any, client: Client) -> None:
    barrier = CaseBarrier(
        kind="budget", text="과목이 없었다", rule="운영기준(가상)", proof="검토 의견"
    )
    page = make_case(garam, barriers=[barrier], **TOLD)

    shown = _said(client.get(page.address))

    for said in ("제도적 장애", "과목이 없었다", "운영기준(가상)", "대화마당", "94명", "잇는 일을 자리로",
                 "4억 3,200만 원", "돌봄 코디 24명", "전이조건", "꼭 있어야 함", "교통비 과목"):  # fmt: skip
        assert said in shown, said


@pytest.mark.parametrize(
    ("value", "said"),
    [(None, ""), (0, "0원"), (320_000_000, "3억 2,000만 원"), (12_345, "1만 2,345원")],
)
def test_money_is_said_in_korean(value: int | None, said: str) -> None:
    assert won(value) == said


def _laid_out(page: Any, **fields: str) -> dict[str, Any]:
    """What the browser sends of a case begun from a 본보기: blocks are drawn by a script, not in the markup."""
    form = case_form(**fields)
    for name in ("dialogue", "process", "differences", "conditions"):
        children = list(getattr(page, name))
        form[f"{name}-count"] = str(len(children))
        for place, child in enumerate(children):
            form |= {
                f"{name}-{place}-deleted": "", f"{name}-{place}-order": str(place),
                f"{name}-{place}-type": child.block_type, f"{name}-{place}-id": str(place),
                **{f"{name}-{place}-value-{key}": str(said or "") for key, said in child.value.items()},
            }  # fmt: skip
    return {**form, **fields}


def test_parts_of_a_beginning_that_nobody_touched_don_t_keep_a_case_in(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    begin(page, "care")
    client = login(garam_editor)
    told = {
        "process-0-value-text": "여섯 동을 다녔습니다.",
        "conditions-0-value-what": "교통비 과목",
    }

    client.post(_edit(page), _laid_out(page, **told))
    page.refresh_from_db()
    assert len(page.get_latest_revision_as_object().process) == 4, "a draft keeps what was laid out"
    answer = client.post(
        _edit(page), _laid_out(page, **told, **{"action-submit": "1"}), follow=True
    )

    assert TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS).count() == 1
    page.refresh_from_db()
    kept = page.get_latest_revision_as_object()
    assert [block.value["text"] for block in kept.process] == ["여섯 동을 다녔습니다."]
    assert [block.value["what"] for block in kept.conditions] == ["교통비 과목"]
    assert (len(kept.dialogue), len(kept.differences)) == (0, 0)
    # Two rounds, four differences, three steps and a condition: what else the 본보기 laid out.
    assert "손대지 않은 10개를 빼고 올렸습니다" in _said(answer)


def test_a_part_that_was_begun_is_asked_for_where_it_stands(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    begin(page, "care")
    client = login(garam_editor)
    begun = {"process-2-value-title": "이웃 열 명이 배웠다"}

    answer = client.post(_edit(page), _laid_out(page, **begun, **{"action-submit": "1"}))

    assert answer.status_code == 200
    errors = answer.context["form"].errors.as_data()["process"]
    assert list(errors[0].block_errors) == [2]
    assert not TaskState.objects.exists()


def test_no_other_door_publishes_untouched_parts(garam: Any, garam_editor: Any) -> None:
    page = make_case(garam, live=False)
    begin(page, "older")
    page.save_revision(user=garam_editor).publish(skip_permission_checks=True)

    page.refresh_from_db()
    assert page.live
    assert not [*page.process, *page.dialogue, *page.differences, *page.conditions]
