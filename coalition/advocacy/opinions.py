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

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery

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
        row.gone = row.withdrawn_on is not None and row.withdrawn_on <= on
        carriage, eids = places.of(row)
        veil = _veil(veils.get(row.veil_now), today()) or _veil(veils.get(row.veil_pk), on)
        open_ = row.verdict is None and row.withdrawn_on is None
        waiting = (on - row.on).days if open_ else None
        found.append(Standing(row, carriage, eids, veil, waiting))
    return found


def _veil(last: OpinionModeration | None, on: dt.date) -> OpinionModeration | None:
    """The moderation that hides an opinion on a day; a suspension ends by itself."""
    if last is None or last.kind == ModerationKind.SHOWN:
        return None
    return None if last.until is not None and on > last.until else last


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
        seen.version = row.version
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


def numbers(
    version: Version, net: Kinship, on: dt.date | None = None
) -> dict[str, list[tuple[int, int]]]:
    """How many opinions stand beside each article of a version: eId → [(provision looked at, number)].

    One query whatever their number. Those written for a later text are not told.
    """
    day = on or today()
    answered = Exists(OpinionReply.objects.filter(opinion=OuterRef("pk"), on__lte=day))
    rows = (
        Opinion.objects.filter(
            version__bill=version.bill_id,
            version__order__lte=version.order,
            provision__isnull=False,
            on__lte=day,
        )
        .filter(Q(withdrawn_on__isnull=True) | Q(withdrawn_on__gt=day) | answered)
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
