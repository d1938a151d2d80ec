"""What a tile of the board is, and the register of all tiles.

A tile counts what its list shows, since both come from the same question; each line leads to where the thing
is mended, and a mended thing is no longer in the list. Nothing is stored.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.db.models import QuerySet

from cms.queries.links import DeskLink, desk_links
from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing to look after. `place` is whose it is: it can be given to its people as a task."""

    title: str
    address: str
    detail: str = ""
    since: dt.date | None = None
    place: Municipality | None = None


class Look:
    """One look at the whole board: what several tiles ask for is asked once."""

    @cached_property
    def links(self) -> list[DeskLink]:
        """Every link to a clause, as the desk sees it."""
        return desk_links(None)


@dataclass(frozen=True, slots=True)
class Tile:
    """One kind of thing to look after.

    `found` gives the rows (a QuerySet where there can be thousands, so that counting reads none),
    `entries` what is shown of a portion of them.
    """

    key: str
    label: str
    help: str
    found: Callable[[Look], QuerySet[Any] | Sequence[Any]]
    entries: Callable[[Sequence[Any]], list[Entry]]

    def count(self, look: Look) -> int:
        rows = self.found(look)
        return rows.count() if isinstance(rows, QuerySet) else len(rows)


@dataclass(frozen=True, slots=True)
class Room:
    """A heading of the board with its tiles."""

    label: str
    tiles: list[Tile] = field(default_factory=list)


_rooms: dict[str, Room] = {}


def register(room: str, tiles: Iterable[Tile]) -> None:
    """Called once per room by an AppConfig.ready; rooms above this one may add theirs."""
    kept = _rooms.setdefault(room, Room(room)).tiles
    known = {tile.key for tile in kept}
    kept += [tile for tile in tiles if tile.key not in known]


def rooms() -> list[Room]:
    """The whole board, in the order in which it was laid."""
    return list(_rooms.values())


def tiles() -> list[Tile]:
    """Every tile."""
    return [tile for room in _rooms.values() for tile in room.tiles]


def tile_named(key: str) -> Tile | None:
    """The tile with this key."""
    return next((tile for tile in tiles() if tile.key == key), None)
