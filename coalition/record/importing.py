"""What every importer answers, and the command that every importer is run by."""

from __future__ import annotations

import json
import sys
from abc import ABC, abstractmethod
from argparse import ArgumentParser
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from coalition.record.tables import Fault, TableRefused


@dataclass(slots=True)
class ImportSummary:
    """What an import did, counted in rows."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    rejected: list[Fault] = field(default_factory=list)

    def count(self, *, created: bool, changed: bool) -> None:
        """Take one row into account."""
        if created:
            self.added += 1
        elif changed:
            self.changed += 1
        else:
            self.unchanged += 1

    def __str__(self) -> str:
        return f"새로 {self.added}, 바뀜 {self.changed}, 그대로 {self.unchanged}"


class _DryRun(Exception):
    """Takes the transaction of a trial run back."""


class ImportCommand(BaseCommand, ABC):
    """`--dry-run`, `--json`, exit code 2 with the places of the faults, and nothing half-written."""

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="적지 않고 무엇이 바뀔지만 봅니다"
        )
        parser.add_argument("--json", action="store_true", help="결과를 JSON으로 냅니다")
        parser.add_argument("--ignore-extra", action="store_true", help="모르는 열을 건너뜁니다")

    @abstractmethod
    def run_import(self, **options: Any) -> ImportSummary:
        """Import everything inside the transaction that `handle` opened. To be written by each command."""

    def handle(self, *args: Any, **options: Any) -> None:
        summary = ImportSummary()
        try:
            with transaction.atomic():
                summary = self.run_import(**options)
                if options["dry_run"]:
                    raise _DryRun
        except _DryRun:
            pass
        except TableRefused as refused:
            summary = ImportSummary(rejected=refused.faults)
        self._tell(summary, as_json=options["json"], dry=options["dry_run"])
        if summary.rejected:
            sys.exit(2)

    def _tell(self, summary: ImportSummary, *, as_json: bool, dry: bool) -> None:
        if as_json:
            self.stdout.write(json.dumps(asdict(summary), ensure_ascii=False))
            return
        for fault in summary.rejected:
            self.stderr.write(str(fault))
        if not summary.rejected:
            self.stdout.write(f"{'(시험) ' if dry else ''}{summary}")


def given_file(value: str) -> Path:
    """A file named on the command line."""
    return Path(value)
