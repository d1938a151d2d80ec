"""Who gave something away is told when another place takes it over, and what becomes of it."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cms.queries.spread import adoption_rows
from coalition.members.models import Appointment, Role
from coalition.practice.queries import adoptions
from coalition.record.models import Event, User

VERBS = frozenset({"adoption.begun", "adoption.stepped", "adoption.told"})


def told_to_donor(event: Event) -> tuple[str, list[User], dict[str, Any]] | None:
    """Subject, recipients and words of the mail about this Event; None when there is nobody to tell.

    A withdrawn adoption tells nobody: by the time of the mail there is nothing to see.
    """
    rows = adoption_rows(adoptions().filter(pk=event.object_id)) if _is_adoption(event) else []
    if not rows:
        return None
    row = rows[0]
    adoption = row.adoption
    held = Appointment.objects.filter(
        municipality=adoption.donor,
        role__in=[Role.EDITOR, Role.APPROVER],
        until__isnull=True,
        user__is_active=True,
    ).select_related("user")
    people = {post.user_id: post.user for post in held if post.user_id != event.actor_id}
    if not people:
        return None
    context = {
        "donor": adoption.donor.name,
        "adopter": adoption.adopter.name,
        "what": row.what,
        "state": row.state_label,
        "note": adoption.why,
        "address": f"{settings.HUB_BASE_URL}/spread/{adoption.donor.slug}/",
    }
    subject = f"{adoption.adopter.name}의 도입 소식: {row.what}"
    return subject, list(people.values()), context


def _is_adoption(event: Event) -> bool:
    """An Event about the adoption itself; a step's own row has another number."""
    return event.verb in VERBS and event.content_type.model == "adoption"
