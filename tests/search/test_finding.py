"""What is searched when nothing is found, and what the reader is told about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from search import korean
from search.repair import Step
from tests.factories import make_case, make_news
from tests.search.golden import Text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("written", "step", "instead"),
    [
        ("돌봄", Step.EXACT, None),
        ("ehfqha", Step.KEYBOARD, "돌봄"),
        ("재래시장", Step.SYNONYM, None),
        ("페배터리", Step.TYPO, "폐배터리"),
        ("ㅍㅂㅌㄹ", Step.TYPO, None),
        ("폐배터ㄹ", Step.TYPO, None),
        ("블록체인 폐배터리", Step.ANY, None),
        ("없는낱말꾸러미", Step.EXACT, None),
    ],
)
def test_the_reader_is_told_what_was_searched(
    written: str, step: Step, instead: str | None, library: dict[int, Text], find: Any
) -> None:
    outcome, _ = find(written)

    assert (outcome.step, outcome.instead) == (step, instead)
    assert outcome.searched == (instead or written)


def test_a_question_that_finds_something_is_not_rewritten(
    library: dict[int, Text], find: Any
) -> None:
    for written in ("AI", "RE100", "ESG", "통역 사"):
        assert find(written)[0].instead is None


def test_most_of_the_words_follow_below_all_of_them(library: dict[int, Text], find: Any) -> None:
    answer = find("햇빛발전소 배당 요양보호사", limit=100)[0].answer

    assert answer.total == 0
    assert answer.total_partial
    answer = find("돌봄 코디 만족", limit=100)[0].answer
    assert [hit.full for hit in answer.hits] == sorted((h.full for h in answer.hits), reverse=True)


def test_rare_words_weigh_more_than_frequent_ones(library: dict[int, Text], find: Any) -> None:
    """햇빛발전소 alone is most of this question, 돌봄 alone is not."""
    results = find("햇빛발전소 돌봄", limit=100)[1]

    assert [result.key for result in results] == ["c7"] or results == []


def test_synonyms_are_named_and_can_be_left_out(library: dict[int, Text], find: Any) -> None:
    loose, _ = find("어르신", limit=100)
    strict, _ = find('"어르신"', limit=100)

    assert "고령자" in loose.also
    assert strict.also == ()
    assert strict.answer.total < loose.answer.total


def test_a_field_that_nothing_has_is_named(library: dict[int, Text], find: Any) -> None:
    outcome, results = find("돌봄 지역:없는곳")

    assert results == []
    assert [(f.name, f.value) for f in outcome.unknown] == [("region", "없는곳")]


@pytest.mark.parametrize(
    ("field", "keys"),
    [
        ("지역:누리군", {"c4", "c7", "c15", "c17", "n2"}),
        ("region:X0002", {"c4", "c7", "c15", "c17", "n2"}),
        ("지역:누리", {"c4", "c7", "c15", "c17", "n2"}),
        ("분과:청년", {"c5", "c11", "c17"}),
        ('분과:"녹색 전환"', {"c6", "c7", "c15", "c23"}),
        ("종류:소식 연도:2025", {"n4"}),
        ("판:0.2", set()),
    ],
)
def test_fields_narrow_by_code_or_name(
    field: str, keys: set[str], library: dict[int, Text], find: Any
) -> None:
    answer = find(field, limit=1_000)[0].answer

    assert {library[hit.id].key for hit in answer.hits} == keys


def test_an_excluded_field_takes_away(library: dict[int, Text], find: Any) -> None:
    keys = {library[h.id].key for h in find("통역사 -지역:누리군", limit=99)[0].answer.hits}

    assert keys == set()


def test_while_the_analyser_loads_the_answer_is_degraded(
    library: dict[int, Text], find: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(korean, "loaded", lambda: None)
    monkeypatch.setattr(korean, "load_in_background", lambda words: None)

    outcome, results = find("돌봄일자리를", limit=100)

    assert outcome.degraded
    assert {"n1", "c1"} <= {result.key for result in results} | {
        library[hit.id].key for hit in outcome.answer.hits
    }


def test_a_rare_and_a_frequent_word_need_few_queries(
    garam: Any, run_jobs: Callable[[], int], find: Any, django_assert_max_num_queries: Any
) -> None:
    for number in range(5):
        make_case(garam, f"돌봄 일자리 {number}")
    make_news(garam, "폐배터리 수거")
    run_jobs()

    for written in ("돌봄", "돌봄 폐배터리", "페배터리", "ㅍㅂㅌㄹ", "vPqoxjfl", "없는낱말꾸러미"):
        with django_assert_max_num_queries(6):
            find(written)


def test_another_history_of_the_database_is_noticed(library: dict[int, Text], find: Any) -> None:
    """A restored backup or a rolled-back test: what the process remembers is not its past."""
    from search import catalog
    from search.models import SearchClock, SearchDocument

    assert find("폐배터리")[0].answer.total
    known = catalog.fresh()
    SearchDocument.objects.filter(title__contains="폐배터리").update(deleted=True)
    SearchClock.objects.update(value=known.clock + 1, recent=f",{known.clock + 1},")

    assert find("폐배터리")[0].answer.total == 0
