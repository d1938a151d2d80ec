"""Positions, their documents and the terms in which they are taken."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from coalition.advocacy.actions import file_position, verify_position
from coalition.advocacy.models import Position
from coalition.drafts.models import Version
from coalition.members.models import Municipality, Term
from coalition.record.models import User

TERMS = (
    (8, dt.date(2022, 7, 1), dt.date(2026, 6, 30)),
    (9, dt.date(2026, 7, 1), dt.date(2030, 6, 30)),
)


def make_terms() -> list[Term]:
    return [
        Term.objects.get_or_create(number=number, defaults={"begins": begins, "ends": ends})[0]
        for number, begins, ends in TERMS
    ]


def document(name: str = "결의문.pdf") -> ContentFile[bytes]:
    return ContentFile(b"%PDF-1.7 a resolution", name=name)


def make_position(
    municipality: Municipality,
    version: Version,
    eid: str = "",
    *,
    by: User,
    on: dt.date = dt.date(2026, 7, 10),
    verified: dt.date | None = None,
    **told: Any,
) -> Position:
    """A position with its document, filed on a day; verified on another one when told."""
    position = file_position(
        **{
            "municipality": municipality,
            "version": version,
            "provision": version.provisions.get(eid=eid) if eid else None,
            "stance": "support",
            "act": "head",
            "acted_on": on,
            "file": document(),
            "on": on,
            "by": by,
            **told,
        }
    )
    if verified is not None:
        verify_position(position=position, accepted=True, on=verified, by=by)
    return position
