"""Which engine answers: the mirror while it is there and knows enough, else the embedded one, and it is said."""

from __future__ import annotations

from django.db import connection

from search.backends import elastic
from search.backends.base import Answer, Engine, Question
from search.backends.breaker import Breaker
from search.backends.elastic import Elastic, Server, Unavailable
from search.backends.embedded import Embedded
from search.catalog import Catalog
from search.models import Mirror
from search.vocabulary import Vocabulary

MOST_UNSEEN = (
    1_000  # rows beyond the mirror's cursor; with more of them the embedded engine answers
)
# One statement: the serving index, and what it does not know yet or refused.
_UNSEEN = """
SELECT m.name, unseen.id FROM search_mirror m
LEFT JOIN (
    SELECT d.id, d.seq, NULL AS mirror_id FROM search_searchdocument d
    WHERE d.seq > (SELECT max(seq) FROM search_mirror WHERE serving)
    UNION ALL
    SELECT l.document_id, NULL, l.mirror_id FROM search_deadletter l
) unseen ON unseen.seq > m.seq OR unseen.mirror_id = m.id
WHERE m.serving LIMIT %s
"""


def _probe() -> None:
    name = Mirror.objects.filter(serving=True).values_list("name", flat=True).first()
    try:
        if name is None:
            raise Unavailable("색인이 없습니다")
        Server().answers(name)
    finally:
        connection.close()


breaker = Breaker(_probe)


class Choice:
    """An engine for one search: every attempt of it goes to the same one, until that fails.

    `degraded` says that the mirror should have answered and did not.
    """

    def __init__(self, catalog: Catalog, vocabulary: Vocabulary) -> None:
        self._embedded = Embedded(catalog, vocabulary)
        self._mirror: Engine | None = None
        self.degraded = False
        if elastic.configured():
            self._mirror = _mirror(catalog)
            self.degraded = self._mirror is None

    @property
    def name(self) -> str:
        return self._mirror.name if self._mirror else self._embedded.name

    def answer(self, question: Question) -> Answer:
        """From the mirror, or without a word lost from the embedded engine."""
        if self._mirror is None:
            return self._embedded.answer(question)
        try:
            found = self._mirror.answer(question)
        except Unavailable as error:
            breaker.failed(error)
            self._mirror, self.degraded = None, True
            return self._embedded.answer(question)
        breaker.succeeded()
        return found


def _mirror(catalog: Catalog) -> Engine | None:
    if not breaker.closed:
        return None
    with connection.cursor() as cursor:
        cursor.execute(_UNSEEN, [MOST_UNSEEN + 1])
        rows = cursor.fetchall()
    if not rows or len(rows) > MOST_UNSEEN:
        return None
    return Elastic(catalog, rows[0][0], [row[1] for row in rows if row[1] is not None])
