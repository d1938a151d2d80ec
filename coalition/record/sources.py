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
