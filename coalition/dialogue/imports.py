"""Tables of core questions, questions and answers, brought in whole or not at all.

Columns are part of the contract (docs/architecture.md). A row is known by its number: what is there is
brought up to date, and nothing is ever taken out. What the personal-data gate stops refuses the file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from django.db import models, transaction

from coalition.dialogue.cells import Cells, refuse
from coalition.dialogue.models import Answer, CoreQuestion, Paper, Question
from coalition.dialogue.models.question import Contribution, RespondentType
from coalition.record.actions import record_event
from coalition.record.importing import ImportSummary
from coalition.record.models import User
from coalition.record.privacy import Level, find_personal_data
from coalition.record.tables import Fault, Table, read_table

CORE_COLUMNS, CORE_OPTIONAL = ("번호", "핵심질문"), ("분과",)
QUESTION_COLUMNS, QUESTION_OPTIONAL = ("번호", "질문"), ("핵심질문", "분과", "접수일", "출처")
ANSWER_COLUMNS, ANSWER_OPTIONAL = ("번호", "질문번호", "응답자유형", "답변"), ("분과", "출처")
LONGEST_QUESTION, LONGEST_ANSWER = 2_000, 10_000
_AT_ONCE = 500

Told = Callable[[int, int], None]


@dataclass(slots=True)
class Imported:
    """What an import did, and the rows that wait for a person's look, each with its reason."""

    summary: ImportSummary = field(default_factory=ImportSummary)
    held: list[Fault] = field(default_factory=list)


def _untold(done: int, total: int) -> None:
    """Nobody listens."""


@transaction.atomic
def import_core_questions(
    *, file: Path, paper: Paper, by: User | None, ignore_extra: bool = False
) -> Imported:
    """Bring the paper's core questions to what the table says. Safe to repeat."""
    table = read_table(
        file, required=CORE_COLUMNS, optional=CORE_OPTIONAL, ignore_extra=ignore_extra
    )
    cells = Cells(paper)
    rows = []
    for row in table:
        number = cells.new_number(row)
        text = cells.text(row, "핵심질문", longest=500)
        rows.append((number, {"text": text, **cells.division(row), "source": paper.source}))
    held = _gate(table, "핵심질문", cells.faults)
    cells.faults += held  # who asks for all names nobody
    refuse(cells.faults)
    imported = Imported()
    _write(CoreQuestion, paper, rows, imported.summary, told=_untold)
    _tell_event("core_questions.imported", paper, imported.summary, by=by)
    return imported


@transaction.atomic
def import_questions(
    *,
    file: Path,
    paper: Paper,
    by: User | None,
    ignore_extra: bool = False,
    told: Told = _untold,
) -> Imported:
    """Bring the paper's questions to what the table says. Safe to repeat.

    A question is public at once unless the gate warns of it; a changed text goes through the gate again.
    Raises TableRefused with the places of all faults; then nothing is written.
    """
    table = read_table(
        file, required=QUESTION_COLUMNS, optional=QUESTION_OPTIONAL, ignore_extra=ignore_extra
    )
    cells = Cells(paper)
    cores = _Cores(paper)
    rows = []
    for row in table:
        values: dict[str, Any] = {
            "text": cells.text(row, "질문", longest=LONGEST_QUESTION),
            "core_question": cores.numbered(cells.number(row, "핵심질문", optional=True)),
            "received_on": cells.day(row, "접수일"),
            **cells.division(row),
            **cells.origin(row),
        }
        rows.append((cells.new_number(row), values))
    held = _gate(table, "질문", cells.faults)
    refuse(cells.faults)
    lines = {fault.line for fault in held}
    for row, (_, values) in zip(table, rows, strict=True):
        values["held"] = row.line in lines
    cores.save()
    imported = Imported(held=held)
    _write(Question, paper, rows, imported.summary, told=told)
    _tell_event("questions.imported", paper, imported.summary, by=by)
    return imported


