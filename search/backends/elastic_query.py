"""A Question as Elasticsearch reads it: plain dictionaries, so that what is sent can be looked at.

Terms only, no analysis and no scripts: the same documents as the embedded engine, by construction. Points
of clauses are whole numbers (search.plan), which 32-bit scores add up exactly.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from search.backends.base import Question, Sort
from search.backends.ordering import CANDIDATES
from search.facets import COUNTED
from search.plan import Clause

FACET_FIELDS = (*COUNTED, "phase", "method", "target", "clause", "version")
_FIELDS = (("title", 5.0), ("tags", 3.0), ("body", 1.0))
_PER_KIND = 20
_MOST_VALUES = 2_000

Body = dict[str, Any]


def first_tier(question: Question, unseen: Sequence[int]) -> Body:
    """Documents with all words: candidates, counts, and whether one has them without synonyms."""
    plan = question.plan
    words: list[Body] = [{"match_none": {}}] if plan.hopeless else _clauses(plan.clauses)
    body = _request(question, unseen, {"must": words})
    if plan.has_synonyms and not plan.hopeless:
        literal = _every(plan.literal().clauses)
        body["aggs"]["literal"] = {"filter": _both(literal, _chosen(question))}
    if question.group:
        body["aggs"]["groups"] = {
            "filter": _both(*_chosen(question)),
            "aggs": {"kinds": {"terms": {"field": "kind", "size": 50}, "aggs": _best(question)}},
        }
    return body


def second_tier(question: Question, unseen: Sequence[int]) -> Body:
    """Documents with enough of the weight of the words (Plan.enough), and not all of them."""
    plan = question.plan
    some = [
        {"constant_score": {"filter": _clause(clause), "boost": clause.points}}
        for clause in plan.clauses
    ]
    body = _request(question, unseen, {"should": some, "must_not": [_every(plan.clauses)]})
    body["min_score"] = plan.enough
    return body


# ---- what is asked -------------------------------------------------------------------------------------


def _request(question: Question, unseen: Sequence[int], words: Mapping[str, list[Body]]) -> Body:
    refused = [{"terms": {field(f, v)[0]: field(f, v)[1]}} for f, v in question.refused.items()]
    excluded = [_phrase(terms) for terms in question.plan.excluded]
    hidden = [{"ids": {"values": [str(pk) for pk in unseen]}}] if unseen else []
    query: Body = {
        **words,
        "filter": _allowed(question),
        "must_not": [*words.get("must_not", ()), *excluded, *refused, *hidden],
    }
    if "should" in words:
        query["minimum_should_match"] = 1
    return {
        "query": {"bool": query},
        "post_filter": _both(*_chosen(question)),
        "aggs": _facets(question),
        "size": max(CANDIDATES, question.offset + question.limit),
        "sort": _sort(question),
        "track_scores": True,
        "track_total_hits": True,
        "_source": False,
        "docvalue_fields": ["row"],
    }


def _allowed(question: Question) -> list[Body]:
    """What may be seen now and lies within the question's days and versions."""
    now = int(time.time() * 1000)
    allowed: list[Body] = [
        {"range": {"opens": {"lte": now}}},
        {"range": {"closes": {"gt": now}}},
    ]
    if not question.every_version:
        allowed.append({"term": {"current": True}})
    if question.since:
        allowed.append({"range": {"day": {"gte": question.since}}})
    if question.until:
        allowed.append({"range": {"day": {"lte": question.until, "gt": 0}}})
    return allowed


def _sort(question: Question) -> list[Body]:
    newest: list[Body] = [{"day": "desc"}, {"row": "desc"}]
    if question.sort is Sort.RELEVANCE and question.plan.clauses:
        return [{"_score": "desc"}, *newest]
    if question.sort is Sort.EVIDENCE:
        return [{"level": "desc"}, *newest]
    return newest


# ---- words ---------------------------------------------------------------------------------------------


def _clauses(clauses: Iterable[Clause]) -> list[Body]:
    return [_clause(clause) for clause in clauses]


def _every(clauses: Iterable[Clause]) -> Body:
    return {"bool": {"filter": _clauses(clauses)}}


def _clause(clause: Clause) -> Body:
    """Any choice of the clause; the best one counts for the first estimate."""
    choices = [_phrase(choice.terms, choice.weight) for choice in clause.choices]
    return {"dis_max": {"queries": choices}}


def _phrase(terms: Sequence[str], weight: float = 1.0) -> Body:
    """One term, or a row of neighbouring terms, in any of the three fields."""
    if len(terms) == 1:
        made = [
            {"term": {name: {"value": terms[0], "boost": boost * weight}}}
            for name, boost in _FIELDS
        ]
    else:
        made = [
            {"match_phrase": {name: {"query": " ".join(terms), "boost": boost * weight}}}
            for name, boost in _FIELDS
        ]
    return {"dis_max": {"queries": made}}


# ---- facets --------------------------------------------------------------------------------------------


def field(facet: str, values: Iterable[str]) -> tuple[str, list[str]]:
    """The field of a facet and its values there; facets without a field of their own share one."""
    if facet in FACET_FIELDS:
        return facet, sorted(values)
    return "others", sorted(f"{facet}:{value}" for value in values)


def _chosen(question: Question, *, but: str = "") -> list[Body]:
    """The reader's choices, less those of one facet."""
    chosen = (field(f, v) for f, v in question.chosen.items() if v and f != but)
    return [{"terms": {name: values}} for name, values in chosen]


def _facets(question: Question) -> Body:
    """Counts of every facet, each with the choices in the others; where there are none, nothing to pass through."""
    made: Body = {}
    for facet in COUNTED:
        values = {"terms": {"field": facet, "size": _MOST_VALUES}}
        choices = _chosen(question, but=facet)
        made[f"facet_{facet}"] = (
            {"filter": _both(*choices), "aggs": {"values": values}} if choices else values
        )
    return made


def _best(question: Question) -> Body:
    top = {
        "size": _PER_KIND,
        "sort": _sort(question),
        "track_scores": True,
        "_source": False,
        "docvalue_fields": ["row"],
    }
    return {"best": {"top_hits": top}}


def _both(*conditions: Body | Iterable[Body]) -> Body:
    flat: list[Body] = []
    for condition in conditions:
        flat += [condition] if isinstance(condition, dict) else list(condition)
    return {"bool": {"filter": flat}} if flat else {"match_all": {}}
