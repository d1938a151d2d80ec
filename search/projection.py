"""Writes to the projection: what is new or changed goes in by the background, what is hidden at once.

Analysis happens outside any transaction. The write takes the clock's lock first and asks again, under it,
whether the thing may still be read: a page that is unpublished meanwhile can't come back by a late write.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, transaction
from django.db.models import Q, QuerySet

from coalition.pause import collector_paused
from coalition.record.models import Event
from coalition.record.queries import mark_read, unread_events
from search import korean
from search.clock import Clock
from search.datasets import DATASETS
from search.documents import SOURCES, touched
from search.korean import Asked
from search.models import SearchDocument, SearchTerm
from search.names import registry_names
from search.pages import PAGES
from search.source import Document, Source, named_as_before
from search.terms import TermCounts
from search.tokens import Tokens, tokens_of

logger = logging.getLogger(__name__)

READER = "search"
MOST_TEXT = 100_000  # characters of a body that are analysed
_AT_ONCE = 100


# ---- the background job --------------------------------------------------------------------------------


def project_unread(limit: int = 200) -> int:
    """A portion of the Events that search has not seen; how many there were. Safe to repeat."""
    events = unread_events(READER, limit=limit)
    for source, owners in touched(events).items():
        project_patiently(source, sorted(owners))
    mark_read(READER, events)
    return len(events)


def project_patiently(source: Source, owners: Sequence[int]) -> int:
    """Project in portions. One owner whose text can't be read does not stop the others.

    It is told to the log, and `search_check` goes on naming it. A fault of the database or of the
    analyser is raised: then nothing counts as done.
    """
    korean.load(registry_names)
    changed = 0
    for portion in _portions(owners):
        try:
            changed += project(source, portion)
        except DatabaseError:
            raise
        except Exception:
            logger.exception("%s %s…: 하나씩 다시 합니다", source.name, portion[0])
            changed += sum(_project_one(source, owner) for owner in portion)
    return changed


def _portions(owners: Sequence[int]) -> Iterator[Sequence[int]]:
    return (owners[i : i + _AT_ONCE] for i in range(0, len(owners), _AT_ONCE))


def _project_one(source: Source, owner: int) -> int:
    try:
        return project(source, [owner])
    except DatabaseError:
        raise
    except Exception:
        logger.exception("%s %s을(를) 검색에 싣지 못했습니다", source.name, owner)
        return 0


# ---- one portion ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Prepared:
    """A document that differs from its row. `fields` are the row's values; `spoken` says that its terms are missing."""

    document: Document
    fields: dict[str, Any]
    spoken: bool = False


def project(source: Source, owners: Sequence[int]) -> int:
    """Make the rows of these owners what they should be; how many rows were written."""
    rows = {(row.kind, row.key): row for row in _rows_of(source, owners)}
    documents = named_as_before(source.build(owners))
    if strange := {d.kind for d in documents} - (source.kinds or {d.kind for d in documents}):
        raise ValueError(f"Source {source.name} does not name these kinds: {sorted(strange)}")
    prepared = [p for d in documents if (p := prepare(source, d, rows.get((d.kind, d.key))))]
    wanted = {(d.kind, d.key) for d in documents}
    gone = [row.pk for key, row in rows.items() if key not in wanted and not row.deleted]
    if not prepared and not gone:
        return 0
    analyse(p for p in prepared if p.spoken)
    with transaction.atomic():
        clock = Clock.locked()
        readable = set(source.readable().filter(pk__in=owners).values_list("pk", flat=True))
        written = _write(clock, source, [p for p in prepared if p.document.owner in readable])
        hidden = _hide(clock, SearchDocument.objects.filter(pk__in=gone))
        clock.save()
    return written + hidden


def _rows_of(source: Source, owners: Sequence[int]) -> QuerySet[SearchDocument]:
    rows = SearchDocument.objects.filter(owner_kind=source.name, owner_id__in=owners)
    return rows.only("kind", "key", "deleted", "text_hash", "whole_hash")


def prepare(source: Source, document: Document, row: SearchDocument | None) -> Prepared | None:
    """What has to be written, or None. Text that did not change is not analysed again."""
    analyser = korean.load(registry_names)
    text_hash = digest(
        [analyser.version, document.title, document.body, document.tags, document.codes]
    )
    fields = _fields(source, document)
    whole_hash = digest([text_hash, {**fields, "body": ""}])  # the body is in the first hash
    if row is not None and row.whole_hash == whole_hash and not row.deleted:
        return None
    fields |= {"text_hash": text_hash, "whole_hash": whole_hash, "analyser": analyser.version}
    return Prepared(document, fields, spoken=row is None or row.text_hash != text_hash)


