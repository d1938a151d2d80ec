"""What the pages of the dialogue show: papers, core questions, one question with its answers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.paginator import Page, Paginator
from django.db.models import Count, Q, QuerySet
from django.http import QueryDict
from django.utils.formats import date_format

from cms.queries.core_lists import grouped_cores
from coalition.dialogue.models import (
    Answer,
    Body,
    CoreQuestion,
    Paper,
    Question,
    RespondentType,
    StepState,
)
from coalition.dialogue.papers import (
    Step,
    core_address,
    core_questions,
    papers,
    public_answers,
    public_questions,
    question_address,
    state_label,
    steps_of,
    unanswered,
    with_answers,
)
from coalition.members.models import Fact

QUESTIONS_A_PAGE = 30
ANSWERS_A_PAGE = 20
_AROUND = 2
# What a municipality's publication says of its papers, beside what stands here.
FIGURES = {"green-paper-questions": "질문", "white-paper-answers": "답변"}


@dataclass(frozen=True, slots=True)
class Link:
    """A way to another view of the same list. An empty address is a gap between page numbers."""

    label: str
    address: str
    count: int | None = None
    current: bool = False


@dataclass(frozen=True, slots=True)
class QuestionItem:
    """A question as a list shows it."""

    question: Question
    address: str
    state: str
    answers: int
    core: CoreQuestion | None


@dataclass(slots=True)
class QuestionList:
    """A page of questions, with the ways to narrow it."""

    items: list[QuestionItem]
    total: int
    tabs: list[Link]
    divisions: list[Link]
    pages: list[Link]


@dataclass(frozen=True, slots=True)
class Comparison:
    """발표 N건 / 수록 N건: what a publication says, and what stands here."""

    label: str
    figure: Fact | None
    here: int


@dataclass(frozen=True, slots=True)
class Stage:
    """A point on a question's way. `css` is done, now or empty (not reached)."""

    label: str
    css: str
    steps: list[Step] = field(default_factory=list)


def asked(data: QueryDict, name: str) -> str:
    """A parameter as written; nothing for what no database holds (PostgreSQL refuses NUL)."""
    written = data.get(name, "").strip()
    return "" if "\x00" in written else written


class Addresses:
    """Addresses of the same page with something changed; every change goes back to the first page."""

    def __init__(self, path: str, data: QueryDict, *kept: str) -> None:
        self._path = path
        given = {name: asked(data, name) for name in kept}
        self._pairs = {name: value for name, value in given.items() if value}

    def with_(self, **changes: str) -> str:
        pairs = {n: v for n, v in {**self._pairs, **changes}.items() if v}
        return f"{self._path}?{urlencode(pairs)}" if pairs else self._path

    def pages(self, page: Page[Any]) -> list[Link]:
        """The first, the last and those around the current page."""
        last, here = page.paginator.num_pages, page.number
        if last < 2:
            return []
        near = range(max(1, here - _AROUND), min(last, here + _AROUND) + 1)
        links = [Link("앞", self.with_(page=str(here - 1)))] if here > 1 else []
        before = 0
        for number in sorted({1, last, *near}):
            if number > before + 1:
                links.append(Link("…", ""))
            links.append(Link(str(number), self.with_(page=str(number)), current=number == here))
            before = number
        if here < last:
            links.append(Link("다음", self.with_(page=str(here + 1))))
        return links


def questions_here() -> QuerySet[Question]:
    """Every public question with its paper and place."""
    return public_questions().select_related(
        "paper__body__municipality__region", "core_question__paper", "source"
    )


