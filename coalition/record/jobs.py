"""What the worker does: each job looks for rows that wait, and does some of them.

A task in a queue would be only a wake-up call (decision 10): the work is rows, so a killed worker loses
nothing. A job is repeatable without harm, says how much it did, and is run under a lease.
"""

from __future__ import annotations

import datetime as dt
import logging
import os
import socket
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

from django.db import IntegrityError, close_old_connections, connection, transaction
from django.utils import timezone

from coalition.record.models import Lease

logger = logging.getLogger(__name__)

LEASE = dt.timedelta(seconds=60)
PAUSE = 0.3  # seconds between two looks when nothing waited: publish → found within 2 s
PATIENCE = (
    5.0  # seconds after which the worker looks though nobody wrote: what becomes due by the clock
)
_MOST_ROUNDS = 10_000


@dataclass(frozen=True, slots=True)
class Job:
    """`run` does a portion of what is due and gives back how many things it did."""

    name: str
    run: Callable[[], int]


_jobs: dict[str, Job] = {}
_held: dict[tuple[str, str], dt.datetime] = {}


def register_job(job: Job) -> None:
    """Called once by an AppConfig.ready."""
    _jobs[job.name] = job


def holder() -> str:
    """This worker's name: host, process and thread."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{threading.get_ident() % 100_000}"


def take_lease(work: str, name: str) -> bool:
    """Take or prolong the lease. False while another worker holds it.

    A lease that has more than half its time left is not written again: an idle worker writes nothing.
    """
    now = timezone.now()
    if _held.get((work, name), now) - now > LEASE / 2:
        return True
    taken = _write_lease(work, name, now)
    if taken:
        _held[work, name] = now + LEASE
    return taken


def _write_lease(work: str, name: str, now: dt.datetime) -> bool:
    free = Lease.objects.filter(work=work)
    if free.filter(holder=name).update(until=now + LEASE):
        return True
    if free.filter(until__lt=now).update(holder=name, until=now + LEASE):
        return True
    try:
        with transaction.atomic():
            Lease.objects.create(work=work, holder=name, until=now + LEASE)
    except IntegrityError:
        return False
    return True


def drop_lease(work: str, name: str) -> None:
    """Give the work free when this worker stops."""
    _held.pop((work, name), None)
    Lease.objects.filter(work=work, holder=name).delete()


def run_due() -> int:
    """One portion of every job; how many things were done. A job that fails does not stop the others."""
    done, name = 0, holder()
    for job in list(_jobs.values()):
        if not take_lease(job.name, name):
            continue
        try:
            done += job.run()
        except Exception:
            logger.exception("작업 %s이(가) 실패했습니다", job.name)
    return done


def run_until_idle() -> int:
    """Everything that is due, then stop. For `run_jobs --once` and tests."""
    total = 0
    for _ in range(_MOST_ROUNDS):
        done = run_due()
        if not done:
            break
        total += done
    for job in list(_jobs.values()):
        drop_lease(job.name, holder())
    return total


def pulse() -> int:
    """A number that is another one once somebody else has written to the database: one cheap question
    instead of one for every job, so that an idle worker costs next to nothing.

    On SQLite it counts for this connection only; a new one begins anew.
    """
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA data_version")
        else:
            cursor.execute("SELECT pg_snapshot_xmax(pg_current_snapshot())::text::bigint")
        return int(cursor.fetchone()[0])


def run_for_ever(stop: threading.Event) -> None:
    """The worker's loop: looks when somebody wrote, and after PATIENCE in any case."""
    seen, due = -1, 0.0
    while not stop.is_set():
        beat = pulse()
        if beat == seen and time.monotonic() < due:
            stop.wait(PAUSE)
            continue
        close_old_connections()
        seen = pulse()  # before the look: what is written during it makes another look
        if not run_due():
            due = time.monotonic() + PATIENCE
            stop.wait(PAUSE)
