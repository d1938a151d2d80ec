"""Finding: the target table of design/search.md, against SQLite's own full text over the raw words.

10,000 documents (HUB_BENCH_DOCUMENTS) made of 2,000 sentences that are analysed once each; tests.bench.search_large
measures 100,000. How the answers are is tested (tests/search/test_golden.py), and what they cost is measured here.
"""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Iterator

from tests.bench.figures import Figure, cpu, in_turns, milliseconds
from tests.bench.shelves import fill, p95, raw, set_up
from tests.generators import corpus

TARGETS = "design/search.md"
DOCUMENTS = int(os.environ.get("HUB_BENCH_DOCUMENTS", "10000"))
SENTENCES = 2_000
QUESTIONS = 60
TITLES = 20_000
ANALYSED = 150  # documents for the throughput


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        set_up(folder)
        rows = fill(DOCUMENTS, SENTENCES)
        return [
            *_indexing(),
            *_rebuilding(),
            *searching(rows, {"alone": 3.0, "page": 5.0}),
            *facets(),
            *_highlights(),
            *_suggesting(),
        ]


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

    base, whole = in_turns(bare, anew)
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


def _rebuilding() -> Iterator[Figure]:
    """The index made anew from stored terms: how often the analyser was asked, and what it took."""
    from django.db import connection

    from search.korean import KiwiKorean
    from search.projection import recount_terms
    from search.triggers import index_is_whole, rebuild_index

    asked = []
    units_of = KiwiKorean.units_of
    KiwiKorean.units_of = lambda *given, **named: asked.append(1) or units_of(*given, **named)  # type: ignore[method-assign]
    try:
        taken = cpu(lambda: rebuild_index(connection), rounds=1)
        recount_terms()
    finally:
        KiwiKorean.units_of = units_of  # type: ignore[method-assign]
    if not index_is_whole(connection):
        raise RuntimeError("the index is not what the rows say")
    yield Figure(
        "rebuild of the full-text index: calls of Kiwi", len(asked), "calls", 0, source=TARGETS
    )
    yield Figure("rebuild of the full-text index", taken, "s")


def searching(rows: int, most: dict[str, float]) -> Iterator[Figure]:
    """A list of ten, and a whole page, against the baseline; `most` says which targets are held."""
    from search.finding import Wanted, find
    from search.query import parse
    from search.results import results_of

    asked = corpus.questions(QUESTIONS)

    def alone(text: str) -> None:
        find(Wanted(parse(text), limit=10))

    def page(text: str) -> None:
        outcome = find(Wanted(parse(text), limit=10))
        results_of(outcome.answer.hits, outcome.plan)

    base = p95(raw, asked)
    baseline = f"FTS5 unicode61, top 10 ({milliseconds(base):.1f} ms)"
    for name, what, work in (
        ("alone", "top 10 alone (facets are always counted)", alone),
        ("page", "with facets and 10 highlights", page),
    ):
        taken = p95(work, asked)
        yield Figure(
            f"{rows:,} documents, p95: {what}", taken / base, "×", most.get(name),
            baseline=f"{baseline}; {milliseconds(taken):.1f} ms", source=TARGETS,
        )  # fmt: skip


def facets() -> Iterator[Figure]:
    """Counts of all hits against fetching their ids, and with choices against without."""
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
        milliseconds(p95(suggest.suggest, asked)),
        "ms",
        1.0,
        source=TARGETS,
    )
    yield Figure("memory of the suggestions", grown, "MB")
