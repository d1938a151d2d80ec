"""After a merger or a renaming everything is found by the name of before as well as by today's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest

from cms.successions import carry_out, plan_of, rename
from coalition.members.actions import enter_fictional, enter_succession
from search.names import registry_names
from tests.factories import make_case
from tests.factories.practice import make_model

pytestmark = pytest.mark.django_db
ON = dt.date(2026, 7, 1)
#: A case, a model, and the place itself.
THINGS = 3


@pytest.fixture
def told(garam: Any) -> Any:
    """Things of 가람시 in whose words its name does not stand."""
    make_case(garam, "이웃이 여는 빨래방")
    make_model(garam, "동네 수리 기사")
    return garam


def _rename(garam: Any, by: Any) -> str:
    rename(garam, name="새빛시", slug="saebit", on=ON, event="명칭 변경", by=by)
    return "새빛시"


def _merge(garam: Any, by: Any) -> str:
    hanul = enter_fictional(code="X0010", name="한울시", slug="hanul", by=None)
    enter_succession(
        successor=hanul, predecessors=[garam], on=ON, kind="merged", event="통합", by=by
    )
    plan = plan_of(hanul)
    assert plan is not None
    carry_out(hanul, main="", reappointed=[], joins=True, seen=plan.seal, by=by)
    return "한울시"


@pytest.mark.parametrize("change", [_rename, _merge])
def test_it_is_found_by_the_name_of_before(
    change: Callable[..., str], told: Any, secretariat: Any, run_jobs: Any, titles: Any
) -> None:
    run_jobs()
    before = set(titles("가람시"))
    assert len(before) == THINGS, before

    name = change(told, secretariat)
    run_jobs()

    assert len(titles("가람시")) == THINGS
    assert set(titles("가람시")) == set(titles(name))
    assert {"가람시", name} <= set(registry_names()), "both are one word to the analyser"
