"""A past day shows what that day showed: positions, resolutions, links, names, members, on every page of these."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from cms.queries.bills import version_details
from cms.queries.reasons import reasons_details
from coalition.advocacy.actions import (
    enter_resolution,
    join_statement,
    leave_statement,
    record_resolution_step,
    release_statement,
    verify_step,
    withdraw_position,
    write_statement,
)
from coalition.advocacy.positions import ledger
from coalition.advocacy.resolutions import counted, of_bill
from coalition.advocacy.statements import released
from coalition.drafts.actions import confirm_link, propose_link, withdraw_link
from coalition.drafts.models import Bill
from coalition.members.actions import enter_contact, record_membership
from coalition.members.models import MembershipState
from coalition.members.queries import members
from tests.factories import make_question
from tests.factories.positions import document, make_position, make_terms

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE = (dt.date(2026, month, 4) for month in (3, 4, 5, 6))
LAST = dt.date(2026, 6, 20)  # before the term ends


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.date], None]:
    """Lets it be another day, at ten in the morning."""

    def be(day: dt.date) -> None:
        moment = dt.datetime.combine(day, dt.time(10), timezone.get_default_timezone())
        monkeypatch.setattr("django.utils.timezone.now", lambda: moment)

    return be


def told(bill: Bill, day: dt.date | None) -> dict[str, Any]:
    """Every count of the coalition, of today or of a day that is asked for."""
    version = bill.versions.get(no="0.2")
    positions = ledger(bill, day)
    assert positions is not None
    reasons = reasons_details(version, day)
    gutter = {
        article.provision.eid: article.ledger.reasons
        for heading in version_details(version, day)["headings"]
        for article in heading.articles
        if article.ledger
    }
    return {
        "positions": positions.count,
        "resolutions": counted(of_bill(bill, day)),
        "links": (reasons["counts"], reasons["with_reason"], len(reasons["without"])),
        "gutter": gutter,
        "names": [name.row.municipality.slug for one in released(day) for name in one.names],
        "members": sorted(members(day).values_list("slug", flat=True)),
    }


def live_through(
    clock: Callable[[dt.date], None], bill: Bill, garam: Any, nuri: Any, one: Any, other: Any
) -> dict[dt.date, dict[str, Any]]:
    """Five days on which something happens, and what each of them showed in the evening."""
    version, seen = bill.versions.get(no="0.2"), {}
    article = version.provisions.get(eid="art_20")
    make_terms()

    clock(MARCH)
    for place in (garam, nuri):
        record_membership(municipality=place, state=MembershipState.APPROVED, on=MARCH, by=one)
    link = propose_link(provision=article, thing=make_question(), kind="need", note="까닭", by=one)
    seen[MARCH] = told(bill, None)

    clock(APRIL)
    confirm_link(link=link, provision=article, by=other)
    first = make_position(garam, version, "art_20", by=one, on=APRIL, verified=APRIL)
    resolution = enter_resolution(
        municipality=garam, bill=bill, council="가람시의회", title="건의안", by=one
    )
    seen[APRIL] = told(bill, None)

    clock(MAY)
    make_position(nuri, version, "art_20", by=one, on=MAY, verified=MAY, stance="opposed")
    step = record_resolution_step(
        resolution=resolution, stage="passed", happened_on=MAY, file=document(), by=one
    )
    verify_step(step=step, accepted=True, by=one)
    statement = write_statement(title="함께", text="글", bill=bill, by=one)
    for place in (garam, nuri):
        join_statement(statement=statement, municipality=place, by=one)
    release_statement(statement=statement, by=one)
    enter_contact(municipality=garam, post="일자리과", telephone="031-000-0000", by=one)
    seen[MAY] = told(bill, None)

    clock(JUNE)
    withdraw_position(position=first, reason="다시 논의", by=one)
    withdraw_link(link=link, because="다른 조문의 것", by=other)
    leave_statement(statement=statement, municipality=nuri, reason="다시 논의", by=one)
    seen[JUNE] = told(bill, None)

    clock(LAST)
    record_membership(municipality=garam, state=MembershipState.LEFT, on=LAST, by=one)
    seen[LAST] = told(bill, None)
    return seen


@pytest.fixture
def seen(
    clock: Callable[[dt.date], None], sjsa: Bill, garam: Any, nuri: Any, secretariat: Any, colleague: Any
) -> dict[dt.date, dict[str, Any]]:  # fmt: skip
    return live_through(clock, sjsa, garam, nuri, secretariat, colleague)


def test_every_past_day_is_reproduced_and_leaving_takes_nothing_away(
    seen: dict[dt.date, dict[str, Any]], sjsa: Bill
) -> None:
    for day, then in seen.items():
        assert told(sjsa, day) == then, day
    assert len({str(then) for then in seen.values()}) == len(seen), (
        "each day differs from the others"
    )
    # Garam left at last: what it said, resolved and signed stays as it was.
    for kind in ("positions", "resolutions", "links", "names"):
        assert seen[LAST][kind] == seen[JUNE][kind]
    assert seen[JUNE]["names"] == ["garam"]
    assert (seen[JUNE]["members"], seen[LAST]["members"]) == (["garam", "nuri"], ["nuri"])


PAGES = (
    "/bills/",
    "/bills/sjsa/",
    "/bills/sjsa/v0.2/",
    "/bills/sjsa/v0.2/art_20/",
    "/bills/sjsa/v0.2/columns/",
    "/bills/sjsa/v0.2/reasons/",
    "/bills/sjsa/positions/",
    "/bills/sjsa/resolutions/",
    "/bills/sjsa/resolutions/{resolution}/",
    "/bills/sjsa/road/",
    "/municipalities/",
    "/municipalities/garam/",
    "/municipalities/garam/briefing/",
    "/statements/",
    "/statements/{statement}/",
    "/",
)


def test_every_page_of_these_kinds_follows_the_day(
    seen: dict[dt.date, dict[str, Any]], sjsa: Bill, client: Client
) -> None:
    from coalition.advocacy.models import CouncilResolution, Statement

    keys = {
        "resolution": CouncilResolution.objects.get().pk,
        "statement": Statement.objects.get().pk,
    }
    for pattern in PAGES:
        address = pattern.format(**keys)
        answer = client.get(f"{address}?on=2026-05-10")
        text = answer.content.decode()
        assert answer.status_code == 200, address
        assert answer["Cache-Control"] == "private, no-store", address
        assert answer["X-Robots-Tag"] == "noindex", address
        assert "이날까지 있었던 것만 보입니다" in text, address
        assert f'{address}">' in text.partition('rel="canonical" href="')[2][:120], address
        assert "on=" not in text.partition('rel="canonical" href="')[2][:120], address

    def shows(address: str, word: str) -> list[bool]:
        """In April, in May, in July."""
        days = ("2026-04-10", "2026-05-10", "2026-07-10")
        return [word in client.get(f"{address}?on={day}").content.decode() for day in days]

    assert shows("/bills/sjsa/v0.2/art_20/", "까닭") == [True, True, False]
    assert shows("/bills/sjsa/v0.2/art_20/", "반대") == [False, True, True]
    assert shows("/bills/sjsa/v0.2/reasons/", "까닭</p>") == shows(
        "/bills/sjsa/v0.2/reasons/", "까닭</p>"
    )
    assert shows("/municipalities/garam/", "부터 참여") == [True, True, False]
    assert shows("/municipalities/garam/", "031-000-0000") == [False, True, True]
    assert shows("/municipalities/garam/briefing/", "건의안") == [True, True, True]
    assert shows("/municipalities/garam/briefing/", "함께한 성명") == [False, True, True]


def test_a_version_that_was_not_out_yet_is_no_page_of_that_day(sjsa: Bill, client: Client) -> None:
    for page in ("", "art_20/", "reasons/", "columns/"):
        assert client.get(f"/bills/sjsa/v0.3/{page}?on=2026-05-10").status_code == 404
    newest = client.get("/bills/sjsa/art_20/?on=2026-05-10")
    assert newest["Location"] == "/bills/sjsa/v0.2/art_20/?on=2026-05-10"
    korean = client.get("/bills/sjsa/v0.2/제20조/?on=2026-05-10")
    assert korean["Location"] == "/bills/sjsa/v0.2/art_20/?on=2026-05-10"
