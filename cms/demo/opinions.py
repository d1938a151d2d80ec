"""Opinions of invented citizens and institutions on the demo bill, and what the secretariat made of them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coalition.advocacy.actions import (
    confirm_opinion,
    hide_opinion,
    reply_to_opinion,
    send_opinion,
)
from coalition.advocacy.models import Opinion, Sending
from coalition.drafts.models import Bill, Version
from coalition.record.actions import erase_person
from coalition.record.models import User


def make_opinions(told: list[dict[str, Any]], secretariat: User) -> None:
    """The opinions of the demo, unless there are any."""
    if Opinion.objects.exists():
        return
    bill = Bill.objects.get(slug="sjsa")
    for number, one in enumerate(told, 1):
        _make(one, number, bill, secretariat)
    Sending.objects.all().delete()  # nobody sent anything


def _make(told: dict[str, Any], number: int, bill: Bill, secretariat: User) -> None:
    version = Version.objects.select_related("bill").get(bill=bill, no=told["version"])
    opinion = send_opinion(
        version=version,
        provision=version.provisions.get(eid=told["eid"]) if told["eid"] else None,
        author_kind=told["author_kind"],
        text=told["text"],
        email=f"opinion-{number}@example.invalid",
        name=told.get("name", ""),
        of_age=True,
        by=None,
    )
    opinion = confirm_opinion(opinion=opinion, on=_day(told), by=None)
    erase_person(person=opinion.person, by=None)  # an invented author gets no mail
    if "hidden" in told:
        hidden = told["hidden"]
        hide_opinion(opinion=opinion, reason=hidden["reason"], on=_day(hidden), by=secretariat)
    if "reply" in told:
        reply = told["reply"]
        reply_to_opinion(
            opinion=opinion,
            verdict=reply["verdict"],
            reason=reply["reason"],
            on=_day(reply),
            by=secretariat,
        )


def _day(told: dict[str, Any]) -> dt.date:
    return dt.date.fromisoformat(told["on"])
