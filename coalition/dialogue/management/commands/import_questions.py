"""Bring in the questions of a paper."""

from typing import Any

from coalition.dialogue.importing import PaperImportCommand
from coalition.dialogue.imports import import_questions
from coalition.record.importing import ImportSummary


class Command(PaperImportCommand):
    help = "질문의 표를 들입니다. 열: 번호, 질문 (핵심질문, 분과, 접수일, 출처)"

    def run_import(self, **options: Any) -> ImportSummary:
        imported = import_questions(
            file=options["file"],
            paper=self.paper(options),
            by=None,
            ignore_extra=options["ignore_extra"],
            told=self.tell_progress(options),
        )
        self.tell_held(imported)
        return imported.summary
