"""A hub full of documents to measure the search with, and beside it the raw text for the baseline.

Documents are put together from sentences that are analysed once each; their terms are those that the projection
would have written. The database is a SQLite file of this run's own.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

from tests.bench.figures import cpu
from tests.generators import corpus


def set_up(folder: str) -> None:
    os.environ["HUB_DATABASE_URL"] = f"sqlite:///{folder}/hub.sqlite3"
    os.environ["HUB_VAR_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "coalition.settings.test"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def fill(documents: int, stock: int) -> int:
    """Write the documents with their terms, and beside them the raw text for the baseline."""
    from django.db import connection, transaction

    from search import korean
    from search.clock import Clock
    from search.models import SearchDocument
    from search.terms import TermCounts
    from search.tokens import tokens_of

    analyser = korean.load()
    sentences = corpus.stock(stock)
    analysed = [tokens_of(analyser.units(sentence)) for sentence in sentences]
    titles: dict[str, Any] = {}
    owners = _owners(documents)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE raw USING fts5(title, body, tokenize='unicode61')")
        clock, counts, rows = Clock.locked(), TermCounts(), []
        for made in corpus.documents(documents, stock):
            title = titles.get(made.title)
            if title is None:
                title = titles[made.title] = tokens_of(analyser.units(made.title, heading=True))
            row = _row(made, title, sentences, analysed)
            row.seq, row.analyser = clock.next(), analyser.version
            row.owner_id = owners[made.number]
            counts.add(row)
            rows.append(row)
        SearchDocument.objects.bulk_create(rows, batch_size=500)
        cursor.execute(
            "INSERT INTO raw(rowid, title, body) SELECT id, title, body FROM search_searchdocument"
        )
        counts.save(clock.next())
        clock.save()
    return len(rows)


def _owners(number: int) -> list[int]:
    """A row for every document to belong to, and a source that lets it be read: results look at both."""
    from cms.models import Tag

    tags = Tag.objects.bulk_create(
        [Tag(name=f"bench {i}", slug=f"bench-{i}") for i in range(number)], batch_size=500
    )
    let_be_read()
    return [tag.pk for tag in tags]


def let_be_read() -> None:
    """The source of these documents, in every process that searches in them."""
    from cms.models import Tag
    from search import documents
    from search.source import Source

    bench = Source(
        name="bench",
        verbs=frozenset(),
        affected=lambda event: (),
        build=lambda pks: iter(()),
        readable=lambda: Tag.objects.filter(slug__startswith="bench-"),
        everything=list,
    )
    documents.SOURCES = (*documents.SOURCES, bench)


def _row(made: corpus.Made, title: Any, sentences: list[str], analysed: list[Any]) -> Any:
    import datetime as dt

    from search.models import SearchDocument
    from search.tokens import pack_spans

    reading: list[Any] = []
    beside: list[Any] = []
    place, body = 0, []
    for number in made.sentences:
        tokens = analysed[number]
        moved = [
            (t, s + place, e + place) for t, (s, e) in zip(tokens.terms, tokens.spans, strict=True)
        ]
        reading += moved[: tokens.words]
        beside += moved[tokens.words :]
        body.append(sentences[number])
        place += len(sentences[number]) + 1
    every = [*reading, *beside]
    code = f"X000{corpus.PLACES.index(made.place) + 1}"
    kind = ("case", "case", "question", "answer", "page")[made.number % 5]
    return SearchDocument(
        kind=kind, key=f"bench-{made.number}", owner_kind="bench",
        url=f"/bench/{made.number}/", title=made.title, body="\n".join(body),
        tokens_title=title.text, words_title=title.words, spans_title=title.packed,
        tokens_tags="", words_tags=0,
        tokens_body=" ".join(t for t, _, _ in every), words_body=len(reading),
        spans_body=pack_spans((s, e) for _, s, e in every),
        labels=[
            ["kind", kind, kind], ["region", "X0", "가상도"], ["region", code, made.place],
            ["division", made.field, made.field], ["year", str(made.year), f"{made.year}년"],
            ["tag", made.field, made.field],
        ],
        date=dt.date(made.year, 1 + made.number % 12, 1), evidence_level=made.level,
    )  # fmt: skip


def raw(text: str) -> None:
    """The baseline: SQLite's own full text over the raw words, the ten best by its own rank."""
    from django.db import connection

    with connection.cursor() as cursor:
        expression = " AND ".join(f'"{word}"' for word in text.split())
        cursor.execute(
            "SELECT rowid FROM raw WHERE raw MATCH %s ORDER BY bm25(raw) LIMIT 10", [expression]
        )
        cursor.fetchall()


def p95(work: Callable[[str], object], asked: list[str]) -> float:
    """Seconds of CPU that all but the slowest twentieth of the questions take."""
    return sorted(cpu(lambda text=text: work(text)) for text in asked)[int(len(asked) * 0.95)]
