"""Elasticsearch as a mirror of the projection: the only place that knows its clients.

It matches and counts; what a result shows comes from the database. Every failure of the server, whatever
it is, becomes `Unavailable`: then the embedded engine answers (search.backends.choice).
"""

from __future__ import annotations

import hashlib
import json
import os
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, ClassVar

import numpy as np
from django.conf import settings
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import scan
from elasticsearch_dsl import Boolean, Document, Integer, Keyword, Long, MetaField, Text

from search.backends import elastic_query
from search.backends.base import FEW, Answer, Hit, Question, Sort
from search.backends.ordering import CANDIDATES, by_score, exact_scores, exactly
from search.catalog import KINDS, Catalog
from search.facets import COUNTED, Entry, Ids, entries
from search.models import SearchDocument
from search.source import Label

READING = 0.5  # seconds that a reader waits at most, for all requests together
WRITING = 20.0
_EARLIEST, _LATEST = 0, 2**53  # of what has no hour to open or to close


class Unavailable(Exception):
    """The server did not answer, or not with what was asked."""


class FoundDocument(Document):
    """A row of the projection, as the index knows it. A field that is not named here is refused."""

    title = Text(analyzer="whitespace")
    tags = Text(analyzer="whitespace")
    body = Text(analyzer="whitespace")
    kind = Keyword()
    region = Keyword()
    division = Keyword()
    evidence = Keyword()
    year = Keyword()
    tag = Keyword()
    phase = Keyword()
    method = Keyword()
    target = Keyword()
    clause = Keyword()
    version = Keyword()
    others = Keyword()
    row = Long()
    seq = Long()
    day = Integer()
    level = Integer()
    current = Boolean()
    opens = Long()
    closes = Long()

    class Index:
        name = "hub"
        settings: ClassVar[dict[str, Any]] = {
            "number_of_shards": 1,
            "auto_expand_replicas": "0-1",
            "refresh_interval": "-1",
            "gc_deletes": "1h",
        }

    class Meta:
        dynamic = MetaField("strict")


def mapping() -> dict[str, Any]:
    """The mapping as it is sent, with its own hash in `_meta`."""
    made: dict[str, Any] = FoundDocument._doc_type.mapping.to_dict()  # noqa: SLF001
    return {**made, "_meta": {"schema": schema()}}


@lru_cache(maxsize=1)
def schema() -> str:
    """Changes when the mapping does: then a new index is built."""
    made = FoundDocument._doc_type.mapping.to_dict()  # noqa: SLF001
    return hashlib.sha256(json.dumps(made, sort_keys=True).encode()).hexdigest()[:8]


def as_document(row: SearchDocument) -> dict[str, Any]:
    """A visible row."""
    found: dict[str, Any] = {
        "title": row.tokens_title,
        "tags": row.tokens_tags,
        "body": row.tokens_body,
        "row": row.pk,
        "seq": row.seq,
        "day": row.date.toordinal() if row.date else 0,
        "level": -1 if row.evidence_level is None else row.evidence_level,
        "current": row.current,
        "opens": _milliseconds(row.visible_from, _EARLIEST),
        "closes": _milliseconds(row.visible_until, _LATEST),
    }
    labels = [Label(*label) for label in row.labels]
    if row.evidence_level is not None:
        labels.append(Label("evidence", str(row.evidence_level), ""))
    for label in labels:
        name, values = elastic_query.field(label.facet, [label.value])
        found.setdefault(name, []).extend(values)
    return found


def _milliseconds(moment: Any, default: int) -> int:
    return int(moment.timestamp() * 1000) if moment else default


# ---- the server ----------------------------------------------------------------------------------------


def configured() -> bool:
    return bool(settings.HUB_ELASTICSEARCH)


def client() -> Elasticsearch:
    """One client per process and address."""
    return _client(json.dumps(settings.HUB_ELASTICSEARCH, sort_keys=True), os.getpid())


@lru_cache(maxsize=4)
def _client(written: str, process: int) -> Elasticsearch:
    options = json.loads(written)
    login = (options["user"], options["password"]) if options.get("user") else None
    return Elasticsearch(
        options["url"],
        basic_auth=login,
        api_key=options.get("api_key") or None,
        **({"ca_certs": options["ca"]} if options.get("ca") else {}),
        request_timeout=WRITING,
        max_retries=0,
        retry_on_timeout=False,
    )


def prefix() -> str:
    """What the names of our indices begin with."""
    return str(settings.HUB_ELASTICSEARCH["index"])


@dataclass(frozen=True, slots=True)
class Refused:
    """A document that the server does not take, and why."""

    pk: int
    reason: str


