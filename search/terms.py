"""How many visible documents have each term, kept in the transaction that shows or hides a document."""

from __future__ import annotations

from collections import Counter

from django.db import connection

from search.models import SearchDocument, SearchTerm


class TermCounts:
    """How many more or fewer visible documents have a term after this transaction."""

    def __init__(self) -> None:
        self.documents: Counter[str] = Counter()
        self.words: Counter[str] = Counter()

    def add(self, row: SearchDocument) -> None:
        every, words = terms_of(row)
        self.documents.update(every)
        self.words.update(words)

    def subtract(self, row: SearchDocument) -> None:
        if not row.deleted:
            every, words = terms_of(row)
            self.documents.subtract(every)
            self.words.subtract(words)

    def save(self, seq: int) -> None:
        changed = sorted(t for t in self.documents if self.documents[t] or self.words[t])
        table = SearchTerm._meta.db_table
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {table} (term, documents, words, seq) VALUES (%s, %s, %s, %s) "  # noqa: S608
                f"ON CONFLICT (term) DO UPDATE SET documents = {table}.documents + excluded.documents, "
                f"words = {table}.words + excluded.words, seq = excluded.seq",
                [(t, self.documents[t], self.words[t], seq) for t in changed],
            )


def terms_of(row: SearchDocument) -> tuple[set[str], set[str]]:
    """All terms of a row, and those of them that stand in reading order somewhere."""
    every: set[str] = set()
    words: set[str] = set()
    for name in ("title", "tags", "body"):
        terms = getattr(row, f"tokens_{name}").split()
        every.update(terms)
        words.update(terms[: getattr(row, f"words_{name}")])
    return every, words
