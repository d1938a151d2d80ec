"""Writes about papers, questions and answers. Imports write in bulk (coalition.dialogue.imports)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from coalition.dialogue.models import Answer, Body, Paper, Question, QuestionStep
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Source, User
from coalition.record.privacy import stops


@transaction.atomic
def keep_paper(
    *,
    key: str,
    kind: str,
    title: str,
    body: Body | None,
    date: dt.date | None,
    source: Source | None,
    by: User | None,
) -> Paper:
    """Enter a paper, or bring the one of that key to what is said here.

    It is as fictional as its body's municipality. Raises ValidationError for a real municipality's paper
    without a Source.
    """
    real = body is not None and not body.municipality.fictional
    if real and source is None:
        raise ValidationError("실제 지방정부의 녹서·백서·청서는 출처가 있어야 적을 수 있습니다.")
    paper = Paper.objects.filter(key=key).first() or Paper(key=key)
    before = fingerprint(paper)
    paper.kind, paper.title, paper.body = kind, title, body
    paper.date, paper.source = date, source
    paper.fictional = body is not None and body.municipality.fictional
    paper.full_clean(validate_constraints=False)
    paper.save()
    record_event("paper.kept", paper, by=by, before=before)
    return paper


@transaction.atomic
def complete_deidentification_review(
    *, questions: Iterable[int] = (), answers: Iterable[int] = (), by: User
) -> int:
    """비식별 검토 완료: what was looked at may be read by everybody; how many there were.

    Named by primary keys. What was reviewed before stays as it is. Raises ValidationError when a text
    still holds a number for which the gate stops, or when nothing is left to review.
    """
    asked = _waiting(Question.objects.filter(pk__in=list(questions)))
    given = _waiting(Answer.objects.filter(pk__in=list(answers)))
    every: list[Question | Answer] = [*asked, *given]
    if not every:
        raise ValidationError("검토를 기다리는 글을 고르세요.")
    stopped = [row for row in every if stops(row.text)]
    if stopped:
        names = ", ".join(f"{row.number}번" for row in stopped[:10])
        raise ValidationError(f"고유식별정보가 남아 있어 공개할 수 없습니다: {names}")
    done: dict[str, Any] = {"reviewed_at": timezone.now(), "reviewed_by": by}
    Question.objects.filter(pk__in=[row.pk for row in asked]).update(**done)
    Answer.objects.filter(pk__in=[row.pk for row in given]).update(**done)
    record_event(
        "deidentification.completed",
        every[0].paper,
        by=by,
        questions=[row.pk for row in asked],
        answers=[row.pk for row in given],
    )
    return len(every)


def _waiting(rows: QuerySet[Any]) -> list[Any]:
    waiting = rows.filter(reviewed_at__isnull=True, withheld_at__isnull=True)
    return list(waiting.select_related("paper").select_for_update(of=("self",)))


@transaction.atomic
def withhold_question(*, question: Question, because: str, by: User) -> Question:
    """Take a question down, and with it the way to its answers. Its number stays taken."""
    _withhold(question, because)
    record_event("question.withheld", question, by=by, after="")
    return question


@transaction.atomic
def withhold_answer(*, answer: Answer, because: str, by: User) -> Answer:
    """Take an answer down: what should not have been public is gone at the next request."""
    _withhold(answer, because)
    record_event("answer.withheld", answer, by=by, after="")
    return answer


def _withhold(row: Question | Answer, because: str) -> None:
    if not because.strip():
        raise ValidationError("내리는 까닭을 쓰세요.")
    row.withheld_at, row.withheld_because = timezone.now(), because.strip()[:200]
    row.save(update_fields=["withheld_at", "withheld_because"])


@transaction.atomic
def record_step(
    *,
    question: Question,
    state: str,
    on: dt.date,
    note: str,
    address: str = "",
    source: Source | None = None,
    by: User | None,
) -> QuestionStep:
    """Say what became of a question: the model, the clause, or why it was left out.

    Raises ValidationError without a note, and without a Source for a real municipality's question.
    """
    body = question.paper.body
    if body is not None and not body.municipality.fictional and source is None:
        raise ValidationError("실제 지방정부의 질문은 출처가 있어야 걸음을 적을 수 있습니다.")
    step = QuestionStep(
        question=question, state=state, on=on, note=note.strip(), address=address, source=source
    )
    step.full_clean()
    step.save()
    record_event("question.stepped", step, by=by, question=question.pk, state=state)
    return step
