"""A scenario for each action of what members do together (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from coalition.members.actions import enter_contact, open_task, post_notice

DUE = dt.date(2027, 1, 29)


def task_of(s: Any) -> dict[str, Any]:
    return {"municipality": None, "title": "회의 자료 모으기", "owner": s.by, "due": DUE}


def notice_of(s: Any) -> dict[str, Any]:
    file = ContentFile(b"%PDF-1.7", name="안건.pdf")
    return {"title": "총회 알림", "text": "12월에 모입니다.", "files": [file]}


def contact_of(s: Any) -> dict[str, Any]:
    return {
        "municipality": s.get("garam"),
        "post": "일자리정책과",
        "telephone": "031-000-0000",
        "email": "jobs@garam.go.kr",
    }


SCENARIOS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "coalition.members.open_task": task_of,
    "coalition.members.step_task": lambda s: {
        "task": open_task(**task_of(s), by=s.by),
        "state": "done",
    },
    "coalition.members.post_notice": notice_of,
    "coalition.members.withdraw_notice": lambda s: {"notice": post_notice(**notice_of(s), by=s.by)},
    "coalition.members.enter_contact": contact_of,
    "coalition.members.withdraw_contact": lambda s: {
        "contact": enter_contact(**contact_of(s), by=s.by)
    },
}
