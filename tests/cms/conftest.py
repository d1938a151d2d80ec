"""What the tests of pages and desks share."""

from __future__ import annotations

import datetime as dt

import pytest

from coalition.drafts.models import Bill
from tests.factories import make_bill, make_version
from tests.generators.statutes import bill


@pytest.fixture
def sjsa(db: None) -> Bill:
    """The demo bill with two published versions."""
    found = make_bill("sjsa", "지속가능 일자리 지원법안")
    make_version(found, "0.2", text=bill("0.2"))
    make_version(found, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))
    return found
