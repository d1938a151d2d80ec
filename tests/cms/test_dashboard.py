"""What stands first on each desk, and that it costs the same with many municipalities."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import Page

from cms.models import CasePage, MunicipalityPage, Phase
from cms.queries.desks import desk_states
from tests.factories import make_case

pytestmark = pytest.mark.django_db
HOME = "/admin/"


def _piles(client: Client) -> dict[str, list[str]]:
    shown = BeautifulSoup(client.get(HOME).content, "html.parser")
    return {
        pile.h3.get_text(): [link.get_text() for link in pile.select("li a")]
        for pile in shown.select(".desk-pile")
    }


def _submit(page: Any, by: Any) -> Any:
    page.save_revision(user=by)
    return page.get_workflow().start(page, by)


def _age(page: Any, days: int) -> None:
    long_ago = timezone.now() - dt.timedelta(days=days)
    Page.objects.filter(pk=page.pk).update(last_published_at=long_ago)


def test_each_sees_what_waits_for_them(
    garam: Any, garam_editor: Any, garam_approver: Any, nuri_approver: Any, login: Any
) -> None:
    make_case(garam, "쓰다 만 사례", live=False, owner=garam_editor).save_revision()
    _submit(make_case(garam, "올린 사례", live=False, owner=garam_editor), garam_editor)
    returned = make_case(garam, "돌려받은 사례", live=False, owner=garam_editor)
    state = _submit(returned, garam_editor).current_task_state
    state.task.specific.on_action(state, garam_approver, "reject", comment="출처를 적으세요")

    editor, approver = _piles(login(garam_editor)), _piles(login(garam_approver))

    assert editor["결재를 기다리는 글"] == ["올린 사례"]
    assert editor["돌려받은 글"] == ["돌려받은 사례"]
    assert editor["쓰다 만 글"] == ["쓰다 만 사례"]
    assert approver["결재할 글"] == ["올린 사례"]
    assert _piles(login(nuri_approver)) == {}


def test_what_tells_of_the_present_gets_old_and_what_is_finished_does_not(
    garam: Any, garam_editor: Any, login: Any
) -> None:
    _age(make_case(garam, "아직 하는 사례", phase=Phase.RUNNING), 200)
    _age(make_case(garam, "마친 사례", phase=Phase.ENDED), 900)
    _age(make_case(garam, "갓 낸 사례", phase=Phase.RUNNING), 20)

    assert _piles(login(garam_editor))["오래된 글"] == ["아직 하는 사례"]

    CasePage.objects.filter(title="아직 하는 사례").update(last_published_at=timezone.now())

    assert "오래된 글" not in _piles(login(garam_editor))


def test_the_secretariat_sees_who_needs_somebody(
    garam: Any, nuri: Any, garam_editor: Any, garam_approver: Any, secretariat: Any, login: Any
) -> None:
    _submit(make_case(garam, live=False, owner=garam_editor), garam_editor)
    make_case(nuri, "공개한 사례")

    states = {state.municipality.slug: state for state in desk_states()}
    shown = login(secretariat).get(HOME).content.decode()

    assert (states["garam"].waiting, states["garam"].approvers) == (1, 1)
    assert (states["nuri"].waiting, states["nuri"].approvers) == (0, 0)
    assert states["nuri"].last_published is not None
    assert [state.municipality.slug for state in desk_states()] == ["nuri", "garam"]
    assert "모두 2곳, 결재를 기다리는 글 1건" in shown


@pytest.mark.parametrize("who", ["garam_editor", "garam_approver"])
def test_no_municipality_sees_the_others_desks(
    who: str, login: Any, request: pytest.FixtureRequest
) -> None:
    client = login(request.getfixturevalue(who))

    assert client.get(reverse("desk_states:index")).status_code in (302, 403, 404)
    assert "지방정부의 책상" not in client.get(HOME).content.decode()


def _queries(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_many_municipalities_ask_no_more_queries(
    garam: Any,
    nuri: Any,
    garam_editor: Any,
    secretariat: Any,
    make_municipality: Callable[..., Any],
    login: Any,
) -> None:
    index = MunicipalityPage.objects.get(municipality=garam)
    for place in (garam, nuri):
        make_case(place, "사례")
    desks = {
        "editor": (login(garam_editor), [HOME, reverse("wagtailadmin_explore", args=[index.pk])]),
        "secretariat": (
            login(secretariat),
            [
                HOME,
                reverse("desk_states:index"),
                reverse("wagtailadmin_explore", args=[index.get_parent().pk]),
            ],
        ),
    }

    def count() -> dict[tuple[str, str], int]:
        return {
            (who, address): _queries(client, address)
            for who, (client, addresses) in desks.items()
            for address in addresses
        }

    few = count()
    for number in range(3, 11):
        place = make_municipality(f"X{number:04}", f"시험{number}시", f"test-{number}")
        make_case(place, "사례")

    many = count()

    grown = {key: (few[key], many[key]) for key in few if many[key] > few[key]}
    assert not grown
