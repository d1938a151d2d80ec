"""The worker: search projection, Wagtail's background tasks, and whatever else waits."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand

from coalition.record import jobs


class Command(BaseCommand):
    help = "기다리는 일을 합니다. --once는 더 할 일이 없으면 끝납니다."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="지금 할 일을 모두 하고 끝냅니다")

    def handle(self, *args: Any, **options: Any) -> None:
        if options["once"]:
            self.stdout.write(f"한 일: {jobs.run_until_idle()}")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        jobs.run_for_ever(stop)
