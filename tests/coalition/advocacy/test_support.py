"""공감: proven twice, kept as a hash, counted so that nobody is given away, and forgotten in time."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.core.serializers import serialize
from django.utils.crypto import get_random_string

from coalition.advocacy import supporting
from coalition.advocacy.actions import ask_end, ask_support, confirm_support, end_support
from coalition.advocacy.following import confirmed_by, end_token
from coalition.advocacy.models import Support
from coalition.advocacy.supporters import forget_supporters
from coalition.advocacy.supporting import count_of, of_address, to_confirm, to_end
from coalition.drafts.models import Bill
from coalition.members.models import Region
from coalition.record.models import Event, MailOut, Person
from tests.coalition.advocacy.scenarios import SWITCHED_ON
from tests.factories import make_bill
from tests.factories.opinions import link_in

pytestmark = pytest.mark.django_db
TODAY = dt.date(2026, 9, 1)


@pytest.fixture
def bill(settings: Any, monkeypatch: pytest.MonkeyPatch) -> Bill:
    settings.HUB_CITIZEN_SUPPORT = SWITCHED_ON
    _on(monkeypatch, TODAY)
    return make_bill()


def _on(monkeypatch: pytest.MonkeyPatch, day: dt.date) -> None:
    for name in ("supporting", "actions.support"):
        monkeypatch.setattr(f"coalition.advocacy.{name}.today", lambda: day)


def _ask(bill: Bill, email: str = "one@example.kr", region: Region | None = None) -> Support:
    support = ask_support(bill=bill, email=email, region=region, by=None)
    assert support is not None
    return support


def _confirm(bill: Bill, email: str = "one@example.kr", region: Region | None = None) -> Support:
    return confirm_support(support=_ask(bill, email, region), by=None)


def _total(bill: Bill, on: dt.date | None = None) -> int:
    count = count_of(bill, on)
    assert count is not None
    return count.total


def test_it_counts_when_it_is_confirmed_and_then_the_address_is_gone(bill: Bill) -> None:
    support = _ask(bill)
    (mail,) = MailOut.objects.all()
    assert "one@example.kr" not in mail.subject + mail.text
    assert bill.title not in mail.subject  # what one stands for is no subject line
    assert "서명은 법적 청원이 아닙니다" in mail.text
    assert _total(bill) == 0

    confirm_support(support=support, by=None)

    assert _total(bill) == 1
    assert not Person.objects.exists()
    assert not MailOut.objects.exists()
    support.refresh_from_db()
    assert len(support.address_hash) == 64
    confirm_support(support=support, by=None)
    assert _total(bill) == 1


def test_the_hash_says_nothing_without_the_key_and_differs_by_bill(
    bill: Bill, settings: Any
) -> None:
    other = make_bill("other", "다른 법안")
    hashes = {_confirm(each).address_hash for each in (bill, other)}
    assert len(hashes) == 2
    settings.SECRET_KEY = get_random_string(50)
    assert not hashes & set(supporting.hashes_of(bill, "one@example.kr"))


def test_an_address_stands_behind_a_bill_once(bill: Bill, settings: Any) -> None:
    _confirm(bill)
    assert ask_support(bill=bill, email=" ONE@example.KR ", region=None, by=None) is None
    assert _total(bill) == 1
    (mail,) = MailOut.objects.all()
    assert "/support/end/" in mail.text  # who owns it may take it back

    # Also after the secret was changed, while the former one is still told.
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = get_random_string(50)
    assert ask_support(bill=bill, email="one@example.kr", region=None, by=None) is None


def test_asked_again_sends_one_mail_a_day(bill: Bill, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(3):
        _ask(bill)
    assert (Support.objects.count(), Person.objects.count(), MailOut.objects.count()) == (1, 1, 1)
    _on(monkeypatch, TODAY + dt.timedelta(days=1))
    _ask(bill)
    assert MailOut.objects.count() == 2
    _on(monkeypatch, TODAY + dt.timedelta(days=4))
    assert forget_supporters() == 0  # three days from the newest mail
    for wrong in ("no address", ""):
        with pytest.raises(ValidationError):
            _ask(bill, wrong)


def test_taken_back_it_counts_no_more_and_past_days_stay(
    bill: Bill, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, _ = _confirm(bill), _confirm(bill, "two@example.kr")
    later = TODAY + dt.timedelta(days=40)
    _on(monkeypatch, later)
    _confirm(bill, "three@example.kr")
    end_support(support=first, by=None)
    end_support(support=first, by=None)

    assert _total(bill) == 2
    assert [_total(bill, day) for day in (TODAY - dt.timedelta(days=1), TODAY, later)] == [0, 2, 2]
    first.refresh_from_db()
    assert (first.address_hash, first.region, first.ended_on) == ("", None, later)
    _confirm(bill)  # and may come back
    assert _total(bill) == 3


def test_who_has_lost_the_mail_gets_the_link_and_nobody_else_learns_of_it(bill: Bill) -> None:
    support = _confirm(bill)
    ask_end(bill=bill, email="stranger@example.kr", by=None)
    assert not MailOut.objects.exists()

    for _ in range(2):
        ask_end(bill=bill, email="One@example.kr", by=None)
    (mail,) = MailOut.objects.select_related("person")
    assert mail.person is not None
    assert to_end(link_in(mail.text).rstrip("/").rpartition("/")[2]) == support
    assert of_address("one@example.kr") == [support]


def test_owner_neighbour_and_stranger(bill: Bill) -> None:
    """A link is for one support and one purpose; nothing else opens it."""
    own, neighbour = _ask(bill), _ask(bill, "two@example.kr")
    confirm = supporting.confirm_link(own).rstrip("/").rpartition("/")[2]
    end = supporting.end_link(own).rstrip("/").rpartition("/")[2]

    assert to_confirm(confirm) == to_end(end) == own
    assert to_end(confirm) is to_confirm(end) is to_confirm(f"{confirm}x") is to_end("1") is None
    assert confirmed_by(confirm) is None
    assert neighbour.person is not None
    assert to_end(end_token(neighbour.person)) is None
    confirm_support(support=own, by=None)
    end_support(support=own, by=None)
    assert list(Support.objects.filter(person__isnull=False)) == [neighbour]


def test_what_was_kept_long_enough_is_forgotten_also_while_it_is_off(
    bill: Bill, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept, late = _confirm(bill), _ask(bill, "late@example.kr")
    ask_end(bill=bill, email="one@example.kr", by=None)
    settings.HUB_CITIZEN_SUPPORT = {}
    assert forget_supporters() == 0
    _on(monkeypatch, TODAY + dt.timedelta(days=4))
    assert forget_supporters() == 2  # the unconfirmed one, and the address that a mail went to
    assert not Support.objects.filter(pk=late.pk).exists()
    assert not Person.objects.exclude(email="").exists()
    assert not MailOut.objects.exists()

    _on(monkeypatch, TODAY + dt.timedelta(days=365))
    assert forget_supporters() == 0
    _on(monkeypatch, TODAY + dt.timedelta(days=366))
    assert forget_supporters() == 1
    kept.refresh_from_db()
    assert (kept.address_hash, kept.region) == ("", None)
    assert forget_supporters() == 0


def test_regions_appear_from_ten_and_none_can_be_worked_out(bill: Bill) -> None:
    names = {name: Region.objects.create(code=f"Y{n}", name=name, fictional=True)
             for n, name in enumerate(("가도", "나도", "다도", "라도"))}  # fmt: skip
    sizes = {"가도": 9, "나도": 30, "다도": 12, "라도": 15}
    rows = [
        Support(bill=bill, region=names[name], address_hash=f"{name}{n}", asked_on=TODAY,
                confirmed_on=TODAY, retain_until=TODAY)
        for name, size in sizes.items() for n in range(size)
    ]  # fmt: skip
    Support.objects.bulk_create(rows)

    count = count_of(bill)
    assert count is not None
    shown = {one.name: one.number for one in count.regions}
    assert count.total == 66
    hidden = [name for name, number in shown.items() if number is None]
    assert "가도" in hidden
    assert "밝히지 않음" in hidden
    assert len(hidden) > 2 or sum(sizes.get(name, 0) for name in hidden) >= 20
    assert all(number is None or number >= 10 for number in shown.values())
    # The rest of the whole leaves every small cell all its possible values.
    rest = count.total - sum(number or 0 for number in shown.values())
    assert rest - 9 * 2 >= 0
    assert count_of(bill, TODAY).regions == []  # type: ignore[union-attr]


def test_a_region_of_elsewhere_is_refused(bill: Bill) -> None:
    elsewhere = Region.objects.create(code="Z9", name="진짜도", fictional=not bill.fictional)
    with pytest.raises(ValidationError, match="시도"):
        _ask(bill, region=elsewhere)


def test_switched_off_nothing_is_written_and_nothing_is_counted(bill: Bill, settings: Any) -> None:
    waiting = _ask(bill, "two@example.kr")
    settings.HUB_CITIZEN_SUPPORT = {}

    for write in (lambda: _ask(bill), lambda: confirm_support(support=waiting, by=None)):
        with pytest.raises(ValidationError, match="켜져 있지 않습니다"):
            write()
    assert count_of(bill) is None


def test_on_request_an_address_is_forgotten(bill: Bill, settings: Any, capsys: Any) -> None:
    _confirm(bill)
    _ask(make_bill("other", "다른 법안"))
    settings.HUB_CITIZEN_SUPPORT = {}

    call_command("forget_address", "ONE@example.kr")

    assert not Support.objects.filter(ended_on__isnull=True).exists()
    assert not Person.objects.exclude(email="").exists()
    assert not MailOut.objects.exists()
    assert "example" not in capsys.readouterr().out


def test_no_event_holds_an_address_a_hash_or_a_region(bill: Bill) -> None:
    region = Region.objects.create(code="Y1", name="가도", fictional=bill.fictional)
    support = _confirm(bill, region=region)
    ask_end(bill=bill, email="one@example.kr", by=None)
    end_support(support=support, by=None)

    told = Event.objects.filter(verb__startswith="support.")
    assert told.count() == 4
    written = json.dumps(json.loads(serialize("json", told)), ensure_ascii=False)
    assert not any(word in written for word in ("example", support.address_hash, "가도"))
    assert {event.hash_after for event in told} == {""}
