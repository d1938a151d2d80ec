"""Mail: written as rows in the transaction of their reader, sent by the worker, tried again when it fails.

At most one mail goes to a recipient for an event (`key`). Only a machine that dies between the mail
server's yes and our own note of it sends one twice; the same Message-ID lets mail programs show it once.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet
from django.utils import timezone

from coalition.record.models import MailOut, Person, User

logger = logging.getLogger(__name__)

PORTION = 20
# 1, 4, 16, 64 minutes, then every 4 hours: a mail server that is down over night is waited for.
MOST_ATTEMPTS = 9
_LONGEST_WAIT = dt.timedelta(hours=4)
#: A key that begins so belongs to a mail that waits for the morning.
QUIET = "quiet:"
_MORNING, _EVENING = 8, 21
_headers: list[Callable[[MailOut], dict[str, str]]] = []


def write_mail(*, key: str, to: User | Person, subject: str, text: str) -> MailOut | None:
    """Put a mail into the outbox; None when it stands there already or there is nobody to read it.

    No action of its own: it follows from an Event that has its own row, and is repeated without harm.
    """
    if not to.email or (isinstance(to, User) and not to.is_active):
        return None
    holder = {"recipient": to} if isinstance(to, User) else {"person": to}
    mail, made = MailOut.objects.get_or_create(
        key=key, defaults={**holder, "subject": subject[:200], "text": text}
    )
    return mail if made else None


def waiting_mails() -> QuerySet[MailOut]:
    """What is due now, oldest first. At night nobody is told of news."""
    now = timezone.now()
    mails = MailOut.objects.filter(sent_at__isnull=True, given_up_at__isnull=True, due_at__lte=now)
    if is_night(now):
        mails = mails.exclude(key__startswith=QUIET)
    return mails.select_related("recipient", "person").order_by("due_at", "pk")


def is_night(moment: dt.datetime) -> bool:
    """21–08 h in Seoul (「정보통신망 이용촉진 및 정보보호 등에 관한 법률」 제50조제3항)."""
    return not _MORNING <= timezone.localtime(moment).hour < _EVENING


def register_headers(headers: Callable[[MailOut], dict[str, str]]) -> None:
    """Called once by an AppConfig.ready: what a kind of mail says in its headers besides."""
    _headers.append(headers)


def send_due() -> int:
    """The worker's job: send a portion of what is due; how many were tried."""
    mails = list(waiting_mails()[:PORTION])
    for mail in mails:
        _send(mail)
    return len(mails)


def _send(mail: MailOut) -> None:
    """The attempt is noted before the mail goes, so that a crash is followed by a pause and no storm."""
    mail.attempts += 1
    mail.due_at = timezone.now() + min(
        dt.timedelta(minutes=4 ** (mail.attempts - 1)), _LONGEST_WAIT
    )
    mail.save(update_fields=["attempts", "due_at"])
    try:
        if not mail.address:
            raise LookupError("받는 사람의 주소가 없습니다")
        _message(mail).send()
    except Exception as error:
        # The class only: a mail server's words may hold the address.
        _note_failure(mail, type(error).__name__)
        logger.warning("메일 %s을(를) 보내지 못했습니다: %s", mail.pk, type(error).__name__)
        return
    MailOut.objects.filter(pk=mail.pk).update(sent_at=timezone.now(), error="")


def _note_failure(mail: MailOut, reason: str) -> None:
    gives_up = mail.attempts >= MOST_ATTEMPTS or not mail.address
    MailOut.objects.filter(pk=mail.pk).update(
        error=reason, given_up_at=timezone.now() if gives_up else None
    )


def _message(mail: MailOut) -> EmailMessage:
    host = urlsplit(settings.HUB_BASE_URL).hostname or "localhost"
    name = hashlib.sha256(mail.key.encode()).hexdigest()[:32]
    headers = {"Message-ID": f"<{name}@{host}>", "Auto-Submitted": "auto-generated"}
    for more in _headers:
        headers |= more(mail)
    return EmailMessage(
        subject=mail.subject,
        body=mail.text,
        to=[mail.address],
        headers=headers,
    )
