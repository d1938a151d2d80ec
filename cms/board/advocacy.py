"""Tiles of who stands behind the law: documents to verify, positions on old words, letters and opinions without
an answer."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.urls import reverse
from django.utils import timezone

from cms.board.drafts import newest_versions
from cms.board.tiles import Entry, Look, Tile
from cms.queries.positions import WHOLE
from coalition.advocacy import opinions
from coalition.advocacy.models import (
    Opinion,
    Position,
    Statement,
    StatementAct,
    SuspensionRequest,
)
from coalition.advocacy.positions import STALE, Standing, ledger, positions_until
from coalition.advocacy.resolutions import Tracked, resolutions_until, steps_until, tracked
from coalition.advocacy.road import Tied, tasks
from coalition.advocacy.suspending import waiting_requests
from coalition.drafts.text.address import korean_from_eid
from coalition.members.queries import today

#: After so many days without a reply somebody asks again.
ANSWER_WITHIN = 30


def _clause(row: Position | Opinion) -> str:
    return korean_from_eid(row.provision.eid) or "" if row.provision else WHOLE


def _unverified(look: Look) -> Any:
    rows = positions_until(today()).filter(replaced_by__isnull=True, withdrawn=False)
    return rows.filter(accepted__isnull=True)


def _stale(look: Look) -> list[Standing]:
    found = [ledger(version.bill) for version in newest_versions()]
    return [one for each in found if each for one in each.standings if one.state == STALE]


def _position_entry(row: Position, detail: str) -> Entry:
    return Entry(
        f"{row.municipality.full_name} {row.get_stance_display()}",
        f"{reverse('positions_desk:index')}?position={row.pk}#position-{row.pk}",
        f"{row.version.bill.name} v{row.version.no} {_clause(row)}{detail}",
        row.on,
        row.municipality,
    )


def _steps(look: Look) -> Any:
    rows = steps_until(today()).filter(document__isnull=False, accepted__isnull=True)
    return rows.select_related("stage", "resolution__municipality__region")


def _step_entries(rows: Sequence[Any]) -> list[Entry]:
    return [
        Entry(
            row.resolution.title,
            reverse("resolutions_desk:resolution", args=[row.resolution_id]),
            f"{row.resolution.council} {row.stage}",
            row.on,
            row.resolution.municipality,
        )
        for row in rows
    ]


def _unanswered(look: Look) -> list[Tracked]:
    found = tracked(resolutions_until(today()))
    return [one for one in found if one.waiting is not None and one.waiting > ANSWER_WITHIN]


def _unanswered_entries(rows: Sequence[Tracked]) -> list[Entry]:
    return [
        Entry(
            one.row.title,
            reverse("resolutions_desk:resolution", args=[one.row.pk]),
            f"{one.row.council}, 회신 없이 {one.waiting}일",
            place=one.row.municipality,
        )
        for one in rows
    ]


def _waiting_opinions(look: Look) -> list[opinions.Standing]:
    found = [opinions.on_bill(version.bill, version) for version in newest_versions()]
    return [one for each in found for one in each if one.counts and not one.verdict]


def _asked_to_hide(look: Look) -> Any:
    return waiting_requests()


def _asked_entries(rows: Sequence[SuspensionRequest]) -> list[Entry]:
    return [
        Entry(
            f"의견 {row.opinion_id}: {row.get_right_display()}",
            f"{reverse('opinions_desk:opinion', args=[row.opinion_id])}#asked-{row.pk}",
            f"{row.opinion.version.bill.name} v{row.opinion.version.no} {_clause(row.opinion)}",
            timezone.localdate(row.confirmed_at),
        )
        for row in rows
    ]


def _orphans(look: Look) -> list[opinions.Standing]:
    found = [opinions.orphans(version) for version in newest_versions()]
    return [one for each in found for one in each if not one.verdict]


def _opinion_entries(rows: Sequence[opinions.Standing]) -> list[Entry]:
    return [
        Entry(
            f"{one.row.version.bill.name} {_clause(one.row)}",
            reverse("opinions_desk:opinion", args=[one.row.pk]),
            f"v{one.row.version.no}을 보고 낸 의견",
            one.row.on,
        )
        for one in rows
    ]


def _old_tasks(look: Look) -> list[Tied]:
    day = today()
    return [
        one
        for version in newest_versions()
        for one in tasks(version.bill, version, day)
        if one.stale
    ]


def _unreleased(look: Look) -> Any:
    """Statements that have names and wait for their release; taken back ones wait for nothing."""
    done = Statement.objects.filter(steps__act__in=StatementAct.values)
    joined = Statement.objects.filter(joins__withdrawn=False, joins__replaced_by__isnull=True)
    rows = Statement.objects.filter(pk__in=joined.values("pk")).exclude(pk__in=done.values("pk"))
    return rows.order_by("on", "pk")


TILES = (
    Tile(
        "positions",
        "확인할 입장",
        "문서와 맞추어 보고 확인하거나 까닭과 함께 돌려보냅니다.",
        _unverified,
        lambda rows: [_position_entry(row, "") for row in rows],
    ),
    Tile(
        "positions-stale",
        "재확인할 입장",
        "조문의 글이 바뀌어 세지 않습니다. 그 지방정부가 새 판을 보고 다시 등록합니다.",
        _stale,
        lambda rows: [_position_entry(one.row, ", 글이 바뀜") for one in rows],
    ),
    Tile(
        "resolution-documents",
        "확인할 의회 결의 문서",
        "의결문, 공문, 회신을 보고 확인하거나 돌려보냅니다.",
        _steps,
        _step_entries,
    ),
    Tile(
        "resolutions-unanswered",
        "회신 없는 의회 결의",
        "이송하고 30일이 넘도록 회신이 적히지 않은 결의입니다.",
        _unanswered,
        _unanswered_entries,
    ),
    Tile(
        "opinions",
        "답변을 기다리는 의견",
        "반영, 일부 반영, 미반영 가운데 하나와 그 까닭을 답해야 닫힙니다.",
        _waiting_opinions,
        _opinion_entries,
    ),
    Tile(
        "suspensions",
        "임시조치 요청",
        "의견이 권리를 침해한다는 요청입니다. 가리거나 임시로 가리거나 그대로 두기로 정하고 알립니다.",
        _asked_to_hide,
        _asked_entries,
    ),
    Tile(
        "opinions-orphan",
        "조문이 없어진 의견",
        "의견을 낸 조문이 새 판에 없습니다. 어떻게 되었는지 답합니다.",
        _orphans,
        _opinion_entries,
    ),
    Tile(
        "national-tasks",
        "재확인할 국정과제 연결",
        "이은 조문의 글이 바뀌었습니다. 거두고 새로 잇습니다.",
        _old_tasks,
        lambda rows: [
            Entry(one.row.task, reverse("road_desk:bill", args=[one.row.bill_id]), one.row.quote)
            for one in rows
        ],
    ),
    Tile(
        "statements",
        "발표를 기다리는 성명",
        "함께한 지방정부가 있는 공동 성명입니다. 발표하거나 거둡니다.",
        _unreleased,
        lambda rows: [
            Entry(row.title, reverse("statements_desk:statement", args=[row.pk]), since=row.on)
            for row in rows
        ],
    ),
)
