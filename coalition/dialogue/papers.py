"""Reads of papers, questions and answers: only what anybody may read, unless a name says otherwise."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from coalition.dialogue.models import Answer, CoreQuestion, Paper, Question, QuestionStep, StepState


def public_questions() -> QuerySet[Question]:
    """Questions that the gate let through or somebody reviewed, and that nobody took down."""
    return Question.objects.filter(_is_open_question())


def _is_open_question(prefix: str = "") -> Q:
    return Q(**{f"{prefix}withheld_at__isnull": True}) & (
        Q(**{f"{prefix}held": False}) | Q(**{f"{prefix}reviewed_at__isnull": False})
    )


def public_answers() -> QuerySet[Answer]:
    """Answers that were reviewed and not taken down, of questions that are public."""
    return Answer.objects.filter(
        _is_open_question("question__"), reviewed_at__isnull=False, withheld_at__isnull=True
    )


def waiting_questions() -> QuerySet[Question]:
    """For the secretariat: questions that the gate held."""
    return Question.objects.filter(held=True, reviewed_at__isnull=True, withheld_at__isnull=True)


def waiting_answers() -> QuerySet[Answer]:
    """For the secretariat: answers without a review."""
    return Answer.objects.filter(reviewed_at__isnull=True, withheld_at__isnull=True)


def _count(rows: QuerySet[Any], by: str) -> Coalesce:
    """How many of these rows name the outer row; a count that joins don't multiply."""
    counted = rows.order_by().filter(**{by: OuterRef("pk")}).values(by).annotate(n=Count("pk"))
    return Coalesce(Subquery(counted.values("n")), 0)


def papers() -> QuerySet[Any]:
    """Every paper with how many questions and answers of it are public."""
    return Paper.objects.select_related("body__municipality__region", "source").annotate(
        question_count=_count(public_questions(), "paper"),
        answer_count=_count(public_answers(), "question__paper"),
        own_answer_count=_count(public_answers(), "paper"),
    )


def core_questions(paper: Paper) -> QuerySet[Any]:
    """The paper's core questions with their questions and answers counted."""
    return (
        CoreQuestion.objects.filter(paper=paper)
        .select_related("paper")
        .annotate(
            question_count=_count(public_questions(), "core_question"),
            answer_count=_count(public_answers(), "question__core_question"),
        )
    )


def with_answers(questions: QuerySet[Question]) -> QuerySet[Any]:
    """These questions with `answer_count` and the newest `state` that somebody said."""
    newest = QuestionStep.objects.filter(question=OuterRef("pk")).order_by("-on", "-pk")
    return questions.annotate(
        answer_count=_count(public_answers(), "question"),
        state=Subquery(newest.values("state")[:1]),
    )


def unanswered(questions: QuerySet[Question]) -> QuerySet[Question]:
    """아직 답이 없는 질문: no public answer, and nobody said why it is left out."""
    answers = public_answers().filter(question=OuterRef("pk"))
    declined = QuestionStep.objects.filter(question=OuterRef("pk"), state=StepState.DECLINED)
    return questions.filter(~Exists(answers), ~Exists(declined))


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that became of a question. `on` is None where nobody wrote down the day."""

    label: str
    state: str
    on: dt.date | None = None
    note: str = ""
    address: str = ""
    source: Any = None


def steps_of(question: Question, *, answers: int) -> list[Step]:
    """접수, 묶임 and 답변 as the records show them, then what people said, oldest first.

    Nothing is invented: a step without a day has none.
    """
    steps = [Step("접수", "received", question.received_on)]
    core = question.core_question
    if core is not None:
        note = f"핵심 질문 {core.number}: {core.text}" if core.text else str(core)
        steps.append(Step("묶임", "grouped", note=note, address=core_address(core)))
    if answers:
        steps.append(Step("답변", "answered", note=f"답변 {answers:,}건", address="#answers"))
    steps += [
        Step(row.get_state_display(), row.state, row.on, row.note, row.address, row.source)
        for row in question.steps.select_related("source")
    ]
    return steps


def core_address(core: CoreQuestion) -> str:
    """`/questions/<paper>/core/<no>/`."""
    return f"/questions/{core.paper.key}/core/{core.number}/"


def question_address(question: Question) -> str:
    """`/questions/<paper>/<no>/`."""
    return f"/questions/{question.paper.key}/{question.number}/"


def answer_address(answer: Answer) -> str:
    """The answer's place on its question's page: the page of the list that shows it is found by its number."""
    paper = f"{answer.paper.key}/" if answer.paper_id != answer.question.paper_id else ""
    name = f"{paper}{answer.number}"
    return f"{question_address(answer.question)}?answer={name}#answer-{name.replace('/', '-')}"


def state_label(question: Any) -> str:
    """The furthest that a question of `with_answers` came, in one word."""
    if question.state:
        return str(StepState(question.state).label)
    if question.answer_count:
        return "답변"
    return "묶임" if question.core_question_id else "접수"
