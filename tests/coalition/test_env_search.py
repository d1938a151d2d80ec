"""The search server's settings: complete, or the start is refused with the reason."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from coalition.settings.env import elasticsearch  # noqa: TID251 (it is what is tested)

URL = "HUB_ELASTICSEARCH_URL"


def test_without_an_address_there_is_no_search_server(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(URL, raising=False)

    assert elasticsearch() == {}


def test_everything_that_is_set_is_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    ca = tmp_path / "ca.pem"
    ca.write_text("x")
    values = {
        "URL": "https://search.example.kr:9200/",
        "USER": "hub",
        "PASSWORD": "p",
        "CA": str(ca),
    }
    for name, value in values.items():
        monkeypatch.setenv(f"HUB_ELASTICSEARCH_{name}", value)

    assert elasticsearch() == {
        "url": "https://search.example.kr:9200",
        "user": "hub",
        "password": "p",
        "api_key": "",
        "ca": str(ca),
        "index": "hub",
    }


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("URL", "search.example.kr"),
        ("URL", "https://hub:secret@search.example.kr"),
        ("USER", "hub"),
        ("CA", "/nowhere.pem"),
        ("INDEX", "Hub*"),
    ],
)
def test_what_can_not_be_meant_stops_the_start(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(URL, "https://search.example.kr")
    monkeypatch.setenv(f"HUB_ELASTICSEARCH_{name}", value)

    with pytest.raises(ImproperlyConfigured, match="HUB_ELASTICSEARCH") as said:
        elasticsearch()
    assert "secret" not in str(said.value)


def test_a_key_and_a_password_exclude_each_other(monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in {
        "URL": "https://s.kr",
        "USER": "a",
        "PASSWORD": "b",
        "API_KEY": "c",
    }.items():
        monkeypatch.setenv(f"HUB_ELASTICSEARCH_{name}", value)

    with pytest.raises(ImproperlyConfigured, match="API_KEY"):
        elasticsearch()
