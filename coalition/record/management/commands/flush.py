"""`flush` empties every table; the rules that refuse it are taken down and put up again around it.

Django's own flush would fail on the first append-only table. It is for tests and for a developer's
machine: where DEBUG is off it is refused.
"""

from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.core.management.commands import flush
from django.db import connections

from coalition.record import triggers


class Command(flush.Command):
    help = "모든 표를 비웁니다. 개발과 시험에서만 쓸 수 있습니다."

    def handle(self, **options: Any) -> None:
        if not settings.DEBUG and not getattr(settings, "HUB_MAY_FLUSH", False):
            raise CommandError("운영하는 곳에서는 모든 표를 비울 수 없습니다.")
        connection = connections[options["database"]]
        triggers.remove(connection)
        try:
            super().handle(**options)
        finally:
            triggers.install(connection)
