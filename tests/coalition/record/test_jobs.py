"""A killed worker loses nothing: its lease runs out and somebody else takes the work."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections.abc import Callable

import pytest
from django.db import connection
from django.utils import timezone

from coalition.record import jobs
from coalition.record.models import Lease

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _nothing_held(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jobs, "_held", {})
    monkeypatch.setattr(jobs, "_jobs", {})


def test_work_is_done_by_one_worker_at_a_time() -> None:
    assert jobs.take_lease("mail", "one")
    assert not jobs.take_lease("mail", "two")
    assert jobs.take_lease("search", "two")


def test_an_expired_lease_is_taken_again() -> None:
    jobs.take_lease("mail", "killed")
    Lease.objects.update(until=timezone.now() - dt.timedelta(seconds=1))

    assert jobs.take_lease("mail", "next")
    assert Lease.objects.get(work="mail").holder == "next"


def test_an_idle_worker_writes_nothing(django_assert_num_queries: object) -> None:
    jobs.take_lease("mail", "one")

    with django_assert_num_queries(0):  # type: ignore[operator]
        assert jobs.take_lease("mail", "one")


def test_everything_due_is_done_and_a_failing_job_does_not_stop_the_others(
    caplog: pytest.LogCaptureFixture,
) -> None:
    waiting = [3, 2, 1]

    def fails() -> int:
        raise RuntimeError("고장")

    jobs.register_job(jobs.Job("fails", fails))
    jobs.register_job(jobs.Job("works", lambda: waiting.pop() if waiting else 0))

    assert jobs.run_until_idle() == 6
    assert "fails" in caplog.text
    assert not Lease.objects.exists()


def test_the_pulse_of_either_database_never_goes_back() -> None:
    before = jobs.pulse()
    jobs.take_lease("mail", "one")
    assert jobs.pulse() >= before >= 0


@pytest.mark.sqlite  # PostgreSQL counts for all databases of a cluster, and other tests write beside this one
@pytest.mark.django_db(transaction=True)
def test_an_idle_worker_looks_again_when_somebody_has_written(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(jobs, "PAUSE", 0.01)
    monkeypatch.setattr(jobs, "PATIENCE", 3600.0)
    looks: list[float] = []
    jobs.register_job(jobs.Job("looks", lambda: looks.append(time.monotonic()) or 0))
    stop = threading.Event()

    def work() -> None:
        jobs.run_for_ever(stop)
        connection.close()

    worker = threading.Thread(target=work)
    worker.start()
    try:
        _settle(looks)
        before = len(looks)
        Lease.objects.create(work="written", holder="somebody", until=timezone.now())
        _wait_until(lambda: len(looks) > before)
        _settle(looks)
        quiet = len(looks)
        time.sleep(0.2)
        assert len(looks) == quiet
    finally:
        stop.set()
        worker.join(10)


def _wait_until(true: Callable[[], bool]) -> None:
    for _ in range(1000):
        if true():
            return
        time.sleep(0.01)
    pytest.fail("그 일이 일어나지 않았습니다.")


def _settle(looks: list[float]) -> None:
    """Until the worker has looked and found nothing new for a while: its own lease makes it look once more."""
    _wait_until(lambda: bool(looks) and time.monotonic() - looks[-1] > 0.3)
