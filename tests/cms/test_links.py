"""조문 연결 at the desk: who may propose, who reviews, and whose things nobody else sees."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from coalition.drafts.actions import confirm_link, propose_link
from coalition.drafts.links import Standing, links_in
from coalition.drafts.models import ClauseLink, LinkState, Provision, Version
from tests.factories import make_bill, make_case, make_question, make_version
from tests.forms import shown_form
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
Login = Callable[[Any], Client]
DESK = "/admin/links/"


@pytest.fixture
def versions() -> tuple[Version, Version]:
    made = make_bill()
    old = make_version(made, "0.2", text=bill("0.2"), date=dt.date(2026, 3, 2))
    return old, make_version(made, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))


def _at(version: Version, eid: str) -> Provision:
    return Provision.objects.select_related("version__bill").get(version=version, eid=eid)


def _link(version: Version, by: Any, eid: str = "art_16", **fields: Any) -> ClauseLink:
    values = {"thing": make_question(), "kind": "need", "note": "물은 까닭", **fields}
    return propose_link(provision=_at(version, eid), by=by, **values)


def _sent(client: Client, **changes: str) -> Any:
    form = shown_form(client, f"{DESK}new/", "form.desk-form")
    given = {"clause": "제17조제1항", "kind": "effect", "note": "체감도가 올랐다", **changes}
    return client.post(f"{DESK}new/", {**form, **given})


def test_a_municipality_ties_its_own_case_and_the_secretariat_confirms(
    versions: Any, garam: Any, garam_editor: Any, secretariat: Any, login: Login
) -> None:
    case = make_case(garam)

    assert _sent(login(garam_editor), thing=case.address).status_code == 302
    link = ClauseLink.objects.get()
    assert (link.object_id, link.provision.eid) == (case.pk, "art_17__para_1")
    desk = login(secretariat)
    page = desk.get(f"{DESK}{link.pk}/").content.decode()
    assert "제17조제1항에 대해 확정" in page
    answer = desk.post(f"{DESK}{link.pk}/confirm/", {"provision": "art_17__para_1", "no": "0.3"})

    assert answer.status_code == 302
    [placed] = links_in(versions[1])
    assert placed.standing == Standing.CONFIRMED


def test_a_neighbour_and_a_stranger_get_nowhere(
    versions: Any, garam: Any, garam_editor: Any, nuri_editor: Any, login: Login
) -> None:
    case = make_case(garam)
    link = _link(versions[1], garam_editor, thing=case, note="아직 누구도 모르는 까닭")
    addresses = [DESK, f"{DESK}{link.pk}/"]
    assert all("아직 누구도" in login(garam_editor).get(a).content.decode() for a in addresses)

    for client in (login(nuri_editor), Client()):
        for address in addresses:
            assert "아직 누구도" not in client.get(address).content.decode()
        client.post(f"{DESK}{link.pk}/withdraw/", {"because": "싫다"})
        for step in ("confirm", "decline"):
            client.post(f"{DESK}{link.pk}/{step}/", {"provision": "art_16", "no": "0.3"})
        client.post(
            f"{DESK}new/",
            {
                "thing": case.address,
                "bill": versions[0].bill_id,
                "clause": "제1조",
                "kind": "need",
                "note": "남의 사례",
            },
        )

    assert ClauseLink.objects.get() == link
    assert [step.state for step in link.steps.all()] == [LinkState.PROPOSED]


def test_a_municipality_reviews_nothing_and_takes_no_objection_away(
    versions: Any, garam: Any, garam_editor: Any, secretariat: Any, login: Login
) -> None:
    case = make_case(garam)
    link = _link(versions[1], secretariat, thing=case, kind="objection")
    desk = login(garam_editor)

    assert "거두기</button>" not in desk.get(f"{DESK}{link.pk}/").content.decode()
    for step in ("confirm", "decline", "withdraw"):
        data = {"because": "싫다", "provision": "art_16", "no": "0.3"}
        answer = desk.post(f"{DESK}{link.pk}/{step}/", data)
        assert answer.status_code == 404 or answer["Location"] == "/admin/"  # refused by the desk

    assert link.steps.count() == 1


def test_whoever_linked_is_offered_no_confirmation(
    versions: Any, secretariat: Any, colleague: Any, login: Login
) -> None:
    link = _link(versions[1], secretariat)
    own, other = (
        login(who).get(f"{DESK}{link.pk}/").content.decode() for who in (secretariat, colleague)
    )

    assert "에 대해 확정" not in own
    assert "다른 사람이 검토합니다" in own
    assert "에 대해 확정" in other
    refused = login(secretariat).post(
        f"{DESK}{link.pk}/confirm/", {"provision": "art_16", "no": "0.3"}
    )
    assert refused.status_code == 409


def test_a_link_for_changed_words_waits_with_both_texts(
    versions: Any, secretariat: Any, colleague: Any, login: Login
) -> None:
    old, new = versions
    link = _link(old, secretariat)
    confirm_link(link=link, provision=_at(old, "art_16"), by=colleague)
    desk = login(colleague)

    assert "제16조" in desk.get(f"{DESK}?tab=stale").content.decode()
    page = desk.get(f"{DESK}{link.pk}/").content.decode()

    assert "보고 이은 글: v0.2 제16조" in page
    assert "제17조에 대해 확정" in page
    assert "제18조에 대해 확정" in page
    desk.post(f"{DESK}{link.pk}/confirm/", {"provision": "art_18", "no": "0.3"})
    assert links_in(new)[0].eids == ("art_18",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"thing": "/bills/test/"}, "이을 수 있는 것이 없습니다"),
        ({"thing": "http://[/"}, "이을 수 있는 것이 없습니다"),
        ({"thing": "/questions/none/1/"}, "이을 수 있는 것이 없습니다"),
        ({"clause": "제99조"}, "찾지 못했습니다"),
        ({"clause": "\x00"}, ""),
        ({"kind": "praise"}, ""),
        ({"note": ""}, ""),
        ({"relation": "resolves"}, "장애에만"),
    ],
)
def test_bad_input_is_told_and_writes_nothing(
    changes: dict[str, str], said: str, versions: Any, secretariat: Any, login: Login
) -> None:
    question = make_question()
    address = f"/questions/{question.paper.key}/{question.number}/"

    answer = _sent(login(secretariat), **{"thing": address, **changes})

    assert answer.status_code in (400, 422)
    assert said in answer.content.decode()
    assert not ClauseLink.objects.exists()


def test_a_reason_is_asked_for(
    versions: Any, secretariat: Any, colleague: Any, login: Login
) -> None:
    link = _link(versions[1], secretariat)
    desk = login(colleague)

    assert desk.post(f"{DESK}{link.pk}/decline/", {"because": ""}).status_code == 409
    assert desk.post(f"{DESK}{link.pk}/decline/", {"because": "다른 조문"}).status_code == 302
    assert desk.get(f"{DESK}{link.pk}/").status_code == 200
    assert desk.get(f"{DESK}999999/").status_code == 404
