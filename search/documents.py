"""What can be found: the one place where a new kind of thing is made findable.

A Source (search.source) reads some rows, says which documents stand for them now, and which Events make
it look again. To add a kind: write its Source beside search.pages, and name it here.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Exists, OuterRef, Q

from coalition.record.models import Event
from search.datasets import DATASETS
from search.dialogue import ANSWERS, CORE_QUESTIONS, QUESTIONS
from search.files import DOCUMENTS
from search.meetings import MEETINGS
from search.models import SearchDocument
from search.pages import PAGES
from search.practice import MODELS, PILOTS
from search.provisions import BILLS
from search.source import Source

SOURCES: tuple[Source, ...] = (
    PAGES,
    DATASETS,
    BILLS,
    MODELS,
    PILOTS,
    CORE_QUESTIONS,
    QUESTIONS,
    ANSWERS,
    MEETINGS,
    DOCUMENTS,
)

#: After these everything that names a municipality (its code is with the Event) names another one, or another way;
#: so with what names its body or division.
CARRIED = frozenset(
    {"records.passed-on", "municipality.renamed", "body.revised", "division.revised"}
)


def _told_of(source: Source, code: str) -> Iterable[int]:
    rows = SearchDocument.objects.filter(owner_kind=source.name, municipality_code=code)
    return rows.order_by().values_list("owner_id", flat=True).distinct()


def touched(events: Iterable[Event]) -> dict[Source, set[int]]:
    """The owners that these Events are about, by source."""
    owners: dict[Source, set[int]] = {}
    for event in events:
        for source in SOURCES:
            if event.verb in source.verbs:
                owners.setdefault(source, set()).update(source.affected(event))
            if event.verb in CARRIED:
                owners.setdefault(source, set()).update(_told_of(source, event.data["code"]))
    return owners


def readable_now(kinds: Iterable[str]) -> Q:
    """Condition on SearchDocuments of these kinds: their owner may be read by anybody at this moment.

    Only the sources that can have made them are asked: each of these conditions costs its share of a search.
    """
    wanted = frozenset(kinds)
    condition = Q(pk__in=[])
    for source in SOURCES:
        if source.kinds and not source.kinds & wanted:
            continue
        owner = source.readable().filter(pk=OuterRef("owner_id"))
        condition |= Q(Q(owner_kind=source.name), Exists(owner))
    return condition
