"""What is like a thing, and why: the words that say most about it, and the topics and division that it shares.

The same terms as everywhere, weighed by how rare they are; no second index. Only what the catalog shows now is
offered, and it is read from the database once more before it is shown.
"""

from __future__ import annotations

import time
from dataclasses import dataclass

import numpy as np
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from search import catalog as catalogs
from search import jamo, vocabulary
from search.backends.base import Hit
from search.backends.dialects import Select, dialect
from search.catalog import KINDS, Catalog
from search.models import Kind, SearchDocument
from search.plan import Choice, Clause, Plan
from search.results import Result, results_of
from search.views import not_indexed
from search.vocabulary import Vocabulary

MOST = 8
_WORDS = 16  # words of a thing that are looked for elsewhere
_NAMED = 4  # words that are named as the reason
_SHARED = {"tag": 2.0, "division": 1.0}  # what a shared label is worth, in words of middling rarity
_TOO_OFTEN = 0.4  # a share of documents above which a word says nothing
_ENOUGH = 0.12  # of a thing's own weight


@dataclass(frozen=True, slots=True)
class Alike:
    """Something similar with its reasons."""

    result: Result
    words: tuple[str, ...]
    labels: tuple[str, ...]


@require_safe
@not_indexed
def similar(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """`/search/similar/<kind>/<key>/`."""
    rows = SearchDocument.objects.filter(kind=kind, key=key, deleted=False)
    row = None if "\0" in key else rows.first()  # PostgreSQL refuses to be asked for it
    shown = results_of([Hit(row.pk, True, kind)], Plan()) if row else []
    if row is None or not shown:
        raise Http404("없거나 공개되지 않은 것입니다.")
    context = {"thing": shown[0], "alike": list(alike(row))}
    return render(request, "search/similar.html", context)


def alike(row: SearchDocument) -> list[Alike]:
    """The most similar things of the same kind, best first."""
    catalog = catalogs.fresh()
    terms = vocabulary.fresh(catalog)
    if row.pk >= len(catalog.live):
        return []
    weights = _telling(row, terms, catalog)
    if not weights:
        return []
    scores = np.zeros(len(catalog.live))
    matches = dialect().fetch([Select(dialect().phrase([term])) for term in weights])
    having = {}
    for (term, weight), found in zip(weights.items(), matches, strict=True):
        ids = catalog.known(found.ids)
        scores[ids] += weight
        having[term] = ids
    shared = _shared(row, catalog, scores, middling=float(np.median([*weights.values()])))
    scores[~_offered(row, catalog)] = 0
    enough = _ENOUGH * sum(weights.values())
    best = [int(i) for i in np.argsort(-scores, kind="stable")[:MOST] if scores[i] >= enough]
    results = results_of([Hit(i, True, row.kind, float(scores[i])) for i in best], _plan(weights))
    by_key = {result.key: result for result in results}
    keys = dict(SearchDocument.objects.filter(pk__in=best).values_list("pk", "key"))
    return [
        Alike(
            by_key[keys[i]],
            tuple(term for term in weights if i in having[term])[:_NAMED],
            tuple(name for name, ids in shared.items() if i in ids),
        )
        for i in best
        if keys.get(i) in by_key
    ]


def _telling(row: SearchDocument, terms: Vocabulary, catalog: Catalog) -> dict[str, float]:
    """The words that say most about a thing, and how much: rare ones, and those in its title."""
    counts: dict[str, float] = {}
    for name, worth in (("title", 3.0), ("tags", 1.5), ("body", 1.0)):
        words = getattr(row, f"tokens_{name}").split()[: getattr(row, f"words_{name}")]
        for word in words:
            counts[word] = counts.get(word, 0.0) + worth
    often = _TOO_OFTEN * max(catalog.documents, 10)
    weights = {
        word: (1 + np.log(count)) * terms.idf(terms.documents[word])
        for word, count in counts.items()
        if 1 < terms.documents.get(word, 0) <= often and len(word) > 1 and jamo.is_syllable(word[0])
    }
    ordered = sorted(weights.items(), key=lambda item: (-item[1], item[0]))
    return {word: float(weight) for word, weight in ordered[:_WORDS]}


def _shared(
    row: SearchDocument, catalog: Catalog, scores: np.ndarray, *, middling: float
) -> dict[str, set[int]]:
    """Topics and division that others have too; they count, and are named."""
    shared = {}
    for facet, value, name in row.labels:
        number = catalog.book.number(facet, value) if facet in _SHARED else None
        if number is None:
            continue
        ids = _with_label(catalog, number)
        scores[ids] += _SHARED[facet] * middling
        shown = f"{name} 분과" if facet == "division" else name
        shared[shown] = set(ids.tolist())
    return shared


def _with_label(catalog: Catalog, number: int) -> np.ndarray:
    owners = np.repeat(np.arange(len(catalog.count)), catalog.count)
    before = np.cumsum(catalog.count) - catalog.count
    places = np.arange(len(owners)) - before[owners] + catalog.first[owners]
    return np.unique(owners[catalog.entries[places] == number])


def _offered(row: SearchDocument, catalog: Catalog) -> np.ndarray:
    ids = np.arange(len(catalog.live))
    offered = catalog.visible(ids, time.time()) & catalog.current
    offered &= catalog.kind == KINDS.index(Kind(row.kind).value)
    offered[row.pk] = False
    return offered


def _plan(weights: dict[str, float]) -> Plan:
    """For the marks in the excerpts."""
    return Plan(clauses=tuple(Clause((Choice((w,)),), idf=weight) for w, weight in weights.items()))
