"""What is not public any more is behind none of the doors: hits, counts, suggestions, similar cases, feeds, exports."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from wagtail.models import Page

from tests.factories import make_case
from tests.search.hiding import HIDINGS, seen

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("hide", HIDINGS, ids=lambda f: f.__name__)
def test_what_is_hidden_is_behind_no_door_before_and_after_the_worker(
    hide: Callable[[Page], None], garam: Any, nuri: Any, run_jobs: Callable[[], int], client: Client
) -> None:
    page = make_case(garam, "폐배터리 재활용 작업장")
    beside = make_case(nuri, "폐배터리 재활용 수거함")
    run_jobs()
    doors = {name for name, text, _ in seen(client, "폐배터리", beside) if "작업장" in text}
    assert doors >= {"/search/", "/cases/", "api", "export.json", "export.csv", "suggest", "feed"}
    assert "similar" in doors

    hide(page)

    for _ in range(2):
        for name, text, count in seen(client, "폐배터리", beside):
            assert "작업장" not in text, name
            assert count in (None, 1), name
        run_jobs()
