"""What became too old of those who gave an opinion is erased by the worker (「개인정보 보호법」 제21조)."""

from __future__ import annotations

from django.utils import timezone

from coalition.advocacy.actions import drop_opinion
from coalition.advocacy.intake import WINDOW, overdue_persons, unconfirmed
from coalition.advocacy.models import Sending
from coalition.record.actions import erase_person

_PORTION = 100


def forget_authors() -> int:
    """The worker's job: unconfirmed opinions with their addresses, and addresses and names kept long enough."""
    waiting = list(unconfirmed().select_related("person", "signature")[:_PORTION])
    for opinion in waiting:
        drop_opinion(opinion=opinion, by=None)
    persons = list(overdue_persons()[:_PORTION])
    for person in persons:
        erase_person(person=person, by=None)
    counters, _ = Sending.objects.filter(at__lt=timezone.now() - WINDOW).delete()
    return len(waiting) + len(persons) + counters
