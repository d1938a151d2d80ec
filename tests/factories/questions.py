"""Papers, questions and answers."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from coalition.dialogue.models import Answer, Paper, Question
from coalition.record.models import User


def make_paper(key: str = "test-green", **fields: Any) -> Paper:
    """The paper of that key; a 녹서 of no body unless told."""
    values = {"kind": "green", "title": "시험 녹서", **fields}
    return Paper.objects.get_or_create(key=key, defaults=values)[0]


def _next(rows: Any) -> int:
    return (rows.order_by("-number").values_list("number", flat=True).first() or 0) + 1


def make_question(text: str = "돌봄은 누가 하나요?", **fields: Any) -> Question:
    """A public question, with the next number of its paper."""
    paper = fields.pop("paper", None) or make_paper()
    number = fields.pop("number", None) or _next(paper.questions)
    return Question.objects.create(paper=paper, number=number, text=text, **fields)


def make_answer(
    text: str = "이웃이 합니다.",
    *,
    question: Question | None = None,
    live: bool = True,
    **fields: Any,
) -> Answer:
    """An answer to the question; a reviewed one unless told."""
    question = question or make_question()
    paper = fields.pop("paper", None) or question.paper
    number = fields.pop("number", None) or _next(paper.answers)
    if live:
        fields["reviewed_by"] = User.objects.get_or_create(username="reviewer")[0]
        fields["reviewed_at"] = timezone.now()
    values = {"respondent": "citizen", **fields}
    return Answer.objects.create(paper=paper, question=question, number=number, text=text, **values)
