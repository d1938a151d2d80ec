"""A killed worker loses nothing: its lease runs out and somebody else takes the work."""

from __future__ import annotations

import datetime as dt

import pytest
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
