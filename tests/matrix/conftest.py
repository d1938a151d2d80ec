"""The desk that nobody else may see."""

from __future__ import annotations

from typing import Any

import pytest

from tests.matrix.desk import Desk, lay_desk


@pytest.fixture
def desk(garam: Any, garam_editor: Any, garam_approver: Any) -> Desk:
    """가람시's, with an approver for whom the case waits."""
    return lay_desk(garam, garam_editor)
