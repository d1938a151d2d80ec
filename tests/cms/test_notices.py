"""Who has to do something is told by mail, in Korean, once."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from wagtail.models import TaskState

from cms.models import NewsIndexPage, NewsPage
from cms.notices import READER, STALE, write_notices
from coalition.members.actions import name_deputy
from coalition.record.mail import send_due
from coalition.record.models import Cursor, Event, MailOut
from tests.factories import make_case

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture(autouse=True)
def _nothing_unread(db: None) -> None:
    """What the fixtures did is no news."""
    Cursor.objects.filter(reader=READER).delete()


def _submit(page: Any, by: Any) -> TaskState:
    page.save_revision(user=by)
    return page.get_workflow().start(page, by).current_task_state  # type: ignore[no-any-return]


def _act(client: Client, page: Any, state: TaskState, action: str, comment: str = "") -> Any:
    address = reverse("wagtailadmin_pages:workflow_action", args=[page.pk, action, state.pk])
    return client.post(address, {"comment": comment})


def _told() -> list[tuple[str, str]]:
    """(recipient, subject) of what is in the outbox."""
    rows = MailOut.objects.order_by("pk").values_list("recipient__username", "subject")
    return [(name, subject) for name, subject in rows if name]


def test_the_approver_is_told_what_waits_and_where(
    garam: Any, garam_editor: Any, garam_approver: Any, nuri_editor: Any, secretariat: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    _submit(page, garam_editor)

    write_notices()
    send_due()

    assert _told() == [("garam-approver", "[연대 허브] 결재를 기다립니다: 마을 돌봄 코디 양성")]
    (letter,) = outbox.outbox
    assert reverse("wagtailadmin_pages:edit", args=[page.pk]) in letter.body
    assert "승인" in letter.body
    assert "가편집" in letter.body


def test_reading_the_events_again_writes_nothing_twice(
    garam: Any, garam_editor: Any, garam_approver: Any
) -> None:
    _submit(make_case(garam, live=False), garam_editor)
    write_notices()
    Cursor.objects.filter(reader=READER).delete()

    write_notices()

    assert len(_told()) == 1


def test_the_author_is_told_why_a_text_came_back(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)
    _act(login(garam_approver), page, state, "reject", "한계를 더 써 주세요")

    write_notices()

    mail = MailOut.objects.get(recipient=garam_editor)
    assert mail.subject.startswith("[연대 허브] 돌려보냈습니다")
    assert "한계를 더 써 주세요" in mail.text


def test_a_text_is_not_sent_back_without_a_reason(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    state = _submit(page, garam_editor)

    desk = login(garam_approver)

    _act(desk, page, state, "reject")
    asked = desk.post(
        reverse(
            "wagtailadmin_pages:collect_workflow_action_data", args=[page.pk, "reject", state.pk]
        ),
        {"comment": " "},
        headers={"X-Requested-With": "XMLHttpRequest"},
    )

    state.refresh_from_db()
    assert state.status == TaskState.STATUS_IN_PROGRESS
    assert "고칠 점을 적어 주세요" in asked.json()["html"]


def test_the_author_is_told_of_the_publication_and_its_address(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    _act(login(garam_approver), page, _submit(page, garam_editor), "approve")

    write_notices()

    mail = MailOut.objects.get(recipient=garam_editor)
    assert "승인되어 공개됐습니다" in mail.subject
    assert page.address in mail.text


def test_a_deputy_is_told_as_well(
    garam: Any, garam_editor: Any, garam_approver: Any, secretariat: Any
) -> None:
    name_deputy(municipality=garam, since=DAY, reason="출장", by=garam_approver)
    _submit(make_case(garam, live=False), garam_editor)

    write_notices()

    assert {name for name, _ in _told()} == {"garam-approver", "secretariat"}


def test_outside_the_municipalities_a_colleague_is_told_and_not_the_author(
    secretariat: Any, colleague: Any, garam_approver: Any
) -> None:
    index = NewsIndexPage.objects.get(depth=3)
    page = index.add_child(instance=NewsPage(title="연대 소식", live=False, owner=secretariat))
    _submit(page, secretariat)

    write_notices()

    assert [name for name, _ in _told()] == ["colleague"]


def test_what_was_settled_long_ago_is_not_mailed(
    garam: Any, garam_editor: Any, garam_approver: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    _submit(make_case(garam, live=False), garam_editor)
    later = timezone.now() + STALE
    monkeypatch.setattr("cms.notices.timezone.now", lambda: later)

    assert write_notices() >= 1
    assert _told() == []


def test_what_was_withdrawn_meanwhile_is_not_mailed(
    garam: Any, garam_editor: Any, garam_approver: Any
) -> None:
    state = _submit(make_case(garam, live=False), garam_editor)
    state.workflow_state.cancel(user=garam_editor)

    write_notices()

    assert _told() == []


def test_wagtail_sends_no_mail_of_its_own(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    _act(login(garam_approver), page, _submit(page, garam_editor), "approve")

    assert outbox.outbox == []
    assert Event.objects.filter(verb="page.approved").exists()


def test_the_secretariat_sees_what_could_not_be_sent_and_tries_again(
    secretariat: Any, garam_editor: Any, login: Any
) -> None:
    mail = MailOut.objects.create(
        key="a", recipient=garam_editor, subject="돌려보냈습니다", text="비밀 글",
        attempts=9, given_up_at=timezone.now(), error="TimeoutError",
    )  # fmt: skip
    desk = login(secretariat)

    shown = desk.get(reverse("mail_desk:index")).content.decode()
    desk.post(reverse("mail_desk:retry", args=[mail.pk]))

    mail.refresh_from_db()
    assert "돌려보냈습니다" in shown
    assert "비밀 글" not in shown
    assert mail.given_up_at is None


@pytest.mark.parametrize("who", ["garam_editor", "garam_approver", "nuri_editor"])
def test_nobody_of_a_municipality_sees_the_mails(
    who: str, login: Any, request: pytest.FixtureRequest
) -> None:
    desk = login(request.getfixturevalue(who))

    assert desk.get(reverse("mail_desk:index")).status_code in (403, 404)
