"""의회 결의 and 법안의 길 on the pages, and the desks where they are kept."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.advocacy.actions import enter_resolution, record_resolution_step, verify_step
from coalition.advocacy.models import AssemblyBill, CouncilResolution, ResolutionStep, RoadStep
from coalition.drafts.models import Bill
from coalition.members.actions import appoint
from coalition.members.models import Role
from tests.factories.positions import document

pytestmark = pytest.mark.django_db
PASSED, SENT = dt.date(2026, 9, 15), dt.date(2026, 9, 18)
SOURCE = {
    "source_title": "가상 의안정보", "source_publisher": "가상 국회", "source_on": "2026-09-15",
}  # fmt: skip


@pytest.fixture
def garam_officer(make_user: Any, garam: Any) -> Any:
    user = make_user("garam-officer")
    for role in (Role.EDITOR, Role.POSITION_OFFICER):
        appoint(user=user, municipality=garam, role=role, since=PASSED, by=None)
    return user


@pytest.fixture
def resolution(sjsa: Bill, garam: Any, secretariat: Any) -> CouncilResolution:
    made = enter_resolution(
        municipality=garam, bill=sjsa, council="가람시의회", title="제정 촉구 건의안", on=PASSED,
        by=secretariat,
    )  # fmt: skip
    step = record_resolution_step(
        resolution=made, stage="passed", happened_on=PASSED, file=document(), on=PASSED,
        by=secretariat,
    )  # fmt: skip
    verify_step(step=step, accepted=True, on=PASSED, by=secretariat)
    record_resolution_step(
        resolution=made, stage="sent", happened_on=SENT, place="국회의장", on=SENT, by=secretariat
    )
    return made


def test_the_tracker_shows_how_long_nobody_has_answered(
    resolution: CouncilResolution, client: Client
) -> None:
    for address in ("/bills/sjsa/resolutions/", f"/bills/sjsa/resolutions/{resolution.pk}/"):
        text = client.get(f"{address}?on=2026-09-28").content.decode()
        assert "회신 없이 10일" in text
        assert "가람시의회" in text or "제정 촉구" in text
    early = client.get("/bills/sjsa/resolutions/?on=2026-09-14").content.decode()
    assert "이날까지 등록된 의회 결의가 없습니다" in early
    assert client.get(f"/bills/sjsa/resolutions/{resolution.pk}/?on=2026-09-14").status_code == 404
    assert client.get("/bills/sjsa/resolutions/999999/").status_code == 404


def test_more_resolutions_ask_the_database_no_more_often(
    resolution: CouncilResolution, garam: Any, secretariat: Any, client: Client
) -> None:
    def asked() -> list[int]:
        counts = []
        for address in ("/bills/sjsa/resolutions/", "/bills/sjsa/road/"):
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
        return counts

    few = asked()
    for number in range(10):
        made = enter_resolution(
            municipality=garam, bill=resolution.bill, council="가람시의회", title=f"건의안 {number}",
            by=secretariat,
        )  # fmt: skip
        record_resolution_step(resolution=made, stage="sent", happened_on=SENT, by=secretariat)

    assert asked() == few
    assert max(few) <= 12, few


def test_the_model_text_names_the_version_and_its_hash(sjsa: Bill, client: Client) -> None:
    newest = sjsa.versions.get(no="0.3")

    text = client.get("/bills/sjsa/resolutions/template.txt").content.decode()
    assert newest.sha256 in text
    assert "# 주문" in text
    word = client.get("/bills/sjsa/resolutions/template.docx")
    with zipfile.ZipFile(io.BytesIO(word.content)) as package:
        assert newest.sha256 in package.read("word/document.xml").decode()
    assert word.content == client.get("/bills/sjsa/resolutions/template.docx").content
    assert client.get("/bills/sjsa/resolutions/template.hwp").status_code == 404


def test_an_officer_enters_what_the_own_council_did(
    sjsa: Bill, garam: Any, garam_officer: Any, secretariat: Any, login: Any
) -> None:
    client = login(garam_officer)
    client.post(
        reverse("resolutions_desk:index"),
        {"bill": sjsa.pk, "council": "가람시의회", "title": "건의안"},
    )
    made = CouncilResolution.objects.get()
    address = reverse("resolutions_desk:resolution", args=[made.pk])
    fields = {"stage": "passed", "happened_on": "2026-09-15", "votes_for": 24, "votes_against": 5}

    refused = client.post(address, fields)
    assert refused.status_code == 400
    assert "본회의 의결에는 문서가 있어야 합니다" in refused.content.decode()
    client.post(address, {**fields, "file": document()})
    step = ResolutionStep.objects.get()
    shown = reverse("resolution_document", args=["sjsa", made.pk, step.pk])
    assert Client().get(shown).status_code == 404
    login(secretariat).post(
        reverse("resolutions_desk:verify", args=[step.pk]), {"verdict": "accept"}
    )
    answer = Client().get(shown)
    assert b"".join(answer).startswith(b"%PDF")
    assert "24" in Client().get(f"/bills/sjsa/resolutions/{made.pk}/").content.decode()


@pytest.mark.parametrize("who", ["garam_editor", "nuri_editor", "nuri_approver"])
def test_without_the_role_nobody_enters_or_sees_the_desk(
    who: str, resolution: CouncilResolution, login: Any, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))
    before = ResolutionStep.objects.count()

    for address in (
        reverse("resolutions_desk:index"),
        reverse("resolutions_desk:resolution", args=[resolution.pk]),
    ):
        for answer in (
            client.get(address),
            client.post(address, {"stage": "sent", "happened_on": "2026-09-20"}),
        ):
            assert answer.status_code in (302, 403, 404)
    assert ResolutionStep.objects.count() == before


def test_a_neighbouring_officer_does_not_write_here(
    resolution: CouncilResolution, nuri: Any, make_user: Any, secretariat: Any, login: Any
) -> None:
    user = make_user("nuri-officer")
    for role in (Role.EDITOR, Role.POSITION_OFFICER):
        appoint(user=user, municipality=nuri, role=role, since=PASSED, by=None)
    address = reverse("resolutions_desk:resolution", args=[resolution.pk])

    assert login(user).get(address).status_code == 404
    posted = {"stage": "replied", "happened_on": "2026-09-20"}
    assert login(user).post(address, posted).status_code == 404
    # The secretariat reads and verifies; it does not enter.
    assert login(secretariat).get(address).status_code == 200
    assert login(secretariat).post(address, posted).status_code in (302, 403)
    assert ResolutionStep.objects.count() == 2


# 법안의 길


def test_the_secretariat_keeps_the_road_with_sources(
    sjsa: Bill, secretariat: Any, login: Any, client: Client
) -> None:
    desk, address = login(secretariat), reverse("road_desk:bill", args=[sjsa.pk])

    def post(what: str, **fields: Any) -> Any:
        told = {f"{what}-{name}": value for name, value in {**SOURCE, **fields}.items()}
        return desk.post(address, {"what": what, **told})

    assert "아직 발의되지 않았습니다" in client.get("/bills/sjsa/road/").content.decode()
    assert "아직 이은 국정과제가 없습니다" in client.get("/bills/sjsa/road/").content.decode()
    assert post("bill", number="가상-1", title="지원법안").status_code == 302
    own = AssemblyBill.objects.get()
    assert (
        post("step", stage="introduced", assembly_bill=own.pk, happened_on="2026-09-15").status_code
        == 302
    )
    assert post("step", stage="plenary", happened_on="2026-09-15").status_code == 400
    assert (
        post(
            "step",
            stage="introduced",
            assembly_bill=own.pk,
            happened_on="2026-09-15",
            source_title="",
        ).status_code
        == 400
    )
    assert post("task", task="국정과제 1", quote="지역이 만드는 일자리").status_code == 302
    assert desk.post(address, {"what": "everything"}).status_code == 404
    assert RoadStep.objects.count() == 1

    text = client.get("/bills/sjsa/road/").content.decode()
    assert "의안번호 가상-1" in text
    assert "지역이 만드는 일자리" in text
    assert "지금 ‘발의’까지 왔습니다" in text
    assert "가상-1" not in client.get("/bills/sjsa/road/?on=2026-09-14").content.decode()
    desk.post(address, {"what": "withdraw", "link": sjsa.task_links.get().pk})
    assert "지역이 만드는 일자리" not in client.get("/bills/sjsa/road/").content.decode()


@pytest.mark.parametrize("who", ["garam_approver", "nuri_editor"])
def test_only_the_secretariat_keeps_the_road(
    who: str, sjsa: Bill, login: Any, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))

    for address in (reverse("road_desk:index"), reverse("road_desk:bill", args=[sjsa.pk])):
        assert client.get(address).status_code == 404
        assert client.post(address, {"what": "bill"}).status_code == 404
