"""시민 공감 is off unless somebody says who reviewed it, when, and how long it is kept."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from coalition.settings.env import citizen_support  # noqa: TID251 (it is what is tested)

NAME = "HUB_CITIZEN_SUPPORT"
WHOLE = {
    "": "true",
    "_REVIEWED_BY": "가람시 법무담당관",
    "_REVIEWED_ON": "2026-09-01",
    "_DAYS": "365",
}


@pytest.fixture(autouse=True)
def _unset(monkeypatch: pytest.MonkeyPatch) -> None:
    for part in WHOLE:
        monkeypatch.delenv(f"{NAME}{part}", raising=False)


def _set(monkeypatch: pytest.MonkeyPatch, **changed: str) -> None:
    for part, value in {**WHOLE, **changed}.items():
        monkeypatch.setenv(f"{NAME}{part}", value)


def test_it_is_off_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    assert citizen_support() == {}
    assert settings.HUB_CITIZEN_SUPPORT == {}
    _set(monkeypatch, **{"": "false"})
    assert citizen_support() == {}


def test_it_is_switched_on_with_its_review(monkeypatch: pytest.MonkeyPatch) -> None:
    _set(monkeypatch)

    assert citizen_support() == {
        "reviewed_by": "가람시 법무담당관",
        "reviewed_on": dt.date(2026, 9, 1),
        "days": 365,
    }


@pytest.mark.parametrize(
    ("part", "value"),
    [
        ("", "yes"),
        ("_REVIEWED_BY", ""),
        ("_REVIEWED_BY", "  "),
        ("_REVIEWED_BY", "가" * 101),
        ("_REVIEWED_ON", ""),
        ("_REVIEWED_ON", "2026. 9. 1."),
        ("_REVIEWED_ON", "2026-02-30"),
        ("_REVIEWED_ON", "2999-01-01"),
        ("_DAYS", ""),
        ("_DAYS", "0"),
        ("_DAYS", "1096"),
        ("_DAYS", "일 년"),
    ],
)
def test_a_wrong_or_missing_value_stops_the_start(
    part: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    _set(monkeypatch, **{part: value})

    with pytest.raises(ImproperlyConfigured, match=NAME + part) as said:
        citizen_support()
    assert "쓰세요" in str(said.value)


def test_every_variable_is_told() -> None:
    root = Path(settings.BASE_DIR)
    for name in ("README.md", ".env.example"):
        written = (root / name).read_text("utf-8")
        assert all(f"{NAME}{part}" in written for part in WHOLE), name