def question_list(
    questions: QuerySet[Question], path: str, data: QueryDict, *, divided: bool = True
) -> QuestionList:
    """A page of these questions: all, or those without an answer; of one division, if asked."""
    addresses = Addresses(path, data, "state", "division")
    state, division = asked(data, "state"), asked(data, "division")
    divisions = _divisions(questions, addresses, division) if divided else []
    if division:
        questions = questions.filter(division_name=division)
    open_count = unanswered(questions).count()
    total = questions.count()
    is_open = state == "unanswered"
    rows = unanswered(questions) if is_open else questions
    paginator = Paginator(with_answers(rows.order_by("paper", "number")), QUESTIONS_A_PAGE)
    paginator.count = open_count if is_open else total  # known already
    page = paginator.get_page(data.get("page", "1")[:9])
    return QuestionList(
        items=[
            QuestionItem(q, question_address(q), state_label(q), q.answer_count, q.core_question)
            for q in page.object_list
        ],
        total=paginator.count,
        tabs=[
            Link("모두", addresses.with_(state=""), total, not is_open),
            Link("아직 답이 없는 질문", addresses.with_(state="unanswered"), open_count, is_open),
        ],
        divisions=divisions,
        pages=addresses.pages(page),
    )


def _divisions(questions: QuerySet[Question], addresses: Addresses, chosen: str) -> list[Link]:
    counted = questions.order_by().values_list("division_name").annotate(n=Count("pk"))
    rows = sorted((name, n) for name, n in counted if name)
    if not rows:
        return []
    return [
        Link("모든 분과", addresses.with_(division=""), None, not chosen),
        *(Link(name, addresses.with_(division=name), n, name == chosen) for name, n in rows),
    ]


def paper_details(paper: Any, path: str, data: QueryDict) -> dict[str, Any]:
    """Everything of a paper's page. `paper` comes from `papers()`, with its counts."""
    rows = questions_here().filter(paper=paper)
    cores = list(core_questions(paper))
    return {
        "paper": paper,
        "groups": grouped_cores(cores, core_address),
        "core_count": len(cores),
        "list": question_list(rows, path, data),
        "siblings": list(papers().filter(body=paper.body).exclude(pk=paper.pk))
        if paper.body_id
        else [],
    }


def core_details(core: CoreQuestion, path: str, data: QueryDict) -> dict[str, Any]:
    """Everything of a core question's page."""
    return {
        "core": core,
        "paper": core.paper,
        "list": question_list(
            questions_here().filter(core_question=core), path, data, divided=False
        ),
    }


@dataclass(frozen=True, slots=True)
class Citation:
    """For templates/components/citation.html."""

    text: str
    address: str
    url: str


def question_details(question: Question, path: str, data: QueryDict) -> dict[str, Any]:
    """Everything of a question's page; the number of queries does not grow with its answers."""
    answers = public_answers().filter(question=question).select_related("paper")
    tally = dict(answers.order_by().values_list("respondent").annotate(n=Count("pk")))
    chosen = asked(data, "type")
    addresses = Addresses(path, data, "type")
    shown = answers.order_by("paper_id", "number")
    if chosen in RespondentType.values:
        shown = shown.filter(respondent=chosen)
    paginator = Paginator(shown, ANSWERS_A_PAGE)
    count = sum(tally.values())
    paginator.count = tally.get(chosen, 0) if chosen in RespondentType.values else count
    page = paginator.get_page(_page_of(shown, question, data))
    steps = steps_of(question, answers=count)
    before, after = _neighbours(question)
    return {
        "question": question,
        "paper": question.paper,
        "body": question.paper.body,
        "stages": _stages(steps),
        "declined": [step for step in steps if step.state == StepState.DECLINED],
        "answers": [(answer, _anchor(answer, question)) for answer in page.object_list],
        "answer_count": count,
        "types": list(_types(tally, addresses, chosen)),
        "pages": addresses.pages(page),
        "before": before,
        "after": after,
        "citation": _citation(question),
    }


def _types(tally: dict[str, int], addresses: Addresses, chosen: str) -> Iterator[Link]:
    if len(tally) < 2:
        return
    yield Link("모두", addresses.with_(type=""), sum(tally.values()), chosen not in tally)
    for value, label in RespondentType.choices:
        if value in tally:
            yield Link(str(label), addresses.with_(type=value), tally[value], value == chosen)


