"""What is known of a supporter is forgotten by the worker, also while 공감 is switched off."""

from __future__ import annotations

from coalition.advocacy.actions.support import end_support
from coalition.advocacy.supporting import forgettable, forgettable_persons
from coalition.record.actions import erase_person

_PORTION = 100


def forget_supporters() -> int:
    """The worker's job: supports that were kept long enough, those never confirmed, and leftover addresses."""
    supports = list(forgettable()[:_PORTION])
    for support in supports:
        end_support(support=support, by=None, verb="support.forgotten")
    persons = list(forgettable_persons()[:_PORTION])
    for person in persons:
        erase_person(person=person, by=None)
    return len(supports) + len(persons)
