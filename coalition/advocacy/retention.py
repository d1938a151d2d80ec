"""What became too old of those who gave an opinion or asked that one be hidden is erased by the worker
(「개인정보 보호법」 제21조)."""

from __future__ import annotations

from coalition.advocacy.actions import drop_opinion, forget_suspension_request
from coalition.advocacy.intake import overdue_persons, unconfirmed
from coalition.advocacy.limits import forget_sendings
from coalition.advocacy.suspending import forgettable_requests
from coalition.record.actions import erase_person

_PORTION = 100


def forget_authors() -> int:
    """The worker's job: what nobody confirmed with its address, and addresses, claims and names kept long enough."""
    waiting = list(unconfirmed().select_related("person", "signature")[:_PORTION])
    for opinion in waiting:
        drop_opinion(opinion=opinion, by=None)
    requests = list(forgettable_requests()[:_PORTION])
    for request in requests:
        forget_suspension_request(request=request, by=None)
    persons = list(overdue_persons()[:_PORTION])
    for person in persons:
        erase_person(person=person, by=None)
    return len(waiting) + len(requests) + len(persons) + forget_sendings()
