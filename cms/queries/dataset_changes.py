"""What a 자료 판 says that the one before did not, row by row, for its page."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.core.paginator import Paginator
from django.http import QueryDict

from cms.models import Resource
from cms.queries.dialogue import Addresses, Link
from cms.tables import RowPlace, places_of_changes

CHANGES_A_PAGE = 50
_WORDS = {"added": ("더함", "tag--add"), "changed": ("바뀜", ""), "removed": ("뺌", "tag--del")}


@dataclass(frozen=True, slots=True)
class Change:
    """A row that differs. A cell: what it said before (None where that is not told), and what it says."""

    word: str
    css: str
    number: int
    cells: list[tuple[str | None, str]]
    gone: bool


@lru_cache(maxsize=4)
def _places(older: int, newer: int, hashes: tuple[str, str]) -> list[RowPlace]:
    """Where two versions differ, worked out once in a process: neither ever changes.

    The hashes are in the key so that a number given out anew after a deletion finds no old answer.
    """
    rows = Resource.objects.in_bulk([older, newer])
    return places_of_changes(rows[older], rows[newer])


def version_changes(newer: Resource, older: Resource, path: str, data: QueryDict) -> dict[str, Any]:
    """A page of the rows that differ, with columns that came and went."""
    places = _places(older.pk, newer.pk, (older.sha256, newer.sha256))
    page = Paginator(places, CHANGES_A_PAGE).get_page(data.get("page", "1")[:9])
    now = [column["name"] for column in newer.columns]
    was = [column["name"] for column in older.columns]
    links: list[Link] = Addresses(path, data).pages(page)
    return {
        "newer": newer,
        "older": older,
        "columns": now,
        "new_columns": [name for name in now if name not in was],
        "lost_columns": [name for name in was if name not in now],
        "changes": _changes(page.object_list, newer, older, [_at(was, name) for name in now]),
        "total": len(places),
        "pages": links,
    }


def _at(names: list[str], name: str) -> int:
    return names.index(name) if name in names else -1


def _changes(places: Any, newer: Resource, older: Resource, order: list[int]) -> list[Change]:
    now = _cells(newer, [place.after for place in places if place.after])
    before = _cells(older, [place.before for place in places if place.before])
    found = []
    for place in places:
        word, css = _WORDS[place.kind]
        old = before.get(place.before, [])
        was = [old[at] if old and at >= 0 else "" for at in order]
        cells: list[tuple[str | None, str]]
        if place.kind == "removed":
            cells = [(None, cell) for cell in was]
        elif place.kind == "added":
            cells = [(None, cell) for cell in now[place.after]]
        else:
            pairs = zip(was, now[place.after], strict=True)
            cells = [(one if one != other else None, other) for one, other in pairs]
        found.append(Change(word, css, place.after or place.before, cells, not place.after))
    return found


def _cells(resource: Resource, numbers: list[int]) -> dict[int, list[str]]:
    rows = resource.rows.filter(number__in=numbers).values_list("number", "cells")
    return dict(rows)
