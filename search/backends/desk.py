"""Wagtail's search backend: explorer, choosers and listings are searched with the hub's own Korean terms.

Drafts are included. Which rows somebody may see is said by the queryset that Wagtail hands in; this only
narrows it. A title that contains what was typed is always found, so also before the worker came by and
while Kiwi is still loading.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from django.core.exceptions import FieldDoesNotExist
from django.db.models import Case, Count, Q, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from modelsearch.backends.base import (
    BaseIndex,
    BaseSearchBackend,
    BaseSearchQueryCompiler,
    BaseSearchResults,
)
from modelsearch.query import And, Boost, MatchAll, Not, Or, Phrase

from search import catalog, desk, jamo, korean, vocabulary
from search.backends.dialects import Sqlite, dialect
from search.names import registry_names_in_thread
from search.plain import PlainKorean
from search.plan import Clause, Plan, Planner
from search.query import parse
from search.signs import plain_term
from search.thesaurus import Thesaurus

# An annotation of the queryset: of pages without it only the published text counts (cms.tenancy).
OWN = "on_own_desk"
_NOTHING = Q(pk__in=[])
_SQLITE = "id IN (SELECT rowid FROM search_desk_fts WHERE search_desk_fts MATCH %s)"
_POSTGRESQL = "vector @@ CAST(%s AS tsquery)"


class Conditions:
    """Turns what was typed into conditions on one queryset."""

    def __init__(self, queryset: QuerySet[Any], *, partial: bool, heads: bool) -> None:
        self._model = queryset.model
        self._family = desk.family(queryset.model)
        self._knows_own = OWN in queryset.query.annotations
        self._dialect = dialect()
        self._partial = partial
        self._heads = heads
        known = vocabulary.fresh(catalog.fresh())
        analyser: korean.Korean | None = korean.loaded()
        if analyser is None:
            korean.load_in_background(registry_names_in_thread)
            analyser = PlainKorean(known)
        self._planner = Planner(analyser, known, Thesaurus({}))

    def of(self, query: Any) -> Q:
        """The condition of a whole query."""
        if isinstance(query, MatchAll):
            return Q()
        if isinstance(query, Not):
            inner = self.of(query.subquery)
            return ~inner if inner else _NOTHING
        if isinstance(query, Boost):
            return self.of(query.subquery)
        if isinstance(query, And | Or):
            return self._joined(map(self.of, query.subqueries), either=isinstance(query, Or))
        if isinstance(query, Phrase):
            return self._typed(f'"{query.query_string}"', either=False)
        return self._typed(query.query_string, either=query.operator == "or")

    def _typed(self, written: str, *, either: bool) -> Q:
        question = parse(written)
        plan = self._planner.plan(question)
        parts = [self._word(m, plan) for m in re.finditer(r"\S+", question.text)]
        for phrase in question.phrases:
            terms = tuple(unit.term for unit in self._planner.analyser.units(phrase, asked=True))
            found = _NOTHING
            if terms:
                found = self._matches(self._dialect.phrase(terms, heads=self._heads))
            parts.append(found | self._title(phrase))
        asked = self._joined(parts, either=either) if parts else Q()
        for field in question.fields:  # 지역:가람시 is only text here
            asked &= self._title(field.value)
        for terms in plan.excluded:
            asked &= ~self._matches(self._dialect.phrase(terms))
        return asked or _NOTHING

    def _word(self, match: re.Match[str], plan: Plan) -> Q:
        """A word between blanks: all terms in it, or the beginning of one, or a stretch of a title."""
        whole = match.group()
        inside = [
            clause
            for clause in (*plan.clauses, *plan.optional)
            if match.start() <= clause.start < match.end() and clause.kind != "letters"
        ]
        found = self._title(whole)
        if inside:
            found |= self._joined(map(self._clause, inside), either=False)
        beginning = _without_half(whole) if self._partial else ""
        term = plain_term(beginning.lower())
        if len(term) > 1:
            found |= self._title(beginning) | self._matches(self._beginning(term))
        return found

    def _clause(self, clause: Clause) -> Q:
        return self._matches(self._dialect.clause(clause, heads=self._heads))

    def _beginning(self, term: str) -> str:
        if isinstance(self._dialect, Sqlite):
            return f'{{tokens_title tokens_tags}} : "{term}"*' if self._heads else f'"{term}"*'
        return f"('{term}':*AB)" if self._heads else f"('{term}':*)"

    def _matches(self, expression: str) -> Q:
        """Things whose terms satisfy the expression. A draft's only where the draft may be seen."""
        if not self._knows_own:
            return Q(pk__in=self._rows(expression))
        published = Q(pk__in=self._rows(expression, " AND NOT draft"))
        return published | Q(Q(**{OWN: True}), pk__in=self._rows(expression))

    def _rows(self, expression: str, more: str = "") -> RawSQL:
        by_index = _SQLITE if isinstance(self._dialect, Sqlite) else _POSTGRESQL
        return RawSQL(  # noqa: S611 (the expression is a parameter)
            f"SELECT object_id FROM search_desktext WHERE model = %s AND {by_index}{more}",  # noqa: S608
            [self._family, expression],
        )

    def _title(self, text: str) -> Q:
        found = _NOTHING
        for name, own in (("title", False), ("draft_title", True)):
            if text and _has_field(self._model, name):
                says = Q(**{f"{name}__icontains": text})
                found |= says & Q(**{OWN: True}) if own and self._knows_own else says
        return found

    @staticmethod
    def _joined(parts: Iterable[Q], *, either: bool) -> Q:
        joined = Q()
        for part in parts:
            joined = joined | part if either else joined & part
        return joined


