"""The large demo: thousands of questions, answers, rows and cases of the six invented municipalities.

All come in by the doors that everybody uses. Each part is a transaction of its own and is left alone when it is
there, so that what was interrupted goes on where it was.
"""

from __future__ import annotations

import csv
import datetime as dt
import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from django.db import transaction

from cms.actions import find_dataset
from cms.demo import corpus
from cms.demo.datasets import make_dataset
from cms.demo.stories import make_case
from cms.models import CaseIndexPage, CasePage, MunicipalityPage
from coalition.dialogue.actions import complete_deidentification_review, keep_paper
from coalition.dialogue.imports import import_answers, import_questions
from coalition.dialogue.models import Body, Division, Paper, PaperKind
from coalition.members.models import Municipality
from coalition.record.models import User

DOCUMENTS = 10_000
# Shares of what a municipality gets; the rest are answers.
QUESTIONS, ROWS, CASES = 0.50, 0.12, 0.036
_TELL_EVERY = 20
Say = Callable[[str], None]


def make_crowd(documents: int, by: User, say: Say) -> None:
    """So many things to be found, shared by the municipalities of the demo."""
    towns = Municipality.objects.filter(fictional=True, slug__in=corpus.towns())
    slugs = list(towns.order_by("code").values_list("slug", flat=True))
    for at, slug in enumerate(slugs):
        share = documents // len(slugs) + (at < documents % len(slugs))

        def tell(line: str, at: int = at) -> None:
            say(f"{at + 1}/{len(slugs)} {line}")

        _make_share(slug, share, by, tell)


def _make_share(slug: str, share: int, by: User, say: Say) -> None:
    asked, rows, cases = (round(share * part) for part in (QUESTIONS, ROWS, CASES))
    answered = share - asked - rows - cases - 1  # the dataset itself is one
    body = Body.objects.select_related("municipality__region").get(municipality__slug=slug)
    name = body.municipality.name
    with tempfile.TemporaryDirectory(prefix="hub-demo-") as folder:
        _make_questions(Path(folder), body, asked, by)
        say(f"{name} 질문 {asked:,}건")
        _make_answers(Path(folder), body, asked, answered, by)
        say(f"{name} 답변 {answered:,}건")
        _make_rows(Path(folder), slug, name, rows, by)
        say(f"{name} 자료 {rows:,}줄")
    _make_cases(slug, name, cases, by, say)


# ---- questions and answers ----


def _paper(body: Body, kind: PaperKind, day: dt.date, by: User) -> Paper:
    key = f"{body.municipality.slug}-many-{kind.value}"
    return Paper.objects.filter(key=key).first() or keep_paper(
        key=key,
        kind=kind,
        title=f"{body.municipality.name} 시민 {'질문' if kind == PaperKind.GREEN else '답변'} 모음",
        body=body,
        date=day,
        source=None,
        by=by,
    )


def _divisions(body: Body) -> set[str]:
    return set(Division.objects.filter(body=body).values_list("name", flat=True))


@transaction.atomic
def _make_questions(folder: Path, body: Body, number: int, by: User) -> None:
    paper = _paper(body, PaperKind.GREEN, dt.date(2025, 6, 30), by)
    if paper.questions.count() >= number:
        return
    known, first = _divisions(body), dt.date(2025, 1, 6)
    made = enumerate(corpus.questions(body.municipality.slug, number), 1)
    table = _written(
        folder / "questions.csv",
        ("번호", "질문", "분과", "접수일", "출처"),
        (
            (no, q.text, q.division if q.division in known else "",
             first + dt.timedelta(days=no * 170 // number), q.origin)
            for no, q in made
        ),
    )  # fmt: skip
    import_questions(file=table, paper=paper, by=by)


@transaction.atomic
def _make_answers(folder: Path, body: Body, asked: int, number: int, by: User) -> None:
    paper = _paper(body, PaperKind.WHITE, dt.date(2026, 9, 30), by)
    if paper.answers.count() >= number:
        return
    made = enumerate(corpus.answers(body.municipality.slug, number), 1)
    table = _written(
        folder / "answers.csv",
        ("번호", "질문번호", "응답자유형", "답변"),
        ((no, 1 + no * 7 % asked, corpus.RESPONDENTS[no % 8], a.text) for no, a in made),
    )
    questions = Paper.objects.get(key=f"{body.municipality.slug}-many-{PaperKind.GREEN.value}")
    import_answers(file=table, paper=paper, questions=questions, by=by)
    waiting = paper.answers.filter(reviewed_at__isnull=True).values_list("pk", flat=True)
    complete_deidentification_review(answers=waiting, by=by)


def _written(file: Path, header: Sequence[str], lines: Iterable[Sequence[object]]) -> Path:
    with file.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        writer.writerows(lines)
    return file


# ---- rows and cases ----


@transaction.atomic
def _make_rows(folder: Path, slug: str, name: str, number: int, by: User) -> None:
    municipality = Municipality.objects.get(slug=slug)
    if find_dataset(municipality, "saeop-girok") is not None:
        return
    header, *lines = corpus.rows(slug, number)
    meanings = {
        "달": "기록한 달", "동·면": "사업을 한 곳", "사업": "무슨 일인가",
        "상담(건)": "그 달에 받은 상담", "참여(명)": "그 달에 일한 사람", "그만둠(명)": "그 달에 그만둔 사람",
    }  # fmt: skip
    told = {
        "municipality": slug, "slug": "saeop-girok", "title": f"{name} 일자리 사업 달마다 기록",
        "file": _written(folder / "rows.csv", header, lines), "licence": "kogl-1",
        "source": f"{name} 일자리 담당 부서", "period": "2018년부터", "meanings": meanings,
        "summary": "달마다, 동·면마다 상담과 참여를 센 표입니다.",
        "description": "<p>기능을 보이려고 지어낸 기록입니다.</p>", "published_on": "2026-10-30",
    }  # fmt: skip
    make_dataset(told, by)


def _make_cases(slug: str, name: str, number: int, by: User, say: Say) -> None:
    root = MunicipalityPage.objects.get(slug=slug)
    index = CaseIndexPage.objects.child_of(root).get()
    there = set(CasePage.objects.child_of(index).values_list("title", flat=True))
    for at in range(number):
        told = corpus.case(slug, at)
        if told["title"] not in there:
            with transaction.atomic():
                make_case(told, by)
        if (at + 1) % _TELL_EVERY == 0 or at + 1 == number:
            say(f"{name} 사례 {at + 1:,}/{number:,}건")
