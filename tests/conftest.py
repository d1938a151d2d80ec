"""What every test stands on: the ground of an installation, people with roles, and a closed network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

DAY = dt.date(2026, 3, 2)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only concerns the other database; the suite runs on both."""
    engine = settings.DATABASES["default"]["ENGINE"]
    other = "sqlite" if "postgresql" in engine else "postgresql"
    left_out = [item for item in items if item.get_closest_marker(other)]
    if left_out:
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]


@pytest.fixture(autouse=True)
def _empty_cache() -> None:
    """Wagtail remembers a picture's sizes by its id, and ids begin anew in every test."""
    from django.core.cache import cache

    cache.clear()


@pytest.fixture(autouse=True)
def _no_analyser_thread(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen that searches would begin to load Kiwi beside the test's transaction; tests of the search
    load it themselves (tests/search/conftest.py)."""
    monkeypatch.setattr("search.korean.load_in_background", lambda *args: None)


@pytest.fixture
def make_user(db: None) -> Callable[..., Any]:
    """A user with a name and perhaps groups."""
    from django.contrib.auth.models import Group

    from coalition.record.models import User

    def make(username: str, *groups: str, **fields: Any) -> User:
        user = User.objects.create_user(username, f"{username}@example.kr", username, **fields)
        for group in groups:
            user.groups.add(Group.objects.get(name=group))
        return user

    return make


@pytest.fixture
def make_municipality(db: None) -> Callable[..., Any]:
    """A fictional municipality with its place on the hub."""
    from cms.actions import provision_municipality
    from coalition.members.actions import enter_fictional

    def make(code: str = "X0001", name: str = "가람시", slug: str = "garam") -> Any:
        municipality = enter_fictional(code=code, name=name, slug=slug, by=None)
        provision_municipality(municipality=municipality, by=None)
        municipality.refresh_from_db()
        return municipality

    return make


@pytest.fixture
def garam(make_municipality: Callable[..., Any]) -> Any:
    return make_municipality()


@pytest.fixture
def nuri(make_municipality: Callable[..., Any]) -> Any:
    return make_municipality("X0002", "누리군", "nuri")


def _appoint(user: Any, municipality: Any, role: str) -> Any:
    from coalition.members.actions import appoint
    from coalition.members.models import Role

    appoint(user=user, municipality=municipality, role=Role(role), since=DAY, by=None)
    return user


@pytest.fixture
def garam_editor(make_user: Callable[..., Any], garam: Any) -> Any:
    return _appoint(make_user("garam-editor", last_name="가", first_name="편집"), garam, "editor")


@pytest.fixture
def garam_approver(make_user: Callable[..., Any], garam: Any) -> Any:
    return _appoint(
        make_user("garam-approver", last_name="가", first_name="결재"), garam, "approver"
    )


@pytest.fixture
def nuri_editor(make_user: Callable[..., Any], nuri: Any) -> Any:
    return _appoint(make_user("nuri-editor", last_name="누", first_name="편집"), nuri, "editor")


@pytest.fixture
def nuri_approver(make_user: Callable[..., Any], nuri: Any) -> Any:
    return _appoint(make_user("nuri-approver", last_name="누", first_name="결재"), nuri, "approver")


@pytest.fixture
def secretariat(make_user: Callable[..., Any]) -> Any:
    return make_user("secretariat", "사무국", last_name="사", first_name="무국")


@pytest.fixture
def colleague(make_user: Callable[..., Any]) -> Any:
    """A second member of the secretariat."""
    return make_user("colleague", "사무국", last_name="동", first_name="료")


@pytest.fixture
def login() -> Callable[[Any], Client]:
    """A client that is logged in as somebody."""

    def log_in(user: Any) -> Client:
        client = Client()
        client.force_login(user)
        return client

    return log_in


@pytest.fixture(autouse=True)
def _media(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Uploaded files go to a folder of the test."""
    monkeypatch.setattr(settings, "MEDIA_ROOT", str(tmp_path / "media"))
    monkeypatch.setattr(settings, "PRIVATE_ROOT", str(tmp_path / "private"))
