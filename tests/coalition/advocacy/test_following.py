"""Followers are told once, of what changed and of nothing else; their address stands in one place."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.utils import timezone

from coalition.advocacy import telling
from coalition.advocacy.actions import ask_follow, confirm_follow, end_follows
from coalition.advocacy.following import (
    MOST_ASKED_A_DAY,
    Topic,
    confirm_token,
    confirmed_by,
    end_token,
    ended_by,
)
from coalition.advocacy.models import Follow, FollowKind
from coalition.advocacy.telling import READER, forget_followers, tell_followers
from coalition.drafts.models import Bill, Version
from coalition.record.mail import is_night, send_due, waiting_mails
from coalition.record.models import Cursor, Event, MailOut, Person
from tests.factories import make_bill, make_version
from tests.factories.positions import make_terms
from tests.generators.statutes import bill as text_of

pytestmark = pytest.mark.django_db
NOON = dt.datetime(2026, 9, 1, 3, tzinfo=dt.UTC)  # in Seoul


@pytest.fixture
def old(db: None) -> Version:
    make_terms()
    made = make_bill("sjsa", "지속가능 일자리 지원법안")
    return make_version(made, "0.2", text=text_of("0.2"), date=dt.date(2026, 3, 2))


def _publish_next(bill: Bill) -> Version:
    return make_version(bill, "0.3", text=text_of("0.3"), date=dt.date(2026, 9, 1))


def _topic(version: Version, eid: str) -> Topic:
    return Topic(
        FollowKind.CLAUSE, f"sjsa/v{version.no}/{eid}", eid, f"/bills/sjsa/v{version.no}/{eid}/",
        bill=version.bill, provision=version.provisions.get(eid=eid),
    )  # fmt: skip


def _follow(topic: Topic, email: str) -> Follow:
    follow = ask_follow(topic=topic, email=email, by=None)
    return confirm_follow(follow=follow, by=None)


def _news() -> list[MailOut]:
    return list(MailOut.objects.filter(key__startswith="quiet:").order_by("pk"))


def test_a_reader_that_starts_again_writes_no_second_mail(old: Version) -> None:
    """Killed after the first mail and before it noted what it read."""
    for number in range(3):
        _follow(_topic(old, "art_20"), f"one{number}@example.kr")
    _follow(_topic(old, "art_16"), "one0@example.kr")
    _publish_next(old.bill)
    tell_followers()
    assert len(_news()) == 3
    _news()[-1].delete()
    Cursor.objects.filter(reader=READER).delete()

    while tell_followers():
        pass
    assert len(_news()) == 3
    assert sum("나뉨" in m.text for m in _news()) == 1


def test_a_worker_killed_between_two_mails_sends_each_once(
    old: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Killed while it writes them, and again while it hands them to the mail server."""
    for number in range(3):
        _follow(_topic(old, "art_20"), f"one{number}@example.kr")
    _publish_next(old.bill)
    write, deliver = telling.write_mail, EmailMessage.send
    counted = {"written": 0, "sent": 0}

    def dies_at_the_second(name: str, go_on: Any) -> Any:
        def step(*args: Any, **mail: Any) -> Any:
            counted[name] += 1
            if counted[name] == 2:
                raise KeyboardInterrupt
            return go_on(*args, **mail)

        return step

    monkeypatch.setattr(telling, "write_mail", dies_at_the_second("written", write))
    with pytest.raises(KeyboardInterrupt):
        tell_followers()
    assert len(_news()) == 1
    while tell_followers():
        pass
    assert len(_news()) == 3

    MailOut.objects.exclude(key__startswith="quiet:").delete()
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    MailOut.objects.update(due_at=NOON)
    monkeypatch.setattr(EmailMessage, "send", dies_at_the_second("sent", deliver))
    with pytest.raises(KeyboardInterrupt):
        send_due()
    while send_due():
        pass
    assert len(outbox.outbox) == 2  # the one it was killed at waits for its pause
    monkeypatch.setattr(timezone, "now", lambda: NOON + dt.timedelta(minutes=2))
    while send_due():
        pass
    assert sorted(m.to[0] for m in outbox.outbox) == [f"one{n}@example.kr" for n in range(3)]
    assert not MailOut.objects.filter(sent_at__isnull=True).exists()


