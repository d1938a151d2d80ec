"""Reads of contact posts as of any day, and what a number or address of an office looks like."""

from __future__ import annotations

import datetime as dt
import re

from django.core.exceptions import ValidationError
from django.db.models import Exists, OuterRef, QuerySet

from coalition.members.heritage import told_at, told_at_outer
from coalition.members.models import ContactPost, Municipality
from coalition.members.queries import today
from coalition.record.privacy import find_personal_data

# 062-960-0000, 02-120, 1588-0000, 120: area codes are 02 to 064, never 01x.
_TELEPHONE = re.compile(r"(?:0(?:2|[3-6]\d)-)?(?:\d{3,4}-\d{4}|1\d{2,3})")
_BETWEEN = re.compile(r"[\s.)(‐‑–—-]+")


def contacts(on: dt.date | None = None) -> QuerySet[ContactPost]:
    """The posts that stood in the list on that day."""
    day = on or today()
    later = ContactPost.objects.filter(replaces=OuterRef("pk"), on__lte=day)
    return (
        ContactPost.objects.filter(on__lte=day, withdrawn=False)
        .exclude(Exists(later))
        .select_related("municipality__region", "source")
        .order_by("municipality__code", "pk")
    )


def has_contacts() -> Exists:
    """Whether a municipality, or one of which it is the heir, ever entered a contact post: for an outer query."""
    return Exists(ContactPost.objects.filter(told_at_outer()))


def contacts_of(municipality: Municipality, on: dt.date | None = None) -> list[ContactPost]:
    """The posts of one municipality; those of which it is the heir answer while it has entered none."""
    found = list(contacts(on).filter(told_at(municipality, on)))
    own = [post for post in found if post.municipality_id == municipality.pk]
    return own or found


def office_telephone(written: str) -> str:
    """The number in one way of writing. Raises ValidationError for what belongs to a person or is none."""
    number = _BETWEEN.sub("-", written.strip()).strip("-")
    if find_personal_data(written) or number.startswith(("01", "+")):
        raise ValidationError(
            {"telephone": "휴대전화 번호는 적을 수 없습니다. 사무실 전화를 쓰세요."}
        )
    if not _TELEPHONE.fullmatch(number):
        raise ValidationError({"telephone": "사무실 전화는 062-960-0000처럼 쓰세요."})
    return number


def refuse_personal(**words: str) -> None:
    """Raise ValidationError for a field that holds something of a person's own."""
    for name, text in words.items():
        hits = find_personal_data(text)
        if hits:
            told = "부서의 것을 쓰세요." if name == "email" else "지우고 쓰세요."
            raise ValidationError({name: f"{hits[0].reason} {told}"})