def _has_field(model: Any, name: str) -> bool:
    try:
        model._meta.get_field(name)
    except FieldDoesNotExist:
        return False
    return True


def _without_half(word: str) -> str:
    """What is whole of a word that is being typed: 돌보ㅁ → 돌보."""
    place = next((i for i, c in enumerate(word) if jamo.has_lone_letter(c)), len(word))
    return word[:place]


class DeskQuery(BaseSearchQueryCompiler):
    """A search of the desk. `partial`: the last letters of a word may still be missing."""

    DEFAULT_OPERATOR = "and"
    HANDLES_ORDER_BY_EXPRESSIONS = True
    partial = False

    def check(self) -> None:
        """Any filter and any order of the queryset is right: it stays a queryset."""

    def rows(self) -> QuerySet[Any]:
        """The queryset, narrowed; best first if Wagtail does not order it itself."""
        heads = bool(self.fields) and "body" not in self.fields
        conditions = Conditions(self.queryset, partial=self.partial, heads=heads)
        found = self.queryset.filter(conditions.of(self.query))
        if not self.order_by_relevance or isinstance(self.query, MatchAll):
            return found
        in_title = Conditions(self.queryset, partial=self.partial, heads=True)
        newest = ["-latest_revision_created_at"] if _has_field(found.model, "draft_title") else []
        first = Case(When(in_title.of(self.query), then=Value(0)), default=Value(1))
        return found.order_by(first, *newest, "-pk")


class DeskCompletion(DeskQuery):
    """The same while somebody is typing."""

    partial = True


class DeskResults(BaseSearchResults):
    """Rows of a DeskQuery."""

    supports_facet = True

    def _do_search(self) -> Sequence[Any]:
        return list(self.query_compiler.rows()[self.start : self.stop])

    def _do_count(self) -> int:
        found = self.query_compiler.rows().order_by().count()
        stop = found if self.stop is None else min(self.stop, found)
        return max(stop - self.start, 0)

    def facet(self, field_name: str) -> dict[Any, int]:
        """How many results have each value of a field, most frequent first."""
        counted = self.query_compiler.rows().order_by().values(field_name)
        rows = counted.annotate(count=Count("pk")).order_by("-count", field_name)
        return {row[field_name]: row["count"] for row in rows}


class DeskIndex(BaseIndex):
    """Marks what changed; the worker does the rest (search.desk)."""

    def add_items(self, model: Any, items: Iterable[Any]) -> None:
        desk.mark(model, [item.pk for item in items])

    def delete_item(self, item: Any) -> None:
        desk.remove(type(item), item.pk)


class SearchBackend(BaseSearchBackend):
    """What `WAGTAILSEARCH_BACKENDS` names."""

    query_compiler_class = DeskQuery
    autocomplete_query_compiler_class = DeskCompletion
    index_class = DeskIndex
    results_class = DeskResults
