"""The bodies of the demo: 광산구's from its sources, 가람시's and 한빛시's legal basis, seats and reorganisation."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import transaction

from coalition.dialogue.actions import (
    LineageLine,
    found_body,
    give_seat,
    ground_body,
    open_term,
    reorganise_divisions,
)
from coalition.dialogue.models import Body, LineageKind
from coalition.dialogue.queries import divisions
from coalition.members.models import Fact, Municipality
from coalition.record.models import Source, User

# 아시아경제 2025-10-17 names the six divisions, 참좋은뉴스 2026-01-27 the four (data/facts.csv).
GWANGSAN_BEFORE = ["제조업", "공공서비스", "민간서비스", "마을", "녹색전환", "돌봄"]
GWANGSAN_NOW = ["청년", "돌봄", "녹색 전환", "마을"]
_SAME_NAME = "이름이 같습니다. 이어받았다고 말하는 출처는 없습니다."
_UNTOLD = "출처에 적혀 있지 않습니다."
_DAY_OF_NEWS = (
    "재편한 날은 출처에 적혀 있지 않아, 재편을 알린 회의의 날(2026. 1. 27.)부터로 적었습니다."
)


def _source(municipality: Municipality, key: str) -> Source:
    return Fact.objects.get(municipality=municipality, key=key).source


def make_gwangsan_body(municipality: Municipality, by: User) -> None:
    """광산구지속가능일자리회: what its sources say, and 미확인 where they say nothing."""
    if Body.objects.filter(slug="gwangsan").exists():
        return
    body = found_body(
        municipality=municipality,
        name="광산구지속가능일자리회",
        slug="gwangsan",
        summary="",
        divisions=GWANGSAN_BEFORE,
        since=None,
        founded_on=dt.date(2025, 5, 23),
        source=_source(municipality, "body-launched"),
        by=by,
    )
    body.divisions.update(source=_source(municipality, "divisions-before-names"))
    ground_body(
        body=body,
        basis="「광주광역시 광산구 지속가능 일자리 지원 조례」",
        on=None,
        note="2024. 9. 10. 의결. 조문은 아직 싣지 못했습니다.",
        source=_source(municipality, "ordinance"),
        by=by,
    )
    unknown = LineageKind.UNKNOWN
    reorganise_divisions(
        body=body,
        on=dt.date(2026, 1, 27),
        divisions=GWANGSAN_NOW,
        note=_DAY_OF_NEWS,
        lineage=[
            LineageLine("마을", "마을", unknown, _SAME_NAME),
            LineageLine("녹색전환", "녹색 전환", unknown, _SAME_NAME),
            LineageLine("돌봄", "돌봄", unknown, _SAME_NAME),
            *(LineageLine(name, "", unknown, _UNTOLD) for name in GWANGSAN_BEFORE[:3]),
            LineageLine("", "청년", unknown, _UNTOLD),
        ],
        source=_source(municipality, "divisions-now"),
        by=by,
    )


def make_body_history(told: dict[str, Any], by: User) -> None:
    """An invented body's basis, terms, reorganisation and seats, unless its basis is there."""
    body = Body.objects.select_related("municipality__region").get(slug=told["body"])
    if body.basis:
        return
    with transaction.atomic():
        ground_body(
            body=body,
            basis=told["basis"],
            on=dt.date.fromisoformat(told["basis_on"]),
            note=told["basis_note"],
            by=by,
        )
        for term in told["terms"]:
            open_term(
                body=body,
                number=term["number"],
                begins=dt.date.fromisoformat(term["begins"]),
                ends=dt.date.fromisoformat(term["ends"]),
                by=by,
            )
        changed = told["reorganised"]
        reorganise_divisions(
            body=body,
            on=dt.date.fromisoformat(changed["on"]),
            divisions=changed["divisions"],
            note=changed["note"],
            lineage=[LineageLine(*line) for line in changed["lineage"]],
            by=by,
        )
        for seat in told["seats"]:
            _give(body, seat, by)


def _give(body: Body, told: dict[str, Any], by: User) -> None:
    since = dt.date.fromisoformat(told["since"])
    division = divisions(since).filter(body=body, name=told.get("division", "")).first()
    for _ in range(told.get("count", 1)):
        give_seat(
            body=body,
            sector=told["sector"],
            role=told.get("role", "member"),
            division=division,
            name=told.get("name", ""),
            post=told.get("post", ""),
            since=since,
            until=dt.date.fromisoformat(told["until"]) if "until" in told else None,
            by=by,
        )
