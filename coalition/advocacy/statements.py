"""Reads of joint statements: what was released by a day, and whose names stood under it on that day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, Prefetch, QuerySet, Subquery

from coalition.advocacy.models import Statement, StatementAct, StatementJoin, StatementStep
from coalition.members.heritage import told_at, told_at_outer
from coalition.members.models import Membership, MembershipState, Municipality
from coalition.members.queries import today


@dataclass(frozen=True, slots=True)
class Name:
    """A municipality under a statement; `left` the coalition since, which takes its name away from nothing."""

    row: StatementJoin
    left: bool


@dataclass(slots=True)
class Stated:
    """A statement on one day. `withdrawn` is the step that took it back, if any."""

    row: Statement
    released: StatementStep | None
    withdrawn: StatementStep | None
    names: list[Name] = field(default_factory=list)
    taken_back: list[Name] = field(default_factory=list)


def names_until(on: dt.date) -> QuerySet[StatementJoin]:
    """The newest row of every municipality by that day, with `membership`, its participation on that day."""
    later = StatementJoin.objects.filter(replaces=OuterRef("pk"), on__lte=on)
    steps = Membership.objects.filter(municipality=OuterRef("municipality"), on__lte=on)
    return (
        StatementJoin.objects.filter(on__lte=on)
        .exclude(Exists(later))
        .select_related("municipality__region", "document", "source")
        .annotate(membership=Subquery(steps.order_by("-on", "-pk").values("state")[:1]))
        .order_by("on", "municipality__code")
    )


def has_joined() -> Exists:
    """Whether a municipality, or one of which it is the heir, ever gave its name: for an outer query."""
    return Exists(StatementJoin.objects.filter(told_at_outer()))


def names_given(municipality: Municipality, on: dt.date) -> QuerySet[StatementJoin]:
    """Its names, and of those of which it is the heir, under statements released by that day: one query."""
    return (
        names_until(on)
        .filter(
            told_at(municipality, on),
            withdrawn=False,
            statement__steps__act=StatementAct.RELEASED,
            statement__steps__on__lte=on,
        )
        .select_related("statement")
    )


def statements_until(on: dt.date) -> QuerySet[Statement]:
    """Statements that were there on that day, released or not, newest first."""
    steps = StatementStep.objects.filter(on__lte=on)
    return (
        Statement.objects.filter(on__lte=on)
        .select_related("bill")
        .prefetch_related(
            Prefetch("steps", queryset=steps, to_attr="told"),
            Prefetch("joins", queryset=names_until(on), to_attr="under"),
        )
        .order_by("-on", "-pk")
    )


def released(on: dt.date | None = None) -> list[Stated]:
    """What everybody may read: released by that day, those taken back since included."""
    day = on or today()
    out = StatementStep.objects.filter(
        statement=OuterRef("pk"), act=StatementAct.RELEASED, on__lte=day
    )
    return stated(statements_until(day).filter(Exists(out)))


def stated(rows: Iterable[Statement]) -> list[Stated]:
    """Statements with their steps and names."""
    return [_stated(row) for row in rows]


def _stated(row: Statement) -> Stated:
    told: list[StatementStep] = row.told  # type: ignore[attr-defined]
    under: list[StatementJoin] = row.under  # type: ignore[attr-defined]
    by_act = {step.act: step for step in told}
    found = Stated(row, by_act.get(StatementAct.RELEASED), by_act.get(StatementAct.WITHDRAWN))
    for join in under:
        left = join.membership == MembershipState.LEFT  # type: ignore[attr-defined]
        (found.taken_back if join.withdrawn else found.names).append(Name(join, left))
    return found
