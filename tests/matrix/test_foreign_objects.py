"""The matrix of design/reliability.md: every address × who has no business there × somebody else's things.

The addresses come from the resolver, so a view that Wagtail or we add is asked from its first day on. A
post carries what a form of the owner showed, so that it is refused for who sends it and for nothing else.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import transaction
from django.test import Client

from tests.forms import shown_form
from tests.matrix.addresses import Address, addresses
from tests.matrix.desk import FILE, IMAGE, LINK, MARKS, TASK, TITLE, UPLOAD, Desk

pytestmark = pytest.mark.django_db
# These end the session of who asks; they have no object.
LEFT_OUT = {"wagtailadmin_logout"}


def _asked(desk: Desk) -> Iterator[Address]:
    for address in addresses(desk.values()):
        if address.view not in LEFT_OUT:
            yield address
            if "bulk" in address.path or "chosen" in address.path:
                yield Address(address.view, f"{address.path}?id={desk.page.pk}&next=/")
    # Listings are asked for the words of what they must not show.
    for path in (
        "/admin/pages/search/",
        "/admin/choose-page/search/",
        "/admin/images/",
        "/search/",
    ):
        for word in MARKS:
            yield Address("listing", f"{path}?q={word}")


def _client(user: Any) -> Client:
    client = Client(raise_request_exception=False)
    if user is not None:
        client.force_login(user)
    return client


def _body(answer: Any) -> str:
    parts = answer.streaming_content if getattr(answer, "streaming", False) else [answer.content]
    text = b"".join(parts).decode("utf-8", "replace")
    return text + str(answer.get("Location", ""))


def _leaks(answer: Any, asked: str) -> list[str]:
    """The marks in an answer; a word of the question that is only said back is none."""
    text = _body(answer)
    if "html" in answer.get("Content-Type", ""):
        page = BeautifulSoup(text, "html.parser")
        for field in page.select("input[name=q]"):
            field.decompose()
        text = str(page)
    return [mark for mark in MARKS if mark in text and mark not in asked]


def _foreign(who: str, request: pytest.FixtureRequest) -> Any:
    return None if who == "stranger" else request.getfixturevalue(who)


WHO = ["stranger", "nuri_editor", "nuri_approver"]


@pytest.mark.parametrize("who", WHO)
def test_no_address_shows_what_is_not_public(
    who: str, desk: Desk, request: pytest.FixtureRequest
) -> None:
    client = _client(_foreign(who, request))
    faults = []
    for address in _asked(desk):
        with transaction.atomic():
            answer = client.get(address.path)
            transaction.set_rollback(True)
        leaks = _leaks(answer, address.path)
        if leaks or answer.status_code >= 500:
            faults.append((answer.status_code, address.view, address.path, leaks))

    assert not faults, faults


@pytest.mark.parametrize("who", WHO)
def test_no_post_changes_what_is_somebody_elses(
    who: str, desk: Desk, garam_editor: Any, request: pytest.FixtureRequest
) -> None:
    client, owner = _client(_foreign(who, request)), _client(garam_editor)
    faults = []
    before = desk.fingerprint()
    for address in _asked(desk):
        for data in _forms(owner, address):
            with transaction.atomic():
                answer = client.post(address.path, data)
                changed = desk.fingerprint() != before
                transaction.set_rollback(True)
            leaks = _leaks(answer, f"{address.path} {data}")
            if changed or leaks or answer.status_code >= 500:
                faults.append((answer.status_code, address.view, address.path, leaks, changed))

    assert not faults, faults


def _forms(owner: Client, address: Address) -> Iterator[dict[str, Any]]:
    """An empty post, and what the owner's own screen would have sent."""
    yield {}
    with transaction.atomic():
        answer = owner.get(address.path)
        is_form = answer.status_code == 200 and "<form" in _body(answer)
        if is_form:
            try:
                data = shown_form(owner, address.path)
            except ValueError:  # no form that posts
                data = {}
        transaction.set_rollback(True)
    if is_form and data:
        yield {**data, "action-publish": "1"}


def test_the_owner_is_let_in_where_others_are_not(desk: Desk, garam_editor: Any) -> None:
    """The positive control: the same walk by the page's own editor does show the marks."""
    client = _client(garam_editor)
    shown: dict[str, set[str]] = {mark: set() for mark in MARKS}
    for address in _asked(desk):
        with transaction.atomic():
            for mark in _leaks(client.get(address.path), address.path):
                shown[mark].add(address.view)
            transaction.set_rollback(True)

    assert {
        "wagtailadmin_pages:edit",
        "wagtailadmin_pages:history",
        "wagtailadmin_explore",
    } <= shown[TITLE]
    assert {"wagtailimages:edit", "wagtailimages:index"} <= shown[IMAGE]
    assert {"wagtaildocs:edit", "wagtaildocs:index"} <= shown[FILE]
    assert {"links_desk:index", "links_desk:detail"} <= shown[LINK]
    assert {"tasks_desk:index", "tasks_desk:task"} <= shown[TASK]
    assert {"datasets_desk:listing", "datasets_desk:show"} <= shown[UPLOAD]


def test_without_the_guard_the_matrix_finds_holes(
    desk: Desk, nuri_editor: Any, settings: Any
) -> None:
    """Stock Wagtail has 14 of them (research/wagtail.md §5); a matrix that finds none is no matrix."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "DeskGuard" not in name]
    client = _client(nuri_editor)
    holes = set()
    for address in _asked(desk):
        with transaction.atomic():
            if _leaks(client.get(address.path), address.path):
                holes.add(address.view)
            transaction.set_rollback(True)

    assert len(holes) >= 5, holes
