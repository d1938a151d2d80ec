"""지지 대장 on the pages, and the desk where positions are filed and verified."""

from __future__ import annotations

import csv
import datetime as dt
import io
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from coalition.advocacy.models import Position
from coalition.drafts.models import Bill, Version
from coalition.members.actions import appoint
from coalition.members.models import Role
from tests.factories.positions import document, make_position, make_terms

pytestmark = pytest.mark.django_db
JULY = dt.date(2026, 7, 10)


@pytest.fixture
def versions(sjsa: Bill) -> tuple[Version, Version]:
    make_terms()
    old, new = sjsa.versions.order_by("order")
    return old, new


@pytest.fixture
def garam_officer(make_user: Any, garam: Any) -> Any:
    user = make_user("garam-officer")
    for role in (Role.EDITOR, Role.POSITION_OFFICER):
        appoint(user=user, municipality=garam, role=role, since=JULY, by=None)
    return user


def _shown(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_the_ledger_shows_clause_by_clause_what_is_counted_and_what_is_not(
    versions: Any, garam: Any, nuri: Any, secretariat: Any, client: Client
) -> None:
    make_position(garam, versions[0], "art_20", by=secretariat, verified=JULY)
    make_position(nuri, versions[0], "art_21", by=secretariat, verified=JULY)

    text = _shown(client, "/bills/sjsa/positions/")
    assert 'id="art_21"' in text
    assert 'id="art_22"' in text
    assert "재확인 필요 1건" in text
    assert "v0.2 제20조" in text
    then = _shown(client, "/bills/sjsa/positions/?on=2026-08-01")
    assert "재확인 필요 1건" not in then
    assert 'id="art_20"' in then
    assert client.get("/bills/sjsa/positions/?on=2020-01-01").status_code == 404


def test_filters_narrow_the_page_and_what_is_taken_along(
    versions: Any, garam: Any, nuri: Any, secretariat: Any, client: Client
) -> None:
    make_position(
        garam, versions[1], "art_1", by=secretariat, on=dt.date(2026, 10, 1), verified=JULY
    )
    make_position(
        nuri, versions[1], "art_1", by=secretariat, on=dt.date(2026, 10, 1), stance="opposed",
        reason="=재정이 없다",
    )  # fmt: skip

    text = _shown(client, "/bills/sjsa/positions/?municipality=nuri&stance=opposed")
    assert "2건 가운데 1건" in text
    answer = client.get("/bills/sjsa/positions/export.csv?municipality=nuri")
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert [(r["지방정부"], r["세는가"], r["가상"]) for r in rows] == [
        ("가상도 누리군", "아니요", "예")
    ]
    assert rows[0]["조건이나 까닭"].startswith("'=")
    told = client.get("/bills/sjsa/positions/export.json").json()
    assert (told["version"], len(told["positions"]), told["fictional"]) == ("0.3", 2, True)
    assert client.get("/bills/sjsa/positions/export.exe").status_code == 404


def test_the_clause_and_the_municipality_show_the_same_position(
    versions: Any, garam: Any, secretariat: Any, client: Client
) -> None:
    make_position(garam, versions[0], "art_20", by=secretariat, verified=JULY)

    assert "재확인 필요" in _shown(client, "/bills/sjsa/v0.3/art_21/")
    assert 'id="positions"' in _shown(client, "/bills/sjsa/v0.3/art_21/")
    assert "재확인 필요" in _shown(client, "/municipalities/garam/")
    assert 'id="positions"' not in _shown(client, "/bills/sjsa/v0.3/art_22/")


def test_more_positions_ask_the_database_no_more_often(
    versions: Any, garam: Any, nuri: Any, secretariat: Any, client: Client
) -> None:
    addresses = ["/bills/sjsa/positions/", "/bills/sjsa/v0.3/art_21/", "/municipalities/garam/"]

    def asked() -> list[int]:
        counts = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            counts.append(len(queries))
        return counts

    make_position(garam, versions[0], "art_20", by=secretariat, verified=JULY)
    few = asked()
    for number in range(1, 16):
        for place in (garam, nuri):
            make_position(place, versions[0], f"art_{number}", by=secretariat)

    assert asked() == few
    assert max(few) <= 13, few  # without an operator one more than in the demo


def test_a_document_is_private_until_it_was_accepted(
    versions: Any, garam: Any, secretariat: Any, garam_officer: Any, nuri_editor: Any, login: Any
) -> None:
    made = make_position(garam, versions[1], "art_1", by=secretariat, on=dt.date(2026, 10, 1))
    address = reverse("position_document", args=["sjsa", made.pk])

    assert Client().get(address).status_code == 404
    assert login(nuri_editor).get(address).status_code == 404
    for user in (secretariat, garam_officer):
        assert b"".join(login(user).get(address)).startswith(b"%PDF")
    login(secretariat).post(reverse("positions_desk:verify", args=[made.pk]), {"verdict": "accept"})
    answer = Client().get(address)
    assert (answer.status_code, answer["X-Content-Type-Options"]) == (200, "nosniff")
    assert "attachment" in answer["Content-Disposition"]
    assert b"".join(answer).startswith(b"%PDF")


# The desk: owner, neighbour, stranger


def _form(version: Version, **fields: Any) -> dict[str, Any]:
    article = version.provisions.get(eid="art_1")
    return {
        "provision": article.pk, "stance": "support", "act": "council", "acted_on": "2026-10-01",
        "votes_for": 24, "votes_against": 5, "file": document(), **fields,
    }  # fmt: skip


def test_an_officer_files_and_withdraws_the_own_position(
    versions: Any, garam: Any, garam_officer: Any, login: Any
) -> None:
    client = login(garam_officer)
    address = reverse("positions_desk:file", args=[versions[1].pk])

    assert "문서" in client.get(address).content.decode()
    client.post(address, _form(versions[1]))
    made = Position.objects.get()
    assert (made.municipality, made.filed_by, made.votes_for) == (garam, garam_officer, 24)
    text = client.get(reverse("positions_desk:index")).content.decode()
    assert "확인 중" in text
    client.post(reverse("positions_desk:withdraw", args=[made.pk]), {"reason": "다시 논의한다"})
    assert Position.objects.latest("pk").withdrawn


@pytest.mark.parametrize("who", ["garam_editor", "garam_approver", "nuri_editor", "secretariat"])
def test_without_the_role_nobody_files(
    who: str, versions: Any, garam: Any, login: Any, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))
    address = reverse("positions_desk:file", args=[versions[1].pk])

    for answer in (client.get(address), client.post(address, _form(versions[1]))):
        assert answer.status_code in (302, 403, 404)
    assert not Position.objects.exists()


