"""Words for the analyser beyond words.txt: what every municipality is and was called, and the secretariat's own."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from coalition.members.models import Municipality, Region, Succession
from search import korean
from search.models import SearchWord, WordKind


def registry_names() -> list[str]:
    """Names of municipalities and regions of today and of before, and added terms; none before migrating."""
    tables = connection.introspection.table_names()
    if not {Municipality._meta.db_table, SearchWord._meta.db_table} <= set(tables):
        return []
    now = Municipality.objects.values_list("name", flat=True)
    before = Succession.objects.values_list("old_name", flat=True)
    regions = Region.objects.values_list("name", flat=True)
    old_regions = Succession.objects.values_list("old_region_name", flat=True)
    added = frozenset(
        SearchWord.objects.filter(kind=WordKind.TERM).values_list("written", flat=True)
    )
    global _taught
    _taught = added
    return sorted({*now, *before, *regions, *old_regions, *added})


# The secretariat's terms as they were last given to an analyser of this process.
_taught: frozenset[str] = frozenset()


def is_outdated(analyser: korean.KiwiKorean, terms: frozenset[str]) -> bool:
    """Whether the secretariat added a term that this analyser lacks, or took one away that it has."""
    return bool(terms - analyser.words or _taught - terms)


def registry_names_in_thread() -> list[str]:
    """The same for a thread of its own, which gives its connection back."""
    try:
        return registry_names()
    finally:
        connection.close()


@dataclass(frozen=True, slots=True)
class Added:
    """What the secretariat added, as of a moment of the clock."""

    clock: int = -1
    synonyms: tuple[str, ...] = ()
    terms: frozenset[str] = frozenset()


_added = Added()


def added(clock: int) -> Added:
    """One query whenever the clock has moved on, none in between."""
    global _added
    if _added.clock != clock:
        rows = list(SearchWord.objects.order_by("pk").values_list("kind", "written"))
        synonyms = tuple(written for kind, written in rows if kind == WordKind.SYNONYM)
        terms = frozenset(written for kind, written in rows if kind == WordKind.TERM)
        _added = Added(clock, synonyms, terms)
    return _added


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _added, _taught
    _added, _taught = Added(), frozenset()
