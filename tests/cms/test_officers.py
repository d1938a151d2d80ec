"""입장 등록자: a dated appointment and no group lets in at the desk's door, to the positions and no further."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import NoReverseMatch, reverse

from cms.desk_views import DESK_VIEWS, OFFICER_VIEWS
from coalition.advocacy.models import Position
from coalition.drafts.models import Bill, Version
from coalition.members.actions import appoint, end_appointment
from coalition.members.models import Appointment, Role
from coalition.record.models import Event
from tests.factories import make_case
from tests.factories.positions import document, make_position, make_terms

pytestmark = pytest.mark.django_db
SINCE = dt.date(2026, 7, 1)
#: What changes something by itself or is met by everybody.
_ACCOUNT = ("wagtailadmin_", "second_factor")


@pytest.fixture
def officer(make_user: Any, garam: Any) -> Any:
    user = make_user("only-officer")
    appoint(user=user, municipality=garam, role=Role.POSITION_OFFICER, since=SINCE, by=None)
    return user


@pytest.fixture
def neighbour(make_user: Any, nuri: Any) -> Any:
    user = make_user("nuri-officer")
    appoint(user=user, municipality=nuri, role=Role.POSITION_OFFICER, since=SINCE, by=None)
    return user


@pytest.fixture
def version(sjsa: Bill) -> Version:
    make_terms()
    return sjsa.versions.get(no="0.3")


def _file(client: Client, version: Version) -> Any:
    told = {
        "provision": version.provisions.get(eid="art_13").pk,
        "stance": "support",
        "act": "head",
        "acted_on": "2026-09-10",
        "file": document(),
    }
    return client.post(reverse("positions_desk:file", args=[version.pk]), told)


def test_the_appointment_alone_opens_the_door_and_its_end_closes_it(
    officer: Any, make_user: Any, login: Any
) -> None:
    assert not officer.groups.exists()
    home = login(officer).get("/admin/")
    assert home.status_code == 200
    page = BeautifulSoup(home.content, "html.parser")
    assert [b.get_text() for b in page.select(".desk-doors b")] == [
        "입장",
        "의회 결의",
        "공동 성명",
    ]

    assert login(make_user("stranger")).get("/admin/positions/").status_code == 302
    assert Client().get("/admin/positions/").status_code == 302
    end_appointment(appointment=officer.appointments.get(), on=SINCE, by=None)
    assert login(officer).get("/admin/positions/").status_code == 302


def test_every_other_desk_is_closed_and_not_in_the_menu(
    officer: Any, garam: Any, login: Any, make_user: Any
) -> None:
    draft = make_case(garam, "아직 쓰고 있는 사례", live=False)
    client = login(officer)
    home = client.get("/admin/").content.decode()
    for label in (
        "담당자",
        "연락처",
        "자료 올리기",
        "조문 연결",
        "주제어 제안",
        "회의와 대화",
        "모델과 시범",
    ):
        assert f'"label": "{label}"' not in home, label
    assert draft.title not in home
    tried = 0
    for name in sorted(DESK_VIEWS - OFFICER_VIEWS):
        for args in ((), (draft.pk,), (garam.slug,)):
            try:
                address = reverse(name, args=args)
            except NoReverseMatch:
                continue
            answer = client.get(address)
            assert answer.status_code in (404, 405), name
            assert draft.title not in answer.content.decode()
            tried += 1
    assert tried > 60
    for name in OFFICER_VIEWS:
        if name.startswith(_ACCOUNT):
            continue
        try:
            address = reverse(name)
        except NoReverseMatch:
            continue
        # Notices and statements are the members' own; this place has not joined.
        assert client.get(address).status_code in (200, 302, 403), name


def test_the_own_position_is_filed_and_no_other_is_touched(
    officer: Any, neighbour: Any, version: Version, garam: Any, nuri: Any, login: Any
) -> None:
    client, other = login(officer), login(neighbour)
    old = version.bill.versions.get(no="0.2")
    foreign = make_position(nuri, old, "art_13", by=neighbour)
    assert _file(client, version).status_code == 302
    made = Position.objects.get(municipality=garam)
    assert made.filed_by == officer
    assert "제13조" in client.get("/admin/positions/").content.decode()
    assert nuri.name not in client.get("/admin/positions/").content.decode()

    before = Event.objects.count()
    for who, row in ((client, foreign), (other, made)):
        address = reverse("positions_desk:withdraw", args=[row.pk])
        assert who.post(address, {"reason": "남의 것을 거둔다"}).status_code == 404
        verify = reverse("positions_desk:verify", args=[row.pk])
        assert who.post(verify, {"verdict": "accept"}).status_code == 404
    assert Event.objects.count() == before
    assert Position.objects.count() == 2
    own = reverse("positions_desk:withdraw", args=[made.pk])
    assert client.post(own, {"reason": "의회가 다시 논의한다"}).status_code == 302
    assert Position.objects.filter(municipality=garam, withdrawn=True).exists()


def test_only_the_secretariat_gives_the_post(
    garam: Any,
    garam_editor: Any,
    garam_approver: Any,
    nuri_approver: Any,
    secretariat: Any,
    login: Any,
) -> None:
    address = reverse("people_desk:officer", args=["garam"])
    told = {"user": garam_editor.pk, "since": "2026-07-01"}
    officers = Appointment.objects.filter(role=Role.POSITION_OFFICER, until__isnull=True)
    for who in (garam_editor, garam_approver, nuri_approver):
        assert login(who).post(address, told).status_code == 404
    assert Client().post(address, told).status_code == 302
    assert not officers.exists()

    desk = login(secretariat)
    assert "입장 등록자 두기" in desk.get("/admin/people/garam/").content.decode()
    assert "입장 등록자" in desk.get("/admin/people/garam/invite/").content.decode()
    for wrong in ({"user": nuri_approver.pk}, {"since": "2999-01-01"}, {"since": ""}):
        desk.post(address, {**told, **wrong})
    assert not officers.exists()
    desk.post(address, told)
    held = officers.get()
    assert (held.user, held.since) == (garam_editor, SINCE)
    hand_over = reverse("people_desk:hand_over", args=["garam", held.pk])
    assert hand_over not in login(garam_approver).get("/admin/people/garam/").content.decode()
    assert login(garam_approver).get(hand_over)["Location"] == "/admin/"
    assert desk.get(hand_over).status_code == 200
