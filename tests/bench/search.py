"""Finding: the target table of design/search.md, against SQLite's own full text over the raw words.

10,000 documents (HUB_BENCH_DOCUMENTS) made of 2,000 sentences that are analysed once each. The database is a
SQLite file of this run's own. `make bench-large` asks for 100,000.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Callable, Iterator
from typing import Any

from tests.bench.figures import Figure, cpu, milliseconds
from tests.generators import corpus

TARGETS = "design/search.md"
DOCUMENTS = int(os.environ.get("HUB_BENCH_DOCUMENTS", "10000"))
SENTENCES = 2_000
QUESTIONS = 60
TITLES = 20_000
ANALYSED = 150  # documents for the throughput


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        _set_up(folder)
        filled = _fill()
        return [
            *_indexing(),
            *_searching(filled),
            *_facets(),
            *_highlights(),
            *_suggesting(),
        ]


def _set_up(folder: str) -> None:
    os.environ["HUB_DATABASE_URL"] = f"sqlite:///{folder}/hub.sqlite3"
    os.environ["HUB_VAR_DIR"] = folder
    os.environ["DJANGO_SETTINGS_MODULE"] = "coalition.settings.test"
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def _fill() -> int:
    """Write the documents with their terms, and beside them the raw text for the baseline."""
    from django.db import connection, transaction

    from search import korean
    from search.clock import Clock
    from search.models import SearchDocument
    from search.terms import TermCounts
    from search.tokens import tokens_of

    analyser = korean.load()
    sentences = corpus.stock(SENTENCES)
    analysed = [tokens_of(analyser.units(sentence)) for sentence in sentences]
    titles: dict[str, Any] = {}
    owners = _owners()
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("CREATE VIRTUAL TABLE raw USING fts5(title, body, tokenize='unicode61')")
        clock, counts, rows = Clock.locked(), TermCounts(), []
        for made in corpus.documents(DOCUMENTS, SENTENCES):
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


def _owners() -> list[int]:
    """A row for every document to belong to, and a source that lets it be read: results look at both."""
    from cms.models import Tag
    from search import documents
    from search.source import Source

    tags = Tag.objects.bulk_create(
        [Tag(name=f"bench {i}", slug=f"bench-{i}") for i in range(DOCUMENTS)], batch_size=500
    )
    bench = Source(
        name="bench",
        verbs=frozenset(),
        affected=lambda event: (),
        build=lambda pks: iter(()),
        readable=lambda: Tag.objects.filter(slug__startswith="bench-"),
        everything=list,
    )
    documents.SOURCES = (*documents.SOURCES, bench)
    return [tag.pk for tag in tags]


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


def _p95(work: Callable[[str], object], asked: list[str]) -> float:
    """Seconds of CPU that all but the slowest twentieth of the questions take."""
    return sorted(cpu(lambda text=text: work(text)) for text in asked)[int(len(asked) * 0.95)]


# ---- the table -----------------------------------------------------------------------------------------


def _indexing() -> Iterator[Figure]:
    from django.db import transaction

    from coalition.record.models import User
    from search import korean
    from search.projection import project
    from search.source import Document, Source

    analyser = korean.load()
    sentences = corpus.stock(SENTENCES)
    made = list(corpus.documents(ANALYSED, SENTENCES, seed=9))
    texts = ["\n".join(sentences[n] for n in one.sentences) for one in made]
    users = User.objects.bulk_create(User(username=f"bench-{i}") for i in range(ANALYSED))
    source = Source(
        name="bench-throughput", verbs=frozenset(), affected=lambda event: (),
        build=lambda pks: (
            Document(kind="page", key=f"throughput-{user.pk}", owner=user.pk, url="/", title=one.title, body=text)
            for user, one, text in zip(users, made, texts, strict=True)
        ),
        readable=User.objects.all, everything=lambda: [u.pk for u in users],
    )  # fmt: skip
    owners = [user.pk for user in users]

    def bare() -> None:
        for one, text in zip(made, texts, strict=True):
            analyser._kiwi.tokenize(one.title)
            analyser._kiwi.tokenize(text)

    def anew() -> None:
        with transaction.atomic():
            project(source, owners)
            transaction.set_rollback(True)

    base, whole = cpu(bare), cpu(anew)
    project(source, owners)
    unchanged = cpu(lambda: project(source, owners))
    size = sum(len(one.title) + len(text) for one, text in zip(made, texts, strict=True))
    baseline = f"bare kiwi.tokenize ({size / base:,.0f} characters/s)"
    yield Figure(
        "index new documents (CPU)", whole / base, "×", 1 / 0.85, baseline=baseline, source=TARGETS
    )
    yield Figure(
        "index unchanged documents (CPU)",
        unchanged / base,
        "×",
        0.02,
        baseline=baseline,
        source=TARGETS,
    )


def _searching(rows: int) -> Iterator[Figure]:
    from django.db import connection

    from search.finding import Wanted, find
    from search.query import parse
    from search.results import results_of

    asked = corpus.questions(QUESTIONS)

    def raw(text: str) -> None:
        with connection.cursor() as cursor:
            expression = " AND ".join(f'"{word}"' for word in text.split())
            cursor.execute(
                "SELECT rowid FROM raw WHERE raw MATCH %s ORDER BY bm25(raw) LIMIT 10", [expression]
            )
            cursor.fetchall()

    def ids(text: str) -> None:
        find(Wanted(parse(text), limit=10))

    def page(text: str) -> None:
        outcome = find(Wanted(parse(text), limit=10))
        results_of(outcome.answer.hits, outcome.plan)

    base = _p95(raw, asked)
    baseline = f"FTS5 unicode61, top 10 ({milliseconds(base):.1f} ms)"
    large = rows >= 50_000
    for what, work, most in (
        ("top 10 with all facets", ids, 3.0),
        ("with facets and 10 highlights", page, 3.0 if large else 5.0),
    ):
        taken = _p95(work, asked)
        yield Figure(
            f"{rows:,} documents, p95: {what}", taken / base, "×", most,
            baseline=f"{baseline}; {milliseconds(taken):.1f} ms", source=TARGETS,
        )  # fmt: skip


def _facets() -> Iterator[Figure]:
    import numpy as np

    from search import catalog
    from search.backends.dialects import Select, dialect
    from search.facets import narrow

    known, asked = catalog.fresh(), [q for q in corpus.questions(QUESTIONS) if " " not in q]
    phrases = [Select(dialect().phrase([text])) for text in asked]
    fetched = [dialect().fetch([phrase])[0].ids for phrase in phrases]
    chosen = {"division": frozenset(corpus.FIELDS[:3]), "year": frozenset({"2024", "2025"})}

    base = cpu(lambda: [dialect().fetch([phrase]) for phrase in phrases])
    plain = cpu(lambda: [narrow(known, ids.astype(np.int64), {}) for ids in fetched])
    multi = cpu(lambda: [narrow(known, ids.astype(np.int64), chosen) for ids in fetched])
    baseline = f"fetching the ids ({milliseconds(base / len(asked)):.2f} ms)"
    yield Figure("facets of all hits", plain / base, "×", 1.5, baseline=baseline, source=TARGETS)
    yield Figure(
        "multi-select facets",
        multi / plain,
        "×",
        2.0,
        baseline="facets without choices",
        source=TARGETS,
    )


def _highlights() -> Iterator[Figure]:
    from search.finding import Wanted, find
    from search.query import parse
    from search.results import results_of

    outcome = find(Wanted(parse("돌봄 일자리"), limit=10))
    shown = results_of(outcome.answer.hits, outcome.plan)
    if len(shown) != 10 or "<mark>" not in shown[0].snippet_html:
        raise RuntimeError("there is nothing to mark")
    taken = cpu(lambda: results_of(outcome.answer.hits, outcome.plan))
    yield Figure("10 highlights, read and marked", milliseconds(taken), "ms", 10.0, source=TARGETS)


def _suggesting() -> Iterator[Figure]:
    from django.db import transaction

    from search import suggest
    from search.catalog import fresh
    from search.clock import Clock
    from search.models import SearchDocument

    missing = TITLES - SearchDocument.objects.count()
    if missing > 0:
        with transaction.atomic():
            clock = Clock.locked()
            SearchDocument.objects.bulk_create(
                [
                    SearchDocument(
                        kind="page", key=f"title-{one.number}", owner_kind="bench", owner_id=one.number,
                        url="/", title=f"{one.title} {one.number}", seq=clock.next(),
                    )
                    for one in corpus.documents(missing, SENTENCES, seed=5)
                ],
                batch_size=500,
            )  # fmt: skip
            clock.save()
    fresh()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    suggest.suggest("가")
    grown = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    asked = [
        "ㄷ",
        "ㄷㅂ",
        "도",
        "돌",
        "돌ㅂ",
        "돌봄",
        "돌봄 일",
        "일자리",
        "ㅇㅈㄹ",
        "청년 주",
        "dlfw",
        "가람 돌",
        "ㅊㄴ",
        "체감",
        "없는말",
    ]
    yield Figure(
        f"suggestions at {TITLES:,} titles, p95",
        milliseconds(_p95(suggest.suggest, asked)),
        "ms",
        1.0,
        source=TARGETS,
    )
    yield Figure("memory of the suggestions", grown, "MB")
