"""담당자: invited by mail, taken up once, handed over without losing a word."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.invitations import address_of_invitation
from coalition.members import actions
from coalition.members.access import Access
from coalition.members.models import Appointment, Invitation, Role
from coalition.record.jobs import run_until_idle
from coalition.record.models import Event, MailOut, User
from tests.factories import make_case

pytestmark = pytest.mark.django_db
PEOPLE = "/admin/people/garam/"
NEW = {"email": "New@Garam.go.kr", "name": "새담당", "post": "일자리과 주무관", "role": "editor"}
PASSWORD = "이 비밀번호는 길다 42"


@pytest.fixture
def approver(garam_approver: Any, login: Any) -> Client:
    client: Client = login(garam_approver)
    return client


def _invited() -> Invitation:
    return Invitation.objects.latest("pk")


def _accept(password: str = PASSWORD, **more: str) -> Any:
    data = {"new_password1": password, "new_password2": password, **more}
    return Client().post(address_of_invitation(_invited()), data)


def test_an_invitation_by_mail_leads_to_a_password_and_a_role(approver: Client, garam: Any) -> None:
    approver.post(f"{PEOPLE}invite/", NEW)
    run_until_idle()
    run_until_idle()

    (letter,) = mail.outbox
    assert letter.to == ["new@garam.go.kr"]
    assert "가람시 담당자로 초대" in letter.subject
    found = re.search(r"http://\S+(/invitation/\S+)", letter.body)
    assert found is not None
    assert "로그인할 때 쓰는 이름: new@garam.go.kr" in letter.body
    stranger = Client()
    shown = stranger.get(found[1])
    assert "비밀번호 정하기" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert not Access(User.objects.get(username="new@garam.go.kr")).serves_a_municipality

    assert (
        stranger.post(found[1], {"new_password1": PASSWORD, "new_password2": PASSWORD}).status_code
        == 302
    )
    user = User.objects.get(username="new@garam.go.kr")
    assert Access(user).may_edit(garam)
    assert user.groups.get() == garam.editors
    login = Client()
    assert login.login(username="new@garam.go.kr", password=PASSWORD)
    assert login.get("/admin/").status_code == 200
    # Once only.
    assert stranger.get(found[1]).status_code == 410
    assert _accept("또 다른 비밀번호 12345").status_code == 410
    assert Client().login(username="new@garam.go.kr", password=PASSWORD)


def test_a_weak_password_is_refused_in_korean(approver: Client, garam: Any) -> None:
    approver.post(f"{PEOPLE}invite/", NEW)

    for weak in ("12345678901", "짧다"):
        answer = _accept(weak)
        assert answer.status_code == 400
        assert "비밀번호" in answer.content.decode()
    assert not Appointment.objects.filter(user__username="new@garam.go.kr").exists()


def test_an_old_withdrawn_or_forged_invitation_opens_nothing(approver: Client, garam: Any) -> None:
    approver.post(f"{PEOPLE}invite/", NEW)
    address = address_of_invitation(_invited())
    Invitation.objects.update(expires_at=timezone.now() - dt.timedelta(minutes=1))
    assert _accept().status_code == 410
    Invitation.objects.update(expires_at=timezone.now() + dt.timedelta(days=1))
    approver.post(f"{PEOPLE}invitations/{_invited().pk}/withdraw/")
    assert _accept().status_code == 410
    assert Client().get(f"{address[:-2]}x/").status_code == 404
    assert Client().get("/invitation/x/").status_code == 404
    assert not Appointment.objects.filter(user__username="new@garam.go.kr").exists()


def test_a_withdrawn_invitation_sends_no_mail(approver: Client, garam: Any) -> None:
    approver.post(f"{PEOPLE}invite/", NEW)
    approver.post(f"{PEOPLE}invitations/{_invited().pk}/withdraw/")
    run_until_idle()

    assert not MailOut.objects.exists()


def test_somebody_who_works_already_is_not_invited(
    approver: Client, garam: Any, nuri_editor: Any, secretariat: Any
) -> None:
    for user in (nuri_editor, secretariat):
        answer = approver.post(f"{PEOPLE}invite/", {**NEW, "email": user.email})
        assert "이미 쓰고 있는 계정" in answer.content.decode()
    approver.post(f"{PEOPLE}invite/", NEW)
    assert "이미 초대했습니다" in approver.post(f"{PEOPLE}invite/", NEW).content.decode()
    assert Invitation.objects.count() == 1


def test_a_post_goes_to_a_colleague_in_two_clicks_and_the_words_stay(
    approver: Client, garam: Any, garam_editor: Any, garam_approver: Any
) -> None:
    page = make_case(garam, live=False, owner=garam_editor)
    page.save_revision(user=garam_editor)
    held = garam_editor.appointments.get()

    shown = approver.get(PEOPLE).content.decode()
    assert f"{PEOPLE}{held.pk}/hand-over/" in shown
    approver.post(f"{PEOPLE}{held.pk}/hand-over/", {"to": garam_approver.pk})

    held.refresh_from_db()
    garam_editor.refresh_from_db()
    assert held.until == timezone.localdate()
    assert not garam_editor.is_active
    assert not garam_editor.groups.exists()
    assert Access(User.objects.get(pk=garam_approver.pk))._roles[garam.pk] == {"editor", "approver"}
    page.refresh_from_db()
    assert page.owner == garam_editor
    assert page.latest_revision.user == garam_editor
    assert Event.objects.filter(verb="appointment.handed-over").count() == 1


def test_an_approver_hands_the_own_post_to_somebody_new(
    approver: Client, garam: Any, garam_approver: Any
) -> None:
    held = garam_approver.appointments.get()
    data = {"to": "", "email": "next@garam.go.kr", "name": "다음", "post": "일자리과장"}
    approver.post(f"{PEOPLE}{held.pk}/hand-over/", data)
    held.refresh_from_db()
    assert held.until is None  # until the next one is there

    assert _accept().status_code == 302

    held.refresh_from_db()
    assert held.until == timezone.localdate()
    new = User.objects.get(username="next@garam.go.kr")
    assert Access(new).may_approve(garam)
    assert not User.objects.get(pk=garam_approver.pk).is_active
    assert approver.get("/admin/").status_code == 302  # the old session is over


def test_the_last_approver_does_not_end_the_own_post(
    approver: Client, garam: Any, garam_approver: Any
) -> None:
    held = garam_approver.appointments.get()

    answer = approver.post(f"{PEOPLE}{held.pk}/end/", follow=True)

    assert "마지막 결재자입니다" in answer.content.decode()
    held.refresh_from_db()
    assert held.until is None


def test_the_secretariat_invites_the_first_of_a_municipality(
    secretariat: Any, garam: Any, login: Any
) -> None:
    client = login(secretariat)
    assert "가람시" in client.get("/admin/people/").content.decode()
    client.post(f"{PEOPLE}invite/", {**NEW, "role": "approver"})
    assert _accept().status_code == 302

    assert Appointment.objects.get().role == Role.APPROVER
    # A 입장 등록자 is invited by the secretariat and by nobody else.
    officer = {**NEW, "email": "a@b.go.kr", "role": "position-officer"}
    own = login(Appointment.objects.get().user)
    assert own.post(f"{PEOPLE}invite/", officer).status_code == 400
    assert Invitation.objects.count() == 1
    client.post(f"{PEOPLE}invite/", officer)
    assert Invitation.objects.count() == 2


def test_owner_colleague_neighbour_and_stranger(
    garam_editor: Any, garam_approver: Any, nuri_editor: Any, nuri_approver: Any, login: Any
) -> None:
    held = garam_editor.appointments.get()
    editing = [f"{PEOPLE}invite/", f"{PEOPLE}{held.pk}/hand-over/"]
    assert login(garam_editor).get(PEOPLE).status_code == 200
    for address in editing:
        assert login(garam_approver).get(address).status_code == 200
        assert login(garam_editor).get(address).status_code in (302, 403)
    for foreign in (nuri_editor, nuri_approver):
        for address in (PEOPLE, *editing):
            assert login(foreign).get(address).status_code == 404
        assert login(foreign).post(f"{PEOPLE}{held.pk}/end/").status_code == 404
        assert login(foreign).post(f"/admin/people/nuri/{held.pk}/end/").status_code in (
            302,
            403,
            404,
        )
    assert Client().get(PEOPLE).status_code == 302
    held.refresh_from_db()
    assert held.until is None


def test_a_colleague_of_another_municipality_cannot_be_chosen(
    approver: Client, garam: Any, garam_editor: Any, nuri_editor: Any
) -> None:
    held = garam_editor.appointments.get()

    answer = approver.post(f"{PEOPLE}{held.pk}/hand-over/", {"to": nuri_editor.pk})

    assert answer.status_code == 400
    with pytest.raises(Exception, match="다른 지방정부"):
        actions.hand_over(appointment=held, to=nuri_editor, by=garam_editor)
