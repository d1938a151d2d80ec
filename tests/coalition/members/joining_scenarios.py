"""What the actions of 참여 and 민선 N기 are tried with (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.core.files.base import ContentFile

from coalition.members import actions
from coalition.members.models import Application, Ask, Term

ON = dt.date(2026, 3, 2)
TERM = {"number": 9, "begins": dt.date(2026, 7, 1), "ends": dt.date(2030, 6, 30)}


def asked(place: Any, **changes: Any) -> dict[str, Any]:
    """What a form of 참여 신청 says."""
    return {
        "municipality": place,
        "asks": Ask.APPLY,
        "post": "일자리과",
        "name": "아무개",
        "email": "jobs@garam.go.kr",
        "file": ContentFile(b"%PDF-1.7", name="letter.pdf"),
        **changes,
    }


def make_application(place: Any, *, confirmed: bool = True, **changes: Any) -> Application:
    """An application, as it stands after its mail was confirmed."""
    application = actions.ask_to_join(**asked(place, **changes), by=None)
    if confirmed:
        actions.confirm_application(application=application, by=None)
        application.refresh_from_db()
    return application


def make_member(place: Any, on: dt.date = ON) -> Any:
    """A municipality that takes part."""
    actions.record_membership(municipality=place, state="approved", on=on, by=None)
    return place


def make_term(**changes: Any) -> Term:
    return Term.objects.get_or_create(number=9, defaults={**TERM, **changes})[0]


def enter_succession(scene: Any) -> list[Any]:
    """누리군 became 가람시."""
    given = SCENARIOS["coalition.members.enter_succession"](scene)
    return actions.enter_succession(**given, by=scene.by)


SCENARIOS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "coalition.members.ask_to_join": lambda s: asked(s.get("garam")),
    "coalition.members.confirm_application": lambda s: {
        "application": make_application(s.get("garam"), confirmed=False)
    },
    "coalition.members.answer_application": lambda s: {
        "application": make_application(s.get("garam")),
        "accepted": False,
        "answer": "공문의 수신처가 다릅니다",
    },
    "coalition.members.forget_application": lambda s: {
        "application": make_application(s.get("garam"), confirmed=False)
    },
    "coalition.members.leave_coalition": lambda s: {
        "municipality": make_member(s.get("garam")),
        "on": ON,
    },
    "coalition.members.enter_term": lambda s: TERM,
    "coalition.members.open_term": lambda s: {
        "term": make_term(),
        "municipality": s.get("garam_editor").appointments.get().municipality,
        "renewed": [],
    },
    "coalition.members.enter_succession": lambda s: {
        "successor": s.get("garam"),
        "predecessors": [s.get("nuri")],
        "on": ON,
        "kind": "merged",
        "event": "통합",
    },
    "coalition.members.carry_succession": lambda s: {
        "rows": enter_succession(s),
        "successor": s.get("garam"),
        "reappointed": [],
        "joins": True,
        "pages": 4,
    },
    "coalition.members.rename_municipality": lambda s: {
        "municipality": s.get("garam"),
        "name": "새가람시",
        "slug": "saegaram",
        "on": ON,
        "event": "개칭",
    },
    "cms.pass_on_records": lambda s: {
        "predecessor": s.get("nuri"),
        "successor": s.get("garam"),
    },
}