class Server:
    """What the mirror does on the server. Every method raises Unavailable when it can't be done."""

    def __init__(self) -> None:
        self._client = client()

    def index_is_ours(self, name: str) -> bool:
        """Whether the index is there with exactly our mapping."""
        try:
            answer = self._client.indices.get_mapping(index=name)
        except NotFoundError:
            return False
        except (ApiError, TransportError) as error:
            raise Unavailable(_reason(error)) from error
        return bool(answer[name]["mappings"] == mapping())

    def create(self, name: str) -> None:
        """An empty index; one of this name that is not ours goes."""
        options = {"index": FoundDocument.Index.settings}
        with _refusals():
            self._client.indices.delete(index=name, ignore_unavailable=True)
            self._client.indices.create(index=name, mappings=mapping(), settings=options)

    def delete(self, name: str) -> None:
        with _refusals():
            self._client.indices.delete(index=name, ignore_unavailable=True)

    def names(self) -> set[str]:
        """Indices of our prefix."""
        with _refusals():
            return set(self._client.indices.get(index=f"{prefix()}-*", features="aliases").keys())

    def send(self, name: str, rows: Sequence[SearchDocument]) -> list[Refused]:
        """Rows as they are now; those that the server refuses. A newer version there stays."""
        operations: list[dict[str, Any]] = []
        for row in rows:
            what = {"_index": name, "_id": str(row.pk), "version": row.seq}
            what["version_type"] = "external_gte"
            if row.deleted:
                operations.append({"delete": what})
            else:
                operations += [{"index": what}, as_document(row)]
        with _refusals():
            answer = self._client.bulk(operations=operations)
        refused = []
        for row, item in zip(rows, answer["items"], strict=True):
            ((_, said),) = item.items()
            status = said["status"]
            if status < 300 or (status in (404, 409) and (row.deleted or status == 409)):
                continue
            reason = json.dumps(said.get("error", said), ensure_ascii=False)[:500]
            if status == 429 or status >= 500 or status == 404:
                raise Unavailable(reason)
            refused.append(Refused(row.pk, reason))
        return refused

    def drop(self, name: str, pk: int, seq: int) -> None:
        """Take one document away: what it became was refused, and what it was may not be found."""
        try:
            self._client.delete(index=name, id=str(pk), version=seq, version_type="external_gte")
        except NotFoundError:
            return
        except (ApiError, TransportError) as error:
            if getattr(error, "status_code", 0) != 409:
                raise Unavailable(_reason(error)) from error

    def refresh(self, name: str) -> None:
        """What was sent can be found from now on."""
        with _refusals():
            self._client.indices.refresh(index=name)

    def point_alias(self, name: str) -> None:
        """Let the alias point at this index and at no other, in one step."""
        others = {"remove": {"index": f"{prefix()}-*", "alias": prefix(), "must_exist": False}}
        with _refusals():
            actions: list[dict[str, Any]] = [others, {"add": {"index": name, "alias": prefix()}}]
            self._client.indices.update_aliases(actions=actions)

    def count(self, name: str) -> int:
        with _refusals():
            return int(self._client.count(index=name)["count"])

    def versions(self, name: str) -> Iterator[tuple[int, int]]:
        """Row id and seq of every document."""
        query = {"query": {"match_all": {}}, "_source": ["row", "seq"]}
        with _refusals():
            for hit in scan(self._client, index=name, query=query, size=2_000):
                yield int(hit["_id"]), int(hit["_source"]["seq"])

    def answers(self, name: str) -> None:
        """Raises unless the index answers a search as quickly as a reader needs it."""
        quick = self._client.options(request_timeout=READING)
        with _refusals():
            quick.search(index=name, size=0, query={"match_all": {}})


class _refusals:  # noqa: N801 (reads as a word after `with`)
    """Whatever the client raises is Unavailable."""

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: Any, error: Any, trace: Any) -> None:
        if isinstance(error, ApiError | TransportError):
            raise Unavailable(_reason(error)) from error


def _reason(error: Exception) -> str:
    """Without the body of the request."""
    status = getattr(error, "status_code", None)
    return f"{type(error).__name__} {status or ''} {str(error)[:200]}".strip()


# ---- the engine ----------------------------------------------------------------------------------------


