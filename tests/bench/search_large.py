"""Finding among 100,000 documents (HUB_BENCH_LARGE), on the embedded engine and on Elasticsearch: `make bench-large`.

The documents are resampled from 20,000 sentences that are analysed once each: analysing 100,000 texts of their own
would take most of an hour and measure the analyser. Elasticsearch works in a process of its own, so its figure is
wall time on both sides, of a server that has been at work for a while; where it is missing the figure is left out
and the run says so.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator

from tests.bench.figures import Figure, milliseconds
from tests.bench.search import QUESTIONS, TARGETS, facets, searching
from tests.bench.shelves import fill, raw, set_up
from tests.generators import corpus
from tests.services import elasticsearch as service

DOCUMENTS = int(os.environ.get("HUB_BENCH_LARGE", "100000"))
#: Rounds of all questions before the clock runs: a Java server compiles what it does often.
WARMING = 5
SENTENCES = min(20_000, DOCUMENTS)


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        set_up(folder)
        rows = fill(DOCUMENTS, SENTENCES)
        return [*searching(rows, {"page": 3.0}), *facets(), *_elasticsearch(rows)]


def _elasticsearch(rows: int) -> Iterator[Figure]:
    from django.conf import settings

    from search import mirror
    from search.backends import elastic
    from search.finding import Wanted, find
    from search.query import parse
    from search.results import results_of

    asked = corpus.questions(QUESTIONS)

    def page(text: str) -> None:
        outcome = find(Wanted(parse(text), limit=10))
        if outcome.engine != "elasticsearch":
            raise RuntimeError("the search server did not answer")
        results_of(outcome.answer.hits, outcome.plan)

    try:
        with service.node() as node:
            elastic.READING = 30.0  # what is measured here is how long it takes
            settings.HUB_ELASTICSEARCH = {
                "url": node.url, "user": service.USER, "password": service.PASSWORD,
                "api_key": "", "ca": "", "index": "bench",
            }  # fmt: skip
            started = time.monotonic()
            mirror.sync_all()
            filled = time.monotonic() - started
            for text in asked * WARMING:
                page(text)
            base, taken = _wall_p95(raw, asked), _wall_p95(page, asked)
    except service.Missing as why:
        print(f"Elasticsearch is not measured: {why}", file=sys.stderr)
        return
    yield Figure(
        f"{rows:,} documents, p95, wall: Elasticsearch with facets and 10 highlights", taken / base, "×", 2.0,
        baseline=f"FTS5 unicode61, top 10 ({milliseconds(base):.1f} ms); {milliseconds(taken):.1f} ms",
        source=TARGETS,
    )  # fmt: skip
    yield Figure("filling Elasticsearch from stored terms, wall", filled, "s")


def _wall_p95(work: Callable[[str], object], asked: list[str]) -> float:
    """Seconds that all but the slowest twentieth of the questions take: of each the median of three."""
    times = []
    for text in asked:
        work(text)
        rounds = []
        for _ in range(3):
            started = time.perf_counter()
            work(text)
            rounds.append(time.perf_counter() - started)
        times.append(statistics.median(rounds))
    return sorted(times)[int(len(times) * 0.95)]