@transaction.atomic
def import_answers(
    *,
    file: Path,
    paper: Paper,
    questions: Paper,
    by: User | None,
    ignore_extra: bool = False,
    told: Told = _untold,
) -> Imported:
    """Bring the paper's answers, to questions of the paper `questions`, to what the table says.

    Safe to repeat. No answer is public before its review, and a changed text is reviewed again.
    Raises TableRefused with the places of all faults; then nothing is written.
    """
    table = read_table(
        file, required=ANSWER_COLUMNS, optional=ANSWER_OPTIONAL, ignore_extra=ignore_extra
    )
    cells = Cells(paper)
    known = {q.number: q for q in questions.questions.only("number", "paper")}
    types = {str(label): value for value, label in RespondentType.choices}
    rows = []
    for row in table:
        asked = cells.number(row, "질문번호")
        if asked is not None and asked not in known:
            cells.fault(row, "질문번호", f"{questions.key}에 {asked}번 질문이 없습니다.")
        respondent = types.get(row["응답자유형"], "")
        if not respondent:
            cells.fault(row, "응답자유형", f"{', '.join(types)} 가운데 하나로 쓰세요.")
        values = {
            "question": known.get(asked or 0),
            "respondent": respondent,
            "text": cells.text(row, "답변", longest=LONGEST_ANSWER),
            **cells.division(row),
            **cells.origin(row),
        }
        rows.append((cells.new_number(row), values))
    held = _gate(table, "답변", cells.faults)
    refuse(cells.faults)
    imported = Imported(held=held)
    _write(Answer, paper, rows, imported.summary, told=told)
    _tell_event("answers.imported", paper, imported.summary, by=by)
    return imported


def _tell_event(verb: str, paper: Paper, summary: ImportSummary, *, by: User | None) -> None:
    record_event(verb, paper, by=by, added=summary.added, changed=summary.changed)


def _gate(table: Table, column: str, faults: list[Fault]) -> list[Fault]:
    """Add to the faults what may not be taken; give back what a person has to look at. Never the number."""
    held = []
    for row in table:
        for name in (column, "출처"):
            for hit in find_personal_data(row.get(name)):
                if hit.level is Level.STOP:
                    message = f"{hit.reason} 지우고 다시 가져오세요."
                    faults.append(Fault(row.line, name, message))
                else:
                    held.append(Fault(row.line, name, hit.reason))
    return held


@dataclass(slots=True)
class _Cores:
    """The paper's core questions by number; one that a question names and nobody entered gets no text."""

    paper: Paper
    known: dict[int, CoreQuestion] = field(default_factory=dict)
    new: list[CoreQuestion] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.known = {core.number: core for core in self.paper.core_questions.all()}

    def numbered(self, number: int | None) -> CoreQuestion | None:
        if number is None:
            return None
        if number not in self.known:
            core = CoreQuestion(paper=self.paper, number=number, source=self.paper.source)
            self.known[number] = core
            self.new.append(core)
        return self.known[number]

    def save(self) -> None:
        for core in self.new:
            core.save()


def _write(
    model: Any,
    paper: Paper,
    rows: Sequence[tuple[int | None, dict[str, Any]]],
    summary: ImportSummary,
    *,
    told: Told,
) -> None:
    """Add, change or leave every row, in bulk."""
    there: dict[int, Any] = {r.number: r for r in model._default_manager.filter(paper=paper)}
    names = _columns(model, rows)
    new: list[Any] = []
    changed: list[Any] = []
    for number, values in rows:
        row = there.get(number or 0)
        if row is None:
            new.append(model(paper=paper, number=number, **values))
            summary.count(created=True, changed=False)
            continue
        differs = _take_over(row, values)
        summary.count(created=False, changed=differs)
        if differs:
            changed.append(row)
    for begin in range(0, len(new), _AT_ONCE):
        model._default_manager.bulk_create(new[begin : begin + _AT_ONCE])
        told(min(begin + _AT_ONCE, len(new)), len(new) + len(changed))
    for begin in range(0, len(changed), _AT_ONCE):
        model._default_manager.bulk_update(changed[begin : begin + _AT_ONCE], names)
        done = len(new) + min(begin + _AT_ONCE, len(changed))
        told(done, len(new) + len(changed))


_REVIEW = ("reviewed_at", "reviewed_by", "withheld_at", "withheld_because")


def _columns(
    model: type[models.Model], rows: Sequence[tuple[int | None, dict[str, Any]]]
) -> list[str]:
    names = list(rows[0][1]) if rows else []
    return [*names, *_REVIEW] if issubclass(model, Contribution) else names


def _take_over(row: Any, values: dict[str, Any]) -> bool:
    """Set what differs. Of a text that changed no review and no withholding holds any more.

    That a question is held for its text is a thing of the text: it is not counted by itself.
    """
    attributes = {n: f"{n}_id" if isinstance(v, models.Model) else n for n, v in values.items()}
    before = {n: getattr(row, a) for n, a in attributes.items()}
    after = {n: v.pk if isinstance(v, models.Model) else v for n, v in values.items()}
    # A foreign key without a value is compared by its column, too.
    for name, value in values.items():
        if value is None and hasattr(row, f"{name}_id"):
            before[name] = getattr(row, f"{name}_id")
    if before == after:
        return False
    if before["text"] != after["text"] and isinstance(row, Contribution):
        row.reviewed_at = row.reviewed_by = row.withheld_at = None
        row.withheld_because = ""
    for name, value in values.items():
        setattr(row, name, value)
    return True
