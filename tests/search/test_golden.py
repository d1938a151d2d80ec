"""The golden library: what must be found is found, near the top, in the way it should be, on any database."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from search.finding import Wanted
from search.finding import find as ask
from search.query import parse
from tests.search.golden import QUERIES, Text

pytestmark = pytest.mark.django_db
SETS = Path(__file__).with_name("golden_sets.json")
EVERYTHING = 1_000


def _ask(text: str, library: dict[int, Text]) -> tuple[Any, list[str]]:
    outcome = ask(Wanted(parse(text), limit=EVERYTHING))
    return outcome, [library[hit.id].key for hit in outcome.answer.hits]


def test_there_are_enough_queries() -> None:
    assert len({query.text for query in QUERIES}) == len(QUERIES) >= 150


def test_what_is_wanted_comes_first(library: dict[int, Text]) -> None:
    recall, rank, missed = [], [], []
    for query in QUERIES:
        if not query.wanted:
            continue
        _, keys = _ask(query.text, library)
        found = [key for key in query.wanted if key in keys[:10]]
        recall.append(len(found) / len(query.wanted))
        first = next((i for i, key in enumerate(keys) if key in query.wanted), None)
        rank.append(0.0 if first is None else 1 / (first + 1))
        if recall[-1] < 1 or rank[-1] < 1:
            missed.append(f"{query.kind}: {query.text} → {keys[:6]}, wanted {query.wanted}")
    story = "\n".join(missed)

    assert sum(recall) / len(recall) >= 0.95, story
    assert sum(rank) / len(rank) >= 0.90, story


@pytest.mark.parametrize("kind", sorted({query.kind for query in QUERIES}))
def test_every_class_of_question_is_answered_in_its_way(
    kind: str, library: dict[int, Text]
) -> None:
    for query in QUERIES:
        if query.kind == kind and query.step:
            outcome, keys = _ask(query.text, library)
            assert str(outcome.step) == query.step, (query.text, str(outcome.step), keys[:6])


def test_what_nobody_wants_is_not_found(library: dict[int, Text]) -> None:
    for query in QUERIES:
        if not query.wanted:
            assert _ask(query.text, library)[1] == [], query.text


def test_every_database_finds_the_same_set(library: dict[int, Text]) -> None:
    sets = {}
    for query in QUERIES:
        outcome, keys = _ask(query.text, library)
        full = outcome.answer.total
        sets[query.text] = {"all": sorted(keys[:full]), "some": sorted(keys[full:])}
    if os.environ.get("HUB_RENEW_GOLDEN"):
        SETS.write_text(json.dumps(sets, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

    assert sets == json.loads(SETS.read_text(encoding="utf-8"))


def test_facets_add_up_to_what_is_found(library: dict[int, Text]) -> None:
    for query in QUERIES[:20]:
        outcome, _ = _ask(query.text, library)
        kinds = outcome.answer.facets["kind"]
        assert sum(entry.count for entry in kinds) == (
            outcome.answer.total or outcome.answer.total_partial
        )


def test_a_synonym_ranks_below_the_word(library: dict[int, Text]) -> None:
    _, keys = _ask("어르신", library)

    assert keys[0] == "c18"  # the only one that says 어르신
    assert set(keys[1:]) >= {"c9", "p5"}


def test_the_newest_version_comes_before_the_one_it_replaced(library: dict[int, Text]) -> None:
    _, keys = _ask("제17조", library)

    assert keys.index("p17") < keys.index("old17")


def test_an_older_version_is_found_only_when_asked_for(
    library: dict[int, Text], find: Callable[..., Any]
) -> None:
    assert "old9" not in _ask("훈련수당", library)[1]
    assert _ask("판:모두 훈련수당", library)[1] == ["old9"]
