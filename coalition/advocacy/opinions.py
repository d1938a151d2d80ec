"""Reads of 의견, as of any day: where each stands in a version of the text, what became of it, what may be read.

Counted is every confirmed opinion that its author did not take back unanswered, hidden ones too: hiding makes no
reply rate better. What is out of sight today is out of sight on every past day.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.functions import JSONObject

from coalition.advocacy.carrying import is_carried
from coalition.advocacy.models import (
    ModerationKind,
    Opinion,
    OpinionModeration,
    OpinionReply,
    Verdict,
)
from coalition.drafts.kinship import Kinship
from coalition.drafts.links import Net, article_of, still_holds
from coalition.drafts.models import Bill, Provision, Version
from coalition.members.queries import today


class Carriage(StrEnum):
    """How an opinion stands before a version."""

    CARRIED = "carried"
    STALE = "stale"  # 재확인 필요
    ORPHAN = "orphan"  # the clause is no more


@dataclass(frozen=True, slots=True)
class Standing:
    """An opinion on one day before one version.

    `eids` are the clauses of that version that came of the one looked at; empty for the whole bill and for
    orphans. `veil` says why its words are not shown. `waiting` is for how many days nobody answered.
    """

    row: Any
    carriage: Carriage
    eids: tuple[str, ...]
    veil: OpinionModeration | None
    waiting: int | None

    @property
    def verdict(self) -> str:
        return self.row.verdict or ""

    @property
    def withdrawn(self) -> bool:
        return self.row.withdrawn_on is not None

    @property
    def counts(self) -> bool:
        return not self.row.gone or bool(self.verdict)

    @property
    def readable(self) -> bool:
        return self.veil is None and not self.withdrawn


@dataclass(frozen=True, slots=True)
class Tally:
    """What the opinions on a bill came to by a day."""

    received: int
    verdicts: dict[str, int]
    longest: int

    @property
    def replied(self) -> int:
        return sum(self.verdicts.values())

    @property
    def waiting(self) -> int:
        return self.received - self.replied

    @property
    def rate(self) -> int | None:
        """Per cent answered, rounded down so that 100 means all; None where there is nothing to answer."""
        return self.replied * 100 // self.received if self.received else None


def tally(standings: Iterable[Standing]) -> Tally:
    """Counted, hidden ones too."""
    counted = [one for one in standings if one.counts]
    return Tally(
        len(counted),
        {value: sum(one.verdict == value for one in counted) for value in Verdict.values},
        max((one.waiting or 0 for one in counted), default=0),
    )


def opinions_until(on: dt.date) -> QuerySet[Any]:
    """Every opinion that was told by that day, without its words, with what the day knew of it: `verdict`,
    `reply_pk`, `replied_on`, `gone` (taken back by that day), `veil_pk` and `veil_now` (the last moderation by
    that day, and by today)."""
    replies = OpinionReply.objects.filter(opinion=OuterRef("pk"), on__lte=on).order_by("-pk")
    steps = OpinionModeration.objects.filter(opinion=OuterRef("pk")).order_by("-pk")
    return (
        Opinion.objects.filter(on__isnull=False, on__lte=on)
        .select_related("version__bill", "provision", "signature")
        .defer("text", "version__source_text", "version__bill__summary", "provision__text")
        .annotate(
            verdict=Subquery(replies.values("verdict")[:1]),
            reply_pk=Subquery(replies.values("pk")[:1]),
            veil_pk=Subquery(steps.filter(on__lte=on).values("pk")[:1]),
            veil_now=Subquery(steps.filter(on__lte=today()).values("pk")[:1]),
        )
        .order_by("-on", "-pk")
    )


def standings_of(
    rows: Iterable[Any], now: Version, on: dt.date, net: Kinship | None = None
) -> list[Standing]:
    """These opinions before the text of `now`; `net` (of LINKED_KINDS) when it is at hand."""
    told = list(rows)
    keys = {pk for row in told for pk in (row.veil_pk, row.veil_now) if pk}
    veils = OpinionModeration.objects.in_bulk(keys) if keys else {}
    places = _Places(now, net)
    found = []
    for row in told:
        veil = _veil(veils.get(row.veil_now), today()) or _veil(veils.get(row.veil_pk), on)
        found.append(_standing(row, places, veil, on))
    return found


def _standing(row: Any, places: _Places, veil: OpinionModeration | None, on: dt.date) -> Standing:
    if row.provision is not None:
        row.provision.version = row.version  # both are at hand
    carriage, eids = places.of(row)
    row.gone = row.withdrawn_on is not None and row.withdrawn_on <= on
    waits = row.verdict is None and row.withdrawn_on is None
    return Standing(row, carriage, eids, veil, (on - row.on).days if waits else None)


def _veil(last: OpinionModeration | None, on: dt.date) -> OpinionModeration | None:
    """The moderation that hides an opinion on a day; a suspension ends by itself."""
    if last is None or last.kind == ModerationKind.SHOWN:
        return None
    return None if last.until is not None and on > last.until else last


def veil_today(opinion: Opinion) -> OpinionModeration | None:
    """What hides this opinion today."""
    return _veil(opinion.moderations.filter(on__lte=today()).order_by("-pk").first(), today())


class _Places:
    """Where clauses stand in one version and whether they say the same, each asked once."""

    def __init__(self, now: Version, net: Kinship | None) -> None:
        self._now = now
        self._net = Net(now.bill, net)
        self._known: dict[tuple[int, int | None], tuple[Carriage, tuple[str, ...]]] = {}

    def of(self, row: Opinion) -> tuple[Carriage, tuple[str, ...]]:
        key = (row.version_id, row.provision_id)
        if key not in self._known:
            self._known[key] = self._worked_out(row)
        return self._known[key]

    def _worked_out(self, row: Opinion) -> tuple[Carriage, tuple[str, ...]]:
        seen, now = row.provision, self._now
        if seen is None:
            same = is_carried("", row.version, now)
            return (Carriage.CARRIED if same else Carriage.STALE), ()
        eids = self._net.places(seen, now)
        if not eids:
            return Carriage.ORPHAN, ()
        same = all(still_holds(seen, now, eid) for eid in eids)
        return (Carriage.CARRIED if same else Carriage.STALE), eids


def on_bill(bill: Bill, now: Version, on: dt.date | None = None) -> list[Standing]:
    """Every opinion on a bill as of a day, before the version that counted then, newest first."""
    day = on or today()
    rows = opinions_until(day).filter(version__bill=bill, version__order__lte=now.order)
    return standings_of(rows, now, day)


def orphans(now: Version, on: dt.date | None = None) -> list[Standing]:
    """Opinions on clauses that `now` no longer has; they stay reachable."""
    found = on_bill(now.bill, now, on)
    return [one for one in found if one.carriage is Carriage.ORPHAN and one.counts]


def words_of(standings: Sequence[Standing]) -> dict[int, str]:
    """The words of those that anybody may read, by opinion."""
    keys = [one.row.pk for one in standings if one.readable]
    rows = Opinion.objects.filter(pk__in=keys)
    return dict(rows.values_list("pk", "text")) if keys else {}


def replies_of(standings: Sequence[Standing]) -> dict[int, OpinionReply]:
    """The replies of that day, by opinion."""
    keys = [one.row.reply_pk for one in standings if one.row.reply_pk]
    rows = OpinionReply.objects.filter(pk__in=keys)
    return {reply.opinion_id: reply for reply in rows} if keys else {}


# Beside the law text


@dataclass(frozen=True, slots=True)
class Newest:
    """The newest opinions on an article, with all that is shown of them, and how many there are."""

    number: int
    standings: list[Standing]
    words: dict[int, str]
    replies: dict[int, OpinionReply]


def newest_on(
    article: str, version: Version, net: Kinship, most: int, on: dt.date | None = None
) -> Newest:
    """What stands beside one article of a version, in one query. Those written for a later text are not told."""
    day = on or today()
    replies = OpinionReply.objects.filter(opinion=OuterRef("pk"), on__lte=day).order_by("-pk")
    steps = OpinionModeration.objects.filter(opinion=OuterRef("pk")).order_by("-pk")
    step = JSONObject(kind="kind", reason="reason", until="until")
    rows = list(
        _counted(day)
        .filter(provision__in=_came_to(article, version, net))
        .select_related("version__bill", "provision", "signature")
        .defer("version__source_text")
        .annotate(
            verdict=Subquery(replies.values("verdict")[:1]),
            reply=Subquery(
                replies.values(told=JSONObject(verdict="verdict", reason="reason", on="on"))[:1]
            ),
            step=Subquery(steps.filter(on__lte=day).values(told=step)[:1]),
            step_now=Subquery(steps.filter(on__lte=today()).values(told=step)[:1]),
            number=Window(Count("pk")),
        )
        .order_by("-on", "-pk")[:most]
    )
    places = _Places(version, net)
    standings = []
    for row in rows:
        veil = _veil(_step_of(row.step_now), today()) or _veil(_step_of(row.step), day)
        standings.append(_standing(row, places, veil, day))
    words = {one.row.pk: one.row.text for one in standings if one.readable}
    told = {
        row.pk: OpinionReply(
            opinion_id=row.pk,
            verdict=row.reply["verdict"],
            reason=row.reply["reason"],
            on=dt.date.fromisoformat(row.reply["on"]),
        )
        for row in rows
        if row.reply
    }
    return Newest(rows[0].number if rows else 0, standings, words, told)


def _step_of(told: dict[str, str] | None) -> OpinionModeration | None:
    if told is None:
        return None
    until = dt.date.fromisoformat(told["until"]) if told["until"] else None
    return OpinionModeration(kind=told["kind"], reason=told["reason"], until=until)


def _counted(day: dt.date) -> QuerySet[Any]:
    """Opinions on clauses that are counted on a day: not taken back, or answered before."""
    answered = Exists(OpinionReply.objects.filter(opinion=OuterRef("pk"), on__lte=day))
    return Opinion.objects.filter(
        Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day) | answered,
        provision__isnull=False,
        on__lte=day,
    )


def _came_to(article: str, version: Version, net: Kinship) -> set[int]:
    """The 조 and 항 of this and of earlier versions that came to stand in this article."""
    here = [
        pk
        for pk, member in net.members.items()
        if member.version_id == version.pk and article_of(member.eid) == article
    ]
    found = {each for pk in here for each in net.back(pk)}
    whole = {(net.members[pk].version_id, net.members[pk].eid) for pk in found if pk in net.members}
    for pk, member in net.members.items():  # 항 that went: shown with the 조 around them
        if (member.version_id, article_of(member.eid)) in whole and not net.at(
            net.forth(pk), version
        ):
            found.add(pk)
    return found


def numbers(
    version: Version, net: Kinship, on: dt.date | None = None
) -> dict[str, list[tuple[int, int]]]:
    """How many opinions stand beside each article of a version: eId → [(provision looked at, number)].

    One query whatever their number. Those written for a later text are not told.
    """
    day = on or today()
    rows = (
        _counted(day)
        .filter(version__bill=version.bill_id, version__order__lte=version.order)
        .order_by("provision")
        .values_list("provision", "provision__eid", "version")
        .annotate(number=Count("pk"))
    )
    places = Net(version.bill, net)
    found: dict[str, list[tuple[int, int]]] = {}
    for pk, eid, seen, number in rows:
        eids = places.places(Provision(pk=pk, eid=eid, version_id=seen), version)
        for article in dict.fromkeys(map(article_of, eids)):
            found.setdefault(article, []).append((pk, number))
    return found


# For the desk


def waiting_opinions() -> tuple[QuerySet[Any], QuerySet[Any]]:
    """What the gate held back and nobody looked at, and what nobody answered; the oldest first."""
    rows = Opinion.objects.filter(on__isnull=False, withdrawn_on__isnull=True).order_by("on", "pk")
    steps = OpinionModeration.objects.filter(opinion=OuterRef("pk")).order_by("-pk")
    told = rows.annotate(last=Subquery(steps.values("kind")[:1]))
    answered = Exists(OpinionReply.objects.filter(opinion=OuterRef("pk")))
    return told.filter(last=ModerationKind.HELD), rows.filter(~answered)
