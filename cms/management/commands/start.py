"""`make start`: bring the installation up to date, fill it with the demo once, serve it with its worker."""

import errno
import sys
import threading
import time
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.core.servers.basehttp import get_internal_wsgi_application, run
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

from cms.demo.seed import is_seeded
from coalition.record import jobs

ACCOUNTS = (
    "admin, secretariat, garam-editor, garam-approver, nuri-editor, nuri-approver, gwangsan-editor"
)


class Command(BaseCommand):
    help = "마이그레이션, 시연용 자료, 색인을 갖추고 누리집을 띄웁니다."
    requires_system_checks = []  # the database may not be there yet; the checks run after the migration

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-demo", action="store_true", help="시연용 자료를 넣지 않습니다")

    def handle(self, *args: Any, **options: Any) -> None:
        if not settings.DEBUG:
            raise CommandError("운영하는 곳에서는 docs/operating.md의 방법으로 띄우세요.")
        self._step("데이터베이스", self._migrate)
        if not options["no_demo"]:
            self._step("시연용 자료", self._seed)
        call_command("check", databases=["default"], verbosity=0)
        self._serve(options["host"], options["port"])

    def _step(self, name: str, work: Any) -> None:
        began = time.monotonic()
        done = work()
        self.stdout.write(f"{name}: {done} ({time.monotonic() - began:.1f}초)")

    def _migrate(self) -> str:
        executor = MigrationExecutor(connection)
        if not executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "이미 새것입니다"
        call_command("migrate", verbosity=0, interactive=False)
        return "갖추었습니다"

    def _seed(self) -> str:
        if is_seeded():
            return "이미 들어 있습니다"
        call_command("seed_demo", verbosity=0)
        return f"넣고 색인했습니다(할 일 {jobs.run_until_idle()}건)"

    def _serve(self, host: str, port: int) -> None:
        stop = threading.Event()
        worker = threading.Thread(
            target=jobs.run_for_ever, args=(stop,), name="worker", daemon=True
        )
        worker.start()
        address = f"http://{host}:{port}/"
        self.stdout.write(
            f"\n연대 허브: {address}\n관리 화면: {address}{settings.HUB_ADMIN_PATH}\n"
            f"시연용 계정(비밀번호는 이름과 같음): {ACCOUNTS}\n끝내려면 Ctrl+C를 누르세요."
        )
        try:
            run(host, port, get_internal_wsgi_application(), threading=True)
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise CommandError(
                    f"{port}번 포트를 다른 프로그램이 쓰고 있습니다. `make start PORT=8001`처럼 바꾸어 보세요."
                ) from error
            raise
        except KeyboardInterrupt:
            self.stdout.write("\n끝냅니다.")
            stop.set()
            worker.join(timeout=5)
            sys.exit(0)
