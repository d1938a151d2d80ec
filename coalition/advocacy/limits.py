"""How often the public forms may be sent in a day: of one mail address a few times, from one network address so
often that a whole town hall may share it. What is counted are keyed hashes; no address is kept."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.crypto import salted_hmac

from coalition.advocacy.models import Sending

WINDOW = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limit:
    """What one form takes in a day. `of_email` is None where the action itself spares the mail address."""

    what: str
    from_address: int
    of_email: int | None = None


OPINIONS, SUSPENSIONS, FOLLOWS, SUPPORTS = "opinions", "suspensions", "follows", "supports"
#: Each form is counted by itself: who has followed a hundred clauses may still give an opinion.
LIMITS = {
    OPINIONS: Limit("의견이", from_address=200, of_email=5),
    SUSPENSIONS: Limit("요청이", from_address=50, of_email=3),
    FOLLOWS: Limit("알림 신청이", from_address=500),
    SUPPORTS: Limit("공감 신청이", from_address=200),
}


class TooMany(ValidationError):
    """Too much came from there today."""


def count_sending(form: str, email: str, address: str) -> None:
    """Count one sending of this form. Raises TooMany, and then counts nothing."""
    limit, now = LIMITS[form], timezone.now()
    recent = Sending.objects.filter(at__gt=now - WINDOW)
    told = _hashed(form, email.strip().lower()) if limit.of_email is not None else ""
    seen = _hashed(form, address) if address else ""
    if limit.of_email is not None and recent.filter(email=told).count() >= limit.of_email:
        raise TooMany(
            f"이 이메일로는 하루에 {limit.of_email}건까지 보낼 수 있습니다. 받은 메일을 먼저 확인하고, "
            "더 있으면 내일 보내 주세요."
        )
    if seen and recent.filter(address=seen).count() >= limit.from_address:
        raise TooMany(
            f"지금 쓰는 인터넷 주소에서 오늘 너무 많은 {limit.what} 왔습니다. 내일 보내 주세요."
        )
    forget_sendings()
    Sending.objects.create(email=told, address=seen)


def forget_sendings() -> int:
    """What is older than a day counts no more and is not kept."""
    deleted, _ = Sending.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    return deleted


def _hashed(form: str, text: str) -> str:
    return salted_hmac(f"advocacy.{form}", text, algorithm="sha256").hexdigest()