class Elastic:
    """The mirror as an engine. `unseen` are rows that changed after what the index knows."""

    name = "elasticsearch"

    def __init__(self, catalog: Catalog, index: str, unseen: Sequence[int]) -> None:
        self._catalog = catalog
        self._index = index
        self._unseen = unseen
        self._until = time.monotonic() + READING

    def answer(self, question: Question) -> Answer:
        """Match, narrow, count; the order of the best is made from stored terms, as everywhere."""
        first = self._ask(elastic_query.first_tier(question, self._unseen))
        total = _total(first)
        second: dict[str, Any] | None = None
        if total < FEW and len(question.plan.clauses) > 1:
            second = self._ask(elastic_query.second_tier(question, self._unseen))
        tiers = [_ids(first["hits"]), _ids(second["hits"]) if second else _ids(None)]
        grouped = self._by_kind(first) if question.group else {}
        known = [self._known(ids) for ids in (*tiers, *grouped.values())]
        exact: dict[int, float] = {}
        by_relevance = question.sort is Sort.RELEVANCE and bool(question.plan.clauses)
        if by_relevance:
            best = np.unique(np.concatenate([ids[:CANDIDATES] for ids in known]))
            exact = exact_scores(self._catalog, question.plan, best)
        ordered = [self._ordered(ids, exact, by_relevance) for ids in known[:2]]
        some = _total(second) if second else 0
        counted = first if total or not some else second or first
        literal = first["aggregations"].get("literal")
        return Answer(
            hits=self._page(ordered, total, question),
            groups=self._groups(known[2:], exact, question, by_relevance),
            total=total,
            total_partial=some,
            facets={facet: self._entries(facet, counted, question) for facet in COUNTED},
            by_word=literal is None or not total or bool(literal["doc_count"]),
        )

    def _ask(self, body: dict[str, Any]) -> dict[str, Any]:
        left = self._until - time.monotonic()
        if left <= 0.01:
            raise Unavailable("기다릴 시간이 지났습니다")
        body = {**body, "timeout": f"{int(left * 900)}ms"}
        with _refusals():
            answer = client().options(request_timeout=left).search(index=self._index, body=body)
        if answer["timed_out"] or answer["_shards"]["failed"]:
            raise Unavailable("조각 가운데 일부가 답하지 않았습니다")
        return dict(answer)

    def _known(self, ids: Ids) -> Ids:
        known = self._catalog.known(ids)
        return known[self._catalog.live[known]]

    def _ordered(self, ids: Ids, exact: dict[int, float], by_relevance: bool) -> Any:
        if not by_relevance:
            return ids, np.zeros(len(ids))
        return exactly(self._catalog, ids, exact)

    def _page(self, tiers: list[Any], total: int, question: Question) -> list[Hit]:
        begin, end = question.offset, question.offset + question.limit
        (first, first_scores), (second, second_scores) = tiers
        behind = slice(max(0, begin - total), max(0, end - total))
        full = self._hits(first[begin:end], first_scores[begin:end], full=True)
        return full + self._hits(second[behind], second_scores[behind], full=False)

    def _hits(self, ids: Ids, scores: Any, *, full: bool) -> list[Hit]:
        kinds = self._catalog.kind[ids]
        return [
            Hit(int(i), full, KINDS[kind], float(score))
            for i, kind, score in zip(ids, kinds, scores, strict=True)
        ]

    # ---- groups and facets ----

    def _by_kind(self, answer: dict[str, Any]) -> dict[str, Ids]:
        buckets = answer["aggregations"]["groups"]["kinds"]["buckets"]
        return {bucket["key"]: _ids(bucket["best"]["hits"]) for bucket in buckets}

    def _groups(
        self, kinds: list[Ids], exact: dict[int, float], question: Question, by_relevance: bool
    ) -> list[list[Hit]]:
        """The best of every kind, the kind with the best of all first."""
        made = []
        for ids in kinds:
            scores = np.array([exact.get(int(i), 0.0) for i in ids])
            order = by_score(self._catalog, ids, scores) if by_relevance else np.arange(len(ids))
            best = order[: question.group]
            made.append(self._hits(ids[best], scores[best], full=True))
        return sorted(filter(None, made), key=lambda group: self._place(group[0], question))

    def _place(self, hit: Hit, question: Question) -> tuple[float, int, int, int]:
        """Where a hit stands in the order of the question."""
        evidence = int(self._catalog.evidence[hit.id]) if question.sort is Sort.EVIDENCE else 0
        return -round(hit.score, 6), -evidence, -int(self._catalog.date[hit.id]), -hit.id

    def _entries(self, facet: str, answer: dict[str, Any], question: Question) -> list[Entry]:
        book = self._catalog.book
        counts = np.zeros(len(book.labels), np.int64)
        counted = answer["aggregations"][f"facet_{facet}"]
        for bucket in counted.get("values", counted)["buckets"]:
            number = book.number(facet, bucket["key"])
            if number is not None:
                counts[number] = bucket["doc_count"]
        return entries(self._catalog, facet, counts, question.chosen.get(facet, frozenset()))


def _total(answer: dict[str, Any]) -> int:
    return int(answer["hits"]["total"]["value"])


def _ids(hits: Any) -> Ids:
    rows = [hit["fields"]["row"][0] for hit in hits["hits"]] if hits else []
    return np.array(rows, np.int64)
