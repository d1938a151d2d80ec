"""질문에서 조문까지: computed from reviewed links in both directions, gaps shown as gaps."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.models import CasePage
from coalition.dialogue.actions import record_step
from coalition.dialogue.models import CoreQuestion
from coalition.drafts.actions import confirm_link, propose_link, withdraw_link
from coalition.drafts.models import ClauseLink, Provision, Version
from coalition.trail.queries import Trail, origins_of, trail_of
from tests.factories import (
    make_answer,
    make_bill,
    make_case,
    make_paper,
    make_question,
    make_version,
)
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db


@pytest.fixture
def versions() -> tuple[Version, Version]:
    made = make_bill()
    old = make_version(made, "0.2", text=bill("0.2"), date=dt.date(2026, 3, 2))
    return old, make_version(made, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))


@pytest.fixture
def core() -> CoreQuestion:
    return CoreQuestion.objects.create(paper=make_paper(), number=3, text="돌봄은 누구의 일인가")


@pytest.fixture
def link(secretariat: Any, colleague: Any) -> Any:
    def make(version: Version, eid: str, thing: Any, **fields: Any) -> ClauseLink:
        provision = _at(version, eid)
        values = {"kind": "need", "note": "까닭", **fields}
        made = propose_link(provision=provision, thing=thing, by=secretariat, **values)
        return confirm_link(link=made, provision=provision, by=colleague)

    return make


def _at(version: Version, eid: str) -> Provision:
    return Provision.objects.select_related("version__bill").get(version=version, eid=eid)


def _counts(trail: Trail) -> dict[str, int]:
    return {stage.label: stage.count for stage in trail.stages}


def _story(core: CoreQuestion, case: CasePage, by: Any) -> Any:
    question = make_question("이동 시간은 일인가요?", core_question=core)
    make_answer(question=question)
    record_step(
        question=question,
        state="pilot",
        on=dt.date(2026, 3, 9),
        note="돌봄 코디 시범에서",
        address=case.address,
        by=by,
    )
    return question


def test_a_core_question_with_nothing_shows_six_gaps(core: CoreQuestion, client: Client) -> None:
    trail = trail_of(core)

    assert set(_counts(trail).values()) == {0}
    assert trail.reached == 0
    text = client.get(f"/trail/{core.paper.key}/3/").content.decode()
    assert text.count("아직 없습니다") == 6


def test_the_way_goes_from_the_question_over_its_case_to_the_clause_and_back(
    versions: Any, core: CoreQuestion, garam: Any, secretariat: Any, link: Any
) -> None:
    case = make_case(garam)
    question = _story(core, case, secretariat)
    link(versions[0], "art_7", case)

    assert _counts(trail_of(core)) == {
        "질문": 1, "답변": 1, "모델": 0, "시범": 1, "근거": 0, "조문": 1,
    }  # fmt: skip
    [clause] = trail_of(core).stages[-1].stops
    assert clause.address == "/bills/test/v0.3/art_8/"
    [origin] = origins_of(_at(versions[1], "art_8"))
    assert origin.core == core
    assert [stop.title for stop in origin.stops] == [question.text]


def test_withdrawing_one_link_changes_both_directions_at_once(
    versions: Any, core: CoreQuestion, garam: Any, secretariat: Any, link: Any, client: Client
) -> None:
    case = make_case(garam)
    question = _story(core, case, secretariat)
    direct = link(versions[1], "art_17", question, kind="citizen")
    over_case = link(versions[1], "art_8", case)
    forward, back = f"/trail/{core.paper.key}/3/", "/trail/bills/test/v0.3/art_17/"
    assert _counts(trail_of(core))["조문"] == 2
    assert "질문 1건에서" in client.get(back).content.decode()

    withdraw_link(link=direct, because="잘못 이음", by=secretariat)

    assert _counts(trail_of(core))["조문"] == 1
    assert "/art_17/" not in client.get(forward).content.decode()
    assert "이어진 질문이 아직 없습니다" in client.get(back).content.decode()
    withdraw_link(link=over_case, because="잘못 이음", by=secretariat)
    assert _counts(trail_of(core))["조문"] == 0


def test_a_proposal_and_a_hidden_case_lead_nowhere(
    versions: Any, core: CoreQuestion, garam: Any, secretariat: Any, link: Any
) -> None:
    case = make_case(garam)
    question = _story(core, case, secretariat)
    propose_link(
        provision=_at(versions[1], "art_1"),
        thing=question,
        kind="need",
        note="제안",
        by=secretariat,
    )
    link(versions[1], "art_8", case)

    case.unpublish()

    assert _counts(trail_of(core))["조문"] == 0
    assert origins_of(_at(versions[1], "art_8")) == []


def test_a_clause_is_five_clicks_away_at_most(
    versions: Any, core: CoreQuestion, garam: Any, secretariat: Any, link: Any, client: Client
) -> None:
    link(versions[1], "art_17", _story(core, make_case(garam), secretariat), kind="citizen")
    address, clicks = f"/questions/{core.paper.key}/core/3/", 0
    for wanted in ("/trail/test-green/3/", "/bills/test/v0.3/art_17/"):
        page = BeautifulSoup(client.get(address).content, "html.parser")
        assert page.select_one(f'main a[href="{wanted}"]'), wanted
        address, clicks = wanted, clicks + 1

    assert client.get(address).status_code == 200
    assert clicks <= 5


def test_what_was_split_is_shown_as_to_be_looked_at_again(
    versions: Any, core: CoreQuestion, garam: Any, secretariat: Any, link: Any
) -> None:
    link(versions[0], "art_16", _story(core, make_case(garam), secretariat))

    assert [stop.stale for stop in trail_of(core).stages[-1].stops] == [True, True]


@pytest.mark.parametrize(
    "address",
    ["/trail/none/1/", "/trail/test-green/99999999999/", "/trail/bills/test/v0.3/art_99/"],
)
def test_what_is_not_there_is_told(address: str, versions: Any, client: Client) -> None:
    assert client.get(address).status_code == 404


def test_it_asks_the_same_number_of_times_however_much_there_is(
    versions: Any, core: CoreQuestion, garam: Any, secretariat: Any, link: Any, client: Client
) -> None:
    addresses = ("/trail/", f"/trail/{core.paper.key}/3/", "/trail/bills/test/v0.3/art_8/")
    case = make_case(garam)
    link(versions[0], "art_7", case)
    link(versions[0], "art_7", _story(core, case, secretariat))

    def counted() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    few = counted()
    for number in range(1, 7):
        question = _story(core, case, secretariat)
        link(versions[0], f"art_{number}", question)
        link(versions[0], "art_7", question)

    assert counted() == few
    assert max(few) <= 12, few
