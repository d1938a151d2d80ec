"""Bring in the answers of a paper."""

from argparse import ArgumentParser
from typing import Any

from coalition.dialogue.importing import PaperImportCommand, find_paper, refused
from coalition.dialogue.imports import import_answers
from coalition.dialogue.models import Paper
from coalition.record.importing import ImportSummary


class Command(PaperImportCommand):
    help = "답변의 표를 들입니다. 열: 번호, 질문번호, 응답자유형, 답변 (분과, 출처)"

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        parser.add_argument(
            "--questions", metavar="KEY", help="질문이 실린 녹서. 쓰지 않으면 --paper와 같은 것"
        )

    def run_import(self, **options: Any) -> ImportSummary:
        paper = self.paper(options)
        imported = import_answers(
            file=options["file"],
            paper=paper,
            questions=self._questions(paper, options["questions"]),
            by=None,
            ignore_extra=options["ignore_extra"],
            told=self.tell_progress(options),
        )
        self.tell_held(imported)
        return imported.summary

    def _questions(self, paper: Paper, key: str | None) -> Paper:
        """The paper of the questions: a 백서 without questions answers those of the 녹서 beside it."""
        stem, _, kind = paper.key.rpartition("-")
        if key is None and kind == "white" and not paper.questions.exists():
            key = f"{stem}-green"
            return find_paper(key) or paper
        found = find_paper(key) if key else paper
        if found is None:
            raise refused(f"--questions {key}: 그런 녹서가 없습니다.")
        return found
