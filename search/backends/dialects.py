"""The two sentences of SQL in which the embedded engine asks: FTS5 of SQLite, tsvector of PostgreSQL.

Terms are made of [0-9a-z가-힣ㄱ-ㅎ] only (search.signs), and phrases of such terms; nothing that a reader
wrote reaches an expression in any other form.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from search.plan import Clause


@dataclass(frozen=True, slots=True)
class Matches:
    """Ids of documents, each once, and the engine's own first estimate of each (0 where not asked for)."""

    ids: NDArray[np.int64]
    scores: NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Select:
    """Documents for which an expression holds; `scored` with the engine's own first estimate."""

    expression: str
    scored: bool = False


class Dialect(ABC):
    """Expressions and the query of one database."""

    both: str
    either: str

    def clause(self, clause: Clause, *, heads: bool = False) -> str:
        """Any choice of the clause; with `heads` only in title and tags."""
        made = (self.phrase(choice.terms, heads=heads) for choice in clause.choices)
        return self.any_of(made)

    def every(self, clauses: Iterable[Clause], *, heads: bool = False) -> str:
        return self.all_of(self.clause(clause, heads=heads) for clause in clauses)

    def any_of(self, expressions: Iterable[str]) -> str:
        return f"({self.either.join(expressions)})"

    def all_of(self, expressions: Iterable[str]) -> str:
        return f"({self.both.join(expressions)})"

    def without(self, expression: str, excluded: Sequence[tuple[str, ...]]) -> str:
        """`expression`, and none of these phrases."""
        if not excluded:
            return expression
        return self.minus(expression, self.any_of(self.phrase(terms) for terms in excluded))

    def fetch(self, selects: Sequence[Select]) -> list[Matches]:
        """What each expression matches, all by one statement.

        Ids without estimates come as one text each: a row per id would be most of the work.
        """
        sql = " UNION ALL ".join(self.select(i, s) for i, s in enumerate(selects))
        with connection.cursor() as cursor:
            cursor.execute(sql, [select.expression for select in selects])
            rows = cursor.fetchall()
        lists = {place: ids for place, ids, _ in rows}
        return [
            _scored([(int(i), e) for p, i, e in rows if p == place])
            if select.scored
            else _listed(lists.get(place))
            for place, select in enumerate(selects)
        ]

    @abstractmethod
    def phrase(self, terms: Sequence[str], *, heads: bool = False) -> str: ...

    @abstractmethod
    def minus(self, left: str, right: str) -> str: ...

    @abstractmethod
    def select(self, place: int, select: Select) -> str: ...


class Sqlite(Dialect):
    """FTS5. bm25() is negative, the better the smaller."""

    both, either = " AND ", " OR "

    def phrase(self, terms: Sequence[str], *, heads: bool = False) -> str:
        written = f'"{" ".join(terms)}"'
        return f"{{tokens_title tokens_tags}} : {written}" if heads else written

    def minus(self, left: str, right: str) -> str:
        return f"({left} NOT {right})"

    def select(self, place: int, select: Select) -> str:
        matches = "FROM search_fts WHERE search_fts MATCH %s"
        if select.scored:
            return (
                f"SELECT {place}, CAST(rowid AS TEXT), -bm25(search_fts, 5.0, 3.0, 1.0) {matches}"
            )
        return f"SELECT {place}, group_concat(rowid), 0.0 {matches}"


class Postgresql(Dialect):
    """A literal tsquery over the literal tsvector; PostgreSQL's own parser sees neither."""

    both, either = " & ", " | "

    def phrase(self, terms: Sequence[str], *, heads: bool = False) -> str:
        label = ":AB" if heads else ""
        return "({})".format(" <-> ".join(f"'{term}'{label}" for term in terms))

    def minus(self, left: str, right: str) -> str:
        return f"({left} & !{right})"

    def select(self, place: int, select: Select) -> str:
        matches = "FROM search_searchdocument, CAST(%s AS tsquery) AS q WHERE vector @@ q"
        if select.scored:
            estimate = "ts_rank('{0.2, 0.2, 0.6, 1.0}', vector, q, 1)"
            return f"SELECT {place}, CAST(id AS text), {estimate} {matches}"
        return f"SELECT {place}, string_agg(CAST(id AS text), ','), 0.0 {matches}"


def _scored(rows: Sequence[tuple[int, float]]) -> Matches:
    ids = np.array([row[0] for row in rows], np.int64)
    return Matches(ids, np.array([row[1] for row in rows], np.float64))


def _listed(written: str | None) -> Matches:
    ids = np.array(written.split(","), np.int64) if written else np.zeros(0, np.int64)
    return Matches(ids, np.zeros(len(ids)))


def dialect() -> Dialect:
    """That of the database in use."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
