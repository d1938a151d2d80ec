"""A publication as a person names it at the desk."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from coalition.record.models import Source


@dataclass(frozen=True, slots=True)
class Cited:
    """A publication as a person names it; the Source is found or made."""

    title: str
    publisher: str
    published_on: dt.date | None
    address: str = ""
    note: str = ""

    def source(self) -> Source:
        found, _ = Source.objects.get_or_create(
            title=self.title,
            publisher=self.publisher,
            published_on=self.published_on,
            defaults={"address": self.address, "note": self.note},
        )
        return found


#: Where something is known from: a Source, or one as a person names it.
Known = Source | Cited | None


def source_of(known: Known) -> Source | None:
    """The Source itself, found or made where a person named it."""
    return known.source() if isinstance(known, Cited) else known
