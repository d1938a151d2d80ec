"""Two editors of one page: nothing of either is lost, by button, by autosave, and in the tree."""

from __future__ import annotations

import threading
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.urls import reverse

from cms.models import CaseIndexPage, CasePage, MunicipalityPage
from tests.factories import make_case
from tests.forms import case_form, shown_form

BLOCKS = {
    f"{name}-count": "0" for name in ("dialogue", "process", "differences", "conditions", "story")
}
RICH = dict.fromkeys(("problem", "approach", "result", "limits"), "null")


def _open(client: Client, page: Any) -> dict[str, Any]:
    """The form as this person's browser has it now."""
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])
    return {**shown_form(client, address), **BLOCKS, **RICH}


def _save(client: Client, page: Any, form: dict[str, Any], **headers: str) -> Any:
    return client.post(
        reverse("wagtailadmin_pages:edit", args=[page.pk]), form, headers=headers or None
    )


def _texts(page: Any) -> list[str]:
    """The summaries of all revisions, oldest first."""
    revisions = page.revisions.order_by("created_at", "pk")
    return [revision.content["summary"] for revision in revisions]


@pytest.fixture
def page(garam: Any, garam_editor: Any) -> Any:
    page = make_case(garam, live=False, owner=garam_editor, summary="처음 글")
    page.save_revision(user=garam_editor)
    return page


@pytest.fixture
def both(page: Any, garam_editor: Any, garam_approver: Any, login: Any) -> Any:
    """(page, the second's client, the second's form): the first has saved meanwhile."""
    first, second = login(garam_editor), login(garam_approver)
    theirs, mine = _open(first, page), _open(second, page)
    assert _save(first, page, {**theirs, "summary": "먼저 저장한 글"}).status_code == 302
    return page, second, {**mine, "summary": "나중에 저장한 글"}


@pytest.mark.django_db
def test_the_second_sees_both_texts_and_nothing_is_written(both: Any) -> None:
    page, client, form = both

    answer = _save(client, page, form)

    shown = BeautifulSoup(answer.content, "html.parser")
    assert answer.status_code == 409
    row = next(row for row in shown.select(".sides tbody tr") if "요약" in row.get_text())
    theirs, mine = row.select("td")
    assert "먼저 저장한 글" in theirs.get_text()
    assert "나중에 저장한 글" in mine.get_text()
    assert theirs.select("del")
    assert mine.select("ins")
    assert _texts(page) == ["처음 글", "먼저 저장한 글"]


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("keep", "newest"), [("mine", "나중에 저장한 글"), ("theirs", "먼저 저장한 글")]
)
def test_whichever_the_second_chooses_both_stay(keep: str, newest: str, both: Any) -> None:
    page, client, form = both
    asked = BeautifulSoup(_save(client, page, form).content, "html.parser")
    answer = {
        field["name"]: field.get("value") or field.get_text().removeprefix("\n")
        for field in asked.select("form [name]:not(button)")
    }

    assert _save(client, page, {**answer, "keep": keep}).status_code == 302

    page.refresh_from_db()
    assert page.get_latest_revision().content["summary"] == newest
    assert {"먼저 저장한 글", "나중에 저장한 글"} <= set(_texts(page))


@pytest.mark.django_db
def test_a_third_who_saved_while_the_second_was_choosing_is_not_overwritten(
    both: Any, garam_editor: Any, login: Any
) -> None:
    page, client, form = both
    asked = BeautifulSoup(_save(client, page, form).content, "html.parser")
    answer = {
        field["name"]: field.get("value") or field.get_text().removeprefix("\n")
        for field in asked.select("form [name]:not(button)")
    }
    third = login(garam_editor)
    _save(third, page, {**_open(third, page), "summary": "그 사이의 글"})

    again = _save(client, page, {**answer, "keep": "mine"})

    assert again.status_code == 409
    assert "그 사이의 글" in again.content.decode()
    page.refresh_from_db()
    assert page.get_latest_revision().content["summary"] == "그 사이의 글"


