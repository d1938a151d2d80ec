"""How often somebody may try to log in: per account, and per address that a whole town hall shares."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from coalition.record.models import FailedLogin

WINDOW = dt.timedelta(minutes=15)
KEPT = dt.timedelta(days=1)
MOST_OF_ACCOUNT = 5
MOST_FROM_ADDRESS = 30


def address_of_client(request: HttpRequest) -> str:
    """The address that the nearest server saw; of a server behind a proxy, what that proxy says."""
    seen = str(request.META.get("REMOTE_ADDR", ""))
    if settings.HUB_BEHIND_PROXY:
        forwarded = request.headers.get("X-Forwarded-For", "").split(",")
        return forwarded[-1].strip() or seen
    return seen


def is_throttled(account: str, address: str) -> bool:
    """Whether this account, or this address, failed too often in the last minutes."""
    recent = FailedLogin.objects.filter(at__gt=timezone.now() - WINDOW)
    return (
        recent.filter(account=_hashed(account.lower())).count() >= MOST_OF_ACCOUNT
        or recent.filter(address=_hashed(address)).count() >= MOST_FROM_ADDRESS
    )


def note_failure(account: str, address: str) -> None:
    """Count one, and forget what is old. No action: it is done to nothing, and the log needs no row per guess."""
    FailedLogin.objects.filter(at__lt=timezone.now() - KEPT).delete()
    FailedLogin.objects.create(account=_hashed(account.lower()), address=_hashed(address))


def forgive(account: str) -> None:
    """After a success the account begins anew; the address does not."""
    FailedLogin.objects.filter(account=_hashed(account.lower())).delete()


def _hashed(text: str) -> str:
    return salted_hmac("record.logins", text, algorithm="sha256").hexdigest()
