"""The order of results: BM25 over title, tags and body, computed from stored terms.

An engine narrows thousands of documents down to some hundred candidates in its own rough way; their order
is made here, so that it is the same on every engine. A word in the title says more than one in the body,
the word itself more than its synonym, a rare word more than a frequent one.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

from search.models import Kind
from search.plan import Choice, Clause, Plan

TITLE, TAGS, BODY = 5.0, 3.0, 1.0
_K1, _B = 1.2, 0.4
_PAIR = 0.4  # two neighbouring words of the question side by side
_OPTIONAL = 0.3
_ALL_IN_TITLE = 1.25
_IS_TITLE = 1.5
_REPLACED = 0.4  # a provision that a newer version has replaced
# What is a piece of something else that is found too: an answer has the words of its question.
_PARTS = frozenset({Kind.ANSWER, Kind.DATASET_ROW})
_PART = 0.7
_DAYS_OF_AGE = 3 * 365.25


class Candidate(NamedTuple):
    """A document's terms, each field with a blank at both ends, and what is known of it besides."""

    id: int
    title: str
    tags: str
    body: str
    words_title: int
    words_body: int
    day: int = 0
    evidence: int = -1
    current: bool = True
    kind: str = ""


class _Needles(NamedTuple):
    """A clause as it is looked for: what it says, its choices with their weights, its own words."""

    idf: float
    choices: tuple[tuple[str, float], ...]
    own: tuple[str, ...]


class Ranker:
    """Scores candidates for one plan. `mean_length` is that of a body in words, `today` an ordinal."""

    def __init__(self, plan: Plan, mean_length: float, today: int) -> None:
        self._required = [_needles(clause) for clause in plan.clauses]
        beside = [(clause, _PAIR) for clause in plan.pairs]
        beside += [(clause, _OPTIONAL) for clause in plan.optional]
        self._beside = [(_needles(clause), share) for clause, share in beside]
        self._mean_length = mean_length
        self._today = today

    def score(self, candidate: Candidate) -> float:
        """Higher is better; 0 where nothing matches."""
        length = 1 - _B + _B * candidate.words_body / self._mean_length
        words = sum(self._clause(clause, candidate, length) for clause in self._required)
        for clause, share in self._beside:
            words += share * self._clause(clause, candidate, length)
        return words * self._title_factor(candidate) * _standing(candidate, self._today)

    def _clause(self, clause: _Needles, candidate: Candidate, length: float) -> float:
        """BM25F: the fields' frequencies are added up first and saturate together."""
        best = 0.0
        for needle, weight in clause.choices:
            if weight * (_K1 + 1) <= best:
                break
            frequency = BODY * candidate.body.count(needle) / length
            frequency += TITLE * candidate.title.count(needle) + TAGS * candidate.tags.count(needle)
            if frequency:
                best = max(best, weight * frequency * (_K1 + 1) / (frequency + _K1))
        return clause.idf * best

    def _title_factor(self, candidate: Candidate) -> float:
        """A title that says all that was asked, and above all one that says nothing else."""
        title = candidate.title
        if not all(any(needle in title for needle in clause.own) for clause in self._required):
            return 1.0
        only = candidate.words_title <= len(self._required)
        return _IS_TITLE if only else _ALL_IN_TITLE


def _needles(clause: Clause) -> _Needles:
    """Heaviest choices first: a lighter one is not even looked for where it could not win."""
    ordered = sorted(clause.choices, key=lambda choice: -choice.weight)
    choices = tuple((_needle(choice), choice.weight) for choice in ordered)
    own = tuple(_needle(c) for c in clause.choices if c.how in ("word", "joined", "repaired"))
    return _Needles(clause.idf, choices, own)


def _needle(choice: Choice) -> str:
    return f" {' '.join(choice.terms)} "


def _standing(candidate: Candidate, today: int) -> float:
    """What speaks for a document whatever is asked: its evidence, how new it is, that it is in force."""
    age = max(0, today - candidate.day) if candidate.day else _DAYS_OF_AGE
    factor = (1 + 0.15 * max(0, candidate.evidence)) * (0.85 + 0.15 * math.exp(-age / _DAYS_OF_AGE))
    if candidate.kind in _PARTS:
        factor *= _PART
    return factor if candidate.current else factor * _REPLACED


def most_of(clauses: Sequence[Clause], share: int) -> tuple[list[Clause], list[Clause]]:
    """Those of which a document needs at least one if it is to have that part of the weight, and the rest.

    The heaviest clauses until what is left weighs less than it: a document with none of them can't
    reach it, so the frequent words alone are never read through.
    """
    every = sum(clause.points for clause in clauses)
    ordered = sorted(clauses, key=lambda clause: -clause.points)
    needed: list[Clause] = []
    left = every
    for clause in ordered:
        if share * left < every or not left:
            break
        needed.append(clause)
        left -= clause.points
    return needed, [clause for clause in ordered if clause not in needed]