def _page_of(shown: QuerySet[Answer], question: Question, data: QueryDict) -> str:
    """The page asked for; of an address that names an answer, the page on which it stands."""
    named = asked(data, "answer")
    if not named:
        return data.get("page", "1")[:9]
    key, _, number = named.rpartition("/")
    if not (number.isascii() and number.isdecimal() and len(number) < 9):
        return "1"
    paper = Paper.objects.filter(key=key).first() if key else question.paper
    if paper is None:
        return "1"
    earlier = shown.filter(paper_id__lt=paper.pk).count() if key else 0
    earlier += shown.filter(paper=paper, number__lt=int(number)).count()
    return str(1 + earlier // ANSWERS_A_PAGE)


def _anchor(answer: Answer, question: Question) -> str:
    own = answer.paper_id == question.paper_id
    return f"answer-{answer.number}" if own else f"answer-{answer.paper.key}-{answer.number}"


_WAY = (
    ("received", "접수"),
    ("grouped", "묶임"),
    ("answered", "답변"),
    ("model", "모델 반영"),
    ("pilot", "시범"),
    ("measured", "측정"),
    ("clause", "조문 반영"),
)


def _stages(steps: Iterable[Step]) -> list[Stage]:
    """The whole way; what a question has not reached stands there empty, unless it goes no further."""
    by_state: dict[str, list[Step]] = {}
    for step in steps:
        by_state.setdefault(step.state, []).append(step)
    last = max(place for place, (state, _) in enumerate(_WAY) if state in by_state)
    way = _WAY[: last + 1] if StepState.DECLINED in by_state else _WAY
    return [
        Stage(
            label,
            ("now" if place == last else "done") if state in by_state else "",
            by_state.get(state, []),
        )
        for place, (state, label) in enumerate(way)
    ]


def _neighbours(question: Question) -> tuple[str, str]:
    """Addresses of the public questions before and after it in its paper."""
    rows = public_questions().filter(paper=question.paper).values_list("number", flat=True)
    before = rows.filter(number__lt=question.number).order_by("-number").first()
    after = rows.filter(number__gt=question.number).order_by("number").first()
    base = f"/questions/{question.paper.key}/"
    return (f"{base}{before}/" if before else "", f"{base}{after}/" if after else "")


def _citation(question: Question) -> Citation:
    paper = question.paper
    parts = [
        f"{paper.title}{'(가상)' if paper.fictional else ''}",
        f"질문 {question.number}",
        "지속가능 일자리 연대 허브",
        date_format(question.received_on) if question.received_on else "",
    ]
    address = question_address(question)
    text = ", ".join(part for part in parts if part)
    return Citation(text, address, f"{settings.HUB_BASE_URL}{address}")


def body_papers(body: Body, facts: list[Fact], until: dt.date | None = None) -> dict[str, Any]:
    """The papers of a body, and what was published of them beside what stands here.

    With `until`, those that were out by that day.
    """
    out = Q(date__lte=until) if until else Q()
    rows = list(papers().filter(out, body=body))
    figures = {fact.key: fact for fact in facts if fact.number is not None}
    here = {
        "green-paper-questions": sum(paper.question_count for paper in rows),
        "white-paper-answers": sum(paper.answer_count for paper in rows),
    }
    compared = [
        Comparison(label, figures.get(key), here[key])
        for key, label in FIGURES.items()
        if key in figures or here[key]
    ]
    return {"papers": rows, "compared": compared}


def dialogue_counts() -> dict[int, tuple[int, int]]:
    """Public questions and answers by body, for the list of bodies."""
    counts: dict[int, tuple[int, int]] = {}
    for paper in papers().exclude(body=None):
        questions, answers = counts.get(paper.body_id, (0, 0))
        counts[paper.body_id] = (questions + paper.question_count, answers + paper.answer_count)
    return counts