def _fields(source: Source, document: Document) -> dict[str, Any]:
    """The row's columns, terms aside."""
    place = document.municipality
    return {
        "owner_kind": source.name,
        "owner_id": document.owner,
        "url": document.url,
        "title": document.title,
        "body": document.body,
        "labels": [list(label) for label in document.labels],
        "municipality_code": place.code if place else "",
        "municipality_slug": place.slug if place else "",
        "municipality_name": place.name if place else "",
        "note": document.note,
        "date": document.date,
        "evidence_level": document.evidence_level,
        "fictional": document.fictional,
        "current": document.current,
        "visible_from": document.visible_from,
        "visible_until": document.visible_until,
    }


def analyse(prepared: Iterable[Prepared]) -> None:
    """Complete the fields with the terms, for as much text at once as memory bears."""
    waiting: list[Prepared] = []
    size = 0
    for one in prepared:
        waiting.append(one)
        size += len(one.document.body)
        if size >= MOST_TEXT:
            _analyse_together(waiting)
            waiting, size = [], 0
    _analyse_together(waiting)


def _analyse_together(prepared: Sequence[Prepared]) -> None:
    analyser = korean.load(registry_names)
    with collector_paused():  # ten thousands of small tuples, and no cycle among them
        units = iter(analyser.units_of(text for p in prepared for text in _texts(p.document)))
        for one in prepared:
            one.fields.update(_terms(one.document, *(tokens_of(next(units)) for _ in range(3))))


def _texts(document: Document) -> tuple[Asked, Asked, Asked]:
    """Title, body and tags as they are taken apart."""
    return (
        Asked(document.title if document.named else "", heading=True),
        Asked(document.body[:MOST_TEXT]),
        Asked("\n".join(document.tags), heading=True),
    )


def _terms(document: Document, title: Tokens, body: Tokens, tags: Tokens) -> dict[str, Any]:
    codes = " ".join(document.codes)
    return {
        "tokens_title": title.text,
        "tokens_tags": f"{codes} {tags.text}".strip(),
        "tokens_body": body.text,
        "words_title": title.words,
        "words_tags": len(document.codes) + tags.words,
        "words_body": body.words,
        "spans_title": title.packed,
        "spans_body": body.packed,
    }


def digest(values: Any) -> str:
    """The same for the same values, whatever their order in a mapping."""
    written = json.dumps(values, ensure_ascii=False, default=str, sort_keys=True)
    return hashlib.sha256(written.encode("utf-8", "surrogatepass")).hexdigest()


# ---- writing under the lock ----------------------------------------------------------------------------


def _write(clock: Clock, source: Source, prepared: Iterable[Prepared]) -> int:
    """Insert and update rows, and count their terms up."""
    by_key = {(p.document.kind, p.document.key): p for p in prepared}
    owners = {p.document.owner for p in by_key.values()}
    known = SearchDocument.objects.filter(owner_kind=source.name, owner_id__in=owners)
    rows = {(row.kind, row.key): row for row in known if (row.kind, row.key) in by_key}
    counts = TermCounts()
    new: list[SearchDocument] = []
    for key, one in by_key.items():
        values = {**one.fields, "deleted": False, "seq": clock.next()}
        row = rows.get(key)
        if row is None:
            row = SearchDocument(kind=key[0], key=key[1], **values)
            new.append(row)
        else:
            counts.subtract(row)
            for name, value in values.items():
                setattr(row, name, value)
            row.save(update_fields=values)
        counts.add(row)
    SearchDocument.objects.bulk_create(new)
    counts.save(clock.value)
    return len(by_key)


def _hide(clock: Clock, rows: QuerySet[SearchDocument]) -> int:
    """Turn visible rows into tombstones, and count their terms down."""
    counts = TermCounts()
    hidden = list(rows.filter(deleted=False))
    for row in hidden:
        counts.subtract(row)
        row.deleted, row.seq = True, clock.next()
        row.save(update_fields=["deleted", "seq"])
    counts.save(clock.value)
    return len(hidden)


