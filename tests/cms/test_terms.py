"""민선 N기: looked at first, done in one transaction, taken up again where it was left."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from cms.terms import plans
from coalition.advocacy.actions import enter_resolution
from coalition.members.models import Appointment, Role, Term, TermOpening
from coalition.record.jobs import run_until_idle
from coalition.record.models import User
from tests.coalition.members.joining_scenarios import make_member
from tests.factories import make_bill, make_version
from tests.factories.positions import make_position, make_terms
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
TERM = "/admin/terms/9/"
BEFORE = dt.date(2026, 6, 10)


@pytest.fixture
def desk(secretariat: Any, login: Any) -> Client:
    client: Client = login(secretariat)
    return client


@pytest.fixture
def members(
    garam: Any,
    nuri: Any,
    garam_editor: Any,
    garam_approver: Any,
    nuri_approver: Any,
    secretariat: Any,
) -> list[Any]:
    """Two members with posts, a position and a resolution from before 2026-07-01."""
    make_terms()
    bill = make_bill()
    version = make_version(bill)
    make_position(garam, version, by=secretariat, on=BEFORE, verified=BEFORE)
    enter_resolution(
        municipality=garam,
        bill=bill,
        council="가람시의회",
        title="건의안",
        on=BEFORE,
        by=secretariat,
    )
    return [make_member(garam), make_member(nuri)]


def _held(place: Any) -> list[str]:
    rows = Appointment.objects.filter(municipality=place, until__isnull=True)
    return sorted(rows.values_list("user__username", flat=True))


def _preview(*slugs: str) -> str:
    return f"{TERM}preview/?" + "&".join(f"place={slug}" for slug in slugs)


def test_the_preview_tells_everything_and_changes_nothing(desk: Client, members: list[Any]) -> None:
    said = desk.get(_preview("garam", "nuri")).content.decode()

    for word in ("garam-editor", "nuri-approver"):
        assert str(User.objects.get(username=word)) in said
    assert "지난 임기가 되는 입장" in said
    assert "법안 전체: 지지" in said
    assert "폐기되었는지 확인할 결의" in said
    assert not TermOpening.objects.exists()
    assert not Appointment.objects.filter(until__isnull=False).exists()


def test_who_stays_goes_on_and_the_others_end_and_are_told(
    desk: Client, members: list[Any], garam_approver: Any, garam_editor: Any
) -> None:
    data = {**shown_form(desk, _preview("garam", "nuri")), "place": ["garam", "nuri"]}
    data["post"] = [garam_approver.appointments.get().pk]

    assert desk.post(f"{TERM}preview/", data).status_code == 302

    garam, nuri = members
    assert _held(garam) == ["garam-approver"]
    assert _held(nuri) == []
    assert garam_approver.appointments.get(until__isnull=True).since == timezone.localdate()
    assert not User.objects.get(pk=garam_editor.pk).is_active
    assert list(TermOpening.objects.order_by("pk").values_list("renewed", "ended")) == [
        (1, 1),
        (0, 1),
    ]
    run_until_idle()
    run_until_idle()
    (letter,) = mail.outbox
    assert letter.to == [garam_approver.email]
    assert "법안 전체 지지" in letter.body
    assert "건의안" in letter.body


def test_it_can_be_left_and_taken_up_again(desk: Client, members: list[Any]) -> None:
    desk.post(f"{TERM}preview/", shown_form(desk, _preview("garam")))

    page = desk.get(TERM).content.decode()
    waiting, _, done = page.partition("연 곳</h2>")
    assert "누리군" in waiting
    assert "가람시" in done
    answer = desk.post(f"{TERM}preview/", shown_form(desk, _preview("nuri")))
    assert answer.status_code == 302
    assert "모두 열었습니다" in desk.get(TERM).content.decode()
    assert desk.get(_preview("garam")).status_code == 302, "nothing is left to be looked at"


def test_what_has_changed_since_is_shown_anew_and_nothing_is_done(
    desk: Client, members: list[Any], make_user: Any
) -> None:
    data = {**shown_form(desk, _preview("garam", "nuri")), "place": ["garam", "nuri"]}
    Appointment.objects.create(
        user=make_user("late"), municipality=members[0], role=Role.EDITOR, since=BEFORE
    )

    answer = desk.post(f"{TERM}preview/", data)

    assert answer.status_code == 409
    assert "그 사이" in answer.content.decode()
    assert not TermOpening.objects.exists()


def test_one_that_fails_takes_all_back(
    desk: Client, members: list[Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    data = {**shown_form(desk, _preview("garam", "nuri")), "place": ["garam", "nuri"]}
    from coalition.members.actions.terms import open_term

    def second_fails(**given: Any) -> Any:
        if given["municipality"].slug == "nuri":
            raise RuntimeError("멎음")
        return open_term(**given)

    monkeypatch.setattr("cms.terms.open_term", second_fails)
    with pytest.raises(RuntimeError):
        desk.post(f"{TERM}preview/", data)

    assert not TermOpening.objects.exists()
    assert _held(members[0]) == ["garam-approver", "garam-editor"]


def test_the_next_term_follows_the_last_and_is_not_opened_early(desk: Client, members: Any) -> None:
    given = {"number": 10, "begins": "2030-07-01", "ends": "2034-06-30"}
    for wrong in (
        {"number": 11},
        {"begins": "2030-07-02"},
        {"ends": "2030-06-30"},
        {"begins": "x"},
    ):
        assert desk.post("/admin/terms/", {**given, **wrong}).status_code == 400
    assert desk.post("/admin/terms/", given).status_code == 302
    assert Term.objects.get(number=10).begins == dt.date(2030, 7, 1)

    data = {**shown_form(desk, "/admin/terms/10/preview/?place=garam")}
    answer = desk.post("/admin/terms/10/preview/", data)
    assert answer.status_code == 409
    assert "2030-07-01에 시작합니다" in answer.content.decode()
    assert desk.get("/admin/terms/77/").status_code == 404


def test_a_plan_asks_no_more_for_more_municipalities(
    members: list[Any], django_assert_num_queries: Any
) -> None:
    with django_assert_num_queries(8):
        assert len(plans(Term.objects.get(number=9))) == 2
    with django_assert_num_queries(8):
        assert len(plans(Term.objects.get(number=9), ["garam"])) == 1


@pytest.mark.parametrize("who", ["garam_approver", "nuri_approver", None])
def test_only_the_secretariat_opens_a_term(
    who: str | None, desk: Client, members: list[Any], request: pytest.FixtureRequest
) -> None:
    data = shown_form(desk, _preview("garam"))
    client = Client()
    if who is not None:
        client.force_login(request.getfixturevalue(who))

    assert client.post(f"{TERM}preview/", data).status_code in (302, 404)
    assert client.get(TERM).status_code in (302, 404)
    assert not TermOpening.objects.exists()
