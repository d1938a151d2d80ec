"""Wagtail's own background tasks (reference index, clean-up of files) as one job of the worker."""

from __future__ import annotations

from django.conf import settings


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
