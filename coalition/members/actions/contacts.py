"""Writes of contact posts: they add rows and never change one."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.members.contacts import office_telephone, refuse_personal
from coalition.members.models import ContactPost, Municipality
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.models import Source, User


@transaction.atomic
def enter_contact(
    *,
    municipality: Municipality,
    post: str,
    telephone: str,
    by: User | None,
    duty: str = "",
    email: str = "",
    source: Source | None = None,
    replaces: ContactPost | None = None,
    on: dt.date | None = None,
) -> ContactPost:
    """Say which post answers, or say it anew in the place of an earlier row.

    Raises ValidationError for a mobile number, a mail address of a person's own, and for a real
    municipality without a Source.
    """
    number = office_telephone(telephone)
    refuse_personal(post=post, duty=duty, email=email)
    if not municipality.fictional and source is None:
        raise ValidationError(
            "실제 지방정부의 연락처에는 출처(누리집의 조직도 주소)가 있어야 합니다."
        )
    _refuse_replaced(replaces, municipality)
    row = ContactPost(
        municipality=municipality,
        post=post.strip(),
        duty=duty.strip(),
        telephone=number,
        email=email.strip(),
        source=source,
        replaces=replaces,
        on=on or today(),
        entered_by=by,
    )
    row.full_clean()
    row.save()
    record_event("contact.entered", row, by=by, municipality=municipality.code)
    return row


@transaction.atomic
def withdraw_contact(
    *, contact: ContactPost, by: User | None, on: dt.date | None = None
) -> ContactPost:
    """Take a post out of the list from today on. Raises ValidationError when it was replaced before."""
    _refuse_replaced(contact, contact.municipality)
    if contact.withdrawn:
        raise ValidationError("이미 거둔 연락처입니다.")
    row = ContactPost.objects.create(
        municipality=contact.municipality,
        post=contact.post,
        duty=contact.duty,
        telephone=contact.telephone,
        email=contact.email,
        source=contact.source,
        replaces=contact,
        withdrawn=True,
        on=max(on or today(), contact.on),
        entered_by=by,
    )
    record_event("contact.withdrawn", row, by=by, municipality=row.municipality.code)
    return row


def _refuse_replaced(contact: ContactPost | None, municipality: Municipality) -> None:
    if contact is None:
        return
    if contact.municipality_id != municipality.pk:
        raise ValidationError("다른 지방정부의 연락처는 고칠 수 없습니다.")
    if ContactPost.objects.filter(replaces=contact).exists():
        raise ValidationError("그 사이 고치거나 거둔 연락처입니다. 지금 것을 보고 다시 하세요.")
