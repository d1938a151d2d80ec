"""조문 근거 장부 in public: counted from reviewed links each time, objections beside reasons, gaps as gaps."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import Site

from cms.models import CasePage, Operator
from cms.queries.reasons import ledgers, tallies, without_reasons
from coalition.dialogue.models import Body
from coalition.drafts.actions import confirm_link, propose_link, withdraw_link
from coalition.drafts.models import ClauseLink, Provision, Version
from coalition.evidence.actions import record_finding
from tests.factories import make_bill, make_case, make_paper, make_question, make_version
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
PAGE = "/bills/test/v0.3/reasons/"


@pytest.fixture
def versions() -> tuple[Version, Version]:
    made = make_bill()
    old = make_version(made, "0.2", text=bill("0.2"), date=dt.date(2026, 3, 2))
    return old, make_version(made, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))


@pytest.fixture
def link(secretariat: Any, colleague: Any) -> Any:
    """Makes a confirmed link."""

    def make(version: Version, eid: str, **fields: Any) -> ClauseLink:
        rows = Provision.objects.select_related("version__bill")
        provision = rows.get(version=version, eid=eid)
        values = {"thing": make_question(), "kind": "need", "note": "물은 까닭", **fields}
        made = propose_link(provision=provision, by=secretariat, **values)
        return confirm_link(link=made, provision=provision, by=colleague)

    return make


def _text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser").get_text(" ", strip=True)


def _missing(version: Version) -> list[str]:
    return [article.korean for article in without_reasons(version)]


def test_every_clause_without_a_confirmed_reason_is_named(versions: Any, link: Any) -> None:
    assert len(_missing(versions[1])) == 25
    link(versions[1], "art_1")
    link(versions[1], "art_2__para_1", kind="effect")
    link(versions[1], "art_4", kind="objection")
    link(versions[0], "art_16")  # split since: to be looked at again

    missing = _missing(versions[1])

    assert len(missing) == 23
    assert {"제1조", "제2조"}.isdisjoint(missing)
    assert {"제4조", "제17조", "제18조"} <= set(missing)


def test_a_proposal_is_public_nowhere(
    versions: Any, secretariat: Any, garam: Any, client: Client
) -> None:
    case = make_case(garam)
    propose_link(
        provision=Provision.objects.select_related("version__bill").get(
            version=versions[1], eid="art_1"
        ),
        thing=case,
        kind="need",
        note="아직 제안",
        by=secretariat,
    )

    for address in (PAGE, "/bills/test/v0.3/art_1/", "/bills/test/v0.3/", case.address):
        assert "아직 제안" not in _text(client, address)


def test_the_clause_and_the_case_show_each_other_with_who_and_for_which_text(
    versions: Any, link: Any, garam: Any, client: Client
) -> None:
    case = make_case(garam, "돌봄 코디를 길러 보니")
    link(versions[0], "art_7", thing=case, kind="effect", note="체감도가 올랐다")

    clause = _text(client, "/bills/test/v0.3/art_8/")
    assert "근거 1 · 주의 0 · 반론 0" in clause
    assert "돌봄 코디를 길러 보니" in clause
    assert "n=24" in clause
    assert re.search(r"v0\.2 제7조의 글을 보고 사무국에서 이음.*사무국의 다른 사람이 검토", clause)
    assert "재확인 필요" not in clause
    shown = _text(client, case.address)
    assert "조문 연결" in shown
    assert "제8조" in shown
    assert "체감도가 올랐다" in shown


def test_objections_stand_in_the_same_list_as_reasons(
    versions: Any, link: Any, client: Client
) -> None:
    link(versions[1], "art_21", note="돈이 없어 멈췄다")
    link(versions[1], "art_21", kind="objection", note="지방 재정을 늘린다")

    page = BeautifulSoup(client.get("/bills/test/v0.3/art_21/").content, "html.parser")
    ledger = page.select_one("#reasons .ledger")

    assert ledger is not None
    assert [h.get_text(" ", strip=True) for h in ledger.select("h3")] == [
        "필요성 1", "효과 0", "설계 근거 0", "주의 0", "반론 1", "시민 질문 0",
    ]  # fmt: skip
    assert "지방 재정을 늘린다" in ledger.get_text()


def test_a_changed_clause_shows_the_words_that_were_looked_at(
    versions: Any, link: Any, client: Client
) -> None:
    link(versions[0], "art_16")

    for eid in ("art_17", "art_18"):
        text = _text(client, f"/bills/test/v0.3/{eid}/")
        assert "재확인 필요" in text
        assert "v0.2 제16조" in text
    assert "재확인 필요 1 건" in _text(client, PAGE)


def test_a_withdrawn_link_leaves_every_page_and_count_at_once(
    versions: Any, link: Any, garam: Any, secretariat: Any, client: Client
) -> None:
    case = make_case(garam)
    made = link(versions[1], "art_1", thing=case, note="유일한 까닭")
    addresses = (PAGE, "/bills/test/v0.3/art_1/", case.address)
    assert all("유일한 까닭" in _text(client, address) for address in addresses)
    assert ledgers(versions[1])["art_1"].reasons == 1

    withdraw_link(link=made, because="잘못 이음", by=secretariat)

    assert not any("유일한 까닭" in _text(client, address) for address in addresses)
    assert "제1조" in _missing(versions[1])


def test_a_case_taken_down_takes_its_lines_with_it(
    versions: Any, link: Any, garam: Any, client: Client
) -> None:
    case = make_case(garam)
    link(versions[1], "art_1", thing=case, note="유일한 까닭")

    case.unpublish()

    assert "유일한 까닭" not in _text(client, PAGE)
    assert "제1조" in _missing(versions[1])


def test_the_reason_of_a_clause_that_went_stays_reachable(
    versions: Any, link: Any, client: Client
) -> None:
    link(versions[0], "art_22", note="함께 의논했다")

    text = _text(client, PAGE)

    assert "없어진 조문의 근거" in text
    assert "함께 의논했다" in text


def test_the_map_says_the_same_in_its_table(versions: Any, link: Any, client: Client) -> None:
    link(versions[1], "art_1")
    link(versions[1], "art_1", kind="objection")

    page = BeautifulSoup(client.get(PAGE).content, "html.parser")
    rows = page.select("#map tbody tr")
    cells = [td.get_text() for td in rows[0].select("td")]

    assert len(rows) == 25
    assert cells == ["1", "0", "0", "0", "0", "0", "0", "1", "0"]
    assert len(page.select("#map svg rect")) == 25 * 9


def test_the_pages_ask_the_same_number_of_times_however_many_links(
    versions: Any, link: Any, garam: Any, client: Client
) -> None:
    Operator.objects.create(site=Site.objects.get(), name="사무국")  # as every real hub has one
    case = make_case(garam)
    link(versions[0], "art_1", thing=case)
    link(versions[0], "art_1")
    addresses = (PAGE, "/bills/test/v0.3/", "/bills/test/v0.3/art_1/", case.address)

    def counted() -> list[int]:
        found = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as asked:
                client.get(address)
            found.append(len(asked))
        return found

    few = counted()
    for number in range(2, 9):
        link(versions[0], f"art_{number}", thing=case, note=f"까닭 {number}")
        link(versions[0], f"art_{number}")

    assert counted() == few
    assert max(few) <= 12, few


def test_a_past_day_shows_the_links_of_that_day(versions: Any, link: Any, client: Client) -> None:
    from django.utils import timezone

    link(versions[1], "art_1", note="유일한 까닭")
    today = timezone.localdate()

    assert "유일한 까닭" in _text(client, f"{PAGE}?on={today.isoformat()}")
    before = today - dt.timedelta(days=1)
    assert "유일한 까닭" not in _text(client, f"{PAGE}?on={before.isoformat()}")


def test_a_citizens_question_has_no_level_and_says_whose_it_is(
    versions: Any, link: Any, garam: Any, client: Client
) -> None:
    body = Body.objects.create(municipality=garam, name="일자리회", slug="garam")
    paper = make_paper(body=body, fictional=True)
    link(versions[1], "art_1", thing=make_question("누가 재나요?", paper=paper), kind="citizen")

    text = _text(client, "/bills/test/v0.3/art_1/")

    assert "누가 재나요?" in text
    assert "가람시" in text
    assert "근거 수준" not in text


def test_the_line_beside_a_clause_counts_what_its_ledger_shows(
    versions: Any, link: Any, garam: Any, secretariat: Any, client: Client
) -> None:
    case, hidden = make_case(garam), make_case(garam, "내려간 사례")
    named = (ContentType.objects.get_for_model(CasePage), case.pk)
    finding = record_finding(
        municipality=garam,
        claim="체감도가 올랐다",
        case=named,
        told={"source_text": "평가 보고서"},
        by=secretariat,
    )
    link(versions[1], "art_17", thing=case)
    link(versions[1], "art_17", thing=hidden)
    link(versions[1], "art_17__para_1", thing=finding, kind="effect")
    link(versions[1], "art_17", kind="objection")
    link(versions[0], "art_16", kind="citizen")
    hidden.unpublish()

    counted, told = tallies(versions[1]), ledgers(versions[1])

    assert counted.keys() == told.keys() == {"art_17", "art_18"}
    for eid in told:
        for name in ("reasons", "cautions", "objections", "questions", "stale"):
            assert getattr(counted[eid], name) == getattr(told[eid], name), (eid, name)
    assert (told["art_17"].reasons, told["art_17"].objections, told["art_17"].stale) == (2, 1, 1)
    assert "근거 2 · 주의 0 · 반론 1" in _text(client, "/bills/test/v0.3/")
