"""Compare what can be found with what should be. Exit code 1 when anything differs."""

import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from search.checks import drifts

_SHOWN = 50


class Command(BaseCommand):
    help = "검색에 빠진 것, 남은 것, 옛것이 있는지 견줍니다. 있으면 1로 끝납니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--all", action="store_true", help="50건이 넘어도 모두 적습니다")

    def handle(self, *args: Any, **options: Any) -> None:
        found = list(drifts())
        for drift in found if options["all"] else found[:_SHOWN]:
            self.stdout.write(str(drift))
        if not found:
            self.stdout.write("검색이 내용과 같습니다.")
            return
        self.stdout.write(f"다른 것 {len(found):,}건. `manage.py search_build`로 바로잡습니다.")
        sys.exit(1)
