"""Facets count what a brute-force reading of the library counts, whatever is chosen."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

import pytest

from search.backends.base import Sort
from search.facets import COUNTED
from tests.factories import make_case
from tests.search.golden import LIBRARY, Text
from tests.search.shelves import labels_of

pytestmark = pytest.mark.django_db
QUESTIONS = ("", "돌봄", "일자리", "청년", "노동자 -돌봄", "제17조", '"사회적 대화"')


def _values(text: Text, facet: str) -> set[str]:
    return {label.value for label in labels_of(text) if label.facet == facet}


def _passes(text: Text, chosen: dict[str, frozenset[str]], *, but: str = "") -> bool:
    return all(
        _values(text, facet) & values for facet, values in chosen.items() if facet != but and values
    )


def _count(texts: Iterable[Text], facet: str) -> Counter[str]:
    return Counter(value for text in texts for value in _values(text, facet))


def _choices(rng: random.Random) -> dict[str, frozenset[str]]:
    chosen = {}
    for facet in rng.sample(COUNTED, rng.randint(0, 3)):
        every = sorted({v for text in LIBRARY for v in _values(text, facet)}) or ["없음"]
        chosen[facet] = frozenset(rng.sample(every, min(len(every), rng.randint(1, 3))))
    return chosen


@pytest.mark.parametrize("seed", range(8))
def test_counts_and_results_agree_with_reading_everything(
    seed: int, library: dict[int, Text], find: Callable[..., Any]
) -> None:
    rng = random.Random(seed)
    for question in QUESTIONS:
        found = find(question, limit=1_000)[0].answer
        texts = [library[hit.id] for hit in found.hits if hit.full]
        chosen = _choices(rng)

        answer = find(question, chosen=chosen, limit=1_000)[0].answer

        kept = [library[hit.id].key for hit in answer.hits if hit.full]
        assert sorted(kept) == sorted(t.key for t in texts if _passes(t, chosen))
        assert answer.total == len(kept)
        if not answer.total:
            continue
        for facet in COUNTED:
            counted = {e.value: e.count for e in answer.facets[facet] if e.count}
            others = [t for t in texts if _passes(t, chosen, but=facet)]
            assert counted == dict(_count(others, facet)), (question, chosen, facet)


def test_a_chosen_entry_stays_visible_without_results(
    library: dict[int, Text], find: Callable[..., Any]
) -> None:
    answer = find("돌봄", chosen={"year": frozenset({"1999"})})[0].answer

    assert answer.total == 0
    assert [(e.value, e.count, e.selected) for e in answer.facets["year"]][-1] == ("1999", 0, True)


def test_choices_in_one_facet_are_alternatives(
    library: dict[int, Text], find: Callable[..., Any]
) -> None:
    one = find("", chosen={"region": frozenset({"X0001"})})[0].answer.total
    other = find("", chosen={"region": frozenset({"X0002"})})[0].answer.total

    both = find("", chosen={"region": frozenset({"X0001", "X0002"})})[0].answer.total

    assert both == one + other


def test_entries_stand_in_the_order_of_a_reader(
    library: dict[int, Text], find: Callable[..., Any]
) -> None:
    facets = find("")[0].answer.facets

    assert [e.value for e in facets["year"]] == ["2026", "2025"]
    assert [e.value for e in facets["region"]] == [
        "12", "12330", "X0", "X0001", "X0002", "X0003", "X0004",
    ]  # fmt: skip
    assert [e.value for e in facets["kind"]] == ["case", "provision", "page"]
    counts = [e.count for e in facets["tag"]]
    assert counts == sorted(counts, reverse=True)


def test_dates_narrow(garam: Any, run_jobs: Callable[[], int], find: Callable[..., Any]) -> None:
    import datetime as dt

    from django.utils import timezone

    make_case(garam, "폐배터리")
    run_jobs()
    today = timezone.localdate().toordinal()

    def total(**days: int) -> int:
        return int(find("폐배터리", **days)[0].answer.total)

    assert total(since=today, until=today) == 1
    assert total(since=today + 1) == 0
    assert total(until=today - 1) == 0
    assert dt.date.fromordinal(today)


def test_what_is_newer_comes_first_when_asked_so(
    garam: Any, run_jobs: Callable[[], int], titles: Callable[..., list[str]]
) -> None:
    for name in ("하나", "둘", "셋"):
        make_case(garam, f"폐배터리 {name}")
    run_jobs()

    assert titles("폐배터리", sort=Sort.NEWEST) == ["폐배터리 셋", "폐배터리 둘", "폐배터리 하나"]
    assert len(titles("폐배터리", sort=Sort.EVIDENCE)) == 3


def test_pages_of_results_neither_repeat_nor_leave_out(
    library: dict[int, Text], find: Callable[..., Any]
) -> None:
    whole = [hit.id for hit in find("돌봄 일자리", limit=1_000)[0].answer.hits]

    paged = [
        hit.id
        for page in range(0, len(whole), 3)
        for hit in find("돌봄 일자리", offset=page, limit=3)[0].answer.hits
    ]

    assert paged == whole
