"""What every test stands on: the ground of an installation, people with roles, and a closed network."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
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


#: The municipalities of most tests: fixture name → code, name, slug.
STANDING = {"garam": ("X0001", "가람시", "garam"), "nuri": ("X0002", "누리군", "nuri")}


def _provisioned(code: str, name: str, slug: str) -> Any:
    """A fictional municipality with its place on the hub; where it stands already, that one."""
    from cms.actions import provision_municipality
    from coalition.members.actions import enter_fictional
    from coalition.members.models import Municipality

    found = Municipality.objects.filter(code=code).first()
    if found is None:
        found = enter_fictional(code=code, name=name, slug=slug, by=None)
        provision_municipality(municipality=found, by=None)
        found.refresh_from_db()
    return found


def _wants(item: pytest.Item, name: str) -> bool:
    return name in getattr(item, "fixturenames", ())


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return _wants(item, "transactional_db") or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(scope="module", autouse=True)
def _standing(request: pytest.FixtureRequest) -> Iterator[None]:
    """Those of STANDING that most database tests of a module ask for stand before its first one.

    Provisioning a municipality takes longer than most tests. They are taken back after the module.
    """
    own = [item for item in request.session.items if item.path == request.path]
    if any(_wants(item, "ground") for item in own):  # the tests of the search bring their own
        yield
        return
    touching = [item for item in own if _wants(item, "db") or item.get_closest_marker("django_db")]
    asking = {name: sum(_wants(item, name) for item in touching) for name in STANDING}
    wanted = [name for name, count in asking.items() if count > 1 and 2 * count >= len(touching)]
    if not wanted or any(map(_commits, own)):
        yield
        return
    from django.db import transaction

    request.getfixturevalue("django_db_setup")
    blocker = request.getfixturevalue("django_db_blocker")
    with blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        for name in wanted:
            _provisioned(*STANDING[name])
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        outer.__exit__(None, None, None)


@pytest.fixture
def make_municipality(db: None) -> Callable[..., Any]:
    """A fictional municipality with its place on the hub."""

    def make(code: str, name: str, slug: str) -> Any:
        return _provisioned(code, name, slug)

    return make


@pytest.fixture
def garam(db: None) -> Any:
    return _provisioned(*STANDING["garam"])


@pytest.fixture
def nuri(db: None) -> Any:
    return _provisioned(*STANDING["nuri"])


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
