"""Writes of 알림 받기: asked, confirmed, ended. No Event holds an address."""

from __future__ import annotations

import datetime as dt

from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from coalition.advocacy.following import (
    ASK,
    DAYS_KEPT,
    DAYS_TO_CONFIRM,
    MOST_ASKED_A_DAY,
    PURPOSE,
    Topic,
    asked_today,
    confirm_link,
)
from coalition.advocacy.limits import FOLLOWS, count_sending
from coalition.advocacy.models import Follow, FollowKind
from coalition.advocacy.searches import begin_search
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.mail import write_mail
from coalition.record.models import Person, User


@transaction.atomic
def ask_follow(*, topic: Topic, email: str, by: User | None, sent_from: str = "") -> Follow:
    """Somebody asks to hear of a thing; a mail asks whether it was they.

    Asked again, the same row stays and at most one mail a day goes out, so that nobody can flood an
    address. Raises ValidationError for what is no address, and TooMany.
    """
    address = email.strip()
    validate_email(address)
    count_sending(FOLLOWS, address, sent_from)
    person = Person.objects.filter(
        purpose=PURPOSE, email__iexact=address, erased_at__isnull=True
    ).first() or Person.objects.create(
        email=address,
        purpose=PURPOSE,
        consented_at=timezone.now(),
        retain_until=today() + dt.timedelta(days=DAYS_TO_CONFIRM),
    )
    follow, _ = Follow.objects.get_or_create(
        person=person,
        kind=topic.kind,
        key=topic.key,
        ended_at=None,
        defaults={
            "label": topic.label[:200],
            "address": topic.address,
            "bill": topic.bill,
            "provision": topic.provision,
            "municipality": topic.municipality,
        },
    )
    if follow.confirmed_at is None and asked_today(person) < MOST_ASKED_A_DAY:
        write_mail(
            key=f"{ASK}:{follow.pk}:{today()}",
            to=person,
            subject=f"[연대 허브] 알림 받기를 확인해 주세요: {topic.label}",
            text=f"‘{topic.label}’의 알림을 받겠다고 하셨다면 아래 주소를 열어 확인 단추를 눌러 주세요.\n\n"
            f"{confirm_link(follow)}\n\n{DAYS_TO_CONFIRM}일 안에 확인하지 않으면 이 주소를 지웁니다. "
            "청한 적이 없으면 아무것도 하지 않으셔도 됩니다.\n",
        )
    # What somebody looks for is theirs: the log names no search.
    key = "" if topic.kind == FollowKind.SEARCH else topic.key
    record_event("follow.asked", follow, by=by, after="", kind=topic.kind, key=key)
    return follow


@transaction.atomic
def confirm_follow(*, follow: Follow, by: User | None) -> Follow:
    """It was they. Confirmed again, it stays as it is."""
    before = fingerprint(follow)
    follow.confirmed_at = follow.confirmed_at or timezone.now()
    follow.save(update_fields=["confirmed_at"])
    follow.person.retain_until = today() + dt.timedelta(days=DAYS_KEPT)
    follow.person.save(update_fields=["retain_until"])
    if follow.kind == FollowKind.SEARCH:
        begin_search(follow.key)
    record_event("follow.confirmed", follow, by=by, before=before)
    return follow


@transaction.atomic
def end_follows(*, person: Person, by: User | None, only: Follow | None = None) -> int:
    """No more mails of this thing, or of any; how many follows ended. Ended again, nothing happens."""
    rows = person.follows.filter(ended_at__isnull=True)
    if only is not None:
        rows = rows.filter(pk=only.pk)
    ended = rows.update(ended_at=timezone.now())
    waiting = person.mails.filter(sent_at__isnull=True, key__startswith="quiet:follow")
    if not person.follows.filter(ended_at__isnull=True).exists():
        waiting.delete()
    record_event("follow.ended", person, by=by, after="", count=ended)
    return ended
