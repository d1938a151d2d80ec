"""Searches are made elsewhere (the finding): this room knows one by its words and by who can read them.

The room that finds registers itself once, in its AppConfig.ready, and tells of new results by an Event of its
own with a teller (coalition.advocacy.telling). Without it nobody can follow a search.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search as it is kept: `key` always the same for the same search, `label` what people call it."""

    key: str
    label: str
    address: str
    feed: str


@dataclass(frozen=True, slots=True)
class Searches:
    """`read` makes a saved search of the parameters of an address, or raises ValidationError with what to
    mend; `begin` is told, inside the transaction, that from now on somebody waits for new results."""

    read: Callable[[str], SavedSearch]
    begin: Callable[[str], None]


_registered: list[Searches] = []


def register_searches(searches: Searches) -> None:
    """Called once by the app that finds; a second time replaces the first."""
    _registered[:] = [searches]


def saved_search(written: str) -> SavedSearch | None:
    """The search that these parameters mean. Raises ValidationError for one that can't be kept."""
    return _registered[0].read(written) if _registered else None


def begin_search(key: str) -> None:
    """Somebody follows it from now on."""
    for searches in _registered:
        searches.begin(key)
