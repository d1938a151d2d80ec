"""Who wrote to us, as the actions make, keep and empty them: a row for each purpose, with its own end."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from coalition.members.queries import today
from coalition.record.models import Person


def new_person(purpose: str, days: int, *, email: str = "", name: str = "") -> Person:
    """Somebody who has just consented to this purpose, kept for so many days."""
    return Person.objects.create(
        email=email,
        name=name,
        purpose=purpose,
        consented_at=timezone.now(),
        retain_until=today() + dt.timedelta(days=days),
    )


def keep_until(person: Person, day: dt.date) -> None:
    """Keep it till then and no longer."""
    person.retain_until = day
    person.save(update_fields=["retain_until"])


def empty(person: Person) -> None:
    """What record's `erase_person` does, as a part of another action; the row stays for the ledgers."""
    person.name = person.email = person.phone = ""
    person.erased_at = person.erased_at or timezone.now()
    person.save()
    person.mails.all().delete()
