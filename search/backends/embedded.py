"""The engine of the database in use: its full-text index matches, arrays narrow and count, we rank.

At most three statements: documents with all words; where these are few, documents with most of them; and
the terms of the best candidates.
"""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterable, Sequence

import numpy as np

from search.backends.base import FEW, Answer, Hit, Question, Sort
from search.backends.dialects import Dialect, Matches, Select, dialect
from search.backends.ordering import CANDIDATES, Scores, by_score, exact_scores, exactly
from search.catalog import KINDS, Catalog
from search.facets import Entry, Ids, Mask, Narrowed, keep, narrow
from search.plan import Plan
from search.ranking import most_of
from search.vocabulary import Vocabulary

# Up to so many expected hits the index estimates each; beyond, hits in title or tags come first and the
# newest after them (docs/benchmarks.md: the exact order of thousands of ties is not worth its price).
MOST_ESTIMATED = 1_000
_NONE = Matches(np.zeros(0, np.int64), np.zeros(0))


class Embedded:
    """An engine over one state of the catalog and the vocabulary."""

    name = "embedded"

    def __init__(self, catalog: Catalog, vocabulary: Vocabulary) -> None:
        self._catalog = catalog
        self._vocabulary = vocabulary
        self._dialect: Dialect = dialect()

    def answer(self, question: Question) -> Answer:
        """Match, narrow, count, rank; see search.backends.base."""
        plan = question.plan
        found, literal = self._all_words(plan) if plan.clauses else (self._everything(plan), None)
        full = narrow(self._catalog, self._allowed(found.ids, question), question.chosen)
        partial = self._most_words(question, found.ids, len(full.ids))
        some = narrow(self._catalog, partial.ids, question.chosen)
        first, second = self._ordered([_only(found, full.ids), _only(partial, some.ids)], question)
        return Answer(
            hits=self._page(first, second, question),
            groups=self._groups(first, question.group),
            total=len(full.ids),
            total_partial=len(some.ids),
            facets=_counts(full, some),
            by_word=literal is None or not len(full.ids) or bool(np.isin(full.ids, literal).any()),
        )

    # ---- matching ----

    def _everything(self, plan: Plan) -> Matches:
        """Without words: all that can be found, less what is excluded."""
        ids: Ids = np.flatnonzero(self._catalog.live).astype(np.int64)
        if plan.excluded:
            expression = self._dialect.any_of(map(self._dialect.phrase, plan.excluded))
            (excluded,) = self._dialect.fetch([Select(expression)])
            ids = np.setdiff1d(ids, excluded.ids, assume_unique=True)
        return Matches(ids, np.zeros(len(ids)))

    def _all_words(self, plan: Plan) -> tuple[Matches, Ids | None]:
        """Documents that satisfy every clause, and those that do so without synonyms, if it has any."""
        if plan.hopeless:
            return _NONE, None
        few = min(self._expected(plan)) <= MOST_ESTIMATED
        every = self._dialect.every(plan.clauses)
        selects = [Select(self._dialect.without(every, plan.excluded), scored=few)]
        if not few:
            in_heads = self._dialect.every(plan.clauses, heads=True)
            selects.append(Select(self._dialect.without(in_heads, plan.excluded)))
        if plan.has_synonyms:
            every = self._dialect.every(plan.literal().clauses)
            selects.append(Select(self._dialect.without(every, plan.excluded)))
        every_match, *others = self._dialect.fetch(selects)
        found = every_match
        if not few:
            found = Matches(found.ids, np.isin(found.ids, others[0].ids) * np.float64(1))
        return self._known(found), others[-1].ids if plan.has_synonyms else None

    def _known(self, found: Matches) -> Matches:
        """Without rows that were written after the catalog was read."""
        known = found.ids < len(self._catalog.live)
        return Matches(found.ids[known], found.scores[known])

    def _expected(self, plan: Plan) -> Iterable[int]:
        """At most how many documents satisfy each clause."""
        rarest = self._vocabulary.rarest
        for clause in plan.clauses:
            yield self._vocabulary.count(rarest(choice.terms) for choice in clause.choices)

    def _most_words(self, question: Question, known: Ids, full: int) -> Matches:
        """Where full hits are few: documents with enough of the weight of the words (Plan.enough)."""
        clauses = question.plan.clauses
        if full >= FEW or len(clauses) < 2:
            return _NONE
        needed, rest = most_of(clauses, question.plan.share)
        one_needed = self._dialect.any_of(self._dialect.clause(clause) for clause in needed)
        expressions = [self._dialect.clause(clause) for clause in needed]
        expressions += [
            self._dialect.all_of((self._dialect.clause(clause), one_needed)) for clause in rest
        ]
        excluded = question.plan.excluded
        matches = self._dialect.fetch(
            [Select(self._dialect.without(expression, excluded)) for expression in expressions]
        )
        scores = np.zeros(len(self._catalog.live))
        for match, clause in zip(matches, (*needed, *rest), strict=True):
            scores[self._catalog.known(match.ids)] += clause.points
        scores[known] = 0
        ids = np.flatnonzero(scores >= question.plan.enough)
        found = Matches(ids, scores[ids])
        return _only(found, self._allowed(found.ids, question))

    def _allowed(self, ids: Ids, question: Question) -> Ids:
        """What may be seen now and lies within the question's days and versions."""
        catalog = self._catalog
        mask: Mask = catalog.visible(ids, time.time())
        if not question.every_version:
            mask &= catalog.current[ids]
        if question.since:
            mask &= catalog.date[ids] >= question.since
        if question.until:
            mask &= (catalog.date[ids] <= question.until) & (catalog.date[ids] > 0)
        left = ids[mask]
        for facet, values in question.refused.items():
            left = np.setdiff1d(left, keep(catalog, left, {facet: values}), assume_unique=True)
        return left

    # ---- ordering ----

    def _ordered(self, tiers: Sequence[Matches], question: Question) -> list[Matches]:
        if question.sort is Sort.RELEVANCE and question.plan.clauses:
            return self._by_relevance(tiers, question.plan)
        by_column = [self._by_column(tier.ids, question.sort) for tier in tiers]
        return [Matches(ids, np.zeros(len(ids))) for ids in by_column]

    def _page(self, first: Matches, second: Matches, question: Question) -> list[Hit]:
        """The wanted stretch of both tiers, one behind the other."""
        begin, end = question.offset, question.offset + question.limit
        behind = slice(max(0, begin - len(first.ids)), max(0, end - len(first.ids)))
        full = self._hits(first.ids[begin:end], first.scores[begin:end], full=True)
        return full + self._hits(second.ids[behind], second.scores[behind], full=False)

    def _hits(self, ids: Ids, scores: Scores, *, full: bool) -> list[Hit]:
        kinds = self._catalog.kind[ids]
        return [
            Hit(int(i), full, KINDS[kind], float(score))
            for i, kind, score in zip(ids, kinds, scores, strict=True)
        ]

    def _groups(self, first: Matches, most: int) -> list[list[Hit]]:
        """The first full hits of every kind; the kind with the best hit comes first."""
        if not most:
            return []
        kinds = self._catalog.kind[first.ids]
        _, begins = np.unique(kinds, return_index=True)
        places = [np.flatnonzero(kinds == kinds[begin])[:most] for begin in sorted(begins)]
        return [self._hits(first.ids[each], first.scores[each], full=True) for each in places]

    def _by_column(self, ids: Ids, sort: Sort) -> Ids:
        """Newest first, or best evidence first and then newest."""
        catalog = self._catalog
        keys = [-ids, -catalog.date[ids].astype(np.int64)]
        if sort is Sort.EVIDENCE:
            keys.append(-catalog.evidence[ids].astype(np.int64))
        return ids[np.lexsort(keys)]

    def _by_relevance(self, tiers: Sequence[Matches], plan: Plan) -> list[Matches]:
        """The best by the first estimate, in the order of their exact score; the others behind them."""
        catalog = self._catalog
        rough = [tier.ids[by_score(catalog, tier.ids, tier.scores)] for tier in tiers]
        best = np.concatenate([ids[:CANDIDATES] for ids in rough])
        exact = exact_scores(catalog, plan, best)
        return [Matches(*exactly(catalog, ids, exact)) for ids in rough]


def _only(found: Matches, ids: Ids) -> Matches:
    mask = np.isin(found.ids, ids, assume_unique=True)
    return Matches(found.ids[mask], found.scores[mask])


def _counts(full: Narrowed, some: Narrowed) -> dict[str, list[Entry]]:
    return full.facets if len(full.ids) or not len(some.ids) else some.facets


def ordinal(day: dt.date | None) -> int:
    """A day for Question.since and until."""
    return day.toordinal() if day else 0
