"""A scenario for each action of coalition.advocacy (tests/test_actions.py)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from coalition.advocacy.actions import (
    ask_follow,
    ask_support,
    enter_assembly_bill,
    enter_resolution,
    file_position,
    hide_opinion,
    join_statement,
    link_task,
    record_resolution_step,
    write_statement,
)
from coalition.advocacy.following import Topic
from coalition.advocacy.models import FollowKind
from coalition.drafts.beside import Cited
from coalition.members.actions import record_membership
from coalition.members.models import MembershipState
from tests.factories import make_bill, make_version
from tests.factories.opinions import CLAIM, make_opinion, make_suspension
from tests.factories.positions import document, make_terms

DAY = dt.date(2026, 4, 1)
SWITCHED_ON = {"reviewed_by": "가람시 법무담당관", "reviewed_on": DAY, "days": 365}
CITED = Cited("의안정보", "국회", DAY)


def _filed(s: Any) -> dict[str, Any]:
    make_terms()
    return {
        "municipality": s.get("garam"),
        "version": make_version(make_bill()),
        "provision": None,
        "stance": "support",
        "act": "head",
        "acted_on": DAY,
        "file": document(),
    }


def _position(s: Any) -> Any:
    return file_position(**_filed(s), by=s.by)


def _entered(s: Any) -> dict[str, Any]:
    return {
        "municipality": s.get("garam"),
        "bill": make_bill(),
        "council": "가람시의회",
        "title": "제정 촉구 건의안",
    }


def _step(s: Any) -> dict[str, Any]:
    return {
        "resolution": enter_resolution(**_entered(s), by=s.by),
        "stage": "passed",
        "happened_on": DAY,
        "file": document(),
    }


def _assembly_bill(s: Any) -> dict[str, Any]:
    return {"bill": make_bill(), "number": "가상-1", "title": "법안", "cited": CITED}


def _task(s: Any) -> dict[str, Any]:
    return {"bill": make_bill(), "task": "국정과제 1", "quote": "만든다", "cited": CITED}


def _road_step(s: Any) -> dict[str, Any]:
    found = enter_assembly_bill(**_assembly_bill(s), by=s.by)
    return {
        "bill": found.bill,
        "assembly_bill": found,
        "stage": "introduced",
        "happened_on": DAY,
        "cited": CITED,
    }


def _asked(s: Any) -> dict[str, Any]:
    bill = make_bill()
    topic = Topic(FollowKind.BILL, bill.slug, bill.title, "/bills/test/", bill=bill)
    return {"topic": topic, "email": "one@example.kr"}


def _follow(s: Any) -> Any:
    return ask_follow(**_asked(s), by=s.by)


def _statement(s: Any) -> Any:
    return write_statement(title="함께 촉구합니다", text="글", fictional=True, by=s.by)


def _join(s: Any) -> dict[str, Any]:
    garam = s.get("garam")
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=DAY, by=s.by)
    return {"statement": _statement(s), "municipality": garam}


def _joined(s: Any) -> Any:
    return join_statement(**_join(s), by=s.by).statement


def _supported(s: Any) -> dict[str, Any]:
    s.get("settings").HUB_CITIZEN_SUPPORT = SWITCHED_ON
    return {"bill": make_bill(), "email": "one@example.kr", "region": None}


def _support(s: Any) -> Any:
    return ask_support(**_supported(s), by=s.by)


def _sent(s: Any) -> dict[str, Any]:
    return {
        "version": make_version(make_bill()),
        "provision": None,
        "author_kind": "citizen",
        "text": "두 조문으로 나누면 좋겠습니다.",
        "email": "one@example.kr",
        "of_age": True,
    }


def _opinion(*, confirmed: bool = True) -> Any:
    return make_opinion(make_version(make_bill()), confirmed=confirmed)


def _hidden() -> Any:
    opinion = _opinion()
    hide_opinion(opinion=opinion, reason="광고", by=None)
    return opinion


SCENARIOS: dict[str, Callable[[Any], dict[str, Any]]] = {
    "coalition.advocacy.file_position": _filed,
    "coalition.advocacy.withdraw_position": lambda s: {
        "position": _position(s),
        "reason": "의회가 다시 논의한다",
    },
    "coalition.advocacy.send_opinion": _sent,
    "coalition.advocacy.confirm_opinion": lambda s: {"opinion": _opinion(confirmed=False)},
    "coalition.advocacy.drop_opinion": lambda s: {"opinion": _opinion(confirmed=False)},
    "coalition.advocacy.withdraw_opinion": lambda s: {"opinion": _opinion()},
    "coalition.advocacy.hide_opinion": lambda s: {"opinion": _opinion(), "reason": "광고"},
    "coalition.advocacy.show_opinion": lambda s: {"opinion": _hidden()},
    "coalition.advocacy.suspend_opinion": lambda s: {
        "opinion": _opinion(),
        "reason": "권리 침해 요청",
        "asker": "who@example.kr",
    },
    "coalition.advocacy.ask_suspension": lambda s: {
        "opinion": _opinion(),
        "right": "privacy",
        "claim": CLAIM,
        "email": "asker@example.kr",
    },
    "coalition.advocacy.confirm_suspension_request": lambda s: {
        "request": make_suspension(_opinion(), confirmed=False)
    },
    "coalition.advocacy.answer_suspension_request": lambda s: {
        "request": make_suspension(_opinion()),
        "outcome": "suspended",
        "reason": "권리 침해 요청",
        "answer": "임시로 가립니다.",
    },
    "coalition.advocacy.forget_suspension_request": lambda s: {
        "request": make_suspension(_opinion())
    },
    "coalition.advocacy.reply_to_opinion": lambda s: {
        "opinion": _opinion(),
        "verdict": "declined",
        "reason": "조례로 정합니다.",
    },
    "coalition.advocacy.enter_resolution": _entered,
    "coalition.advocacy.record_resolution_step": _step,
    "coalition.advocacy.verify_step": lambda s: {
        "step": record_resolution_step(**_step(s), by=s.by),
        "accepted": True,
    },
    "coalition.advocacy.enter_assembly_bill": _assembly_bill,
    "coalition.advocacy.record_road_step": _road_step,
    "coalition.advocacy.link_task": _task,
    "coalition.advocacy.withdraw_task_link": lambda s: {"link": link_task(**_task(s), by=s.by)},
    "coalition.advocacy.ask_follow": _asked,
    "coalition.advocacy.ask_support": _supported,
    "coalition.advocacy.confirm_support": lambda s: {"support": _support(s)},
    "coalition.advocacy.end_support": lambda s: {"support": _support(s)},
    "coalition.advocacy.ask_end": lambda s: {"bill": make_bill(), "email": "one@example.kr"},
    "coalition.advocacy.confirm_follow": lambda s: {"follow": _follow(s)},
    "coalition.advocacy.end_follows": lambda s: {"person": _follow(s).person},
    "coalition.advocacy.verify_position": lambda s: {"position": _position(s), "accepted": True},
    "coalition.advocacy.write_statement": lambda s: {"title": "함께 촉구합니다", "text": "글"},
    "coalition.advocacy.join_statement": _join,
    "coalition.advocacy.leave_statement": lambda s: {
        "statement": _joined(s),
        "municipality": s.get("garam"),
        "reason": "의회가 다시 논의한다",
    },
    "coalition.advocacy.release_statement": lambda s: {"statement": _joined(s)},
    "coalition.advocacy.withdraw_statement": lambda s: {
        "statement": _statement(s),
        "reason": "글을 다시 쓴다",
    },
}
