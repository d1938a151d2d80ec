"""의견 at the secretariat's desk: what waits for a look or for a reply, and one opinion with its whole record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.queries.opinions import Told, told, words_for_desk
from coalition.advocacy.models import ModerationKind, Opinion, OpinionReply, SuspensionRequest
from coalition.advocacy.opinions import Carriage, opinions_until, standings_of
from coalition.advocacy.suspending import waiting_requests
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.members.queries import today

TABS = {
    "waiting": "답변 기다림",
    "asked": "임시조치 요청",
    "held": "살펴볼 것",
    "away": "재확인 필요·없어진 조문",
    "hidden": "가린 것",
    "every": "모두",
}


@dataclass(frozen=True, slots=True)
class DeskRow:
    """A line of the desk's list, with the words: the secretariat reads them all."""

    told: Told
    beginning: str


def desk_rows() -> dict[str, list[DeskRow]]:
    """Every opinion by tab; what waits the longest first."""
    newest: dict[int, Version | None] = {}
    by_bill: dict[int, list[Any]] = {}
    for row in opinions_until(today()):
        by_bill.setdefault(row.version.bill_id, []).append(row)
    lines: list[DeskRow] = []
    for rows in by_bill.values():
        bill: Bill = rows[0].version.bill
        now = newest.setdefault(bill.pk, newest_published(bill))
        if now is None:
            continue
        standing = standings_of(rows, now, today())
        words = words_for_desk(standing)
        lines += [
            DeskRow(told(one, now, words, {}, texts=False), words.get(one.row.pk, ""))
            for one in standing
        ]
    asked = set(waiting_requests().values_list("opinion", flat=True))
    lines.sort(key=lambda line: (line.told.row.on, line.told.number))
    return {
        "waiting": [line for line in lines if line.told.standing.waiting is not None],
        "asked": [line for line in lines if line.told.number in asked],
        "held": [line for line in lines if _veil(line) == ModerationKind.HELD],
        "away": [
            line
            for line in lines
            if line.told.standing.carriage is not Carriage.CARRIED and line.told.standing.counts
        ],
        "hidden": [
            line
            for line in lines
            if _veil(line) in (ModerationKind.HIDDEN, ModerationKind.SUSPENDED)
        ],
        "every": lines[::-1],
    }


def _veil(line: DeskRow) -> str:
    veil = line.told.standing.veil
    return veil.kind if veil is not None else ""


def desk_opinion(pk: int) -> dict[str, Any] | None:
    """One confirmed opinion; who wrote it is nobody's business, not even here."""
    row = opinions_until(today()).filter(pk=pk).first()
    now = newest_published(row.version.bill) if row is not None else None
    if row is None or now is None:
        return None
    one = standings_of([row], now, today())[0]
    replies = OpinionReply.objects.filter(opinion=pk).select_related("replied_by").order_by("-pk")
    steps = row.moderations.select_related("moderated_by").order_by("pk")
    answers = list(replies)
    shown = told(one, now, words_for_desk([one]), {row.pk: answers[0]} if answers else {})
    return {
        "one": shown,
        "bill": now.bill,
        "version": now,
        "replies": answers,
        "reply": answers[0] if answers else None,
        "steps": list(steps),
        "requests": list(
            SuspensionRequest.objects.filter(opinion=pk, confirmed_at__isnull=False)
            .select_related("answered_by")
            .order_by("pk")
        ),
        "may_act": not one.withdrawn,
        "may_hide": one.veil is None or one.veil.kind != ModerationKind.HIDDEN,
        "may_suspend": not any(s.kind == ModerationKind.SUSPENDED for s in steps),
        "has_contact": Opinion.objects.filter(pk=pk).exclude(person__email="").exists(),
    }
