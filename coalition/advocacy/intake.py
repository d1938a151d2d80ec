"""How an opinion comes in: what is asked of it, how it is proven by mail, how long an address is kept."""

from __future__ import annotations

import datetime as dt

from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone

from coalition.advocacy.models import Opinion, SuspensionRequest
from coalition.advocacy.models.opinion import LONGEST
from coalition.drafts.links import LINKED_KINDS
from coalition.drafts.models import Provision, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.record.models import Person
from coalition.record.privacy import Hit, Level, find_personal_data

#: Why a Person is kept: each purpose has a consent of its own, and an end.
PURPOSE, SIGNED, ASKED = "의견", "의견에 이름 밝히기", "임시조치 요청"
#: What was not confirmed by then is deleted, words and address.
DAYS_TO_CONFIRM = 7
#: An address is kept for the mail about the reply: so long after it, and never longer than a year.
DAYS_AFTER_REPLY, DAYS_KEPT = 30, 365
#: A name that somebody asked us to show.
DAYS_SIGNED = 1825
#: 「정보통신망 이용촉진 및 정보보호 등에 관한 법률」 제44조의2제4항.
DAYS_SUSPENDED = 30
#: Whoever asked for a suspension has to be told what became of it.
DAYS_ASKED = 90
SHORTEST = 10
_CONFIRM, _OWN = "advocacy.opinion.confirm", "advocacy.opinion.own"


# What is asked of the words


def looked_over(text: str, *, acknowledged: bool) -> str:
    """The words as they are kept. Raises ValidationError for too few, for numbers that identify, and for what
    looks like a way to reach somebody until the author says that it may be read by all."""
    said = text.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(said) < SHORTEST:
        raise ValidationError({"text": f"{SHORTEST}자 이상 쓰세요."})
    if len(said) > LONGEST:
        raise ValidationError({"text": f"{LONGEST:,}자까지 씁니다. 지금 {len(said):,}자입니다."})
    hits = find_personal_data(said)
    stopped = [_where(said, hit) for hit in hits if hit.level is Level.STOP]
    if stopped:
        raise ValidationError({"text": [f"{each} 지우고 다시 보내세요." for each in stopped]})
    if hits and not acknowledged:
        raise ValidationError({"acknowledged": [_where(said, hit) for hit in hits]})
    return said


def refuse_personal_data(text: str, name: str) -> str:
    """What the secretariat writes for all to read: nothing that looks like personal data stands in it."""
    said = text.strip()
    hits = find_personal_data(said)
    if hits:
        raise ValidationError({name: [f"{_where(said, hit)} 지우고 쓰세요." for hit in hits]})
    return said


def _where(text: str, hit: Hit) -> str:
    line = text.count("\n", 0, hit.start) + 1
    return f"{line}째 줄: {hit.reason}"


def refuse_wrong_place(version: Version, provision: Provision | None) -> None:
    """Opinions are on a published version, and there on a 조, a 항 or all of it."""
    if not version.is_published:
        raise ValidationError("발행된 판에만 의견을 남길 수 있습니다.")
    if provision is not None and (
        provision.version_id != version.pk or provision.kind not in LINKED_KINDS
    ):
        raise ValidationError(f"v{version.no}의 조나 항을 고르세요.")


def place_of(opinion: Opinion) -> str:
    """「…법안」 v0.2 제20조제1항."""
    version, provision = opinion.version, opinion.provision
    clause = (korean_from_eid(provision.eid) or provision.label) if provision else ""
    return f"「{version.bill.name}」 v{version.no} {clause}".strip()


# Proven by mail


def confirm_link(opinion: Opinion) -> str:
    return f"{settings.HUB_BASE_URL}/opinions/confirm/{signing.dumps(opinion.pk, salt=_CONFIRM)}/"


def own_link(opinion: Opinion) -> str:
    """Where the author sees it, takes it back, has the address erased; it never grows old."""
    return f"{settings.HUB_BASE_URL}/opinions/own/{signing.dumps(opinion.pk, salt=_OWN)}/"


def confirmed_by(token: str) -> Opinion | None:
    """The opinion whose link this is, unless it is forged, too old or deleted."""
    return _found(token, _CONFIRM, dt.timedelta(days=DAYS_TO_CONFIRM))


def owned_by(token: str) -> Opinion | None:
    """The confirmed opinion whose author has this link."""
    found = _found(token, _OWN, None)
    return found if found is not None and found.confirmed_at is not None else None


def _found(token: str, salt: str, age: dt.timedelta | None) -> Opinion | None:
    try:
        pk = int(signing.loads(token, salt=salt, max_age=age))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    rows = Opinion.objects.select_related("version__bill", "provision", "person", "signature")
    return rows.filter(pk=pk).first()


# How long


def unconfirmed(now: dt.datetime | None = None) -> QuerySet[Opinion]:
    """Opinions whose time for confirming is over."""
    since = (now or timezone.now()) - dt.timedelta(days=DAYS_TO_CONFIRM)
    return Opinion.objects.filter(confirmed_at__isnull=True, written_at__lt=since)


def overdue_persons(now: dt.datetime | None = None) -> QuerySet[Person]:
    """Authors, signatures and askers whose retention is over. Who asked on the form goes with what they
    claimed (`suspending.forgettable_requests`)."""
    day = timezone.localdate(now or timezone.now())
    asked = SuspensionRequest.objects.filter(forgotten_on__isnull=True).values("person")
    return Person.objects.filter(
        purpose__in=(PURPOSE, SIGNED, ASKED), retain_until__lt=day, erased_at__isnull=True
    ).exclude(Q(opinions__confirmed_at__isnull=True, purpose=PURPOSE) | Q(pk__in=asked))


def persons_of(address: str) -> list[Person]:
    """Everybody who has this address, and the names that they signed opinions with."""
    own = Person.objects.filter(email__iexact=address.strip())
    signed = Person.objects.filter(signed_opinions__person__in=own, erased_at__isnull=True)
    return [*own, *signed.distinct()]
