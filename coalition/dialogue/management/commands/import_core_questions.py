"""Bring in the core questions of a paper."""

from typing import Any

from coalition.dialogue.importing import PaperImportCommand
from coalition.dialogue.imports import import_core_questions
from coalition.record.importing import ImportSummary


class Command(PaperImportCommand):
    help = "핵심 질문의 표를 들입니다. 열: 번호, 핵심질문 (분과)"

    def run_import(self, **options: Any) -> ImportSummary:
        imported = import_core_questions(
            file=options["file"],
            paper=self.paper(options),
            by=None,
            ignore_extra=options["ignore_extra"],
        )
        return imported.summary
