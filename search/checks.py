"""Is everything found that should be, and nothing else? `search_check` asks this, and so do the tests."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection

from search import desk, korean, mirror
from search.backends import elastic
from search.documents import SOURCES
from search.models import SearchDocument, SearchTerm
from search.names import registry_names
from search.projection import prepare
from search.source import Source
from search.terms import TermCounts
from search.triggers import index_is_whole

_AT_ONCE = 100


@dataclass(frozen=True, slots=True)
class Drift:
    """One thing that is not as it should be. `what` is missing, extra, stale, analyser, index,
    terms, desk or mirror."""

    what: str
    which: str

    def __str__(self) -> str:
        return f"{_SAID[self.what]}: {self.which}"


_SAID = {
    "missing": "검색에 없음",
    "extra": "있으면 안 되는데 있음",
    "stale": "옛 내용임",
    "analyser": "옛 분석기로 나눔",
    "index": "색인이 저장된 낱말과 다름",
    "terms": "색인어의 수가 다름",
    "desk": "책상 검색에 아직 없음",
    "mirror": "검색 서버가 다름",
}


def drifts() -> Iterator[Drift]:
    """Everything that is wrong. Reads only; analyses nothing."""
    for source in SOURCES:
        yield from _of_source(source)
    version = korean.load(registry_names).version
    old = SearchDocument.objects.filter(deleted=False).exclude(analyser=version)
    for row in old.only("kind", "key"):
        yield Drift("analyser", str(row))
    if not index_is_whole(connection):
        yield Drift("index", connection.vendor)
    yield from _terms()
    yield from (Drift("desk", which) for which in desk.missing())
    yield from _of_mirror()


def _of_source(source: Source) -> Iterator[Drift]:
    owners = source.everything()
    for begin in range(0, len(owners), _AT_ONCE):
        portion = owners[begin : begin + _AT_ONCE]
        rows = SearchDocument.objects.filter(owner_kind=source.name, owner_id__in=portion)
        known = {(row.kind, row.key): row for row in rows}
        wanted = {(d.kind.value, d.key): d for d in source.build(portion)}
        for key, document in wanted.items():
            row = known.get(key)
            name = f"{key[0]}:{key[1]}"
            if row is None or row.deleted:
                yield Drift("missing", name)
            elif prepare(source, document, row) is not None:
                yield Drift("stale", name)
        for key, row in known.items():
            if key not in wanted and not row.deleted:
                yield Drift("extra", str(row))
    strangers = SearchDocument.objects.filter(owner_kind=source.name, deleted=False)
    for row in strangers.exclude(owner_id__in=owners):
        yield Drift("extra", str(row))


def _of_mirror() -> Iterator[Drift]:
    """The search server, row by row, where there is one."""
    if not elastic.configured():
        return
    try:
        yield from (Drift("mirror", which) for which in mirror.drift())
    except elastic.Unavailable as error:
        yield Drift("mirror", f"답하지 않음 ({error})")


def _terms() -> Iterator[Drift]:
    """Count every visible document's terms again."""
    counts = TermCounts()
    for row in SearchDocument.objects.filter(deleted=False).iterator(chunk_size=200):
        counts.add(row)
    for term in SearchTerm.objects.iterator(chunk_size=2000):
        said = (term.documents, term.words)
        if said != (counts.documents.pop(term.term, 0), counts.words.get(term.term, 0)):
            yield Drift("terms", term.term)
    for term_left, count in counts.documents.items():
        if count:
            yield Drift("terms", term_left)
