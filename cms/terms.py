"""민선 N기 맞이: what a new term does to each municipality, looked at first, then done in one transaction.

That a term is over is told by its days alone: positions of the one before stand as 지난 임기 from then on. The
wizard goes through the posts and asks those who stay to look at the positions again. It can be left and
taken up again: every municipality is opened once.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse

from coalition.advocacy.positions import in_force, positions_until
from coalition.advocacy.resolutions import Tracked, resolutions_until, tracked
from coalition.members.actions import open_term
from coalition.members.models import Appointment, Municipality, Role, Term, TermOpening
from coalition.members.queries import members, posts_to_renew, today
from coalition.record.mail import write_mail
from coalition.record.models import Event, User
from coalition.record.queries import mark_read, unread_events

READER = "terms"
CHANGED = "그 사이 담당이나 입장이 달라졌습니다. 아래를 다시 보고 눌러 주세요."


@dataclass(slots=True)
class Plan:
    """What opening a term does to one municipality. `opening` when it was done."""

    place: Municipality
    opening: TermOpening | None = None
    posts: list[Appointment] = field(default_factory=list)
    positions: list[Any] = field(default_factory=list)
    under_way: list[Tracked] = field(default_factory=list)
    passed: int = 0

    @property
    def keys(self) -> list[Any]:
        return [
            self.place.pk,
            *sorted(post.pk for post in self.posts),
            *sorted(-row.pk for row in self.positions),
            *sorted(one.row.pk for one in self.under_way),
        ]


def plans(term: Term, slugs: Collection[str] | None = None) -> list[Plan]:
    """For every member, or for those of `slugs`: a few queries whatever their number."""
    places = members().order_by("region__fictional", "region__code", "code")
    if slugs is not None:
        places = places.filter(slug__in=slugs)
    found = {place.pk: Plan(place) for place in places}
    for opening in TermOpening.objects.filter(term=term):
        if opening.municipality_id in found:
            found[opening.municipality_id].opening = opening
    for post in posts_to_renew(term):
        if post.municipality_id in found:
            found[post.municipality_id].posts.append(post)
    for row in in_force(positions_until(today())):
        if row.municipality_id in found and row.term.number < term.number:
            found[row.municipality_id].positions.append(row)
    _add_resolutions(found, term)
    return list(found.values())


def _add_resolutions(found: dict[int, Plan], term: Term) -> None:
    """Of councils before the term: what they passed stays, what was under way lapsed with them."""
    rows = resolutions_until(today()).filter(on__lt=term.begins, municipality__in=found)
    for one in tracked(rows):
        plan = found[one.row.municipality_id]
        if one.passed is not None:
            plan.passed += 1
        elif one.now is None or not one.now.stage.ends:
            plan.under_way.append(one)


def seal(looked_at: Iterable[Plan]) -> str:
    """What somebody looked at, as a hash: what has changed since is looked at again before it is done."""
    keys = repr(sorted(plan.keys for plan in looked_at))
    return hashlib.sha256(keys.encode()).hexdigest()


@transaction.atomic
def open_terms(
    term: Term, slugs: Collection[str], *, renewed: Collection[int], seen: str, by: User
) -> list[TermOpening]:
    """Open a term in these municipalities, all of them or none; each is an action with its own Event.

    Raises ValidationError when what was looked at is no longer so.
    """
    looked_at = plans(term, slugs)
    if not looked_at:
        raise ValidationError("참여 지방정부를 하나 이상 고르세요.")
    if seal(looked_at) != seen:
        raise ValidationError(CHANGED)
    return [
        open_term(term=term, municipality=plan.place, renewed=renewed, by=by) for plan in looked_at
    ]


def write_term_mails() -> int:
    """The worker's job: who stays at a desk is told what to look at again."""
    events = unread_events(READER)
    for event in events:
        if event.verb == "term.opened":
            _write(event)
    mark_read(READER, events)
    return len(events)


def _write(event: Event) -> None:
    rows = TermOpening.objects.select_related("term", "municipality__region")
    opening = rows.filter(pk=event.object_id).first()
    if opening is None:
        return
    plan = next(iter(plans(opening.term, [opening.municipality.slug])), None)
    held = Appointment.objects.filter(
        municipality=opening.municipality,
        until__isnull=True,
        role__in=(Role.APPROVER, Role.POSITION_OFFICER),
    ).select_related("user")
    if plan is None:
        return
    address = settings.HUB_BASE_URL + reverse("positions_desk:index")
    for user in {post.user for post in held}:
        context = {"opening": opening, "plan": plan, "recipient": user, "address": address}
        write_mail(
            key=f"term:{event.pk}:{user.pk}",
            to=user,
            subject=f"[연대 허브] {opening.municipality.full_name} {opening.term}: 살펴볼 것",
            text=render_to_string("mail/term_opened.txt", context),
        )
