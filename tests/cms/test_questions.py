"""Pages of papers and questions: what they show, what they cost, and what they keep to themselves."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from coalition.dialogue.actions import (
    complete_deidentification_review,
    found_body,
    record_step,
    withhold_answer,
    withhold_question,
)
from coalition.dialogue.models import CoreQuestion
from coalition.dialogue.papers import answer_address
from tests.factories import make_answer, make_paper, make_question

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


@pytest.fixture
def paper(garam: Any) -> Any:
    body = found_body(
        municipality=garam, name="가람시 일자리회", slug="garam", summary="",
        divisions=["돌봄"], since=DAY, source=None, by=None,
    )  # fmt: skip
    return make_paper("garam-green", title="가람시 일자리 녹서", body=body, fictional=True)


def _text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, address
    return answer.content.decode()


def test_a_question_has_a_permanent_page_with_its_answers_by_respondent(
    paper: Any, client: Client
) -> None:
    core = CoreQuestion.objects.create(paper=paper, number=1, text="누가 돌보나")
    question = make_question(
        "밤에 아이를 맡길 곳이 있나요?", paper=paper, core_question=core, received_on=DAY,
        division_name="돌봄", origin="강변동 대화마당",
    )  # fmt: skip
    make_answer("이웃이 있습니다.", question=question)
    make_answer("밤에는 저도 일합니다.", question=question, respondent="worker")

    text = _text(client, f"/questions/garam-green/{question.number}/")
    workers = _text(client, f"/questions/garam-green/{question.number}/?type=worker")

    for said in (
        "밤에 아이를 맡길 곳이",
        "누가 돌보나",
        "강변동 대화마당",
        "이웃이 있습니다.",
        "가상",
    ):
        assert said in text
    assert 'itemtype="https://schema.org/QAPage"' in text
    assert "이웃이 있습니다." not in workers
    assert "밤에는 저도 일합니다." in workers
    assert 'aria-current="step"><b>답변</b>' in text


def test_what_is_not_public_stands_on_no_page(paper: Any, client: Client, secretariat: Any) -> None:
    question = make_question("공개된 질문", paper=paper)
    waiting = make_question("전화가 적힌 질문", paper=paper, held=True)
    make_answer("검토 앞의 답변", question=question, live=False)
    shown = make_answer("검토한 답변", question=question)
    addresses = [
        "/dialogue/", "/dialogue/garam/", "/questions/", "/questions/garam-green/",
        f"/questions/garam-green/{question.number}/",
    ]  # fmt: skip

    for address in addresses:
        text = _text(client, address)
        assert "전화가 적힌 질문" not in text
        assert "검토 앞의 답변" not in text
    assert "공개되지 않았습니다" in _text(client, f"/questions/garam-green/{waiting.number}/", 404)
    assert "검토한 답변" in _text(client, addresses[-1])

    complete_deidentification_review(questions=[waiting.pk], by=secretariat)
    assert "전화가 적힌 질문" in _text(client, f"/questions/garam-green/{waiting.number}/")
    withhold_answer(answer=shown, because="이름이 있다", by=secretariat)
    assert "검토한 답변" not in _text(client, addresses[-1])
    withhold_question(question=waiting, because="이름이 있다", by=secretariat)
    _text(client, f"/questions/garam-green/{waiting.number}/", 404)


def test_questions_without_an_answer_are_listed_until_they_are_answered_or_declined(
    paper: Any, client: Client
) -> None:
    answered = make_question("답이 있는 질문", paper=paper)
    make_answer(question=answered)
    declined = make_question("반영하지 않은 질문", paper=paper)
    record_step(question=declined, state="declined", on=DAY, note="다른 법의 일이다", by=None)
    make_question("남은 질문", paper=paper)

    text = _text(client, "/questions/?state=unanswered")

    assert "남은 질문" in text
    assert "답이 있는 질문" not in text
    assert "반영하지 않은 질문" not in text
    page = _text(client, f"/questions/garam-green/{declined.number}/")
    assert "다른 법의 일이다" in page
    assert "조문 반영" not in page


def test_an_answer_is_found_at_its_address_however_many_there_are(
    paper: Any, client: Client
) -> None:
    question = make_question(paper=paper)
    answers = [make_answer(f"{n}번째 말", question=question) for n in range(50)]

    for answer in (answers[0], answers[19], answers[20], answers[49]):
        text = _text(client, answer_address(answer))
        assert f'id="answer-{answer.number}"' in text
        assert f"{answer.text}<" in text


def test_the_number_of_queries_does_not_grow_with_questions_and_answers(
    paper: Any, client: Client
) -> None:
    core = CoreQuestion.objects.create(paper=paper, number=1, text="누가 돌보나")
    question = make_question("첫 질문", paper=paper, core_question=core, division_name="돌봄")
    second = make_question("둘째 질문", paper=paper, core_question=core)
    make_question("답 없는 질문", paper=paper)
    make_answer(question=question)
    make_answer(question=question, respondent="worker")
    addresses = [
        "/dialogue/", "/dialogue/garam/", "/questions/", "/questions/?state=unanswered",
        "/questions/garam-green/", "/questions/garam-green/core/1/",
        f"/questions/garam-green/{question.number}/",
    ]  # fmt: skip

    def counted() -> dict[str, int]:
        found = {}
        for address in addresses:
            _text(client, address)
            with CaptureQueriesContext(connection) as asked:
                _text(client, address)
            found[address] = len(asked)
        return found

    few = counted()
    for number in range(45):
        core = CoreQuestion.objects.create(paper=paper, number=number + 2, text="누가 돌보나")
        more = make_question(f"질문 {number}", paper=paper, core_question=core)
        make_question(f"답 없는 질문 {number}", paper=paper)
        make_answer(question=more)
        make_answer(question=question)
        make_answer(question=second)
    many = counted()

    assert many == few
    assert max(many.values()) <= 12


@pytest.mark.parametrize(
    "address",
    [
        "/questions/none/", "/questions/garam-green/999/", "/questions/garam-green/core/9/",
        f"/questions/garam-green/{10**30}/", "/questions/garam-green/core/99999999999/",
        "/questions/Garam%00/",
    ],
)  # fmt: skip
def test_a_wrong_address_is_a_korean_404(address: str, paper: Any, client: Client) -> None:
    assert "찾는 쪽이 없습니다" in _text(client, address, 404)


@pytest.mark.parametrize(
    "query",
    ["page=x", "page=-1", f"page={10**30}", "state=%00", "division=%00없음", "type=king", "answer=%F0",
     "answer=a%00/1", "answer=a/b/1",
     "answer=" + "9" * 500, "page=1&page=2"],
)  # fmt: skip
def test_a_bad_parameter_is_harmless(query: str, paper: Any, client: Client) -> None:
    question = make_question(paper=paper)
    make_answer(question=question)

    for address in (
        "/questions/",
        "/questions/garam-green/",
        f"/questions/garam-green/{question.number}/",
    ):
        _text(client, f"{address}?{query}")


def test_the_published_figure_stands_beside_what_is_here(client: Client) -> None:
    from io import StringIO

    from django.conf import settings
    from django.core.management import call_command

    from cms.demo.places import make_gwangsan

    call_command("import_municipalities", stdout=StringIO())
    make_gwangsan(None)  # type: ignore[arg-type]
    assert settings.DATA_DIR

    text = _text(client, "/dialogue/gwangsan/")

    assert "1,436건" in text
    assert "10,545건" in text
    assert text.count(">0건<") == 2


def test_a_white_paper_counts_its_answers_and_leads_to_the_questions(
    paper: Any, client: Client
) -> None:
    white = make_paper(
        "garam-white", title="가람시 일자리 백서", kind="white", body=paper.body, fictional=True
    )
    make_answer(question=make_question(paper=paper), paper=white)

    text = _text(client, "/questions/garam-white/")

    assert "이 누리집에 실린 답변" in text
    assert 'href="/questions/garam-green/"' in text
    assert "여기에 놓을 질문이 없습니다" not in text


def test_a_core_question_without_a_text_says_so(paper: Any, client: Client) -> None:
    core = CoreQuestion.objects.create(paper=paper, number=3)
    make_question("묶인 질문", paper=paper, core_question=core)

    assert "문안이 실리지 않았습니다" in _text(client, "/questions/garam-green/")
    text = _text(client, "/questions/garam-green/core/3/")
    assert "아직 실리지 않았습니다" in text
    assert "묶인 질문" in text
