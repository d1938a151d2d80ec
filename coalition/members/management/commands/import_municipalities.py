"""Bring the registry of municipalities to what data/*.csv says."""

from argparse import ArgumentParser
from typing import Any

from django.conf import settings

from coalition.members.imports import import_facts, import_registry
from coalition.record.importing import ImportCommand, ImportSummary, given_file


class Command(ImportCommand):
    help = "지방정부 명부, 행정구역의 변화, 민선 기, 공표된 사실을 data/의 표에서 읽습니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        super().add_arguments(parser)
        for name in ("municipalities", "municipality_changes", "terms", "facts"):
            option = f"--{name.replace('_', '-')}"
            parser.add_argument(option, type=given_file, default=settings.DATA_DIR / f"{name}.csv")

    def run_import(self, **options: Any) -> ImportSummary:
        registry = import_registry(
            municipalities=options["municipalities"],
            changes=options["municipality_changes"],
            terms=options["terms"],
            by=None,
            ignore_extra=options["ignore_extra"],
        )
        facts = import_facts(facts=options["facts"], by=None, ignore_extra=options["ignore_extra"])
        return ImportSummary(
            registry.added + facts.added,
            registry.changed + facts.changed,
            registry.unchanged + facts.unchanged,
        )
