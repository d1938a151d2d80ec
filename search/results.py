"""Hits as a reader sees them: read from the database once more, marked, and only if still readable."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.db import connection
from django.utils.safestring import SafeString

from search import documents
from search.backends.base import Hit
from search.highlight import Marker, excerpt_html, title_html
from search.models import Kind, SearchDocument
from search.plan import Plan
from search.source import Source
from search.tokens import unpack_spans

_MOST_TOPICS = 3
# Ids that no row has: where ids go in a statement that is kept.
_PLACES = range(-10_000, 0)
# Of these the note says what it is.
_NOTED = frozenset({Kind.PAGE, Kind.ANSWER, Kind.DOCUMENT, Kind.DATASET_ROW})


@dataclass(frozen=True, slots=True)
class Place:
    """The municipality of a result."""

    code: str
    slug: str
    name: str

    @property
    def address(self) -> str:
        """Of its front page."""
        return f"/municipalities/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Result:
    """One line of a result list. `full` is False when it has only some of the words."""

    kind: str
    key: str
    url: str
    title: str
    title_html: SafeString
    snippet_html: SafeString
    municipality: Place | None
    date: dt.date | None
    evidence_level: int | None
    full: bool
    fictional: bool
    note: str
    current: bool
    labels: dict[str, str]
    topics: tuple[str, ...] = ()

    @property
    def kind_label(self) -> str:
        return str(Kind(self.kind).label)

    @property
    def heading(self) -> str:
        """What stands above the title: whose it is; what it is where it is nobody's."""
        if self.municipality is not None and not self._is_front_page:
            return self.municipality.name
        return self.note or self.kind_label

    @property
    def beside(self) -> str:
        """What stands beside whose it is: 소식 of 가람시, who answered, a file's page."""
        return self.note if self.kind in _NOTED and self.note != self.heading else ""

    @property
    def _is_front_page(self) -> bool:
        return self.municipality is not None and self.url == self.municipality.address

    @property
    def level(self) -> str:
        """The evidence level as a sign for the scale of five; empty where there is none."""
        return "" if self.evidence_level is None else str(self.evidence_level)


def results_of(hits: Sequence[Hit], plan: Plan) -> list[Result]:
    """The rows of these hits, in their order, by one query. What may not be read any more is left out.

    The projection hides in the transaction that hides the thing; this second look covers what came past
    it, such as a page whose day of expiry has come.
    """
    if not hits:
        return []
    by_id = {row.pk: row for row in _rows([hit.id for hit in hits], {hit.kind for hit in hits})}
    marker = Marker(plan)
    return [_result(by_id[hit.id], hit, marker) for hit in hits if hit.id in by_id]


def _rows(ids: Sequence[int], kinds: Iterable[str]) -> Iterable[SearchDocument]:
    """Those of these rows that anybody may read now."""
    sql, values = _statement(documents.SOURCES, frozenset(kinds), len(ids), connection.vendor)
    named = iter(ids)
    return SearchDocument.objects.raw(sql, [next(named) if v in _PLACES else v for v in values])


@lru_cache(maxsize=512)
def _statement(
    sources: tuple[Source, ...], kinds: frozenset[str], number: int, vendor: str
) -> tuple[str, tuple[Any, ...]]:
    """The question as SQL, with places for so many ids. Making it anew costs more than its answer.

    The conditions of the sources (`readable`) are expressions without a moment or a row of their own.
    """
    rows = SearchDocument.objects.filter(
        documents.readable_now(kinds), pk__in=_PLACES[:number], deleted=False
    )
    sql, values = rows.defer("tokens_tags").query.sql_with_params()
    if sum(value in _PLACES for value in values) != number:
        raise RuntimeError("a source's condition holds numbers that look like places")
    return sql, values


def readable_rows(ids: Iterable[int]) -> list[SearchDocument]:
    """Those of these rows that anybody may read now, the one that changed last first. One query."""
    rows = SearchDocument.objects.filter(pk__in=list(ids), deleted=False)
    rows = rows.filter(documents.readable_now(Kind.values))
    narrow = ("kind", "key", "url", "title", "note", "municipality_name", "fictional", "seq")
    return list(rows.only(*narrow).order_by("-seq"))


def forget(**kwargs: Any) -> None:
    """Make the statements anew: after `flush` content types have other numbers."""
    _statement.cache_clear()


def _result(row: SearchDocument, hit: Hit, marker: Marker) -> Result:
    in_title = marker.spans(row.tokens_title.split(), unpack_spans(bytes(row.spans_title)))
    in_body = marker.spans(row.tokens_body.split(), unpack_spans(bytes(row.spans_body)))
    place = None
    if row.municipality_code:
        place = Place(row.municipality_code, row.municipality_slug, row.municipality_name)
    return Result(
        kind=row.kind,
        key=row.key,
        url=row.url,
        title=row.title,
        title_html=title_html(row.title, in_title),
        snippet_html=excerpt_html(row.body, in_body),
        municipality=place,
        date=row.date,
        evidence_level=row.evidence_level,
        full=hit.full,
        fictional=row.fictional,
        note=row.note,
        current=row.current,
        labels=_shown(row.labels),
        topics=tuple(name for facet, _, name in row.labels if facet == "tag")[:_MOST_TOPICS],
    )


def _shown(labels: Sequence[Sequence[Any]]) -> dict[str, str]:
    """The first entry of each facet, by the facet's name: 분과, 연도, 단계 of a result."""
    shown: dict[str, str] = {}
    for facet, _, name in labels:
        shown.setdefault(facet, name)
    return shown