@pytest.mark.django_db
def test_autosave_stops_instead_of_overwriting(both: Any) -> None:
    page, client, form = both

    answer = _save(client, page, form, accept="application/json")

    assert answer.status_code == 400
    assert answer.json()["error_code"] == "invalid_revision"
    assert _texts(page) == ["처음 글", "먼저 저장한 글"]


@pytest.mark.django_db
def test_alone_nobody_is_asked(page: Any, garam_editor: Any, login: Any) -> None:
    client = login(garam_editor)

    assert _save(client, page, {**_open(client, page), "summary": "둘째 글"}).status_code == 302
    assert _save(client, page, {**_open(client, page), "summary": "셋째 글"}).status_code == 302
    assert _texts(page) == ["처음 글", "둘째 글", "셋째 글"]


@pytest.mark.django_db
def test_ones_own_autosave_that_was_on_its_way_is_no_conflict(
    page: Any, garam_editor: Any, login: Any
) -> None:
    client = login(garam_editor)
    form = _open(client, page)
    assert _save(client, page, {**form, "summary": "저절로"}, accept="application/json").json()[
        "success"
    ]

    assert _save(client, page, {**form, "summary": "단추로"}).status_code == 302

    assert _texts(page)[-2:] == ["저절로", "단추로"]


@pytest.fixture
def _real_connections(transactional_db: None) -> None:
    """Threads of SQLite in memory share tables and their locks; tests/journeys/test_case_desk.py has
    two write at once on a file."""
    if connection.vendor == "sqlite" and connection.is_in_memory_db():
        pytest.skip("SQLite in memory has no writers beside one another")


def _at_once(*works: Any) -> list[str]:
    """Run all at the same moment, each with a connection of its own; what went wrong."""
    start, faults = threading.Barrier(len(works)), []

    def run(work: Any) -> None:
        try:
            start.wait(20)
            work()
        except Exception as error:
            faults.append(f"{type(error).__name__}: {error}")
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    return faults


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_real_connections")
def test_pages_made_at_once_below_one_parent_all_stand(garam: Any) -> None:
    root = MunicipalityPage.objects.get(municipality=garam)
    key = CaseIndexPage.objects.child_of(root).get().pk
    # Everybody remembers a parent without children.
    parents = [CaseIndexPage.objects.get(pk=key) for _ in range(4)]

    def add(number: int) -> Any:
        return lambda: parents[number].add_child(
            instance=CasePage(title=f"사례 {number}", live=False)
        )

    assert _at_once(*map(add, range(4))) == []
    assert CasePage.objects.count() == 4
    assert CaseIndexPage.objects.get(pk=key).numchild == 4


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_real_connections")
def test_two_who_write_at_once_meet_no_locked_database(
    garam: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    pages = [make_case(garam, f"사례 {n}", live=False, owner=garam_editor) for n in range(2)]
    clients = [login(garam_editor), login(garam_approver)]
    answers: list[int] = []

    def write(number: int) -> Any:
        address = reverse("wagtailadmin_pages:edit", args=[pages[number].pk])

        def work() -> None:
            for turn in range(8):
                form = case_form(title=f"사례 {number}", summary=f"{turn}째 글")
                answers.append(clients[number].post(address, form).status_code)

        return work

    assert _at_once(write(0), write(1)) == []
    assert answers == [302] * 16
    for page in pages:
        assert page.revisions.count() == 8


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("_real_connections")
def test_of_two_saves_at_the_same_moment_one_is_asked(
    page: Any, garam_editor: Any, garam_approver: Any, login: Any
) -> None:
    clients = [login(garam_editor), login(garam_approver)]
    forms = [{**_open(client, page), "summary": f"{n}의 글"} for n, client in enumerate(clients)]
    answers: list[int] = []

    def save(number: int) -> Any:
        return lambda: answers.append(_save(clients[number], page, forms[number]).status_code)

    assert _at_once(save(0), save(1)) == []
    assert sorted(answers) == [302, 409]
    assert len(_texts(page)) == 2
