"""Two versions of the demo's bill and the terms in which positions are taken."""

from __future__ import annotations

import datetime as dt

import pytest

from coalition.drafts.models import Version
from coalition.members.models import Term
from tests.factories import make_bill, make_version
from tests.factories.positions import make_terms
from tests.generators.statutes import bill


@pytest.fixture
def terms(db: None) -> list[Term]:
    return make_terms()


@pytest.fixture
def versions(terms: list[Term]) -> tuple[Version, Version]:
    made = make_bill("sjsa", "지속가능 일자리 지원법안")
    old = make_version(made, "0.2", text=bill("0.2"), date=dt.date(2026, 3, 2))
    return old, make_version(made, "0.3", text=bill("0.3"), date=dt.date(2026, 9, 1))
