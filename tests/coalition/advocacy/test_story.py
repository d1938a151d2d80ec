"""v0.2 → v0.3 of the demo's bill as one story: what hangs on its clauses, and who is told (issue 6)."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from django.utils import timezone

from cms.queries.follows import topic_of
from coalition.advocacy.actions import ask_follow, confirm_follow
from coalition.advocacy.models import Position
from coalition.advocacy.positions import ledger
from coalition.drafts.actions import confirm_link, propose_link
from coalition.drafts.links import Standing, links_in
from coalition.drafts.models import ClauseLink, Version
from coalition.members.models import Municipality
from coalition.record.jobs import run_until_idle
from coalition.record.models import MailOut
from tests.factories import make_bill, make_question, make_version
from tests.factories.positions import make_position, make_terms
from tests.generators.statutes import bill as text_of

pytestmark = pytest.mark.django_db
JULY = dt.date(2026, 7, 10)
NOON = dt.datetime(2026, 9, 1, 3, tzinfo=dt.UTC)  # in Seoul


def _linked(version: Version, eid: str, proposer: Any, reviewer: Any) -> ClauseLink:
    provision = version.provisions.select_related("version__bill").get(eid=eid)
    link = propose_link(
        provision=provision, thing=make_question(), kind="need", note="물은 까닭", by=proposer
    )
    return confirm_link(link=link, provision=provision, by=reviewer)


def _followed(version: Version, eid: str, email: str) -> None:
    topic = topic_of("clause", f"sjsa/v{version.no}/{eid}")
    assert topic is not None
    confirm_follow(follow=ask_follow(topic=topic, email=email, by=None), by=None)


def test_from_v0_2_to_v0_3(
    garam: Any,
    nuri: Any,
    secretariat: Any,
    colleague: Any,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    make_terms()
    bill = make_bill("sjsa", "지속가능 일자리 지원법안")
    old = make_version(bill, "0.2", text=text_of("0.2"), date=dt.date(2026, 3, 2))
    for eid in ("art_16", "art_7"):
        _linked(old, eid, secretariat, colleague)
    for place in (garam, nuri):
        make_position(place, old, "art_20", by=secretariat, verified=JULY)
    make_position(garam, old, "art_21", by=secretariat, verified=JULY)
    _followed(old, "art_20", "changed@example.kr")
    _followed(old, "art_20", "also-changed@example.kr")
    _followed(old, "art_21", "renumbered@example.kr")
    run_until_idle()

    new = make_version(bill, "0.3", text=text_of("0.3"), date=dt.date(2026, 9, 1))
    run_until_idle()

    # Links: 제16조 was split and waits for somebody; 제7조 is carried to 제8조.
    assert {one.seen.eid: (one.eids, one.standing) for one in links_in(new)} == {
        "art_16": (("art_17", "art_18"), Standing.STALE),
        "art_7": (("art_8",), Standing.CONFIRMED),
    }
    # Positions: 보조한다 became 보조할 수 있다, so nobody is counted for it; 제21조 only moved on.
    told = ledger(bill, dt.date(2026, 10, 1))
    assert told is not None
    states = [(one.row.provision.eid, one.state) for one in told.standings if one.row.provision]
    assert sorted(states) == [("art_20", "재확인 필요"), ("art_20", "재확인 필요"), ("art_21", "")]
    assert told.count.total == 1
    assert "재확인 필요" in client.get("/bills/sjsa/v0.3/art_21/").content.decode()

    # Mails: one for each follower of 제20조 with the difference, none for a new number.
    mails = list(MailOut.objects.filter(key__startswith="quiet:follow").order_by("pk"))
    assert [mail.person.email for mail in mails if mail.person] == [
        "changed@example.kr",
        "also-changed@example.kr",
    ]
    assert "제20조" in mails[0].subject
    assert "[-보조한다.-] {+보조할 수 있다.+}" in mails[0].text
    assert "제21조" in mails[0].text
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    MailOut.objects.update(due_at=NOON - dt.timedelta(hours=1))
    run_until_idle()
    sent = [m for m in outbox.outbox if "List-Unsubscribe" in m.extra_headers]
    assert sorted(m.to[0] for m in sent) == ["also-changed@example.kr", "changed@example.kr"]

    # And the same for who reads feeds, whichever version's number they took.
    for address in ("v0.2/art_20", "v0.3/art_21", "art_21"):
        feed = client.get(f"/feeds/bills/sjsa/{address}/").content.decode()
        assert feed.count("<entry>") == 1
        assert "{+보조할 수 있다.+}" in feed
    for address in ("v0.2/art_21", "v0.3/art_22"):
        assert "<entry>" not in client.get(f"/feeds/bills/sjsa/{address}/").content.decode()

    assert not Position.objects.filter(municipality__fictional=False).exists()
    assert not Municipality.objects.filter(fictional=False, clause_links__isnull=False).exists()
