"""The whole demo in the test database, seeded once for this folder and taken back afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """One worker, so that the demo is seeded once."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.xdist_group("demo"))


@pytest.fixture(scope="package", autouse=True)
def demo(django_db_setup: Any, django_db_blocker: Any) -> Iterator[None]:
    """Seed inside a transaction that is rolled back: other tests find the database empty."""
    from cms.demo import seed
    from coalition.record import jobs

    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        seed()
        jobs.run_until_idle()
        # PostgreSQL holds the checks of foreign keys back: once here, not again at the end of every test.
        connection.check_constraints()
    yield
    with django_db_blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)
