"""The desk that nobody else may see, and who works at it."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from coalition.members.actions import appoint
from coalition.members.models import Role
from tests.conftest import DAY
from tests.matrix.desk import Desk, lay_desk


def _officer(user: Any, municipality: Any) -> Any:
    appoint(user=user, municipality=municipality, role=Role.POSITION_OFFICER, since=DAY, by=None)
    return user


@pytest.fixture
def garam_officer(make_user: Any, garam: Any) -> Any:
    """Its 입장 등록자."""
    return _officer(make_user("garam-officer"), garam)


@pytest.fixture
def nuri_officer(make_user: Any, nuri: Any) -> Any:
    return _officer(make_user("nuri-officer"), nuri)


@pytest.fixture
def desk(garam: Any, garam_editor: Any, garam_approver: Any) -> Desk:
    """가람시's, with an approver for whom the case waits."""
    return lay_desk(garam, garam_editor)


@pytest.fixture
def owners(garam_editor: Any, garam_approver: Any, garam_officer: Any, login: Any) -> list[Client]:
    """Everybody who works at the desk; an error of the server is an answer."""
    found = [login(user) for user in (garam_editor, garam_approver, garam_officer)]
    for client in found:
        client.raise_request_exception = False
    return found