def test_nobody_floods_an_address(old: Version) -> None:
    articles = old.provisions.filter(kind="article").values_list("eid", flat=True)
    for eid in list(articles)[: MOST_ASKED_A_DAY + 3]:
        ask_follow(topic=_topic(old, eid), email="one@example.kr", by=None)

    assert MailOut.objects.count() == MOST_ASKED_A_DAY
    assert Follow.objects.count() == MOST_ASKED_A_DAY + 3


def test_who_did_not_confirm_or_ended_hears_nothing(old: Version) -> None:
    ask_follow(topic=_topic(old, "art_20"), email="asked@example.kr", by=None)
    ended = _follow(_topic(old, "art_20"), "ended@example.kr")
    end_follows(person=ended.person, by=None)
    _publish_next(old.bill)
    while tell_followers():
        pass

    assert _news() == []


def test_asked_twice_sends_one_mail_and_tells_nobody(old: Version) -> None:
    for _ in range(3):
        ask_follow(topic=_topic(old, "art_20"), email="One@example.kr", by=None)
    assert (Follow.objects.count(), Person.objects.count(), MailOut.objects.count()) == (1, 1, 1)
    with pytest.raises(ValidationError):
        ask_follow(topic=_topic(old, "art_20"), email="no address", by=None)
    assert not any("example.kr" in str(event.data).lower() for event in Event.objects.all())


def test_links_can_not_be_forged_or_used_for_one_another(old: Version) -> None:
    follow = ask_follow(topic=_topic(old, "art_20"), email="one@example.kr", by=None)

    assert confirmed_by(confirm_token(follow)) == follow
    assert ended_by(end_token(follow.person)) == follow.person
    assert confirmed_by(end_token(follow.person)) is None
    assert ended_by(confirm_token(follow)) is None
    assert confirmed_by("x") is None
    assert ended_by(f"{end_token(follow.person)}x") is None


def test_news_waits_for_the_morning_and_can_be_ended_with_one_click(
    old: Version, monkeypatch: pytest.MonkeyPatch
) -> None:
    _follow(_topic(old, "art_20"), "one@example.kr")
    _publish_next(old.bill)
    while tell_followers():
        pass
    MailOut.objects.update(due_at=NOON - dt.timedelta(days=1))

    for hour, waits in ((20, False), (21, True), (3, True), (7, True), (8, False)):
        seoul = dt.datetime(2026, 9, 1, hour, tzinfo=timezone.get_default_timezone())
        monkeypatch.setattr(timezone, "now", lambda moment=seoul: moment)
        assert is_night(seoul) is waits
        asked = [mail.key.partition(":")[0] for mail in waiting_mails()]
        assert ("quiet" in asked) is not waits
        assert "follow-confirm" in asked
    monkeypatch.setattr(timezone, "now", lambda: NOON)
    send_due()
    sent = outbox.outbox[-1]
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert "/follow/end/" in sent.extra_headers["List-Unsubscribe"]
    assert "List-Unsubscribe" not in outbox.outbox[0].extra_headers


def test_an_address_that_is_needed_no_more_is_erased(old: Version) -> None:
    unconfirmed = ask_follow(topic=_topic(old, "art_20"), email="a@example.kr", by=None)
    ended = _follow(_topic(old, "art_20"), "b@example.kr")
    kept = _follow(_topic(old, "art_20"), "c@example.kr")
    end_follows(person=ended.person, by=None)
    assert forget_followers() == 1
    Follow.objects.filter(pk=unconfirmed.pk).update(asked_at=timezone.now() - dt.timedelta(days=8))
    assert forget_followers() == 1

    assert list(Person.objects.exclude(email="").values_list("email", flat=True)) == [
        "c@example.kr"
    ]
    assert not MailOut.objects.exclude(person=kept.person).exists()


def test_an_address_is_erased_on_request(old: Version, capsys: Any) -> None:
    _follow(_topic(old, "art_20"), "a@example.kr")
    _follow(_topic(old, "art_16"), "a@example.kr")

    call_command("forget_address", "A@example.kr")

    assert not Person.objects.exclude(email="").exists()
    assert not Follow.objects.filter(ended_at__isnull=True).exists()
    assert not MailOut.objects.exists()
    assert "example" not in capsys.readouterr().out
