"""The secretariat reviews what citizens wrote; nobody else gets to see it."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from coalition.dialogue.models import Answer, Question
from coalition.dialogue.papers import public_answers, public_questions
from coalition.record.models import Event
from tests.factories import make_answer, make_question

pytestmark = pytest.mark.django_db
PHONE = "밤에는 010-1234-5678로 주세요."


def _index() -> str:
    return reverse("deidentification:index")


def test_the_screen_shows_what_waits_with_the_warned_stretch_marked(
    login: Any, secretariat: Any
) -> None:
    question = make_question("밤에 아이를 맡길 곳이 있나요?")
    make_answer(PHONE, question=question, live=False)
    make_answer("<b>이웃</b>이 있습니다.", question=question, live=False)
    make_answer("이미 공개된 답변", question=question)

    text = login(secretariat).get(_index()).content.decode()

    assert '<mark title="휴대전화 번호">010-1234-5678</mark>' in text
    assert "휴대전화 번호로 보이는 글이 있습니다." in text
    assert "&lt;b&gt;이웃" in text
    assert "이미 공개된 답변" not in text
    assert "경고 없는 1건 모두 검토 완료" in text


def test_what_is_ticked_becomes_public_with_one_event(login: Any, secretariat: Any) -> None:
    question = make_question()
    first, second = (make_answer(t, question=question, live=False) for t in (PHONE, "이웃"))

    answer = login(secretariat).post(
        reverse("deidentification:complete"), {"kind": "answers", "chosen": [first.pk]}, follow=True
    )

    assert "1건의 검토를 마쳐 공개했습니다." in answer.content.decode()
    assert list(public_answers()) == [first]
    event = Event.objects.get(verb="deidentification.completed")
    assert (event.actor, event.data["answers"]) == (secretariat, [first.pk])
    first.refresh_from_db()
    assert first.reviewed_by == secretariat
    assert second in Answer.objects.filter(reviewed_at__isnull=True)


def test_all_without_a_warning_leaves_the_warned_one(login: Any, secretariat: Any) -> None:
    question = make_question()
    rows = [make_answer(t, question=question, live=False) for t in (PHONE, "이웃", "할머니")]

    login(secretariat).post(
        reverse("deidentification:complete"),
        {"kind": "answers", "shown": [row.pk for row in rows], "clean": "1"},
    )

    assert set(public_answers()) == {rows[1], rows[2]}


def test_a_held_question_is_reviewed_likewise(login: Any, secretariat: Any) -> None:
    held = make_question(f"누가 돕나요? {PHONE}", held=True)
    client = login(secretariat)

    assert "누가 돕나요" in client.get(f"{_index()}?kind=questions").content.decode()
    client.post(reverse("deidentification:complete"), {"kind": "questions", "chosen": [held.pk]})

    assert held in public_questions()


def test_a_public_answer_is_taken_down(login: Any, secretariat: Any) -> None:
    row = make_answer("김아무개 씨가 도왔습니다.")
    data = {"kind": "answers", "paper": row.paper.key, "number": row.number, "because": "이름"}
    client = login(secretariat)

    assert client.post(reverse("deidentification:withhold"), data).status_code == 302
    again = client.post(reverse("deidentification:withhold"), data)

    assert not public_answers().exists()
    assert again.status_code == 422
    assert "이미 내렸습니다" in again.content.decode()


@pytest.mark.parametrize(
    "data",
    [{}, {"kind": "x", "chosen": ["a", "9" * 40, "-1"]}, {"kind": "answers", "chosen": ["\x00"]}],
)
def test_a_wrong_selection_is_told_in_words(login: Any, secretariat: Any, data: Any) -> None:
    answer = login(secretariat).post(reverse("deidentification:complete"), data, follow=True)

    assert answer.status_code == 200
    assert "검토를 기다리는 글을 고르세요." in answer.content.decode()


def test_nobody_else_reaches_the_screen(
    login: Any, garam_editor: Any, garam_approver: Any, make_user: Any
) -> None:
    make_answer(PHONE, live=False)
    question = Question.objects.get()
    for user in (garam_editor, garam_approver, make_user("stranger")):
        client = login(user)
        for name in ("index", "complete", "withhold"):
            address = reverse(f"deidentification:{name}")
            data = {"kind": "answers", "chosen": [Answer.objects.get().pk]}
            for answer in (client.get(address), client.post(address, data)):
                assert answer.status_code in (302, 403, 404, 405)
                assert "010-1234" not in answer.content.decode()
    assert not public_answers().exists()
    assert question in public_questions()
