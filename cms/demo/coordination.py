"""How the demo's fictional municipalities work together: tasks, notices, joint statements, contact posts."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from cms.actions import decide_case_book
from cms.demo.positions import NOTICE, make_officers
from cms.reviews import waiting_entries
from coalition.advocacy.actions import (
    join_statement,
    leave_statement,
    release_statement,
    write_statement,
)
from coalition.advocacy.letters import docx_of
from coalition.advocacy.models import Statement
from coalition.drafts.models import Bill
from coalition.members.actions import enter_contact, open_task, post_notice, step_task
from coalition.members.models import ContactPost, Municipality, Notice, Task
from coalition.record.models import User

_day = dt.date.fromisoformat


def make_coordination(
    told: dict[str, Any], people: dict[str, User], titles: dict[str, str]
) -> None:
    """Each ledger once, unless it has rows. `titles` of the cases by their keys."""
    _take_cases(titles[told["case_book"]["waiting"]], people["secretariat"])
    places = {place.slug: place for place in Municipality.objects.filter(fictional=True)}
    if not Task.objects.exists():
        for one in told["tasks"]:
            _task(one, places, people)
    if not Notice.objects.exists():
        for one in told["notices"]:
            _notice(one, people["secretariat"])
    if not Statement.objects.exists():
        officers = make_officers()
        for one in told["statements"]:
            _statement(one, places, officers, people["secretariat"])
    if not ContactPost.objects.exists():
        for one in told["contacts"]:
            _contact(one, places, people["secretariat"])


def _take_cases(waiting: str, by: User) -> None:
    """사무국 확인 of every case that was offered to the joint case book, but of the one that waits."""
    for entry in waiting_entries().exclude(page__title=waiting):
        decide_case_book(entry=entry, taken=True, reason="", by=by)


def _task(told: dict[str, Any], places: dict[str, Municipality], people: dict[str, User]) -> None:
    task = open_task(
        municipality=places.get(told["municipality"] or ""),
        title=told["title"],
        text=told["text"],
        owner=people[told["owner"]],
        due=_day(told["due"]),
        on=_day(told["on"]),
        by=people["secretariat"],
    )
    for step in told.get("steps", []):
        step_task(
            task=task,
            state=step["state"],
            note=step["note"],
            on=_day(step["on"]),
            by=people[step["by"]],
        )


def _notice(told: dict[str, Any], by: User) -> None:
    files = []
    if "document" in told:
        title = told["document"]
        lines = [title, "", "1. v0.3에 대한 입장", "2. 공동 사례집", "3. 다음 해의 할 일"]
        files.append(ContentFile(docx_of(title, lines, NOTICE), name=f"{title}.docx"))
    post_notice(title=told["title"], text=told["text"], files=files, on=_day(told["on"]), by=by)


def _statement(
    told: dict[str, Any],
    places: dict[str, Municipality],
    officers: dict[str, User],
    secretariat: User,
) -> None:
    statement = write_statement(
        title=told["title"],
        text=told["text"],
        bill=Bill.objects.get(slug=told["bill"]),
        on=_day(told["on"]),
        by=secretariat,
    )

    def join(name: dict[str, Any]) -> None:
        slug, day = name["municipality"], _day(name["on"])
        join_statement(
            statement=statement, municipality=places[slug], on=day, by=officers.get(slug)
        )

    released = _day(told["released"]) if "released" in told else None
    for name in told["names"]:
        if released is None or _day(name["on"]) <= released:
            join(name)
    if released is not None:
        release_statement(statement=statement, on=released, by=secretariat)
        for name in told["names"]:
            if _day(name["on"]) > released:
                join(name)
    for name in told.get("left", []):
        leave_statement(
            statement=statement,
            municipality=places[name["municipality"]],
            reason=name["reason"],
            on=_day(name["on"]),
            by=officers.get(name["municipality"]),
        )


def _contact(told: dict[str, Any], places: dict[str, Municipality], by: User) -> None:
    enter_contact(
        municipality=places[told["municipality"]],
        post=told["post"],
        duty=told.get("duty", ""),
        telephone=told["telephone"],
        email=told.get("email", ""),
        on=_day(told["on"]),
        by=by,
    )
