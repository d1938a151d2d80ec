"""참여: asked for on a public form, proven by mail, answered by the secretariat; left and come back."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from cms.applications import confirm_address
from cms.joining import leave
from cms.models import MunicipalityPage
from coalition.members import actions
from coalition.members.access import Access
from coalition.members.models import (
    Application,
    Appointment,
    Invitation,
    Level,
    Membership,
    Municipality,
    Role,
)
from coalition.members.queries import members
from coalition.record.jobs import run_until_idle
from coalition.record.models import Attachment, Event, MailOut, Person, User
from tests.coalition.members.joining_scenarios import make_application, make_member
from tests.factories import make_case

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate()
DESK = "/admin/joining/"


@pytest.fixture
def place(db: None) -> Any:
    """A fictional municipality that has no place here yet."""
    return actions.enter_fictional(code="X0007", name="단비군", slug="danbi", by=None)


@pytest.fixture
def desk(secretariat: Any, login: Any) -> Client:
    client: Client = login(secretariat)
    return client


def _letter() -> SimpleUploadedFile:
    return SimpleUploadedFile("참여.pdf", b"%PDF-1.7 x", "application/pdf")


def _asked(**changes: Any) -> dict[str, Any]:
    return {
        "municipality": "X0007",
        "asks": "applied",
        "post": "일자리경제과",
        "name": "아무개",
        "email": "jobs@danbi.go.kr",
        "document": _letter(),
        "consent": "1",
        **changes,
    }


def _said(answer: Any) -> str:
    return str(answer.content.decode())


def test_an_application_leads_from_the_form_to_a_desk_of_ones_own(place: Any, desk: Client) -> None:
    stranger = Client()
    form = stranger.get("/join/")
    assert "no-store" in form["Cache-Control"]
    assert stranger.post("/join/", _asked()).status_code == 200
    assert "기다리는 신청이 없습니다" in _said(desk.get(DESK)), "unproven, it is nobody's business"

    run_until_idle()
    run_until_idle()
    (letter,) = mail.outbox
    assert letter.to == ["jobs@danbi.go.kr"]
    found = re.search(r"http://\S+(/join/confirm/\S+)", letter.body)
    assert found is not None
    stranger.get(found[1])
    assert Application.objects.get().confirmed_at is None, "a mail scanner opens links"
    stranger.post(found[1])
    application = Application.objects.get()
    assert application.confirmed_at is not None
    run_until_idle()
    run_until_idle()
    assert mail.outbox[-1].to == ["secretariat@example.kr"]
    assert f"{DESK}applications/{application.pk}/" in mail.outbox[-1].body
    assert "단비군" in _said(desk.get("/admin/"))

    answer = desk.post(
        f"{DESK}applications/{application.pk}/",
        {
            "accept": "1",
            "on": TODAY,
            "name": "첫결재",
            "email": "boss@danbi.go.kr",
            "post": "과장",
            "answer": "",
        },
    )
    assert answer.status_code == 302, _said(answer)
    steps = list(Membership.objects.filter(municipality=place).values_list("state", "on"))
    assert steps == [("applied", TODAY), ("approved", TODAY)]
    assert place in members()
    assert MunicipalityPage.objects.get(municipality=place).live
    assert Invitation.objects.get().role == Role.APPROVER
    run_until_idle()
    run_until_idle()
    told = {to: letter.subject for letter in mail.outbox[2:] for to in letter.to}
    assert "참여 신청에 답합니다" in told["jobs@danbi.go.kr"]
    assert "결재자로 초대" in told["boss@danbi.go.kr"]
    for event in Event.objects.filter(verb__startswith="application."):
        assert "danbi.go.kr" not in str(event.data)


def test_everything_or_nothing_is_done_when_it_is_accepted(
    place: Any, desk: Client, nuri_editor: Any
) -> None:
    application = make_application(place)

    answer = desk.post(
        f"{DESK}applications/{application.pk}/",
        {"accept": "1", "on": TODAY, "name": "남", "email": nuri_editor.email},
    )

    assert answer.status_code == 400
    assert "이미 쓰고 있는 계정" in _said(answer)
    application.refresh_from_db()
    assert application.accepted is None
    assert not Membership.objects.filter(municipality=place).exists()
    assert not MunicipalityPage.objects.filter(municipality=place).exists()


def test_an_intent_is_only_written_down_and_a_no_has_its_reason(place: Any, desk: Client) -> None:
    intent = make_application(place, asks="intent", file=None)
    assert desk.post(f"{DESK}applications/{intent.pk}/", {"accept": "1"}).status_code == 302
    assert Membership.objects.get(municipality=place).state == "intent"
    assert not MunicipalityPage.objects.filter(municipality=place).exists()

    application = make_application(place)
    address = f"{DESK}applications/{application.pk}/"
    assert desk.post(address, {"decline": "1", "answer": " "}).status_code == 400
    desk.post(address, {"decline": "1", "answer": "직인이 없습니다."})
    run_until_idle()
    letter = MailOut.objects.get(key__startswith="application_answered", text__contains="직인")
    assert "직인" not in letter.subject
    assert desk.post(address, {"decline": "1", "answer": "또"}).status_code == 400, "answered once"
    assert make_application(place).pk != application.pk, "they may ask again"


def test_who_cannot_join_is_told_why(place: Any, garam: Any) -> None:
    region = garam.region
    Municipality.objects.create(
        code="X0070", name="큰시", region=region, kind="시", level=Level.ADMIN_CITY,
        slug="keun", can_join=False, fictional=True,
    )  # fmt: skip
    make_member(garam)

    refused = {
        "X0070": "행정시는 지방자치단체가 아니므로",
        "X0001": "목록에서 고르세요",
        "X9876": "목록에서 고르세요",
    }
    for code, reason in refused.items():
        answer = Client().post("/join/", _asked(municipality=code))
        assert answer.status_code == 400
        assert reason in _said(answer)
    with pytest.raises(ValidationError, match="이미 참여하고 있습니다"):
        make_application(garam)
    assert not Application.objects.exists()


@pytest.mark.parametrize(
    ("changes", "reason"),
    [
        ({"email": "me@gmail.com"}, "기관의 메일 주소"),
        ({"email": "jobs@nogo.kr"}, "기관의 메일 주소"),
        ({"document": ""}, "공문을 붙이세요"),
        ({"document": SimpleUploadedFile("a.pdf", b"MZ")}, "내용이 그 형식이 아닙니다"),
        ({"document": SimpleUploadedFile("a.exe", b"MZ")}, "파일을 붙일 수 있습니다"),
        ({"note": "010-1234-5678로 전화 주세요"}, "휴대전화 번호로 보이는"),
        ({"post": "과장 900101-1234568"}, "보이는 글이 있습니다"),
        ({"consent": ""}, "동의해야"),
        ({"municipality": ""}, "지방정부를 고르세요"),
    ],
)
def test_a_form_that_will_not_do_says_how_to_mend_it(
    place: Any, changes: dict[str, Any], reason: str
) -> None:
    answer = Client().post("/join/", _asked(**changes))

    assert answer.status_code == 400
    assert reason in _said(answer)
    assert not Application.objects.exists()
    assert not Attachment.objects.exists()
    assert not Person.objects.exists()


def test_a_machine_that_fills_in_everything_is_thanked_and_forgotten(place: Any) -> None:
    assert Client().post("/join/", _asked(website="http://x")).status_code == 200
    assert not Application.objects.exists()


def test_an_address_is_not_flooded(place: Any) -> None:
    codes = [Client().post("/join/", _asked()).status_code for _ in range(4)]

    assert codes == [200, 200, 200, 429]
    others = [
        Client().post("/join/", _asked(email=f"a{n}@danbi.go.kr")).status_code for n in range(3)
    ]
    assert others == [200, 200, 429], "five a day from one machine"


def test_a_second_application_waits_for_the_answer_to_the_first(place: Any) -> None:
    first, second = (make_application(place, confirmed=False) for _ in range(2))
    actions.confirm_application(application=first, by=None)

    answer = Client().post(confirm_address(second))

    assert answer.status_code == 409
    assert "이미 받아 살펴보고" in _said(answer)
    assert Client().get(f"{confirm_address(second)[:-3]}xx/").status_code == 404


def test_what_nobody_confirmed_is_forgotten_with_its_file(place: Any) -> None:
    application = make_application(place, confirmed=False)
    path = application.document.file.path
    kept = make_application(place)
    week = timezone.now() - dt.timedelta(days=8)
    Application.objects.update(asked_at=week)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("django.db.transaction.on_commit", lambda run, **kwargs: run())
        run_until_idle()

    assert [row.pk for row in Application.objects.all()] == [kept.pk]
    assert not Path(path).exists()
    actions.answer_application(application=kept, accepted=False, answer="까닭", by=_anybody())
    Person.objects.update(retain_until=TODAY - dt.timedelta(days=1))
    run_until_idle()
    kept.refresh_from_db()
    assert kept.person.email == ""


def _anybody() -> User:
    return User.objects.create_user("anybody")


def test_leaving_takes_nothing_away_and_closes_the_desk(
    garam: Any, garam_editor: Any, garam_approver: Any, desk: Client, login: Any
) -> None:
    make_member(garam)
    page = make_case(garam)
    actions.invite(
        email="new@garam.go.kr", name="새", post="", municipality=garam, role=Role.EDITOR,
        by=garam_approver,
    )  # fmt: skip
    before, on = dt.date(2026, 9, 29), dt.date(2026, 9, 30)
    place_desk = f"{DESK}places/garam/"
    assert desk.post(place_desk, {"on": on, "sure": "1"}).status_code == 400, "a document is due"
    answer = desk.post(place_desk, {"on": on, "document": _letter(), "sure": "1"})
    assert answer.status_code == 302, _said(answer)

    assert garam in members(before)
    assert garam not in members(on)
    for address in ("/municipalities/garam/", page.url, "/municipalities/"):
        text = BeautifulSoup(Client().get(address).content, "html.parser").get_text()
        assert "탈퇴 (2026. 9. 30.)" in text, address
    assert not Appointment.objects.filter(municipality=garam, until__isnull=True).exists()
    for user in (garam_editor, garam_approver):
        user = User.objects.get(pk=user.pk)
        assert not user.is_active
        assert not Access(user).may_edit(garam)
        assert not user.groups.exists()
    assert Invitation.objects.get().withdrawn_at is not None
    assert Event.objects.get(verb="membership.left").data["closed"] == 2


def test_nobody_gets_a_post_where_nobody_works_any_more(
    garam: Any, secretariat: Any, make_user: Any
) -> None:
    make_member(garam)
    leave(garam, on=TODAY, by=secretariat)

    given: dict[str, Any] = {"municipality": garam, "role": Role.EDITOR, "by": secretariat}
    for act in (
        lambda: actions.appoint(user=make_user("x"), since=TODAY, **given),
        lambda: actions.invite(email="y@garam.go.kr", name="y", post="", **given),
        lambda: actions.name_deputy(municipality=garam, since=TODAY, reason="x", by=secretariat),
    ):
        with pytest.raises(ValidationError, match="탈퇴했습니다"):
            act()
    with pytest.raises(IntegrityError, match="탈퇴한 지방정부"), transaction.atomic():
        Appointment.objects.create(
            user=secretariat, municipality=garam, role=Role.EDITOR, since=TODAY
        )


def test_leaving_is_refused_for_a_day_that_cannot_be(garam: Any, secretariat: Any) -> None:
    with pytest.raises(ValidationError, match="참여하고 있지 않습니다"):
        leave(garam, on=TODAY, by=secretariat)
    make_member(garam)
    for day in (TODAY + dt.timedelta(days=1), dt.date(2026, 1, 1)):
        with pytest.raises(ValidationError):
            leave(garam, on=day, by=secretariat)


def test_who_left_comes_back_to_the_same_place(
    garam: Any, garam_approver: Any, desk: Client, secretariat: Any
) -> None:
    make_member(garam)
    page = MunicipalityPage.objects.get(municipality=garam)
    leave(garam, on=TODAY, by=secretariat)
    application = make_application(garam)

    answer = desk.post(
        f"{DESK}applications/{application.pk}/",
        {"accept": "1", "on": TODAY, "name": "옛결재", "email": garam_approver.email},
    )

    assert answer.status_code == 302, _said(answer)
    assert garam in members()
    assert MunicipalityPage.objects.get(municipality=garam).pk == page.pk
    invitation = Invitation.objects.get()
    assert invitation.user == garam_approver, "the closed account is asked to come back"
    actions.accept_invitation(
        invitation=invitation, password="긴 비밀번호 하나", by=invitation.user
    )
    assert Access(User.objects.get(pk=garam_approver.pk)).may_approve(garam)


@pytest.mark.parametrize("who", ["garam_approver", "nuri_approver", None])
def test_only_the_secretariat_answers_and_lets_leave(
    who: str | None, garam: Any, place: Any, request: pytest.FixtureRequest
) -> None:
    make_member(garam)
    application = make_application(place)
    client = Client()
    if who is not None:
        client.force_login(request.getfixturevalue(who))

    for address, data in (
        (f"{DESK}applications/{application.pk}/", {"decline": "1", "answer": "싫음"}),
        (f"{DESK}places/garam/", {"on": TODAY, "document": _letter(), "sure": "1"}),
    ):
        assert client.post(address, data).status_code in (302, 404)
    for address in (DESK, f"{DESK}applications/{application.pk}/document/"):
        answer = client.get(address)
        assert answer.status_code in (302, 404)
        assert "단비군" not in _said(answer)
    application.refresh_from_db()
    assert application.answered_at is None
    assert garam in members()


def test_the_documents_are_for_the_secretariat(place: Any, desk: Client) -> None:
    application = make_application(place)

    answer = desk.get(f"{DESK}applications/{application.pk}/document/")

    assert b"".join(answer.streaming_content) == b"%PDF-1.7"
    assert answer["Content-Disposition"].startswith("attachment")
