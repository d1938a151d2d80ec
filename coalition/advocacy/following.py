"""What can be followed, how a follow is proven by mail, and how it is ended without a login."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import Q, QuerySet
from django.utils import timezone

from coalition.advocacy.models import Follow, FollowKind
from coalition.drafts.models import Bill, Provision
from coalition.members.models import Municipality
from coalition.record.models import MailOut, Person

PURPOSE = "알림 받기"
#: A link for confirming holds so long; what was not confirmed by then is forgotten.
DAYS_TO_CONFIRM = 7
#: 「개인정보 보호법」 제21조: renewed with every confirmation.
DAYS_KEPT = 730
_CONFIRM, _END = "advocacy.follow.confirm", "advocacy.follow.end"
#: So many mails that ask whether it was they go to one address in a day: nobody can flood it.
MOST_ASKED_A_DAY = 10
#: Keys of mails that follow from an Event: they wait for the morning (coalition.record.mail).
KEY = "quiet:follow"
#: And of those that ask whether it was they.
ASK = "follow-confirm"


@dataclass(frozen=True, slots=True)
class Topic:
    """A thing that somebody may follow. `feed` is where the same can be read without a mail."""

    kind: FollowKind
    key: str
    label: str
    address: str
    feed: str = ""
    bill: Bill | None = None
    provision: Provision | None = None
    municipality: Municipality | None = None


def confirm_token(follow: Follow) -> str:
    return signing.dumps(follow.pk, salt=_CONFIRM)


def confirmed_by(token: str) -> Follow | None:
    """The follow whose link this is, unless it is forged or too old."""
    pk = _read(token, _CONFIRM, dt.timedelta(days=DAYS_TO_CONFIRM))
    return Follow.objects.select_related("person").filter(pk=pk, ended_at__isnull=True).first()


def end_token(person: Person) -> str:
    return signing.dumps(person.pk, salt=_END)


def ended_by(token: str) -> Person | None:
    """The person whose link for ending this is; it never grows old."""
    return Person.objects.filter(pk=_read(token, _END, None), purpose=PURPOSE).first()


def _read(token: str, salt: str, age: dt.timedelta | None) -> int:
    try:
        return int(signing.loads(token, salt=salt, max_age=age))
    except (signing.BadSignature, TypeError, ValueError):
        return 0


def asked_today(person: Person) -> int:
    """How many mails of the last day asked this address whether it was they."""
    since = timezone.now() - dt.timedelta(days=1)
    return person.mails.filter(key__startswith=ASK, queued_at__gte=since).count()


def confirm_link(follow: Follow) -> str:
    return f"{settings.HUB_BASE_URL}/follow/confirm/{confirm_token(follow)}/"


def end_link(person: Person) -> str:
    return f"{settings.HUB_BASE_URL}/follow/end/{end_token(person)}/"


def unsubscribe_headers(mail: MailOut) -> dict[str, str]:
    """RFC 8058: one click in the mail program ends it, without a login."""
    if mail.person is None or not mail.key.startswith(KEY):
        return {}
    return {
        "List-Unsubscribe": f"<{end_link(mail.person)}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }


def active(kind: FollowKind | None = None) -> QuerySet[Follow]:
    """Follows that were confirmed and not ended."""
    rows = Follow.objects.filter(confirmed_at__isnull=False, ended_at__isnull=True)
    rows = rows.select_related("person", "provision__version", "bill")
    return rows.filter(kind=kind) if kind is not None else rows


def forgettable(now: dt.datetime | None = None) -> QuerySet[Person]:
    """Persons whose address is needed no more: not confirmed in time, ended, or kept long enough."""
    moment = now or timezone.now()
    since = moment - dt.timedelta(days=DAYS_TO_CONFIRM)
    needed = Follow.objects.filter(ended_at__isnull=True).exclude(
        confirmed_at__isnull=True, asked_at__lt=since
    )
    over = ~Q(pk__in=needed.values("person")) | Q(retain_until__lt=moment.date())
    persons = Person.objects.filter(purpose=PURPOSE, erased_at__isnull=True, follows__isnull=False)
    return persons.filter(over).distinct()
