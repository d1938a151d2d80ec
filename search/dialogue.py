"""Questions, core questions and answers as documents: what citizens asked and said is found like the rest.

Only what anybody may read (coalition.dialogue.papers): an answer before its review is no document.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

from django.db.models import Q, QuerySet

from coalition.dialogue.models import Answer, CoreQuestion, Paper, Question
from coalition.dialogue.papers import (
    answer_address,
    core_address,
    public_answers,
    public_questions,
    question_address,
)
from coalition.members.models import Municipality
from coalition.record.models import Event
from search.models import Kind
from search.source import Document, Label, Source, place_labels, year_label

_LONGEST_TITLE = 200
_TITLE_OF_ANSWER = 80
_OF_PAPER = frozenset(
    {"questions.imported", "core_questions.imported", "answers.imported", "paper.kept"}
)
_PLACE = "paper__body__municipality__region"


def _changed(event: Event) -> bool:
    """An import that found everything as it was touches nothing."""
    return event.verb == "paper.kept" or bool(event.data["added"] or event.data["changed"])


def _also(model: Any, event: Event) -> Q:
    """An answer shows the text of its question, which may stand in another paper."""
    asks = model is Answer and event.verb == "questions.imported"
    return Q(question__paper=event.object_id) if asks else Q(pk__in=())


def _affected(model: Any, of_event: Callable[[Event], Any]) -> Any:
    """Owners of an Event: all of a paper, or those that the Event is about (`of_event`)."""

    def affected(event: Event) -> Iterable[int]:
        rows = model.objects.order_by("pk").values_list("pk", flat=True)
        if event.verb in _OF_PAPER:
            papers = Q(paper=event.object_id) | _also(model, event)
            return list(rows.filter(papers)) if _changed(event) else []
        wanted = of_event(event)
        return list(rows.filter(wanted)) if wanted is not None else []

    return affected


def _questions_of(event: Event) -> Any:
    if event.verb == "deidentification.completed":
        return Q(pk__in=event.data["questions"])
    return Q(pk=event.object_id) if event.verb == "question.withheld" else None


def _answers_of(event: Event) -> Any:
    if event.verb == "deidentification.completed":
        return Q(pk__in=event.data["answers"]) | Q(question__in=event.data["questions"])
    if event.verb == "question.withheld":
        return Q(question=event.object_id)
    return Q(pk=event.object_id)


def _everything(model: Any) -> Callable[[], list[int]]:
    return lambda: list(model.objects.order_by("pk").values_list("pk", flat=True))


# ---- documents ----


def _labels(
    kind: Kind, place: Municipality | None, division: str, date: dt.date | None
) -> tuple[Label, ...]:
    labels = [Label("kind", kind.value, str(kind.label)), *place_labels(place)]
    if division:
        labels.append(Label("division", division, division))
    return (*labels, *year_label(date.year if date else None))


def _spoken(labels: Iterable[Label], *more: str) -> tuple[str, ...]:
    """Names of the place and the division find it too."""
    names = [label.name for label in labels if label.facet in ("region", "division")]
    return tuple(dict.fromkeys(name for name in (*names, *more) if name))


def _place_of(paper: Paper) -> Municipality | None:
    return paper.body.municipality if paper.body else None


def _cut(text: str, longest: int) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rstrip()}…"


def _build_questions(pks: Sequence[int]) -> Iterator[Document]:
    rows = public_questions().filter(pk__in=pks).select_related(_PLACE, "core_question")
    for question in rows.order_by("pk"):
        paper, core = question.paper, question.core_question
        date = question.received_on or paper.date
        place = _place_of(paper)
        labels = _labels(Kind.QUESTION, place, question.division_name, date)
        title = _cut(question.text, _LONGEST_TITLE)
        yield Document(
            kind=Kind.QUESTION,
            key=f"{paper.key}/{question.number}",
            owner=question.pk,
            url=question_address(question),
            title=title,
            body="" if title == question.text else question.text,
            tags=_spoken(labels, paper.title, core.text if core else ""),
            labels=labels,
            municipality=place,
            note=paper.title,
            date=date,
            fictional=paper.fictional,
        )


def _build_answers(pks: Sequence[int]) -> Iterator[Document]:
    rows = public_answers().filter(pk__in=pks).select_related(_PLACE, "question__paper")
    for answer in rows.order_by("pk"):
        paper, place = answer.paper, _place_of(answer.paper)
        labels = _labels(Kind.ANSWER, place, answer.division_name, paper.date)
        respondent = answer.get_respondent_display()
        title = _cut(answer.text, _TITLE_OF_ANSWER)
        yield Document(
            kind=Kind.ANSWER,
            key=f"{paper.key}/{answer.number}",
            owner=answer.pk,
            url=answer_address(answer),
            title=title,
            body=f"{'' if title == answer.text else answer.text}\n질문: {answer.question.text}".strip(),
            tags=_spoken(labels, respondent),
            labels=labels,
            municipality=place,
            note=f"{respondent}의 답변",
            date=paper.date,
            fictional=paper.fictional,
        )


def _known_cores() -> QuerySet[CoreQuestion]:
    """Those with a text; a number alone is nothing to find."""
    return CoreQuestion.objects.exclude(text="")


def _build_cores(pks: Sequence[int]) -> Iterator[Document]:
    for core in _known_cores().filter(pk__in=pks).select_related(_PLACE).order_by("pk"):
        paper, place = core.paper, _place_of(core.paper)
        labels = _labels(Kind.CORE_QUESTION, place, core.division_name, paper.date)
        yield Document(
            kind=Kind.CORE_QUESTION,
            key=f"{paper.key}/{core.number}",
            owner=core.pk,
            url=core_address(core),
            title=_cut(core.text, _LONGEST_TITLE),
            body=f"{paper.title} 핵심 질문 {core.number}",
            tags=_spoken(labels, paper.title),
            labels=labels,
            municipality=place,
            note=paper.title,
            date=paper.date,
            fictional=paper.fictional,
        )


QUESTIONS = Source(
    name="question",
    verbs=frozenset(
        {
            "questions.imported",
            "core_questions.imported",
            "paper.kept",
            "deidentification.completed",
            "question.withheld",
        }
    ),
    affected=_affected(Question, _questions_of),
    build=_build_questions,
    readable=public_questions,
    everything=_everything(Question),
    kinds=frozenset({Kind.QUESTION}),
    hides=frozenset({"questions.imported", "question.withheld"}),
)
ANSWERS = Source(
    name="answer",
    verbs=frozenset(
        {
            "answers.imported",
            "questions.imported",
            "paper.kept",
            "deidentification.completed",
            "question.withheld",
            "answer.withheld",
        }
    ),
    affected=_affected(Answer, _answers_of),
    build=_build_answers,
    readable=public_answers,
    everything=_everything(Answer),
    kinds=frozenset({Kind.ANSWER}),
    hides=frozenset(
        {"answers.imported", "questions.imported", "question.withheld", "answer.withheld"}
    ),
)
CORE_QUESTIONS = Source(
    name="core_question",
    verbs=frozenset({"core_questions.imported", "questions.imported", "paper.kept"}),
    affected=_affected(CoreQuestion, lambda event: None),
    build=_build_cores,
    readable=_known_cores,
    everything=_everything(CoreQuestion),
    kinds=frozenset({Kind.CORE_QUESTION}),
)
