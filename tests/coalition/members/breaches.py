"""Every constraint of what members do together broken once (tests/test_constraints.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from coalition.members.actions import post_notice
from coalition.members.models import ContactPost, Notice, NoticeDocument, Task, TaskStep
from tests.coalition.members.scenarios import notice_of

DAY = dt.date(2026, 9, 1)


def _task(**changes: Any) -> Task:
    return Task.objects.create(**{"title": "할 일", "on": DAY, **changes})


def _step(g: Any, **changes: Any) -> TaskStep:
    fields = {
        "task": _task(),
        "state": "open",
        "owner": g.get("secretariat"),
        "due": DAY,
        "on": DAY,
    }
    return TaskStep.objects.create(**{**fields, **changes})


def _contact(g: Any, **changes: Any) -> ContactPost:
    fields = {"municipality": g.garam, "post": "과", "telephone": "031-000-0000", "on": DAY}
    return ContactPost.objects.create(**{**fields, **changes})


def _document_twice(g: Any) -> NoticeDocument:
    row = post_notice(**notice_of(g), by=g.get("secretariat")).documents.get()
    return NoticeDocument.objects.create(notice=row.notice, document=row.document)


BREACHES: dict[str, Callable[[Any], Any]] = {
    "a task says what is to do": lambda g: _task(title=""),
    "a task step has a known state": lambda g: _step(g, state="rumour"),
    "a dropped task says why": lambda g: _step(g, state="dropped"),
    "a notice says something": lambda g: Notice.objects.create(title="제목", text="", on=DAY),
    "only a posted notice is withdrawn": lambda g: Notice.objects.create(
        title="제목", text="글", withdrawn=True, on=DAY
    ),
    "a document stands once with a notice": _document_twice,
    "a contact post can be called": lambda g: _contact(g, telephone=""),
    "a contact post has no mobile number": lambda g: _contact(g, telephone="010-0000-0000"),
    "only an entered contact is withdrawn": lambda g: _contact(g, withdrawn=True),
}
