"""Writes of 민선 N기: a term entered, and opened in a municipality."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.members.models import Municipality, Term, TermOpening
from coalition.members.posts import close_unused, renew_post, take_post
from coalition.members.queries import has_left, posts_to_renew, today
from coalition.particles import topic
from coalition.record.actions import record_event
from coalition.record.models import User


@transaction.atomic
def enter_term(*, number: int, begins: dt.date, ends: dt.date, by: User) -> Term:
    """Enter the next 민선 기. Raises ValidationError when it does not follow the last one without a gap."""
    last = Term.objects.order_by("-number").first()
    if last is not None and number != last.number + 1:
        raise ValidationError({"number": f"다음은 민선 {last.number + 1}기입니다."})
    if last is not None and begins != last.ends + dt.timedelta(days=1):
        raise ValidationError({"begins": f"{last}가 {last.ends}에 끝나므로 그 다음 날 시작합니다."})
    if ends <= begins:
        raise ValidationError({"ends": "시작한 뒤에 끝나야 합니다."})
    term = Term.objects.create(number=number, begins=begins, ends=ends)
    record_event("term.entered", term, by=by)
    return term


@transaction.atomic
def open_term(
    *, term: Term, municipality: Municipality, renewed: Collection[int], by: User
) -> TermOpening:
    """Go through a municipality's posts for a new term: `renewed` (keys of posts) go on, the others end today.

    Posts that were given since the term began are left alone. What was written stays. Raises
    ValidationError when the term has not begun, was opened here before, or the municipality has left.
    """
    municipality = Municipality.objects.select_for_update(of=("self",)).get(pk=municipality.pk)
    day = today()
    if term.begins > day:
        raise ValidationError(f"{term}는 {term.begins}에 시작합니다.")
    if TermOpening.objects.filter(term=term, municipality=municipality).exists():
        raise ValidationError(f"{municipality}의 {term}는 이미 열었습니다.")
    if has_left(municipality):
        raise ValidationError(f"{topic(municipality)} 탈퇴했습니다.")
    posts = list(posts_to_renew(term).filter(municipality=municipality))
    going_on = [post for post in posts if post.pk in renewed]
    for post in posts:
        if post in going_on:
            renew_post(post, day, by)
        else:
            take_post(post, day)
            close_unused(post.user)
    opening = TermOpening.objects.create(
        term=term,
        municipality=municipality,
        on=day,
        renewed=len(going_on),
        ended=len(posts) - len(going_on),
        opened_by=by,
    )
    record_event("term.opened", opening, by=by, municipality=municipality.code, term=term.number)
    return opening
