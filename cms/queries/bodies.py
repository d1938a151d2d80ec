"""What the page of a body shows: who sits in it, its divisions and how they came about, as of any day."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from cms.queries.dialogue import body_papers
from cms.queries.meetings import body_gatherings
from coalition.dialogue.models import Body, Division, LineageKind
from coalition.dialogue.queries import (
    Composition,
    Reorganisation,
    bodies,
    body_term,
    composition,
    reorganisations,
)
from coalition.members.heritage import facts_told_at


@dataclass(frozen=True, slots=True)
class Share:
    """A sector's part of the seats."""

    label: str
    seats: int
    share: str


@dataclass(frozen=True, slots=True)
class LineageRow:
    """A line of a reorganisation for the table; `unknown` where no source says it."""

    before: str
    kind: str
    after: str
    note: str
    unknown: bool


@dataclass(frozen=True, slots=True)
class Change:
    """A reorganisation for the page."""

    on: dt.date
    told: str
    note: str
    rows: list[LineageRow]
    source: Any


def find_body(slug: str, on: dt.date) -> Body | None:
    """The body of that address with its divisions of that day; None where there was none."""
    return bodies(on).filter(slug=slug).first()


def body_details(body: Any, on: dt.date, until: dt.date | None) -> dict[str, Any]:
    """Everything of the page. `until` is the last day that counts, None when no day was asked for."""
    facts = list(facts_told_at(body.municipality, until))
    return {
        "body": body,
        "on": on,
        "facts": [fact for fact in facts if fact.subject == body.name],
        "composition": composition(body, on),
        "term": body_term(body, on),
        "changes": [_change(one) for one in reorganisations(body, on)],
        # A figure says whose it is by its key alone: of two that were merged it could be the other's.
        **body_papers(
            body, [one for one in facts if one.municipality_id == body.municipality_id], until
        ),
        **body_gatherings(body, until),
    }


def shares(made_up: Composition) -> list[Share]:
    """Each sector's seats, and of a hundred how many those are."""
    return [
        Share(label, count, f"{100 * count / made_up.total:.0f}%")
        for label, count in made_up.sectors
    ]


def _name(division: Division | None, nothing: str) -> str:
    return f"{division.name} 분과" if division else nothing


def _change(one: Reorganisation) -> Change:
    rows = [
        LineageRow(
            before=_name(line.before, "없음" if line.kind == LineageKind.NEW else "미확인"),
            kind=str(line.get_kind_display()),  # type: ignore[attr-defined, unused-ignore]
            after=_name(line.after, "미확인"),
            note=line.note,
            unknown=line.kind == LineageKind.UNKNOWN,
        )
        for line in one.lines
    ]
    told = f"분과 {one.before}개가 {one.after}개로"
    return Change(one.on, told, one.note, rows, one.lines[0].source if one.lines else None)
