"""The exact order of the best candidates, from their stored terms: the same on every engine."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
from django.db import connection
from django.utils import timezone
from numpy.typing import NDArray

from search.catalog import KINDS, Catalog
from search.facets import Ids
from search.plan import Plan
from search.ranking import Candidate, Ranker

CANDIDATES = 100
_TERMS = (
    "SELECT id, tokens_title, tokens_tags, tokens_body, words_title, words_body "
    "FROM search_searchdocument WHERE id IN ({})"
)

Scores = NDArray[np.float64]


def exact_scores(catalog: Catalog, plan: Plan, ids: Ids) -> dict[int, float]:
    """The scores of these rows."""
    ranker = Ranker(plan, catalog.mean_length, timezone.localdate().toordinal())
    return {c.id: ranker.score(c) for c in _candidates(catalog, ids)}


def exactly(catalog: Catalog, rough: Ids, exact: Mapping[int, float]) -> tuple[Ids, Scores]:
    """The first CANDIDATES in the order of their exact score, the others behind them as they were."""
    best, others = rough[:CANDIDATES], rough[CANDIDATES:]
    scores = np.array([exact.get(int(i), 0.0) for i in best], np.float64)
    order = by_score(catalog, best, scores)
    return np.concatenate((best[order], others)), np.concatenate(
        (scores[order], np.zeros(len(others)))
    )


def by_score(catalog: Catalog, ids: Ids, scores: Scores) -> Ids:
    """Places, best first; where scores tie the newer, then the later."""
    return np.lexsort((-ids, -catalog.date[ids], -scores.round(6)))


def _candidates(catalog: Catalog, ids: Ids) -> Iterator[Candidate]:
    """Terms of the candidates, straight from the driver: this is most of a search's work."""
    if not len(ids):
        return
    with connection.cursor() as cursor:
        cursor.execute(_TERMS.format(", ".join(["%s"] * len(ids))), ids.tolist())
        rows = cursor.fetchall()
    for pk, title, tags, body, words_title, words_body in rows:
        yield Candidate(
            pk,
            f" {title} ",
            f" {tags} ",
            f" {body} ",
            words_title,
            words_body,
            int(catalog.date[pk]),
            int(catalog.evidence[pk]),
            bool(catalog.current[pk]),
            KINDS[catalog.kind[pk]],
        )
