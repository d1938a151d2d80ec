"""What can be seen only with real commits. Apart from the others, which share a transaction per module."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection

from search.models import SearchDocument


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has one writer at a time")
@pytest.mark.django_db(transaction=True)
def test_numbers_are_given_in_the_order_of_the_commits() -> None:
    """A writer that began first and commits last must not get the smaller number."""
    import threading

    from django.db import connections, transaction

    from search.clock import Clock

    got: list[tuple[str, int]] = []
    holds, waited = threading.Event(), threading.Event()

    def late() -> None:
        with transaction.atomic():
            clock = Clock.locked()
            got.append(("late", clock.next()))
            clock.save()
        connections.close_all()

    def early() -> None:
        with transaction.atomic():
            clock = Clock.locked()
            holds.set()
            waited.wait(0.3)
            got.append(("early", clock.next()))
            clock.save()
        connections.close_all()

    follower = threading.Thread(target=late)
    leader = threading.Thread(target=early)
    leader.start()
    assert holds.wait(5)
    follower.start()
    leader.join()
    follower.join()

    assert [name for name, _ in got] == ["early", "late"]
    assert got[0][1] < got[1][1]


@pytest.mark.django_db(transaction=True)
def test_a_flush_empties_the_index_too(run_jobs: Callable[[], int]) -> None:
    """The rules that keep the index in step are down while `flush` runs."""
    from cms.foundation import found_site
    from search.triggers import index_is_whole, rebuild_index

    found_site()
    run_jobs()
    assert SearchDocument.objects.exists()

    call_command("flush", interactive=False, verbosity=0)

    assert index_is_whole(connection)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_fts_docsize")
            assert cursor.fetchone() == (SearchDocument.objects.count(),)
    rebuild_index(connection)
