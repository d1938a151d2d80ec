"""Project everything that should be found. What did not change is skipped; it may be repeated at any time."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import connection

from search import desk
from search.projection import project_everything, recount_terms
from search.triggers import index_is_whole, rebuild_index


class Command(BaseCommand):
    help = "찾을 수 있어야 할 모든 것을 검색에 싣습니다. 달라지지 않은 것은 건너뜁니다."

    def handle(self, *args: Any, **options: Any) -> None:
        changed = project_everything(self._tell)
        if not index_is_whole(connection):
            rebuild_index(connection)
            self.stdout.write("색인을 저장된 낱말에서 다시 만들었습니다.")
        mended = recount_terms()
        self._write_desk()
        self.stdout.write(f"바뀐 문서 {changed:,}건, 바로잡은 색인어 {mended:,}개")

    def _write_desk(self) -> None:
        desk.mark_everything()
        done = 0
        while portion := desk.write_patiently():
            done += portion
            self._tell("desk", done, done + desk.waiting())

    def _tell(self, source: str, done: int, total: int) -> None:
        if total:
            self.stderr.write(
                f"\r{source} {done:,}/{total:,}", ending="\n" if done == total else ""
            )