def test_a_neighbour_neither_sees_nor_withdraws_nor_verifies(
    versions: Any, nuri: Any, secretariat: Any, garam_officer: Any, login: Any
) -> None:
    made = make_position(
        nuri, versions[1], "art_1", by=secretariat, on=dt.date(2026, 10, 1), reason="누리군의 사정"
    )
    client = login(garam_officer)

    assert "누리군의 사정" not in client.get(reverse("positions_desk:index")).content.decode()
    withdrawn = client.post(reverse("positions_desk:withdraw", args=[made.pk]), {"reason": "x"})
    verified = client.post(reverse("positions_desk:verify", args=[made.pk]), {"verdict": "accept"})
    assert (withdrawn.status_code, verified.status_code) == (404, 404)
    assert Position.objects.count() == 1
    assert not made.verifications.exists()


def test_the_secretariat_sends_back_with_a_reason_only(
    versions: Any, garam: Any, secretariat: Any, login: Any
) -> None:
    made = make_position(garam, versions[1], "art_1", by=secretariat, on=dt.date(2026, 10, 1))
    client, address = login(secretariat), reverse("positions_desk:verify", args=[made.pk])

    client.post(address, {"verdict": "return"})
    assert not made.verifications.exists()
    client.post(address, {"verdict": "return", "note": "표결 수가 다르다"})
    assert made.verifications.get().note == "표결 수가 다르다"
    assert client.post(address, {"verdict": "burn"}).status_code == 404


def test_bad_input_is_told_in_korean(
    versions: Any, garam: Any, garam_officer: Any, login: Any
) -> None:
    client, address = login(garam_officer), reverse("positions_desk:file", args=[versions[1].pk])

    for fields in (
        {"stance": "conditional"},
        {"acted_on": "어제"},
        {"provision": "9999999"},
        {"votes_against": ""},
        {"acted_on": "2999-01-01"},
    ):
        answer = client.post(address, _form(versions[1], **fields))
        assert answer.status_code == 400, fields
        assert "desk-error" in answer.content.decode()
    assert not Position.objects.exists()
