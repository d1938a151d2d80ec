"""Tasks, notices, statements and contacts at the desk: what owner, neighbour and stranger meet."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from coalition.advocacy.actions import join_statement, release_statement, write_statement
from coalition.advocacy.models import Statement, StatementJoin
from coalition.members.actions import (
    appoint,
    enter_contact,
    open_task,
    post_notice,
    record_membership,
)
from coalition.members.models import ContactPost, MembershipState, Notice, Role, Task, TaskStep
from coalition.members.queries import today

pytestmark = pytest.mark.django_db
MARCH = dt.date(2026, 3, 4)
SOON = today() + dt.timedelta(days=9)


def pdf(name: str = "공문.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 x", name=name)


def status(client: Client, address: str) -> int:
    """Of a page or of a file, which is read to its end."""
    answer: Any = client.get(address)
    list(answer.streaming_content if answer.streaming else ())
    return int(answer.status_code)


@pytest.fixture
def garam_task(garam: Any, garam_editor: Any, secretariat: Any) -> Task:
    return open_task(
        municipality=garam, title="사례 한 건 올리기", owner=garam_editor, due=SOON, by=secretariat
    )


def test_a_municipality_sees_and_steps_its_own_tasks_and_no_other(
    garam_task: Task, garam_editor: Any, nuri_editor: Any, login: Any, client: Client
) -> None:
    index, page = reverse("tasks_desk:index"), reverse("tasks_desk:task", args=[garam_task.pk])
    step = reverse("tasks_desk:step", args=[garam_task.pk])
    told = {
        "state": "done",
        "owner": garam_editor.pk,
        "due": SOON,
        "seen": garam_task.steps.get().pk,
    }

    foreign = login(nuri_editor)
    assert "사례 한 건" not in foreign.get(index).content.decode()
    assert foreign.get(page).status_code == 404
    assert foreign.post(step, told).status_code == 404
    assert client.post(step, told).status_code == 302
    assert TaskStep.objects.count() == 1

    own = login(garam_editor)
    assert "사례 한 건" in own.get(index).content.decode()
    assert "사례 한 건" in own.get("/admin/").content.decode()
    assert own.get(page).status_code == 200
    assert own.post(step, told).status_code == 302
    assert garam_task.steps.last().state == "done"
    assert "사례 한 건" not in own.get("/admin/").content.decode()


def test_a_step_says_what_is_wrong_with_it(
    garam_task: Task, garam_editor: Any, nuri_editor: Any, login: Any
) -> None:
    own, seen = login(garam_editor), garam_task.steps.get().pk
    step = reverse("tasks_desk:step", args=[garam_task.pk])
    good = {"state": "dropped", "owner": garam_editor.pk, "due": str(SOON), "seen": seen}

    for wrong, said in (
        ({}, "그만두는 까닭을 쓰세요"),
        ({"owner": nuri_editor.pk}, "올바르게 선택해"),
        ({"note": "까닭", "seen": "999999"}, "그 사이 다른 사람이"),
        ({"note": "900101-1234568"}, "고유식별정보"),
        ({"note": "까닭", "due": "어제"}, "올바른 날짜"),
    ):
        answer = own.post(step, {**good, **wrong})
        assert answer.status_code == 400, wrong
        assert said in answer.content.decode(), wrong
    assert TaskStep.objects.count() == 1


def test_the_secretariat_gives_tasks_anywhere_a_municipality_only_at_home(
    garam: Any, garam_editor: Any, nuri_editor: Any, nuri: Any, secretariat: Any, login: Any
) -> None:
    told = {"title": "회신하기", "text": "", "due": str(SOON)}
    address = reverse("tasks_desk:new")

    login(secretariat).post(f"{address}?place=garam", {**told, "owner": garam_editor.pk})
    assert Task.objects.get().municipality == garam
    login(nuri_editor).post(f"{address}?place=garam", {**told, "owner": garam_editor.pk})
    login(nuri_editor).post(f"{address}?place=garam", {**told, "owner": nuri_editor.pk})
    assert [task.municipality for task in Task.objects.order_by("pk")] == [garam, nuri]


def test_late_tasks_stand_on_the_dashboard_of_who_has_them(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    open_task(
        municipality=garam, title="늦은 일", owner=garam_editor, due=MARCH, by=garam_approver, on=MARCH
    )  # fmt: skip

    shown = login(garam_editor).get("/admin/").content.decode()
    assert "기한 지난 할 일" in shown
    assert "늦은 일" in shown
    assert "늦은 일" not in login(garam_approver).get("/admin/").content.decode()


def test_notices_are_read_by_members_and_the_secretariat_alone(
    garam: Any, garam_editor: Any, nuri_editor: Any, secretariat: Any, login: Any, client: Client
) -> None:
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=MARCH, by=None)
    notice = post_notice(title="총회 안건", text="12월에 모입니다", files=[pdf()], by=secretariat)
    pages = [
        reverse("notices_desk:index"),
        reverse("notices_desk:notice", args=[notice.pk]),
        reverse("notices_desk:document", args=[notice.pk, notice.documents.get().pk]),
    ]

    for address in pages:
        assert [status(login(who), address) for who in (garam_editor, secretariat)] == [200, 200]
        refused = login(nuri_editor).get(address)  # no member
        assert refused.status_code in (302, 403)
        assert "총회 안건" not in refused.content.decode()
        assert client.get(address).status_code == 302
    assert "총회 안건" in login(garam_editor).get("/admin/").content.decode()
    assert "총회 안건" not in login(nuri_editor).get("/admin/").content.decode()
    served: Any = login(garam_editor).get(pages[2])
    assert served["Content-Disposition"].startswith("attachment")
    assert b"".join(served.streaming_content).startswith(b"%PDF")
    record_membership(municipality=garam, state=MembershipState.LEFT, on=MARCH, by=None)
    assert login(garam_editor).get(pages[1]).status_code in (302, 403)


def test_only_the_secretariat_tells_and_withdraws(
    garam: Any, garam_approver: Any, secretariat: Any, login: Any
) -> None:
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=MARCH, by=None)
    told = {"title": "알림", "text": "글"}
    assert login(garam_approver).post(reverse("notices_desk:new"), told).status_code == 404
    keeper = login(secretariat)
    assert (
        keeper.post(reverse("notices_desk:new"), {**told, "file_1": pdf("a.exe")}).status_code
        == 400
    )
    assert keeper.post(reverse("notices_desk:new"), {**told, "file_1": pdf()}).status_code == 302
    first = Notice.objects.get()
    keeper.post(reverse("notices_desk:edit", args=[first.pk]), {"title": "알림", "text": "고친 글"})
    second = Notice.objects.get(replaces=first)
    assert keeper.get(reverse("notices_desk:notice", args=[first.pk])).status_code == 404
    withdraw = reverse("notices_desk:withdraw", args=[second.pk])
    assert login(garam_approver).post(withdraw).status_code == 404
    assert Notice.objects.count() == 2
    keeper.post(withdraw)
    assert keeper.get(reverse("notices_desk:notice", args=[second.pk])).status_code == 404


@pytest.fixture
def officer(make_user: Any, garam: Any) -> Any:
    user = make_user("garam-officer")
    for role in (Role.EDITOR, Role.POSITION_OFFICER):
        appoint(user=user, municipality=garam, role=role, since=MARCH, by=None)
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=MARCH, by=None)
    return user


@pytest.fixture
def statement(secretariat: Any) -> Statement:
    return write_statement(
        title="함께 촉구합니다",
        text="첫 문단\n\n둘째 문단",
        fictional=True,
        on=MARCH,
        by=secretariat,
    )


def test_the_position_officer_gives_the_name_and_nobody_else(
    statement: Statement, officer: Any, garam_editor: Any, garam_approver: Any, secretariat: Any,
    nuri_editor: Any, login: Any, client: Client,
) -> None:  # fmt: skip
    join = reverse("statements_desk:join", args=[statement.pk])
    for who in (garam_editor, garam_approver, secretariat, nuri_editor):
        assert login(who).post(join).status_code in (302, 403)
    assert client.post(join).status_code == 302
    assert not StatementJoin.objects.exists()

    login(officer).post(join, {"file": pdf()})

    (row,) = StatementJoin.objects.all()
    assert row.municipality.slug == "garam"
    leave = reverse("statements_desk:leave", args=[statement.pk])
    login(officer).post(leave, {"reason": ""})
    assert StatementJoin.objects.count() == 1
    login(officer).post(leave, {"reason": "의회가 다시 논의"})
    assert StatementJoin.objects.get(replaces=row).withdrawn


def test_a_statement_is_public_from_its_release_with_the_names_of_the_day(
    statement: Statement, officer: Any, garam: Any, secretariat: Any, login: Any, client: Client
) -> None:
    page = f"/statements/{statement.pk}/"
    join_statement(statement=statement, municipality=garam, on=dt.date(2026, 4, 1), by=officer)
    assert client.get(page).status_code == 404
    assert "함께 촉구합니다" not in client.get("/statements/").content.decode()
    act = reverse("statements_desk:act", args=[statement.pk])
    assert login(officer).post(act, {"act": "release"}).status_code == 404
    release_statement(statement=statement, on=dt.date(2026, 5, 1), by=secretariat)

    shown = client.get(page).content.decode()
    assert "둘째 문단" in shown
    assert "가람시" in shown
    assert client.get(f"{page}?on=2026-04-30").status_code == 404
    then = client.get(f"{page}?on=2026-05-02")
    assert "가람시" in then.content.decode()
    assert then["Cache-Control"] == "private, no-store"
    assert 'rel="canonical" href="http' in then.content.decode()
    record_membership(
        municipality=garam, state=MembershipState.LEFT, on=dt.date(2026, 6, 1), by=None
    )
    assert "지금은 참여하지 않음" in client.get(page).content.decode()
    assert "지금은 참여하지 않음" not in client.get(f"{page}?on=2026-05-02").content.decode()
    assert f"/statements/{statement.pk}/" in client.get("/sitemap.xml").content.decode()

    login(secretariat).post(act, {"act": "withdraw", "reason": "수치가 틀림"})
    assert "수치가 틀림" in client.get(page).content.decode()


def test_the_document_of_a_name_is_for_who_gave_it_and_the_secretariat(
    statement: Statement, officer: Any, garam: Any, secretariat: Any, nuri_editor: Any, login: Any,
    client: Client,
) -> None:  # fmt: skip
    row = join_statement(statement=statement, municipality=garam, file=pdf(), by=officer)
    address = reverse("statement_document", args=[statement.pk, row.pk])

    assert [status(login(who), address) for who in (officer, secretariat)] == [200, 200]
    assert [login(nuri_editor).get(address).status_code, client.get(address).status_code] == [
        404,
        404,
    ]


def test_each_keeps_the_own_contacts_and_everybody_at_a_desk_reads_all(
    garam: Any, garam_editor: Any, nuri_editor: Any, secretariat: Any, login: Any, client: Client
) -> None:
    address = reverse("contacts_desk:place", args=["garam"])
    told = {"post": "일자리정책과", "telephone": "031-000-0000", "email": "jobs@garam.go.kr"}

    assert login(nuri_editor).post(address, told).status_code == 404
    assert client.post(address, told).status_code == 302
    own = login(garam_editor)
    for wrong, said in (
        ({"telephone": "010-1234-5678"}, "휴대전화 번호는 적을 수 없습니다"),
        ({"email": "gildong@gmail.com"}, "개인 전자우편 주소"),
        ({"telephone": "전화"}, "062-960-0000처럼"),
    ):
        answer = own.post(address, {**told, **wrong})
        assert answer.status_code == 400
        assert said in answer.content.decode()
    assert not ContactPost.objects.exists()
    own.post(address, told)
    row = ContactPost.objects.get()
    assert "031-000-0000" in login(nuri_editor).get(reverse("contacts_desk:index")).content.decode()
    assert "031-000-0000" in client.get("/municipalities/garam/").content.decode()
    withdraw = reverse("contacts_desk:withdraw", args=["garam", row.pk])
    assert login(nuri_editor).post(withdraw).status_code == 404
    assert login(secretariat).post(withdraw).status_code == 302
    assert "031-000-0000" not in client.get("/municipalities/garam/").content.decode()


def test_contacts_of_any_day_stand_on_the_municipality_page(garam: Any, client: Client) -> None:
    first = enter_contact(
        municipality=garam, post="일자리과", telephone="031-000-0000", on=MARCH, by=None
    )
    enter_contact(
        municipality=garam, post="일자리과", telephone="031-000-1111", replaces=first,
        on=dt.date(2026, 6, 1), by=None,
    )  # fmt: skip

    then = client.get("/municipalities/garam/?on=2026-05-01").content.decode()
    assert "031-000-0000" in then
    assert "031-000-1111" not in then
    assert "031-000-1111" in client.get("/municipalities/garam/").content.decode()
