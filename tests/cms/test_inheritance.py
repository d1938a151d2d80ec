"""What a municipality that was merged said and did: read at the successor by its own name, and settled by nobody."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.test import Client

from cms.successions import carry_out, plan_of
from coalition.advocacy.actions import (
    enter_resolution,
    join_statement,
    release_statement,
    write_statement,
)
from coalition.members.actions import (
    enter_contact,
    enter_fictional,
    enter_succession,
    record_membership,
)
from coalition.members.heritage import UNSETTLED
from coalition.members.models import Fact, MembershipState
from coalition.practice.actions import record_zone_item
from coalition.practice.alike import alike
from coalition.record.models import Source
from tests.factories import make_bill, make_version
from tests.factories.practice import make_adoption, make_model

pytestmark = pytest.mark.django_db
BEFORE, ON = dt.date(2026, 5, 1), dt.date(2026, 7, 1)
WHOSE = "앞선 가상도 가람시"


@pytest.fixture
def hanul(db: None) -> Any:
    return enter_fictional(code="X0010", name="한울시", slug="hanul", by=None)


@pytest.fixture
def told(garam: Any, secretariat: Any) -> dict[str, Any]:
    """A row of 가람시 in every ledger."""
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=BEFORE, by=None)
    bill = make_bill()
    make_version(bill)
    source = Source.objects.create(title="가상 보도자료", publisher="가람시")
    statement = write_statement(
        title="함께 짓는 일자리", text="글", bill=bill, on=BEFORE, by=secretariat
    )
    join_statement(statement=statement, municipality=garam, on=BEFORE, by=secretariat)
    release_statement(statement=statement, on=BEFORE, by=secretariat)
    record_zone_item(municipality=garam, point="ordinance", title="가람시 조례", on=BEFORE, by=None)
    return {
        "fact": Fact.objects.create(
            municipality=garam, key="office", subject="조직", statement="일자리과를 두었다",
            as_of="2026", source=source,
        ),
        "resolution": enter_resolution(
            municipality=garam, bill=bill, council="가람시의회", title="제정 촉구 건의안",
            on=BEFORE, by=secretariat,
        ),
        "contact": enter_contact(
            municipality=garam, post="일자리과", telephone="031-000-0000", on=BEFORE, by=secretariat
        ),
    }  # fmt: skip


@pytest.fixture
def merged(garam: Any, hanul: Any, told: dict[str, Any], secretariat: Any) -> Any:
    enter_succession(
        successor=hanul, predecessors=[garam], on=ON, kind="merged", event="통합", by=secretariat
    )
    plan = plan_of(hanul)
    assert plan is not None
    carry_out(hanul, main="", reappointed=[], joins=True, seen=plan.seal, by=secretariat)
    return hanul


def _text(address: str) -> str:
    answer = Client().get(address)
    assert answer.status_code == 200, address
    return " ".join(answer.content.decode().split())


def test_no_row_of_a_ledger_changes_hands(merged: Any, garam: Any, told: dict[str, Any]) -> None:
    for row in told.values():
        row.refresh_from_db()
        assert row.municipality_id == garam.pk, row


@pytest.mark.parametrize(
    ("address", "what"),
    [
        ("/municipalities/hanul/", "일자리과를 두었다"),
        ("/municipalities/hanul/", "031-000-0000"),
        ("/municipalities/hanul/briefing/", "제정 촉구 건의안"),
        ("/municipalities/hanul/briefing/", "함께 짓는 일자리"),
        ("/municipalities/hanul/briefing/", "031-000-0000"),
        ("/spread/hanul/", "가람시 조례"),
    ],
)
def test_the_successor_tells_it_with_the_name_of_before(
    address: str, what: str, merged: Any
) -> None:
    page = _text(address)

    assert what in page
    assert WHOSE in page
    assert UNSETTLED in page


def test_the_resolution_of_a_council_that_is_no_more_says_who_came_after(
    merged: Any, told: dict[str, Any]
) -> None:
    bill = told["resolution"].bill
    for address in ("resolutions/", f"resolutions/{told['resolution'].pk}/"):
        page = _text(f"/bills/{bill.slug}/{address}")
        assert "가상도 가람시" in page
        assert "지금 가상도 한울시" in page
        assert UNSETTLED in page
    assert UNSETTLED not in _text(f"/bills/{bill.slug}/resolutions/?on={BEFORE}")


def test_what_it_says_itself_stands_before_and_without_a_mark(
    merged: Any, told: dict[str, Any], secretariat: Any
) -> None:
    record_zone_item(municipality=merged, point="ordinance", title="한울시 조례", on=ON, by=None)
    enter_contact(
        municipality=merged, post="한울일자리과", telephone="031-111-1111", on=ON, by=secretariat
    )

    page = _text("/spread/hanul/")
    assert page.index("한울시 조례") < page.index("가람시 조례")
    front = _text("/municipalities/hanul/")
    assert "031-111-1111" in front
    assert "031-000-0000" not in front, "the office of before does not answer any more"


def test_what_both_adopted_stays_with_each_and_the_rest_goes_over(
    garam: Any, nuri: Any, hanul: Any, secretariat: Any
) -> None:
    both, one = (
        make_model(nuri, "함께 쓰는 차", agenda="돌봄"),
        make_model(nuri, "동네 부엌", slug="kitchen"),
    )
    stays, goes = make_adoption(both, garam), make_adoption(one, garam)
    own = make_adoption(both, hanul)
    enter_succession(
        successor=hanul, predecessors=[garam], on=ON, kind="merged", event="통합", by=secretariat
    )
    plan = plan_of(hanul)
    assert plan is not None

    carry_out(hanul, main="", reappointed=[], joins=False, seen=plan.seal, by=secretariat)

    adopters = {}
    for row in (stays, goes, own):
        row.refresh_from_db()
        adopters[row.pk] = row.adopter
    assert adopters == {stays.pk: garam, goes.pk: hanul, own.pk: hanul}
    assert [one.municipality for one in alike(hanul)] == [nuri], "who is no more is like nobody"
