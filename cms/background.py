"""What Wagtail wants done in the background (reference index, clean-up of files, days of publication)."""

from __future__ import annotations

import time

from django.conf import settings
from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Page, Revision

LOOK_EVERY = 5.0  # seconds
_looked = {"at": 0.0}


def run_wagtail_tasks() -> int:
    """Run the tasks that wait in django-tasks-db; how many there were."""
    from django_tasks_db.management.commands.db_worker import Worker
    from django_tasks_db.models import DBTaskResult

    if "DatabaseBackend" not in settings.TASKS["default"]["BACKEND"]:
        return 0
    waiting = DBTaskResult.objects.ready().count()
    if waiting:
        worker = Worker(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=min(waiting, 100),
            worker_id="hub",
            excluded_queue_names=[],
        )
        worker.run()
    return int(waiting)


def publish_scheduled() -> int:
    """Publish what an editor gave a day that has come, and take down what is over; how much there was."""
    if time.monotonic() - _looked["at"] < LOOK_EVERY:
        return 0
    _looked["at"] = time.monotonic()
    now = timezone.now()
    due = (
        Page.objects.filter(live=True, expire_at__lt=now).count()
        + Revision.objects.filter(approved_go_live_at__lt=now).count()
    )
    if due:
        call_command("publish_scheduled")
    return due
