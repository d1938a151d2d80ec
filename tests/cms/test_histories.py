"""One clause through time: also where it was split, merged, or gone."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.queries.histories import stages
from coalition.drafts.actions import publish_version
from coalition.drafts.models import Bill, Version
from tests.factories import make_bill, make_version
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db
DAYS = (dt.date(2026, 3, 2), dt.date(2026, 9, 1), dt.date(2026, 10, 1))


@pytest.fixture
def both() -> Bill:
    made = make_bill()
    make_version(made, "0.2", text=bill("0.2"), date=DAYS[0])
    make_version(made, "0.3", text=bill("0.3"), date=DAYS[1])
    return made


def _line(bill_: Bill, no: str, eid: str) -> list[tuple[str, list[str], list[str]]]:
    version = Version.objects.select_related("bill").get(bill=bill_, no=no)
    provision = version.provisions.get(eid=eid)
    return [
        (stage.version.no, [p.korean for p in stage.places], [e.word for e in stage.events])
        for stage in stages(version, provision)
    ]


def test_what_was_split_reaches_back_to_the_whole(both: Bill) -> None:
    for eid, korean in (("art_17", "제17조"), ("art_18", "제18조")):
        newest, oldest = _line(both, "0.3", eid)

        assert newest[:2] == ("0.3", [korean])
        assert "나뉨" in newest[2]
        assert oldest[:2] == ("0.2", ["제16조"])


def test_the_whole_reaches_forward_to_all_its_parts(both: Bill) -> None:
    newest, oldest = _line(both, "0.2", "art_16")

    assert newest == ("0.3", ["제17조", "제18조"], ["나뉨"])
    assert oldest == ("0.2", ["제16조"], [])


def test_what_was_merged_reaches_back_to_all_its_parts(both: Bill) -> None:
    newest, oldest = _line(both, "0.3", "art_20")

    assert "합침" in newest[2]
    assert oldest[1] == ["제18조", "제19조"]


def test_a_new_clause_begins_where_it_came(both: Bill) -> None:
    assert _line(both, "0.3", "art_5") == [("0.3", ["제5조"], ["신설"])]


def test_a_clause_that_went_ends_with_that(both: Bill) -> None:
    gone = next(
        eid
        for eid in Version.objects.get(no="0.2").provisions.values_list("eid", flat=True)
        if eid.startswith("art_") and "__" not in eid and _line(both, "0.2", eid)[0][2] == ["삭제"]
    )

    assert _line(both, "0.2", gone)[0][:2] == ("0.3", [])


def test_the_page_tells_what_changed_and_leads_to_the_comparison(
    both: Bill, client: Client
) -> None:
    text = client.get("/bills/test/v0.3/art_17/history/").content.decode()

    assert 'href="/bills/test/v0.2/art_16/"' in text
    assert 'href="/bills/test/compare/v0.2...v0.3/"' in text
    assert "<ins>" in text or "<del>" in text
    assert "나뉨" in text
    whole = client.get("/bills/test/v0.3/art_17/").content.decode()
    assert 'href="/bills/test/v0.3/art_17/history/"' in whole
    assert 'href="/bills/test/v0.2/art_16/"' in whole


@pytest.mark.parametrize(
    "eid", ["art_99", "art_3__item_1", "supp_1", "chp_1", "%EC%A0%9C", "art_20__para_1"]
)
def test_every_provision_has_a_history_and_nothing_else_has(
    eid: str, both: Bill, client: Client
) -> None:
    answer = client.get(f"/bills/test/v0.3/{eid}/history/")

    assert answer.status_code == (404 if eid in ("art_99", "%EC%A0%9C") else 200)


def test_more_versions_ask_no_more(both: Bill, client: Client) -> None:
    def counted(path: str) -> int:
        client.get(path)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(path).status_code == 200
        return len(asked)

    paths = ["/bills/test/v0.3/art_17/", "/bills/test/v0.3/art_17/history/", "/bills/test/v0.3/"]
    few = [counted(path) for path in paths]
    for number in range(4, 8):
        text = bill("0.3").replace("5년마다", f"{number}년마다")
        draft = make_version(both, f"0.{number}", text=text, date=DAYS[2], live=False)
        publish_version(version=draft, by=None)

    assert [counted(path) for path in paths] == few
    assert max(few) <= 12, few
