"""A mail is a row before it is a letter: it goes once, is tried again, and is given up in the open."""

from __future__ import annotations

import datetime as dt
import logging
from typing import Any

import pytest
from django.core import mail as outbox
from django.core.exceptions import ValidationError
from django.core.mail import EmailMessage
from django.utils import timezone

from coalition.record.actions import erase_person, retry_mail
from coalition.record.mail import MOST_ATTEMPTS, send_due, write_mail
from coalition.record.models import MailOut, Person

pytestmark = pytest.mark.django_db


def _write(to: Any, key: str = "page_submitted:1:1") -> MailOut | None:
    return write_mail(key=key, to=to, subject="결재를 기다립니다", text="읽어 주세요")


def _refuse(monkeypatch: pytest.MonkeyPatch, words: str = "no") -> None:
    def refused(*args: Any, **kwargs: Any) -> int:
        raise ConnectionRefusedError(words)

    monkeypatch.setattr(EmailMessage, "send", refused)


def test_a_mail_goes_to_its_recipient_once(secretariat: Any) -> None:
    _write(secretariat)

    assert send_due() == 1
    assert send_due() == 0
    (letter,) = outbox.outbox
    assert letter.to == ["secretariat@example.kr"]
    assert letter.subject == "결재를 기다립니다"
    assert letter.extra_headers["Message-ID"].endswith("@127.0.0.1>")


def test_the_same_key_writes_no_second_mail(secretariat: Any) -> None:
    assert _write(secretariat) is not None
    assert _write(secretariat) is None
    assert MailOut.objects.count() == 1


def test_nobody_writes_to_an_account_that_is_closed_or_without_an_address(
    make_user: Any,
) -> None:
    closed = make_user("closed", is_active=False)
    mute = make_user("mute")
    mute.email = ""

    assert _write(closed, "a") is None
    assert _write(mute, "b") is None


def test_a_mail_that_fails_waits_longer_each_time(
    secretariat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = _write(secretariat)
    assert mail is not None
    _refuse(monkeypatch)

    send_due()
    mail.refresh_from_db()
    first = mail.due_at - timezone.now()
    MailOut.objects.update(due_at=timezone.now())
    send_due()
    mail.refresh_from_db()
    second = mail.due_at - timezone.now()

    assert mail.attempts == 2
    assert mail.sent_at is None
    assert dt.timedelta(0) < first < second
    assert send_due() == 0


def test_a_mail_that_fails_too_often_is_given_up_until_a_person_tries_again(
    secretariat: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    mail = _write(secretariat)
    assert mail is not None
    with monkeypatch.context() as broken:
        _refuse(broken)
        for _ in range(MOST_ATTEMPTS):
            MailOut.objects.update(due_at=timezone.now())
            send_due()
    mail.refresh_from_db()
    assert mail.given_up_at is not None
    assert send_due() == 0

    retry_mail(mail=mail, by=secretariat)

    assert send_due() == 1
    mail.refresh_from_db()
    assert mail.sent_at is not None
    with pytest.raises(ValidationError, match="이미 보낸"):
        retry_mail(mail=mail, by=secretariat)


def test_an_address_is_neither_logged_nor_kept_with_the_error(
    secretariat: Any, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    mail = _write(secretariat)
    assert mail is not None
    _refuse(monkeypatch, words="secretariat@example.kr refused")

    with caplog.at_level(logging.DEBUG):
        send_due()

    mail.refresh_from_db()
    assert mail.error == "ConnectionRefusedError"
    assert "example.kr" not in caplog.text


def test_a_person_who_is_erased_takes_the_letters_along(secretariat: Any) -> None:
    person = Person.objects.create(
        email="citizen@example.kr",
        purpose="의견",
        consented_at=timezone.now(),
        retain_until=dt.date(2027, 1, 1),
    )
    _write(person)
    send_due()
    assert outbox.outbox[0].to == ["citizen@example.kr"]

    erase_person(person=person, by=secretariat)

    assert not MailOut.objects.exists()
