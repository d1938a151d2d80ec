"""합침과 이름 바꿈: the successor keeps everything, old addresses lead on, and nothing is guessed."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from wagtail.models import Page

from cms.actions import assert_provisioned, import_dataset
from cms.models import CaseIndexPage, CasePage, MunicipalityPage
from cms.sheets import Column, Sheet
from cms.successions import carry_out, plan_of, rename
from coalition.advocacy.positions import SUCCEEDED, positions_of
from coalition.members.access import Access
from coalition.members.actions import enter_fictional, enter_succession
from coalition.members.models import (
    Appointment,
    CarriedSuccession,
    Membership,
    Municipality,
    Succession,
)
from coalition.members.queries import members
from coalition.record.models import Event, User
from tests.coalition.members.joining_scenarios import make_member
from tests.factories import make_bill, make_case, make_version
from tests.factories.positions import make_position, make_terms
from tests.forms import shown_form

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 7, 1)
NEW = "/municipalities/hanul/"


@pytest.fixture
def desk(secretariat: Any, login: Any) -> Client:
    client: Client = login(secretariat)
    return client


@pytest.fixture
def hanul(db: None) -> Any:
    """The municipality that comes of others."""
    return enter_fictional(code="X0010", name="한울시", slug="hanul", by=None)


def _enter(successor: Any, predecessors: list[Any], by: Any, on: dt.date = ON) -> None:
    enter_succession(
        successor=successor, predecessors=predecessors, on=on, kind="merged", event="통합", by=by
    )


def _carry(successor: Any, by: Any, **told: Any) -> int:
    plan = plan_of(successor)
    assert plan is not None
    given: dict[str, Any] = {"main": "", "reappointed": [], "joins": True, "seen": plan.seal}
    return carry_out(successor, by=by, **{**given, **told})


def _leads(old: str) -> str:
    answer = Client().get(old)
    assert answer.status_code == 301, (old, answer.status_code)
    return str(answer["Location"])


def test_a_renamed_municipality_keeps_every_page_at_its_new_address(
    garam: Any, garam_editor: Any, secretariat: Any, login: Any
) -> None:
    case, draft = make_case(garam), make_case(garam, "초안", live=False)
    page = MunicipalityPage.objects.get(municipality=garam)
    page.intro = "아직 올리지 않은 소개"
    page.save_revision(user=garam_editor)
    old = case.url

    pages = rename(
        garam, name="새가람시", slug="saegaram", on=ON, event="명칭 변경", by=secretariat
    )

    assert pages == 6
    assert _leads(old) == old.replace("/garam/", "/saegaram/")
    assert _leads("/municipalities/garam/") == "/municipalities/saegaram/"
    assert _leads("/municipalities/garam/data/x/v1.csv?a=1") == (
        "/municipalities/saegaram/data/x/v1.csv?a=1"
    )
    assert _leads("/embed/v1/municipalities/garam/") == "/embed/v1/municipalities/saegaram/"
    page.refresh_from_db()
    page.get_latest_revision().publish()
    page.refresh_from_db()
    assert (page.slug, page.intro, page.title) == ("saegaram", "아직 올리지 않은 소개", "새가람시")
    assert "가람시(X0001)" in Client().get("/municipalities/saegaram/").content.decode()
    garam.refresh_from_db()
    assert garam.editors.name == "가상도 새가람시 담당자"
    assert_provisioned(page)
    editor = login(User.objects.get(pk=garam_editor.pk))
    assert editor.get(f"/admin/pages/{draft.pk}/edit/").status_code == 200


def test_a_succeeded_municipality_passes_its_place_on_whole(
    garam: Any, garam_editor: Any, garam_approver: Any, hanul: Any, secretariat: Any, login: Any
) -> None:
    make_member(garam)
    case = make_case(garam)
    page = MunicipalityPage.objects.get(municipality=garam)
    _enter(hanul, [garam], secretariat)

    _carry(hanul, secretariat, reappointed=[garam_editor.appointments.get().pk])

    moved = MunicipalityPage.objects.get(municipality=hanul)
    assert (moved.pk, moved.title, moved.slug) == (page.pk, "한울시", "hanul")
    assert moved.collection.name == "가상도 한울시"
    assert _leads(case.url) == f"{NEW}cases/{case.slug}/"
    assert Client().get(f"{NEW}cases/{case.slug}/").status_code == 200
    garam.refresh_from_db()
    hanul.refresh_from_db()
    assert garam.valid_to == ON
    assert garam.editors is None
    assert garam in members(ON - dt.timedelta(days=1))
    assert list(members()) == [hanul]
    editor = User.objects.get(pk=garam_editor.pk)
    assert Access(editor).may_edit(hanul)
    assert editor.groups.get() == hanul.editors
    assert login(editor).get(f"/admin/pages/{case.pk}/edit/").status_code == 200
    assert not User.objects.get(pk=garam_approver.pk).is_active
    assert plan_of(hanul) is None
    assert Event.objects.filter(verb="succession.carried").count() == 1


def test_two_merged_places_become_one_and_no_page_is_lost(
    garam: Any, nuri: Any, nuri_editor: Any, hanul: Any, secretariat: Any
) -> None:
    same = [make_case(place, "같은 제목") for place in (garam, nuri)]
    other = make_case(nuri, "누리의 사례")
    sheet = Sheet([Column("동", "text", "")], [["가"]])
    import_dataset(
        sheet=sheet, municipality=nuri, slug="table", title="표", licence="kogl-1", by=None
    )
    _enter(hanul, [garam, nuri], secretariat)
    with pytest.raises(ValidationError, match="어느 곳의 첫 쪽"):
        _carry(hanul, secretariat)

    _carry(hanul, secretariat, main="garam")

    root = MunicipalityPage.objects.get(municipality=hanul)
    titles = CasePage.objects.descendant_of(root).order_by("pk").values_list("title", "slug")
    assert list(titles) == [
        ("같은 제목", "gateun-jemog"),
        ("같은 제목", "gateun-jemog-2"),
        ("누리의 사례", other.slug),
    ]
    assert _leads(same[0].url) == f"{NEW}cases/gateun-jemog/"
    assert _leads(same[1].url) == f"{NEW}cases/gateun-jemog-2/"
    assert _leads("/municipalities/nuri/") == NEW
    assert _leads("/municipalities/nuri/cases/") == f"{NEW}cases/"
    assert _leads("/municipalities/nuri/data/table/v1.csv") == f"{NEW}data/table/v1.csv"
    assert root.get_descendants().filter(slug="table").exists()
    twin = CasePage.objects.get(slug="gateun-jemog-2")
    assert twin.get_latest_revision_as_object().slug == "gateun-jemog-2"
    left = MunicipalityPage.objects.get(municipality=nuri)
    assert not left.live
    assert left.collection.get_parent() == root.collection
    assert not Access(User.objects.get(pk=nuri_editor.pk)).serves_a_municipality
    hanul.refresh_from_db()
    assert_provisioned(root)
    assert not Page.find_problems()[0]


def test_the_positions_are_shown_at_the_successor_and_not_counted(
    garam: Any, hanul: Any, secretariat: Any
) -> None:
    make_terms()
    version = make_version(make_bill())
    day = dt.date(2026, 7, 10)
    make_position(garam, version, by=secretariat, on=day, verified=day)
    _enter(hanul, [garam], secretariat)
    _carry(hanul, secretariat)

    (standing,) = positions_of(hanul)
    assert standing.municipality == hanul
    assert standing.state == SUCCEEDED
    assert "승계 여부 미확인" in Client().get(NEW).content.decode()


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("split", "나뉜 곳의 쪽을 누가 지닐지"),
        ("early", "그날부터 옮길 수 있습니다"),
        ("waiting", "결재나 예약 공개를 기다립니다"),
        ("taken", "자리에 다른 쪽이 있습니다"),
    ],
)
def test_what_is_not_clear_is_left_to_a_person(
    how: str, reason: str, garam: Any, nuri: Any, garam_editor: Any, hanul: Any, desk: Client,
    secretariat: Any,
) -> None:  # fmt: skip
    page = MunicipalityPage.objects.get(municipality=garam)
    _enter(hanul, [garam], secretariat, ON if how != "early" else dt.date(2090, 7, 1))
    if how == "split":
        _enter(nuri, [garam], secretariat)
    elif how == "waiting":
        page.save_revision(user=garam_editor)
        workflow = page.get_workflow()
        assert workflow is not None
        workflow.start(page, garam_editor)
    elif how == "taken":
        MunicipalityPage.objects.filter(municipality=nuri).update(slug="hanul")

    assert reason in desk.get("/admin/successions/to/hanul/").content.decode()
    plan = plan_of(hanul)
    assert plan is not None
    answer = desk.post("/admin/successions/to/hanul/", {"seen": plan.seal})

    assert answer.status_code == 409
    page.refresh_from_db()
    assert page.slug == "garam"
    assert not CarriedSuccession.objects.exists()


def test_the_desk_enters_shows_and_carries_out(
    garam: Any, nuri: Any, garam_editor: Any, hanul: Any, desk: Client
) -> None:
    make_member(garam)
    entered = {
        "predecessors": [garam.pk, nuri.pk],
        "successor": hanul.pk,
        "on": ON,
        "event": "통합",
    }
    assert desk.post("/admin/successions/", {**entered, "successor": garam.pk}).status_code == 400
    assert desk.post("/admin/successions/", entered).url == "/admin/successions/to/hanul/"
    assert desk.post("/admin/successions/", entered).status_code == 400, "told once"
    page = desk.get("/admin/successions/to/hanul/").content.decode()
    assert str(garam_editor) in page
    assert not CarriedSuccession.objects.exists()
    data = shown_form(desk, "/admin/successions/to/hanul/")
    make_case(garam, "그 사이")
    assert desk.post("/admin/successions/to/hanul/", data).status_code == 409

    data = {**shown_form(desk, "/admin/successions/to/hanul/"), "main": "nuri", "joins": "1"}
    answer = desk.post("/admin/successions/to/hanul/", data)

    assert answer.status_code == 302, answer.content.decode()
    assert "한울시" in desk.get("/admin/successions/").content.decode()
    assert Membership.objects.get(municipality=hanul).on == ON
    assert not Appointment.objects.filter(until__isnull=True).exists()


def test_the_desk_renames_after_a_look(garam: Any, desk: Client) -> None:
    data = {
        "municipality": garam.pk, "name": "새가람시", "slug": "saegaram", "on": ON, "event": "개칭",
    }  # fmt: skip
    shown = desk.post("/admin/successions/rename/", data)
    assert "이렇게 바뀝니다" in shown.content.decode()
    assert not Succession.objects.exists()
    assert desk.post("/admin/successions/rename/", {**data, "slug": "한글"}).status_code == 400

    assert desk.post("/admin/successions/rename/", {**data, "sure": "1"}).status_code == 302
    assert Municipality.objects.get(pk=garam.pk).slug == "saegaram"


def test_240_pages_are_carried_in_one_go(
    garam: Any, nuri: Any, hanul: Any, secretariat: Any, django_assert_max_num_queries: Any
) -> None:
    index = CaseIndexPage.objects.descendant_of(MunicipalityPage.objects.get(municipality=garam))
    make_case(garam)
    parent = index.get()
    for number in range(239):
        parent.add_child(instance=CasePage(title=f"사례 {number}", slug=f"sarye-{number}"))
    _enter(hanul, [garam], secretariat)

    with django_assert_max_num_queries(240):
        assert _carry(hanul, secretariat) == 244

    assert _leads("/municipalities/garam/cases/sarye-7/") == f"{NEW}cases/sarye-7/"


@pytest.mark.parametrize("who", ["garam_approver", "nuri_approver", None])
def test_only_the_secretariat_carries_a_succession(
    who: str | None, garam: Any, hanul: Any, secretariat: Any, request: pytest.FixtureRequest
) -> None:
    _enter(hanul, [garam], secretariat)
    plan = plan_of(hanul)
    assert plan is not None
    client = Client()
    if who is not None:
        client.force_login(request.getfixturevalue(who))

    for address, data in (
        ("/admin/successions/to/hanul/", {"seen": plan.seal}),
        ("/admin/successions/rename/", {"municipality": garam.pk, "sure": "1"}),
        ("/admin/successions/", {"successor": hanul.pk}),
    ):
        assert client.post(address, data).status_code in (302, 404)
        assert client.get(address).status_code in (302, 404)
    assert not CarriedSuccession.objects.exists()
