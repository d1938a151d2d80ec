"""Editions of the demo bill and of random texts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest

from coalition.drafts.exports import Edition

ROOT = Path(__file__).resolve().parents[4]
BILL = (ROOT / "data/bills/sjsa/0.3.txt").read_text(encoding="utf-8")


def make_demo_edition(source: str = BILL, **fields: object) -> Edition:
    """v0.3 of the demo bill, or what `fields` make of it."""
    known: dict[str, object] = {
        "bill": "sjsa",
        "title": "지속가능 일자리 지원법안",
        "no": "0.3",
        "date": dt.date(2026, 9, 1),
        "begun": dt.date(2026, 3, 2),
        "summary": "장을 나누었다.",
        "sha256": "ab12" * 16,
        "previous_sha256": "cd34" * 16,
        "fictional": True,
        "address": "http://127.0.0.1:8000/bills/sjsa/v0.3/",
        "source": source,
    }
    return Edition(**(known | fields))  # type: ignore[arg-type]


@pytest.fixture
def make_edition() -> Callable[..., Edition]:
    return make_demo_edition


@pytest.fixture
def edition() -> Edition:
    return make_demo_edition()
