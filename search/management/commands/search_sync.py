"""Carry the projection over to the search server. The worker does the same; this is for hand and cron."""

import signal
import sys
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from search import mirror
from search.backends import elastic
from search.backends.elastic import Unavailable


class Command(BaseCommand):
    help = "검색 표를 검색 서버(Elasticsearch)에 옮깁니다. --once는 다 옮기면 끝납니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="지금 것을 모두 옮기고 끝냅니다")
        parser.add_argument(
            "--rebuild", action="store_true", help="새 색인을 만들어 다 채운 뒤에 바꿉니다"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if not elastic.configured():
            raise CommandError("HUB_ELASTICSEARCH_URL이 비어 있어 옮길 곳이 없습니다.")
        if options["rebuild"]:
            mirror.rebuild()
        if options["once"]:
            self._once()
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        while not stop.is_set():
            if not mirror.sync_patiently():
                stop.wait(0.5)

    def _once(self) -> None:
        try:
            done = mirror.sync_all(lambda n: self.stderr.write(f"\r{n:,}", ending=""))
        except Unavailable as error:
            self.stderr.write(f"검색 서버가 답하지 않습니다: {error}")
            sys.exit(1)
        self.stdout.write(f"옮긴 것 {done:,}건")
        for each in mirror.standings():
            says = "쓰는 중" if each.serving else "만드는 중"
            self.stdout.write(
                f"{each.name} ({says}): 남은 것 {each.lag:,}건, 물리친 것 {each.refused:,}건"
            )
