"""Tasks, notices and contact posts: ledgers that grow, and who may be in them."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, transaction

from coalition.members.access import Access
from coalition.members.actions import (
    end_appointment,
    enter_contact,
    open_task,
    post_notice,
    record_membership,
    step_task,
    withdraw_contact,
    withdraw_notice,
)
from coalition.members.contacts import contacts_of
from coalition.members.models import MembershipState, Municipality
from coalition.members.notices import notices
from coalition.members.tasks import history, open_tasks, overdue, ownerless, standing
from coalition.record.models import Source

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = (dt.date(2026, month, 4) for month in (3, 4, 5, 6))


def test_a_task_stands_as_its_newest_step_says_on_any_day(
    garam: Any, garam_editor: Any, garam_approver: Any
) -> None:
    task = open_task(
        municipality=garam, title="사례 한 건", owner=garam_editor, due=APRIL, by=garam_approver,
        on=MARCH,
    )  # fmt: skip
    step_task(task=task, state="open", due=JUNE, note="자료를 더 모음", by=garam_editor, on=APRIL)
    step_task(task=task, state="done", by=garam_editor, on=MAY)

    assert not standing(MARCH - dt.timedelta(days=1)).exists()
    assert [step.due for step in open_tasks(MARCH)] == [APRIL]
    assert [step.due for step in open_tasks(APRIL)] == [JUNE]
    assert not open_tasks(MAY).exists()
    assert [step.state for step in history(task.pk)] == ["done", "open", "open"]


def test_a_task_is_overdue_the_day_after_until_it_is_done(
    garam: Any, garam_editor: Any, secretariat: Any
) -> None:
    task = open_task(
        municipality=garam, title="회신", owner=garam_editor, due=APRIL, by=secretariat, on=MARCH
    )
    assert not overdue(APRIL).exists()
    assert overdue(APRIL + dt.timedelta(days=1)).exists()

    step_task(task=task, state="dropped", note="회의가 없어짐", by=secretariat, on=MAY)

    assert not overdue(JUNE).exists()
    assert overdue(APRIL + dt.timedelta(days=1)).exists()


def test_only_who_works_there_is_given_a_task_and_a_task_left_behind_is_found(
    garam: Any, garam_editor: Any, nuri_editor: Any, secretariat: Any
) -> None:
    with pytest.raises(ValidationError, match="그 자리에서 일하는"):
        open_task(
            municipality=garam, title="가", owner=nuri_editor, due=JUNE, by=secretariat, on=MAY
        )
    with pytest.raises(ValidationError, match="그 자리에서 일하는"):
        open_task(
            municipality=None, title="가", owner=garam_editor, due=JUNE, by=secretariat, on=MAY
        )
    task = open_task(
        municipality=garam, title="가", owner=garam_editor, due=JUNE, by=secretariat, on=MAY
    )
    open_task(municipality=None, title="나", owner=secretariat, due=JUNE, by=secretariat, on=MAY)
    assert not ownerless().exists()

    end_appointment(appointment=garam_editor.appointments.get(), on=MAY, by=secretariat)

    assert [step.task for step in ownerless()] == [task]


def test_a_step_that_says_nothing_new_or_comes_too_late_is_refused(
    garam_editor: Any, garam: Any
) -> None:
    task = open_task(
        municipality=garam, title="가", owner=garam_editor, due=JUNE, by=garam_editor, on=MAY
    )
    seen = history(task.pk)[0]
    with pytest.raises(ValidationError, match="바뀐 것이 없습니다"):
        step_task(task=task, state="open", by=garam_editor, on=MAY)
    with pytest.raises(ValidationError, match="기한이 이미 지난"):
        step_task(task=task, state="open", due=APRIL, by=garam_editor, on=MAY)
    with pytest.raises(ValidationError, match="까닭"):
        step_task(task=task, state="dropped", by=garam_editor, on=MAY)
    step_task(task=task, state="done", by=garam_editor, on=MAY, seen=seen)
    with pytest.raises(ValidationError, match="그 사이"):
        step_task(task=task, state="dropped", note="늦음", by=garam_editor, on=MAY, seen=seen)


def test_a_notice_is_corrected_and_withdrawn_by_later_rows(secretariat: Any) -> None:
    first = post_notice(
        title="총회", text="3월", files=[ContentFile(b"%PDF-1", name="안건.pdf")], on=MARCH, by=secretariat
    )  # fmt: skip
    second = post_notice(title="총회", text="4월", replaces=first, on=APRIL, by=secretariat)
    withdraw_notice(notice=second, on=JUNE, by=secretariat)

    assert [row.text for row in notices(MARCH)] == ["3월"]
    assert [row.text for row in notices(MAY)] == ["4월"]
    assert [d.document.title for d in notices(MAY)[0].documents.all()] == ["안건.pdf"]
    assert not notices(JUNE)
    with pytest.raises(ValidationError, match="그 사이"):
        post_notice(title="또", text="글", replaces=first, by=secretariat)


def test_members_read_notices_from_the_day_of_approval_to_the_day_they_leave(
    garam: Any, garam_editor: Any, secretariat: Any
) -> None:
    def may(user: Any) -> bool:
        return Access(user).may_read_notices

    assert (may(garam_editor), may(secretariat)) == (False, True)
    for state, before, after in (
        (MembershipState.APPLIED, False, False),
        (MembershipState.APPROVED, False, True),
        (MembershipState.LEFT, True, False),
    ):
        assert may(garam_editor) is before
        record_membership(municipality=garam, state=state, on=MARCH, by=secretariat)
        assert may(garam_editor) is after


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("062-960-0000", "062-960-0000"),
        ("(02) 120", "02-120"),
        ("031 8000 0000", "031-8000-0000"),
        ("1588.0000", "1588-0000"),
        ("120", "120"),
    ],
)
def test_an_office_number_is_written_in_one_way(garam: Any, written: str, kept: str) -> None:
    row = enter_contact(municipality=garam, post="일자리과", telephone=written, by=None)
    assert row.telephone == kept


@pytest.mark.parametrize(
    "told",
    [
        {"telephone": "010-1234-5678"},
        {"telephone": "+82 10 1234 5678"},
        {"telephone": "０１０-1234-5678"},
        {"telephone": "011-123-4567"},
        {"telephone": "전화 주세요"},
        {"email": "gildong@gmail.com"},
        {"duty": "급하면 010-1234-5678"},
        {"post": "900101-1234568 과"},
    ],
)
def test_what_belongs_to_a_person_is_no_contact(garam: Any, told: dict[str, str]) -> None:
    given = {"post": "일자리과", "telephone": "031-000-0000", **told}
    with pytest.raises(ValidationError):
        enter_contact(municipality=garam, by=None, **given)
    assert not contacts_of(garam)


def test_contacts_of_any_day_follow_the_ledger(garam: Any) -> None:
    first = enter_contact(
        municipality=garam, post="일자리과", telephone="031-000-0000", on=MARCH, by=None
    )
    moved = enter_contact(
        municipality=garam, post="일자리과", telephone="031-000-1111", replaces=first, on=APRIL, by=None
    )  # fmt: skip
    withdraw_contact(contact=moved, on=JUNE, by=None)

    numbers = [[row.telephone for row in contacts_of(garam, day)] for day in (MARCH, MAY, JUNE)]
    assert numbers == [["031-000-0000"], ["031-000-1111"], []]


def test_a_real_municipality_and_a_neighbour_are_kept_apart_by_the_database(
    garam: Any, nuri: Any
) -> None:
    from coalition.members.models import ContactPost

    own = enter_contact(municipality=garam, post="과", telephone="031-000-0000", by=None)
    with pytest.raises(ValidationError, match="다른 지방정부"):
        enter_contact(municipality=nuri, post="과", telephone="031-000-0000", replaces=own, by=None)
    source = Source.objects.create(title="조직도", publisher="참구")
    real = Municipality.objects.create(
        code="29999", name="참구", region=garam.region, kind="구", level="basic", slug="cham",
        source=source,
    )  # fmt: skip
    with pytest.raises(ValidationError, match="출처"):
        enter_contact(municipality=real, post="과", telephone="062-000-0000", by=None)
    with pytest.raises(DatabaseError, match="출처"), transaction.atomic():
        ContactPost.objects.create(municipality=real, post="과", telephone="062-000-0000", on=MARCH)
    enter_contact(municipality=real, post="과", telephone="062-000-0000", source=source, by=None)


def test_no_row_of_these_ledgers_is_changed_or_taken_away(garam: Any, secretariat: Any) -> None:
    task = open_task(
        municipality=None, title="가", owner=secretariat, due=JUNE, by=secretariat, on=MAY
    )
    file = ContentFile(b"%PDF-1", name="a.pdf")
    notice = post_notice(title="알림", text="글", files=[file], by=secretariat)
    contact = enter_contact(municipality=garam, post="과", telephone="031-000-0000", by=None)
    for row in (task, task.steps.get(), notice, notice.documents.get(), contact):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(id=row.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).delete()
