"""시민 공감: whether it is switched on, whose address it is, and how many there are on any day.

An address that was confirmed is known by a keyed hash alone (HMAC-SHA256, the key derived from the secret).
The bill is part of what is hashed: who stands behind two bills can't be seen to be one person.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.db.models import Count, Q, QuerySet
from django.utils.crypto import salted_hmac

from coalition.advocacy.models import Support
from coalition.drafts.models import Bill
from coalition.evidence.suppression import hidden_places
from coalition.members.models import Region
from coalition.members.queries import today
from coalition.record.models import Person

PURPOSE = "공감 확인"
#: What was not confirmed by then is deleted with its address.
DAYS_TO_CONFIRM = 3
#: A region appears with so many supporters and more.
SMALLEST = 10
#: Keys of the mails.
ASK = "support-ask"
_CONFIRM, _END = "advocacy.support.confirm", "advocacy.support.end"
_HASH = "advocacy.support.address"
UNSAID = "밝히지 않음"


@dataclass(frozen=True, slots=True)
class Terms:
    """Under which it is switched on: who looked at the law, when, and how long a support is kept."""

    reviewed_by: str
    reviewed_on: dt.date
    days: int


def terms() -> Terms | None:
    """None while it is off (HUB_CITIZEN_SUPPORT)."""
    return Terms(**settings.HUB_CITIZEN_SUPPORT) if settings.HUB_CITIZEN_SUPPORT else None


# Whose address it is


def hashes_of(bill: Bill, email: str) -> list[str]:
    """The address's keyed hash by the secret of today, then by former ones that are still told."""
    address = unicodedata.normalize("NFC", email.strip()).lower()
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return [
        salted_hmac(_HASH, f"{bill.pk}:{address}", secret=secret, algorithm="sha256").hexdigest()
        for secret in secrets
    ]


def standing(bill: Bill, email: str) -> Support | None:
    """The support of this address that is in force."""
    return Support.objects.filter(bill=bill, address_hash__in=hashes_of(bill, email)).first()


def of_address(email: str) -> list[Support]:
    """Everything in force or asked by this address, for whatever bill."""
    asked = Support.objects.filter(person__email__iexact=email.strip()).select_related("person")
    confirmed = [
        standing(bill, email) for bill in Bill.objects.filter(supports__isnull=False).distinct()
    ]
    return [*asked, *(one for one in confirmed if one is not None)]


# Links in mails


def confirm_link(support: Support) -> str:
    return f"{settings.HUB_BASE_URL}/support/confirm/{signing.dumps(support.pk, salt=_CONFIRM)}/"


def end_link(support: Support) -> str:
    return f"{settings.HUB_BASE_URL}/support/end/{signing.dumps(support.pk, salt=_END)}/"


def to_confirm(token: str) -> Support | None:
    """The support that this link confirms, whether it is confirmed by now or not; None for a forged or old link."""
    return _read(token, _CONFIRM, dt.timedelta(days=DAYS_TO_CONFIRM))


def to_end(token: str) -> Support | None:
    """The support that this link ends; it never grows old."""
    return _read(token, _END, None)


def _read(token: str, salt: str, age: dt.timedelta | None) -> Support | None:
    try:
        pk = int(signing.loads(token, salt=salt, max_age=age))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return Support.objects.select_related("bill", "person", "region").filter(pk=pk).first()


# How many


@dataclass(frozen=True, slots=True)
class RegionCount:
    """A region with its supporters; None where fewer than ten, or one that would give those away."""

    name: str
    number: int | None


@dataclass(frozen=True, slots=True)
class SupportCount:
    """How many stand behind a bill. Regions are told of today alone: two days held against each other would
    tell where a single supporter lives."""

    total: int
    regions: list[RegionCount]


def in_force(bill: Bill, on: dt.date) -> QuerySet[Support]:
    """What counted on that day."""
    rows = Support.objects.filter(bill=bill, confirmed_on__lte=on)
    return rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=on))


def count_of(bill: Bill, on: dt.date | None = None) -> SupportCount | None:
    """None while it is switched off. `on` is a day that was asked for."""
    if terms() is None:
        return None
    if on is not None:
        return SupportCount(in_force(bill, on).count(), [])
    rows = in_force(bill, today()).order_by().values_list("region").annotate(number=Count("pk"))
    by_region = dict(rows)
    return SupportCount(sum(by_region.values()), list(_regions(bill, by_region)))


def _regions(bill: Bill, by_region: dict[int | None, int]) -> list[RegionCount]:
    """Every region that can be chosen, in one order, so that which are hidden tells nothing of their size."""
    keys: list[tuple[int | None, str]] = [(r.pk, r.name) for r in regions_of(bill)]
    keys.append((None, UNSAID))
    counts = [by_region.get(key, 0) for key, _ in keys]
    hidden = hidden_places(counts, SMALLEST)
    return [
        RegionCount(name, None if place in hidden else counts[place])
        for place, (_, name) in enumerate(keys)
    ]


def regions_of(bill: Bill) -> QuerySet[Region]:
    """The regions that a supporter may name: of the map, or of the demo for a bill of the demo."""
    return Region.objects.filter(fictional=bill.fictional)


# What has to go


def forgettable(on: dt.date | None = None) -> QuerySet[Support]:
    """Kept long enough, or not confirmed in time. Also while it is switched off."""
    day = on or today()
    late = Q(confirmed_on__isnull=True, asked_on__lt=day - dt.timedelta(days=DAYS_TO_CONFIRM))
    return Support.objects.filter(
        late | Q(ended_on__isnull=True, retain_until__lt=day)
    ).select_related("person")


def forgettable_persons(on: dt.date | None = None) -> QuerySet[Person]:
    """Addresses to which only a link for ending was sent."""
    day = on or today()
    return Person.objects.filter(
        purpose=PURPOSE, retain_until__lt=day, supports__isnull=True, erased_at__isnull=True
    )
