"""Writes of 공감: asked, confirmed, taken back, erased. No Event holds an address, a hash or a region."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from coalition.advocacy.limits import SUPPORTS, count_sending
from coalition.advocacy.models import Support
from coalition.advocacy.supporting import (
    ASK,
    DAYS_TO_CONFIRM,
    PURPOSE,
    Terms,
    confirm_link,
    end_link,
    hashes_of,
    regions_of,
    standing,
    terms,
)
from coalition.drafts.models import Bill
from coalition.members.models import Region
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.mail import write_mail
from coalition.record.models import Person, User

NO_PETITION = "서명은 법적 청원이 아닙니다."


@transaction.atomic
def ask_support(
    *, bill: Bill, email: str, region: Region | None, by: User | None, sent_from: str = ""
) -> Support | None:
    """Somebody wants to stand behind a bill; a mail asks whether it was they. None when they do already:
    then the mail says so and how to take it back.

    At most one mail a day goes to an address. Raises ValidationError for what is no address, for a region of
    elsewhere, and while it is switched off; TooMany when too many came from one network address.
    """
    _refuse_while_off()
    address = email.strip()
    validate_email(address)
    if region is not None and not regions_of(bill).filter(pk=region.pk).exists():
        raise ValidationError("고를 수 있는 시도가 아닙니다.")
    count_sending(SUPPORTS, address, sent_from)
    known = standing(bill, address)
    if known is not None:
        _send_end(known, address)
        record_event("support.asked", bill, by=by, after="")
        return None
    support, _ = Support.objects.update_or_create(
        bill=bill,
        person=_person(address, DAYS_TO_CONFIRM),
        defaults={"region": region, "asked_on": today()},
    )
    assert support.person is not None  # noqa: S101 (the row was made with one)
    write_mail(
        key=f"{ASK}:{support.pk}:{today()}",
        to=support.person,
        subject="[연대 허브] 공감을 확인해 주세요",
        text=f"「{bill.title}」에 공감한다고 하셨다면 아래 주소를 열어 확인 단추를 눌러 주세요.\n\n"
        f"{confirm_link(support)}\n\n{DAYS_TO_CONFIRM}일 안에 확인하지 않으면 이 주소를 지웁니다. "
        "확인하면 이메일 주소는 바로 지우고, 같은 주소인지 알아볼 해시만 남깁니다.\n"
        f"{NO_PETITION}\n\n"
        f"나중에 거두려면(로그인 없이, 이 메일을 간직하세요): {end_link(support)}\n\n"
        "청한 적이 없으면 아무것도 하지 않으셔도 됩니다.\n",
    )
    record_event("support.asked", bill, by=by, after="")
    return support


@transaction.atomic
def confirm_support(*, support: Support, by: User | None) -> Support:
    """It was they: from now on it counts, and the address is gone but for its keyed hash.

    Confirmed again it stays as it is. Raises ValidationError while it is switched off, and when the same
    address stands there already by another spelling or key.
    """
    allowed = _refuse_while_off()
    row = (
        Support.objects.select_for_update(of=("self",))
        .select_related("person", "bill")
        .get(pk=support.pk)
    )
    person = row.person
    if person is None:
        record_event("support.confirmed", row, by=by, after="", again=True)
        return row
    if standing(row.bill, person.email) is not None:
        raise ValidationError("이 주소로는 이미 공감하셨습니다.")
    row.address_hash = hashes_of(row.bill, person.email)[0]
    row.person, row.confirmed_on = None, today()
    row.retain_until = today() + dt.timedelta(days=allowed.days)
    row.save()
    _delete(person)
    record_event("support.confirmed", row, by=by, after="")
    return row


@transaction.atomic
def ask_end(*, bill: Bill, email: str, by: User | None, sent_from: str = "") -> None:
    """Somebody who has no mail of ours any more wants to take it back: a mail brings the link, if there is
    anything to take back. Raises ValidationError for what is no address, and TooMany."""
    address = email.strip()
    validate_email(address)
    count_sending(SUPPORTS, address, sent_from)
    known = standing(bill, address)
    if known is not None:
        _send_end(known, address)
    record_event("support.end_asked", bill, by=by, after="")


@transaction.atomic
def end_support(*, support: Support, by: User | None, verb: str = "support.ended") -> None:
    """Taken back, or kept long enough: hash and region go, and what was only asked for is deleted whole.

    Ended again, nothing changes.
    """
    row = (
        Support.objects.select_for_update(of=("self",)).select_related("person").get(pk=support.pk)
    )
    record_event(verb, row, by=by, after="")
    if row.confirmed_on is None:
        person = row.person
        row.delete()
        if person is not None:
            _delete(person)
        return
    row.ended_on = row.ended_on or today()
    row.address_hash, row.region = "", None
    row.save()


def _refuse_while_off() -> Terms:
    allowed = terms()
    if allowed is None:
        raise ValidationError("시민 공감은 켜져 있지 않습니다.")
    return allowed


def _person(address: str, days: int) -> Person:
    """Where the address stands until it is confirmed, or until a mail has gone to it."""
    found = Person.objects.filter(
        purpose=PURPOSE, email__iexact=address, erased_at__isnull=True
    ).first()
    return found or Person.objects.create(
        email=address,
        purpose=PURPOSE,
        consented_at=timezone.now(),
        retain_until=today() + dt.timedelta(days=days),
    )


def _send_end(support: Support, address: str) -> None:
    """The link that ends it, to the address itself: nobody else learns that it stands there."""
    write_mail(
        key=f"{ASK}-end:{support.pk}:{today()}",
        to=_person(address, 0),
        subject="[연대 허브] 공감에 대한 안내",
        text=f"이 주소로 「{support.bill.title}」에 공감하셨습니다. 그대로 두려면 아무것도 하지 않으셔도 됩니다.\n\n"
        f"거두려면 아래 주소를 열어 단추를 눌러 주세요(로그인 없이).\n{end_link(support)}\n\n"
        f"{NO_PETITION}\n",
    )


def _delete(person: Person) -> None:
    """The row goes, with the mails that were written to it, unless it still asks for another bill."""
    if not person.supports.exists():
        person.delete()
