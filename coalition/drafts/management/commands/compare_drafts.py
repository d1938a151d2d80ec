"""Hold two stored versions against each other, of one bill or of two."""

import json
import sys
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from coalition.drafts.compare import KOREAN, Change, Unit
from coalition.drafts.compare.counting import counted, is_touched, told
from coalition.drafts.comparisons import compared
from coalition.drafts.models import Version


class Command(BaseCommand):
    help = "저장된 두 판을 견줍니다. 발행되지 않은 판도, 다른 법안의 판도 됩니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("bill", metavar="BILL", help="법안의 주소 (sjsa)")
        parser.add_argument("a", metavar="A", help="앞의 판 (0.2), 다른 법안이면 other:0.2")
        parser.add_argument("b", metavar="B", help="뒤의 판 (0.3), 다른 법안이면 other:0.3")
        parser.add_argument("--json", action="store_true", help="두 글과 함께 JSON으로 냅니다")

    def handle(self, *args: Any, **options: Any) -> None:
        a, b = (self._version(options["bill"], options[side]) for side in ("a", "b"))
        comparison = compared(a, b).comparison
        if options["json"]:
            fictional = a.bill.fictional or b.bill.fictional
            form = {"fictional": fictional, **comparison.as_json()}
            self.stdout.write(json.dumps(form, ensure_ascii=False, indent=1))
            return
        kinds = counted(comparison).items()
        self.stdout.write(f"{a} → {b}: {', '.join(f'{KOREAN[k]} {n}' for k, n in kinds)}")
        for change in filter(is_touched, comparison.changes):
            self.stdout.write(_line(change))

    def _version(self, bill: str, written: str) -> Version:
        slug, _, no = written.rpartition(":")
        slug, no = slug or bill, no.removeprefix("v")
        found = Version.objects.select_related("bill").filter(bill__slug=slug, no=no).first()
        if found is None:
            self.stderr.write(f"법안 {slug}에 v{no} 판이 없습니다.")
            sys.exit(2)
        return found


def _line(change: Change) -> str:
    """[바뀜] 제20조(비용의 보조) → 제21조(비용의 보조) · 확인 필요."""
    kinds = "·".join(KOREAN[kind] for kind in told(change))
    sides = [", ".join(map(_named, units)) for units in (change.a, change.b) if units]
    doubt = " · 확인 필요" if change.needs_confirmation else ""
    return f"[{kinds}] {' → '.join(sides)}{doubt}"


def _named(unit: Unit) -> str:
    return f"{unit.node.label}({unit.node.title})" if unit.node.title else unit.node.label
