"""참여 신청: who may ask, how it is proven by mail, how often, and what is forgotten."""

from __future__ import annotations

import datetime as dt

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.crypto import salted_hmac

from coalition.members.models import (
    Application,
    Level,
    Membership,
    MembershipState,
    Municipality,
)
from coalition.members.queries import existing, state_of, with_membership
from coalition.particles import topic
from coalition.record.models import Person
from coalition.record.privacy import find_personal_data

PURPOSE = "참여 신청"
#: A link for confirming holds so long; what was not confirmed by then is forgotten with its file.
DAYS_TO_CONFIRM = 7
#: 「개인정보 보호법」 제21조: while it waits, and after the answer.
DAYS_WAITING, DAYS_AFTER_ANSWER = 365, 90
#: Mails of offices: a municipality's own, and the one that all officers have.
_OFFICES = ("go.kr", "korea.kr")
_MOST_OF_CLIENT, _MOST_OF_ADDRESS, _MOST_OF_PLACE = 5, 3, 10
_SALT = "members.application"


def is_office(address: str, municipality: Municipality) -> bool:
    """Whether a mail address is that of a public office; an invented place has one that nobody can have."""
    host = address.rpartition("@")[2].lower()
    if municipality.fictional and host.endswith(".invalid"):
        return True
    return any(host == office or host.endswith(f".{office}") for office in _OFFICES)


def refuse_who_cannot_join(municipality: Municipality) -> None:
    """Raise ValidationError with the reason: 행정시, one that is no more, one that takes part already."""
    if municipality.level == Level.ADMIN_CITY:
        raise ValidationError(
            f"{topic(municipality.name)} 행정시여서 참여할 수 없습니다. 행정시는 지방자치단체가 아니므로 "
            f"{municipality.region.name}에서 신청합니다."
        )
    if not municipality.can_join or not existing().filter(pk=municipality.pk).exists():
        raise ValidationError(f"{topic(municipality)} 지금 있는 지방자치단체가 아닙니다.")
    last = state_of(municipality)
    if last is not None and last.state == MembershipState.APPROVED:
        raise ValidationError(
            f"{topic(municipality)} 이미 참여하고 있습니다. 담당자가 되려면 결재자에게 초대를 청하세요."
        )
    if waiting().filter(municipality=municipality).exists():
        raise ValidationError(
            f"{municipality}의 신청을 이미 받아 살펴보고 있습니다. 사무국의 답을 기다려 주세요."
        )


def refuse_personal_data(text: str) -> None:
    """Raise ValidationError when a text holds what belongs to a person and not to an office."""
    found = find_personal_data(text)
    if found:
        raise ValidationError(f"{found[0].reason} 부서의 이름과 대표 전화만 쓰세요.")


def client_hash(address: str) -> str:
    """The machine's address as a keyed hash."""
    return salted_hmac(_SALT, address, algorithm="sha256").hexdigest()


def asks_too_often(municipality: Municipality, email: str, client: str) -> bool:
    """Whether this machine, this address or about this place too much was asked in a day."""
    recent = Application.objects.filter(asked_at__gt=timezone.now() - dt.timedelta(days=1))
    unproven = recent.filter(confirmed_at__isnull=True)
    return (
        unproven.filter(client=client).count() >= _MOST_OF_CLIENT
        or recent.filter(person__email__iexact=email).count() >= _MOST_OF_ADDRESS
        or unproven.filter(municipality=municipality).count() >= _MOST_OF_PLACE
    )


def confirm_token(application: Application) -> str:
    return signing.dumps(application.pk, salt=_SALT)


def confirmed_by(token: str) -> Application | None:
    """The application whose link this is, unless it is forged or too old."""
    try:
        age = dt.timedelta(days=DAYS_TO_CONFIRM)
        pk = int(signing.loads(token, salt=_SALT, max_age=age))
    except (signing.BadSignature, TypeError, ValueError):
        return None
    return _rows().filter(pk=pk).first()


def waiting() -> QuerySet[Application]:
    """Confirmed and not answered, oldest first."""
    return _rows().filter(confirmed_at__isnull=False, answered_at__isnull=True).order_by("pk")


def answered() -> QuerySet[Application]:
    """Answered ones, newest first."""
    return _rows().filter(answered_at__isnull=False).order_by("-answered_at")


def unproven(now: dt.datetime | None = None) -> QuerySet[Application]:
    """What nobody confirmed in time."""
    since = (now or timezone.now()) - dt.timedelta(days=DAYS_TO_CONFIRM)
    return Application.objects.filter(confirmed_at__isnull=True, asked_at__lt=since)


def over(now: dt.datetime | None = None) -> QuerySet[Person]:
    """Persons who wrote an application that needs them no more."""
    day = timezone.localdate(now or timezone.now())
    return Person.objects.filter(
        purpose=PURPOSE, erased_at__isnull=True, retain_until__lt=day, applications__isnull=False
    ).distinct()


def open_to_join() -> QuerySet[Municipality]:
    """Everything that can be chosen on the form: 행정시 too, because the form says why they can't."""
    outside = Q(state__isnull=True) | ~Q(state=MembershipState.APPROVED)
    rows = with_membership().filter(outside, pk__in=existing().values("pk"))
    return rows.order_by("region__fictional", "region__code", "level", "code")


def history(municipality: Municipality) -> QuerySet[Membership]:
    """Every step of its participation, the newest first."""
    return (
        Membership.objects.filter(municipality=municipality)
        .select_related("document", "source", "recorded_by")
        .order_by("-on", "-pk")
    )


def _rows() -> QuerySet[Application]:
    return Application.objects.select_related(
        "municipality__region", "document", "person", "answered_by"
    )
