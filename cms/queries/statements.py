"""공동 성명: what the public pages show of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from cms.as_of import AsOf
from cms.queries.law import version_address
from cms.tenancy import MUNICIPALITIES
from coalition.advocacy.models import StatementJoin
from coalition.advocacy.statements import (
    Name,
    names_given,
    released,
    stated,
    statements_until,
)
from coalition.drafts.queries import newest_published
from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class ToldName:
    """A municipality under a statement."""

    name: Name
    address: str
    document: str


def statements_details(day: AsOf) -> dict[str, Any]:
    """Everything of `/statements/`."""
    return {"as_of": day, "statements": released(day.day)}


def statement_details(pk: int, day: AsOf) -> dict[str, Any] | None:
    """Everything of one statement; None when it was not released by that day."""
    found = stated(statements_until(day.day).filter(pk=pk))
    if not found or found[0].released is None:
        return None
    one = found[0]
    newest = newest_published(one.row.bill, day.day) if one.row.bill else None
    return {
        "as_of": day,
        "one": one,
        "paragraphs": [part for part in one.row.text.split("\n\n") if part.strip()],
        "names": [_told(name) for name in one.names],
        "taken_back": [_told(name) for name in one.taken_back],
        "bill_address": version_address(newest) if newest else "",
    }


def _told(name: Name) -> ToldName:
    row = name.row
    shown = row.document is not None and row.document.public_since is not None
    return ToldName(
        name,
        f"/{MUNICIPALITIES}/{row.municipality.slug}/",
        reverse("statement_document", args=[row.statement_id, row.pk]) if shown else "",
    )


@dataclass(frozen=True, slots=True)
class Given:
    """A statement under which a municipality's name stands."""

    row: StatementJoin
    address: str
    formerly: str = ""


def names_of(municipality: Municipality, day: AsOf) -> list[Given]:
    """The released statements under which the municipality's name stood on that day."""
    return [
        Given(
            row,
            f"{reverse('statement', args=[row.statement_id])}{day.suffix}",
            row.municipality.full_name if row.municipality_id != municipality.pk else "",
        )
        for row in names_given(municipality, day.day)
    ]
