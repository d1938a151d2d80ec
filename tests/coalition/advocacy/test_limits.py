"""The limits of the public forms: they spare a town hall's shared address and keep no address."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from django.utils import timezone

from coalition.advocacy.actions import ask_end, ask_follow, ask_support
from coalition.advocacy.following import Topic
from coalition.advocacy.limits import FOLLOWS, LIMITS, SUPPORTS, WINDOW, TooMany, forget_sendings
from coalition.advocacy.models import FollowKind, Sending
from coalition.drafts.models import Bill
from coalition.record.models import MailOut, Person
from tests.coalition.advocacy.scenarios import SWITCHED_ON
from tests.factories import make_bill

pytestmark = pytest.mark.django_db
HALL, OTHER = "203.0.113.9", "198.51.100.1"


@pytest.fixture
def bill(settings: Any) -> Bill:
    settings.HUB_CITIZEN_SUPPORT = SWITCHED_ON
    return make_bill()


def _follow(bill: Bill, email: str, sent_from: str) -> None:
    topic = Topic(FollowKind.BILL, bill.slug, bill.title, "/bills/test/", bill=bill)
    ask_follow(topic=topic, email=email, sent_from=sent_from, by=None)


def _support(bill: Bill, email: str, sent_from: str) -> None:
    ask_support(bill=bill, email=email, region=None, sent_from=sent_from, by=None)


def _end(bill: Bill, email: str, sent_from: str) -> None:
    ask_end(bill=bill, email=email, sent_from=sent_from, by=None)


@pytest.mark.parametrize(
    ("form", "send"), [(FOLLOWS, _follow), (SUPPORTS, _support), (SUPPORTS, _end)]
)
def test_from_one_network_address_come_so_many_and_no_more_in_a_day(
    form: str, send: Callable[..., None], bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, form, replace(LIMITS[form], from_address=3))
    for name in ("one", "two", "three"):  # colleagues at one town hall
        send(bill, f"{name}@example.kr", HALL)
    persons, mails = Person.objects.count(), MailOut.objects.count()
    with pytest.raises(TooMany, match="내일"):
        send(bill, "four@example.kr", HALL)
    assert (Person.objects.count(), MailOut.objects.count()) == (persons, mails)
    send(bill, "five@example.kr", OTHER)
    send(bill, "six@example.kr", "")  # an address that no server told is everybody's

    for kept in Sending.objects.values("email", "address"):
        assert "example" not in str(kept)
        assert HALL not in str(kept)
        assert len(kept["address"]) in (0, 64)
    Sending.objects.update(at=timezone.now() - WINDOW)
    assert forget_sendings() == 5
    send(bill, "four@example.kr", HALL)


def test_each_form_is_counted_by_itself_and_a_town_hall_has_room(
    bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(LIMITS, FOLLOWS, replace(LIMITS[FOLLOWS], from_address=1))
    _follow(bill, "one@example.kr", HALL)
    _support(bill, "one@example.kr", HALL)
    seen = set(Sending.objects.values_list("address", flat=True))
    assert len(seen) == 2  # not even that both came from there can be seen
    monkeypatch.undo()
    assert all(limit.from_address >= 50 for limit in LIMITS.values())
