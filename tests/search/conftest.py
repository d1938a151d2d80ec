"""One analyser for the whole session, a process that remembers nothing, and ways to ask."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="session")
def kiwi() -> Any:
    """The real analyser with the real names, as `search_build` would load it."""
    from search import korean

    with (ROOT / "data/municipalities.csv").open(encoding="utf-8") as file:
        names = {row["name_ko"] for row in csv.DictReader(file)}
    return korean.load(lambda: sorted(names))


@pytest.fixture(autouse=True)
def _fresh_process(kiwi: Any) -> Iterator[None]:
    """Every test begins as a process that has Kiwi and has not yet looked at the index."""
    from search import finding, suggest

    finding.forget()
    suggest.forget()
    yield
    finding.forget()
    suggest.forget()


@pytest.fixture
def run_jobs() -> Callable[[], int]:
    """What the worker does, until nothing is due."""
    from coalition.record.jobs import run_until_idle

    return run_until_idle


@pytest.fixture
def find(db: None) -> Callable[..., Any]:
    """Ask as a reader: the outcome and the results."""
    from search.finding import Wanted
    from search.finding import find as ask
    from search.query import parse
    from search.results import results_of

    def finder(text: str, **wanted: Any) -> Any:
        outcome = ask(Wanted(parse(text), **wanted))
        return outcome, results_of(outcome.answer.hits, outcome.plan)

    return finder


@pytest.fixture
def titles(find: Callable[..., Any]) -> Callable[..., list[str]]:
    """Titles that a question finds, best first."""

    def titled(text: str, **wanted: Any) -> list[str]:
        return [result.title for result in find(text, **wanted)[1]]

    return titled


@pytest.fixture(scope="module")
def ground(django_db_setup: None, django_db_blocker: Any, kiwi: Any) -> Iterator[None]:
    """A transaction around all tests of a module: what stands in it is made once and taken back at the end."""
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(scope="module")
def places(ground: None) -> tuple[Any, Any]:
    """가람시 and 누리군 with their places on the hub."""
    from cms.actions import provision_municipality
    from coalition.members.actions import enter_fictional

    made = [
        enter_fictional(code=code, name=name, slug=slug, by=None)
        for code, name, slug in (("X0001", "가람시", "garam"), ("X0002", "누리군", "nuri"))
    ]
    for municipality in made:
        provision_municipality(municipality=municipality, by=None)
    return made[0], made[1]


@pytest.fixture(scope="module")
def library(ground: None) -> dict[int, Any]:
    """The golden library in the index: row id → Text."""
    from tests.search.shelves import shelve

    return shelve()


@pytest.fixture(scope="module")
def garam(places: tuple[Any, Any]) -> Any:
    """가람시, made once per module: every test takes back what it did to it."""
    return places[0]


@pytest.fixture(scope="module")
def nuri(places: tuple[Any, Any]) -> Any:
    """누리군, likewise."""
    return places[1]
