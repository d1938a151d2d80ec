"""Questions and answers are found once anybody may read them, and are gone at once when nobody may."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from coalition.dialogue.actions import (
    complete_deidentification_review,
    found_body,
    withhold_answer,
    withhold_question,
)
from coalition.dialogue.imports import import_answers, import_core_questions, import_questions
from coalition.dialogue.models import Answer, Question
from search.checks import drifts
from search.models import SearchDocument
from tests.factories import make_paper

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
QUESTIONS = """번호,질문,핵심질문,분과,접수일
1,새벽 어시장 일꾼은 아이를 어디에 맡기나요?,1,돌봄,2025-04-01
2,막차가 끊긴 뒤에는 누가 퇴근을 책임지나요?,1,,
"""
CORES = "번호,핵심질문\n1,일하는 시간과 돌보는 시간은 왜 어긋나는가\n"
ANSWERS = """번호,질문번호,응답자유형,답변
1,1,노동자,얼음 창고 옆 컨테이너에서 할머니 한 분이 봐 주십니다.
2,2,기업,택시비를 달마다 나누어 냅니다.
"""


@pytest.fixture
def paper(garam: Any, tmp_path: Path) -> Any:
    body = found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄"], since=DAY, source=None, by=None,
    )  # fmt: skip
    return make_paper("garam-green", title="가람시 녹서", body=body, fictional=True, date=DAY)


@pytest.fixture
def bring(paper: Any, tmp_path: Path) -> Callable[[str, str], Any]:
    def bring(what: str, content: str) -> Any:
        file = tmp_path / f"{what}.csv"
        file.write_text(content, encoding="utf-8")
        if what == "answers":
            return import_answers(file=file, paper=paper, questions=paper, by=None)
        do = import_core_questions if what == "cores" else import_questions
        return do(file=file, paper=paper, by=None)

    return bring


@pytest.fixture
def shelf(bring: Any, secretariat: Any, run_jobs: Callable[[], int]) -> None:
    bring("questions", QUESTIONS)
    bring("cores", CORES)
    bring("answers", ANSWERS)
    complete_deidentification_review(
        answers=Answer.objects.values_list("pk", flat=True), by=secretariat
    )
    run_jobs()


def test_each_is_found_by_its_words_with_its_key_and_address(shelf: None, find: Any) -> None:
    _, (question,) = find("어시장 일꾼", chosen={"kind": frozenset({"question"})})
    _, (answer,) = find("얼음 창고")
    _, (core,) = find("돌보는 시간", chosen={"kind": frozenset({"core_question"})})

    assert (question.kind, question.key, question.url) == (
        "question", "garam-green/1", "/questions/garam-green/1/",
    )  # fmt: skip
    assert (answer.kind, answer.key) == ("answer", "garam-green/1")
    assert answer.url == "/questions/garam-green/1/?answer=1#answer-1"
    assert (core.kind, core.key, core.url) == (
        "core_question", "garam-green/1", "/questions/garam-green/core/1/",
    )  # fmt: skip
    assert all(found.fictional for found in (question, answer, core))
    assert (question.municipality.code, question.date) == ("X0001", dt.date(2025, 4, 1))
    assert question.labels["division"] == "돌봄"


def test_the_api_gives_them_with_their_identity(shelf: None, client: Client) -> None:
    told = client.get("/api/v1/search", {"q": "택시비", "kind": "answer"}).json()

    assert [r["id"] for r in told["results"]] == ["answer:garam-green/2"]
    assert told["results"][0]["fictional"] is True


def test_an_answer_is_not_found_before_its_review(
    bring: Any, run_jobs: Callable[[], int], titles: Any
) -> None:
    bring("questions", QUESTIONS)
    bring("answers", ANSWERS)
    run_jobs()

    assert titles("얼음 창고") == []
    assert not SearchDocument.objects.filter(kind="answer").exists()


def _withhold_answer(by: Any) -> None:
    withhold_answer(answer=Answer.objects.get(number=1), because="이름이 있다", by=by)


def _withhold_question(by: Any) -> None:
    withhold_question(question=Question.objects.get(number=1), because="이름이 있다", by=by)


@pytest.mark.parametrize("hide", [_withhold_answer, _withhold_question])
def test_what_is_withheld_is_gone_at_once_and_leaves_no_text(
    hide: Callable[[Any], None], shelf: None, secretariat: Any, find: Any, run_jobs: Any
) -> None:
    hide(secretariat)
    outcome, results = find("얼음 창고")

    assert (outcome.answer.total, results) == (0, [])
    row = SearchDocument.objects.get(kind="answer", key="garam-green/1")
    assert (row.deleted, row.body, row.tokens_body) == (True, "", "")
    run_jobs()
    assert find("얼음 창고")[1] == []


def test_an_answer_whose_text_changed_is_gone_until_it_is_reviewed_again(
    shelf: None, bring: Any, secretariat: Any, titles: Any, run_jobs: Any
) -> None:
    bring("answers", ANSWERS.replace("얼음 창고", "소금 창고"))

    assert titles("얼음 창고") == titles("소금 창고") == []
    complete_deidentification_review(
        answers=Answer.objects.values_list("pk", flat=True), by=secretariat
    )
    run_jobs()
    assert len(titles("소금 창고")) == 1


def test_a_changed_question_changes_what_its_answers_are_found_by(
    shelf: None, bring: Any, find: Any, run_jobs: Any
) -> None:
    bring("questions", QUESTIONS.replace("어시장", "꽃시장"))
    run_jobs()

    assert {r.kind for r in find("꽃시장 일꾼")[1]} == {"question", "answer"}
    assert not SearchDocument.objects.filter(body__contains="어시장").exists()


def test_importing_again_writes_nothing(shelf: None, bring: Any, run_jobs: Any) -> None:
    before = list(SearchDocument.objects.values_list("kind", "key", "seq"))

    bring("questions", QUESTIONS)
    bring("answers", ANSWERS)
    run_jobs()

    assert list(SearchDocument.objects.values_list("kind", "key", "seq")) == before


def test_the_index_is_what_it_should_be(shelf: None) -> None:
    assert [drift for drift in drifts() if drift.what != "desk"] == []
