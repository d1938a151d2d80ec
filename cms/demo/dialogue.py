"""The demo's questions and answers: 가람시's 녹서 and 백서, brought in by the importers that everybody uses."""

from __future__ import annotations

import csv
import datetime as dt
import json
from pathlib import Path

from django.conf import settings
from django.db import transaction

from cms.models import CasePage
from coalition.dialogue.actions import (
    complete_deidentification_review,
    keep_paper,
    record_step,
)
from coalition.dialogue.imports import import_answers, import_core_questions, import_questions
from coalition.dialogue.models import Body, Paper, PaperKind, Question
from coalition.record.models import User

GREEN, WHITE = "garam-green", "garam-white"
# The last of the answers wait for their review, so that the secretariat's screen has something to show.
WAITING = 10


def make_dialogue(by: User) -> None:
    """Papers, core questions, questions, answers and what became of them, unless the 녹서 is there."""
    if Paper.objects.filter(key=GREEN).exists():
        return
    folder: Path = settings.DATA_DIR / "demo"
    with transaction.atomic():
        green, white = _papers(by)
        import_core_questions(file=folder / "garam-green-core.csv", paper=green, by=by)
        import_questions(file=folder / "garam-green-questions.csv", paper=green, by=by)
        import_answers(file=folder / "garam-white-answers.csv", paper=white, questions=green, by=by)
        numbers = white.answers.order_by("-number").values_list("number", flat=True)
        reviewed = white.answers.exclude(number__in=list(numbers[:WAITING]))
        complete_deidentification_review(answers=reviewed.values_list("pk", flat=True), by=by)
        _steps(folder, green, by)


def _papers(by: User) -> tuple[Paper, Paper]:
    body = Body.objects.select_related("municipality__region").get(slug="garam")
    told = (
        (GREEN, PaperKind.GREEN, "가람시 지속가능 일자리 녹서", dt.date(2025, 5, 30)),
        (WHITE, PaperKind.WHITE, "가람시 지속가능 일자리 백서", dt.date(2026, 10, 20)),
    )
    green, white = (
        keep_paper(key=key, kind=kind, title=title, body=body, date=date, source=None, by=by)
        for key, kind, title, date in told
    )
    return green, white


def _steps(folder: Path, paper: Paper, by: User) -> None:
    """What became of some of the questions; a step leads to the case that tells of it."""
    cases = json.loads((folder / "cases.json").read_text(encoding="utf-8"))
    titles = {case["key"]: case["title"] for case in cases}
    pages = {page.title: page.address for page in CasePage.objects.live()}
    questions = {q.number: q for q in Question.objects.filter(paper=paper).select_related("paper")}
    with (folder / "garam-green-steps.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            record_step(
                question=questions[int(row["번호"])],
                state=row["상태"],
                on=dt.date.fromisoformat(row["날짜"]),
                note=row["무엇에"],
                address=pages.get(titles.get(row["사례"], ""), ""),
                by=by,
            )
