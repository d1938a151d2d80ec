"""What an engine is: a plan and choices in, ids with totals and facets out.

The embedded engine answers by the database in use; a mirror (Elasticsearch) is another class with this one
method, chosen by search.backends.choice. Nobody else knows which engine answered, except the reader: it is said.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from search.facets import Entry
from search.plan import Plan

# With fewer documents that have all words, those that have most of them follow below a line.
FEW = 10


class Sort(StrEnum):
    """The order of results within a tier."""

    RELEVANCE = "relevance"
    NEWEST = "newest"
    EVIDENCE = "evidence"


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked of an engine.

    `chosen` narrows by facets (alternatives within one), `refused` takes entries away. `since` and `until`
    are days as ordinals, both included; 0 is open. `every_version` lets in provisions that a newer version
    has replaced. With `group` the first so many full hits of every kind are wanted beside the page.
    """

    plan: Plan
    chosen: Mapping[str, frozenset[str]] = field(default_factory=dict)
    refused: Mapping[str, frozenset[str]] = field(default_factory=dict)
    since: int = 0
    until: int = 0
    every_version: bool = False
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    group: int = 0


@dataclass(frozen=True, slots=True)
class Hit:
    """A found document. `full`: it satisfies all clauses."""

    id: int
    full: bool
    kind: str
    score: float = 0.0


@dataclass(frozen=True, slots=True)
class Answer:
    """What an engine found. `total` counts full hits, `total_partial` those with most of the words.

    `hits` are the wanted page of both, `groups` the first full ones of each kind, the kind with the best
    first. `by_word` is False when every full hit owes itself to a synonym. Facets count the full hits, or
    the partial ones where there is no full hit.
    """

    hits: list[Hit]
    groups: list[list[Hit]]
    total: int
    total_partial: int
    facets: dict[str, list[Entry]]
    by_word: bool = True


class Engine(Protocol):
    """`name` is what the API calls it."""

    @property
    def name(self) -> str: ...

    def answer(self, question: Question) -> Answer: ...
