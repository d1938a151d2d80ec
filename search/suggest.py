"""Suggestions while somebody types: titles, clauses, places and topics by the letters of their words.

일자ㄹ, ㅇㅈㄹ and dlfwk all lead to 일자리. Keys are letters of the first words of every name, sorted, so
that a prefix is a stretch of the list. Only what the catalog shows is suggested.
"""

from __future__ import annotations

import re
import threading
import time
from bisect import bisect_left, insort
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import quote

from django.db import connection

from search import catalog as catalogs
from search import jamo
from search.catalog import Catalog
from search.models import Kind

MOST = 10
_WORDS = 4  # of a title that one may begin to type at
_LONGEST_KEY = 40
_LONGEST_ASKED = 60
_MANY = 200  # keys of a prefix whose best are remembered
_LAST = "\uffff"  # behind every letter


@dataclass(frozen=True, slots=True)
class Suggestion:
    """One line below the search box. `kind` is that of a result, or tag or region."""

    text: str
    kind: str
    url: str


@dataclass(frozen=True, slots=True)
class _Entry:
    suggestion: Suggestion
    document: int  # 0: a facet's entry
    weight: int
    tag: str = ""


@dataclass(frozen=True)
class _Index:
    clock: int = 0
    entries: tuple[_Entry, ...] = ()
    # What may be typed, how early the entry comes among its like, and the entry's number; sorted.
    keys: list[tuple[str, int, int]] = field(default_factory=list)
    # What an entry is → its number.
    places: dict[tuple[str, str], int] = field(default_factory=dict)
    # The best entries of prefixes that many names begin with, found when first asked for.
    best: dict[str, list[int]] = field(default_factory=dict)


_BETWEEN = re.compile(r"[^0-9a-z가-힣ㄱ-ㅎ]+")
_lock = threading.Lock()
_state = _Index()
_WEIGHTS = {"tag": 8, "municipality": 7, "case": 6, "provision": 5, "page": 4}
_MUNICIPALITY = "지방정부"  # what search.pages notes on a municipality's front page


def suggest(written: str) -> list[Suggestion]:
    """At most MOST suggestions, best first; as typed, else as if the keyboard had been set to Korean."""
    catalog = catalogs.fresh()
    index = _fresh(catalog)
    asked = "".join(written[:_LONGEST_ASKED].split())
    found = _look_up(index, catalog, asked.lower())
    if not found and asked.isascii():
        korean = jamo.from_keyboard(asked)
        if korean != asked:
            found = _look_up(index, catalog, korean)
    return found


def forget() -> None:
    """Begin anew, as a process that has just started."""
    global _state
    _state = _Index()


def _look_up(index: _Index, catalog: Catalog, asked: str) -> list[Suggestion]:
    if not asked:
        return []
    key = _initials_key(asked) if all(map(jamo.is_initial, asked)) else jamo.letters(asked)
    now = time.time()
    found: dict[Suggestion, None] = {}
    for number in _beginning(index, key):
        entry = index.entries[number]
        if entry.suggestion not in found and _is_visible(entry, catalog, now):
            found[entry.suggestion] = None
            if len(found) == MOST:
                break
    return list(found)


def _beginning(index: _Index, key: str) -> list[int]:
    """Entries with a key that begins so, best first."""
    known = index.best.get(key)
    if known is not None:
        return known
    begin = bisect_left(index.keys, (key, 0, 0))
    end = bisect_left(index.keys, (key + _LAST, 0, 0), lo=begin)
    numbers = [number for _, number in sorted((r, n) for _, r, n in index.keys[begin:end])]
    if end - begin > _MANY:
        index.best[key] = numbers[: MOST * 10]
    return numbers


def _is_visible(entry: _Entry, catalog: Catalog, now: float) -> bool:
    if entry.tag:
        number = catalog.book.number("tag", entry.tag)
        return number is not None and bool(catalog.label_counts[number])
    i = entry.document
    return bool(
        i < len(catalog.live)
        and catalog.live[i]
        and catalog.current[i]
        and catalog.opens[i] <= now < catalog.closes[i]
    )


# ---- keeping up ----


def _fresh(catalog: Catalog) -> _Index:
    global _state
    known = _state
    if known.clock == catalog.clock:
        return known
    with _lock:
        base = known if f",{known.clock}," in catalog.recent else _Index()
        _state = _with_rows(base, catalog)
        return _state


def _with_rows(base: _Index, catalog: Catalog) -> _Index:
    """The index with titles that are newer than it; an entry whose document changed is made anew."""
    entries, keys, places = list(base.entries), list(base.keys), dict(base.places)
    gone: set[int] = set()
    new: list[int] = []
    for what, entry in _entries(base.clock, catalog):
        known = places.get(what)
        if known is not None and entries[known] == entry:
            continue
        if known is not None:
            gone.add(known)
        places[what] = len(entries)
        new.append(len(entries))
        entries.append(entry)
    if gone:
        keys = [key for key in keys if key[2] not in gone]
    added = [
        (key, _rank(entries[n], first=place == 0), n)
        for n in new
        for key, place in _keys(entries[n].suggestion.text)
    ]
    if len(added) > 500:
        keys = sorted([*keys, *added])
    else:
        for key in added:
            insort(keys, key)
    return _Index(catalog.clock, tuple(entries), keys, places)


def _entries(clock: int, catalog: Catalog) -> Iterator[tuple[tuple[str, str], _Entry]]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id, kind, title, url, note FROM search_searchdocument"
            # The first words of an answer are nobody's name for anything.
            " WHERE seq > %s AND title <> '' AND kind <> 'answer'"
            # Nor need a file be named once for every page of it.
            " AND NOT (kind = 'document' AND words_title = 0)",
            [clock],
        )
        rows = cursor.fetchall()
    for pk, kind, title, url, note in rows:
        shown = "municipality" if kind == Kind.PAGE and note == _MUNICIPALITY else kind
        found = Suggestion(title, shown, url)
        yield ("document", str(pk)), _Entry(found, pk, _WEIGHTS.get(shown, 3))
    for label in catalog.book.labels:
        if label.facet == "tag":
            found = Suggestion(label.name, "tag", f"/search/?tag={quote(label.value)}")
            yield ("tag", label.value), _Entry(found, 0, _WEIGHTS["tag"], tag=label.value)


def _rank(entry: _Entry, *, first: bool) -> int:
    """What begins with the letters comes first, then topics and places, then short names."""
    length = min(len(entry.suggestion.text), 999)
    return (0 if first else 1_000_000) + (99 - entry.weight) * 1_000 + length


@lru_cache(maxsize=65_536)
def _keys(text: str) -> tuple[tuple[str, int], ...]:
    """Letters, and initials, of what follows each of the first words; beside each the word's place."""
    words = [word for word in _BETWEEN.split(text.lower()) if word]
    made: dict[str, int] = {}
    for place in range(min(len(words), _WORDS)):
        rest = "".join(words[place:])
        made.setdefault(jamo.letters(rest)[:_LONGEST_KEY], place)
        made.setdefault(_initials_key(jamo.initials(rest))[:_LONGEST_KEY], place)
    return tuple(made.items())


def _initials_key(consonants: str) -> str:
    """Kept apart from letters by a sign that no letter is."""
    return f"#{consonants}"
