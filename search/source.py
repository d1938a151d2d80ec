"""What the projection is made of: a Document is something to be found, a Source says where they come from."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple

from django.db.models import QuerySet

from coalition.members.models import Level, Municipality, Succession
from coalition.record.models import Event
from search.models import Kind


class Label(NamedTuple):
    """One entry of a facet: `Label("region", "X0001", "가람시")`."""

    facet: str
    value: str
    name: str


@dataclass(frozen=True, slots=True)
class Document:
    """Something that anybody may find, with everything that finding and listing it needs.

    `key` is unique within its kind and part of the public contract; `owner` is the primary key of the
    row that it comes from. `tags` are words that find it beside title and body, `codes` the provision numbers
    that it stands for. `current` is False for what a newer one has replaced.
    """

    kind: Kind
    key: str
    owner: int
    url: str
    title: str
    body: str
    tags: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    labels: tuple[Label, ...] = ()
    municipality: Municipality | None = None
    note: str = ""
    date: dt.date | None = None
    evidence_level: int | None = None
    fictional: bool = False
    current: bool = True
    visible_from: dt.datetime | None = None
    visible_until: dt.datetime | None = None
    # False for the further parts of a file: they are found by their text, the first by the title too.
    named: bool = True


@dataclass(frozen=True, slots=True)
class Source:
    """Where documents come from. Owners are the rows that it reads, named by their primary keys.

    `verbs` are the Events that make it look again, at the owners that `affected` tells. `build` gives the
    documents of those owners that anybody may read now; `readable` are those owners alone, cheap enough to
    be asked again under the lock and before a result is shown. `everything` names all owners.
    `hides` are those of the verbs after which one of their owners may not be read any more: it is gone from the
    index in the transaction of the Event. `kinds` are what its documents can be; empty means anything.
    """

    name: str
    verbs: frozenset[str]
    affected: Callable[[Event], Iterable[int]]
    build: Callable[[Sequence[int]], Iterator[Document]]
    readable: Callable[[], QuerySet[Any]]
    everything: Callable[[], list[int]]
    hides: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()


def place_labels(municipality: Municipality | None) -> Iterator[Label]:
    """시도 and 시군구 as two entries of the same facet; a 광역 is its own region."""
    if municipality is None:
        return
    yield Label("region", municipality.region.code, municipality.region.name)
    if municipality.level != Level.METRO:
        yield Label("region", municipality.code, municipality.name)


def named_as_before(documents: Iterable[Document]) -> list[Document]:
    """Where a municipality's name finds a document, the names that it had before do so too: one query for all."""
    found = list(documents)
    keys = {one.municipality.pk for one in found if one.municipality is not None}
    names: dict[int, list[str]] = {}
    rows = Succession.objects.filter(successor__in=keys).order_by("on", "pk")
    for key, name in rows.values_list("successor", "old_name"):
        names.setdefault(key, []).append(name)
    return [_with_names(one, names) for one in found]


def _with_names(document: Document, names: dict[int, list[str]]) -> Document:
    place = document.municipality
    if place is None or place.pk not in names or place.name not in document.tags:
        return document
    return replace(document, tags=tuple(dict.fromkeys((*document.tags, *names[place.pk]))))


def year_label(year: int | None) -> list[Label]:
    return [Label("year", str(year), f"{year}년")] if year else []