def erase(clock: Clock, rows: QuerySet[SearchDocument]) -> int:
    """Hide rows, and empty the text of these and of those hidden before: what they stood for is no more."""
    changed = _hide(clock, rows)
    for row in rows.filter(deleted=True).exclude(title="", body="", tokens_title=""):
        row.seq = clock.next()
        row.save(update_fields=["seq", *_empty(row)])
        changed += 1
    return changed


def _empty(row: SearchDocument) -> list[str]:
    """Take a row's text away; the names of the columns."""
    texts = ["title", "body", "note", "tokens_title", "tokens_tags", "tokens_body"]
    for name in (*texts, "text_hash", "whole_hash"):
        setattr(row, name, "")
    row.labels, row.spans_title, row.spans_body = [], b"", b""
    return [*texts, "text_hash", "whole_hash", "labels", "spans_title", "spans_body"]


# ---- hiding in the transaction of the Event ------------------------------------------------------------

# What these Events take away is gone at the next request; the background looks later what comes back.
PAGE_SOURCES = (PAGES.name, DATASETS.name)  # those whose owners are pages
HIDES_ONE = frozenset({"page.unpublished"})
HIDES_TREE = frozenset({"page.restricted", "page.moved", "page.renamed", "page.deleted"})


def hide_at_once(sender: Any, instance: Event, created: bool, **kwargs: Any) -> None:
    """Receiver of post_save on Event: runs in the transaction that wrote it."""
    if created:
        for source in SOURCES:
            if instance.verb in source.hides:
                _hide_unreadable(source, sorted(source.affected(instance)))
    if not created or instance.verb not in HIDES_ONE | HIDES_TREE:
        return
    condition = Q(owner_id=instance.object_id)
    if instance.verb in HIDES_TREE:
        for name in ("url_path", "url_path_before"):
            if path := instance.data.get(name):
                condition |= Q(url__startswith=_address(path))
    rows = SearchDocument.objects.filter(condition, owner_kind__in=PAGE_SOURCES)
    with transaction.atomic():
        clock = Clock.locked()
        take_away = erase if instance.verb == "page.deleted" else _hide
        if take_away(clock, rows):
            clock.save()


def _hide_unreadable(source: Source, owners: Sequence[int]) -> None:
    """Of these owners, take away and empty what nobody may read any more."""
    for portion in _portions(owners):
        readable = source.readable().filter(pk__in=portion).values("pk")
        rows = SearchDocument.objects.filter(owner_kind=source.name, owner_id__in=portion)
        gone = rows.exclude(owner_id__in=readable)
        if not gone.exists():
            continue
        with transaction.atomic():
            clock = Clock.locked()
            if erase(clock, gone):
                clock.save()


def _address(url_path: str) -> str:
    """`/home/news/` → `/news/` (cms.addresses does the same for a page at hand)."""
    below_home = url_path.strip("/").partition("/")[2]
    return f"/{below_home}/" if below_home else "/"


# ---- everything ----------------------------------------------------------------------------------------


def project_everything(told: Callable[[str, int, int], None] = lambda *_: None) -> int:
    """Project all that there should be and hide the rest. `told` hears source, done and total."""
    changed = 0
    for source in SOURCES:
        owners = source.everything()
        for done, portion in enumerate(_portions(owners)):
            told(source.name, done * _AT_ONCE, len(owners))
            changed += project_patiently(source, portion)
        told(source.name, len(owners), len(owners))
        changed += _hide_strangers(source, owners)
    return changed


def _hide_strangers(source: Source, owners: Sequence[int]) -> int:
    """Rows of owners that are no more."""
    rows = SearchDocument.objects.filter(owner_kind=source.name, deleted=False)
    strangers = sorted({*rows.values_list("owner_id", flat=True)} - {*owners})
    with transaction.atomic():
        clock = Clock.locked()
        hidden = erase(clock, rows.filter(owner_id__in=strangers))
        if hidden:
            clock.save()
    return hidden


def recount_terms() -> int:
    """Set every term's counts to what the rows say, and drop terms that nothing has; how many differed."""
    with transaction.atomic():
        clock = Clock.locked()
        counts = TermCounts()
        for row in SearchDocument.objects.filter(deleted=False).iterator(chunk_size=200):
            counts.add(row)
        for term in SearchTerm.objects.iterator(chunk_size=2000):
            counts.documents[term.term] -= term.documents
            counts.words[term.term] -= term.words
        differing = sum(1 for t in counts.documents if counts.documents[t] or counts.words[t])
        if differing:
            counts.save(clock.next())
            clock.save()
    return differing
