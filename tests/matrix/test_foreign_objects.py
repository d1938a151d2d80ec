"""The matrix of design/reliability.md: every address × who has no business there × somebody else's things.

The addresses come from the resolver, so a view that Wagtail or we add is asked from its first day on. A
post carries what a form of the owners showed, so that it is refused for who sends it and for nothing else.
That the matrix can find something is shown on stock Wagtail (test_stock_holes.py), and that the desk lets its
own people work in test_own_desk.py.
"""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from tests.matrix.desk import FILE, IMAGE, LINK, MARKS, MEETING, TASK, TITLE, UPLOAD, Desk
from tests.matrix.posts import asked, looks, noting_writes, posts, rolled_back

pytestmark = pytest.mark.django_db


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
    for address in asked(desk):
        with rolled_back():
            answer = client.get(address.path)
        leaks = _leaks(answer, address.path)
        if leaks or answer.status_code >= 500:
            faults.append((answer.status_code, address.view, address.path, leaks))

    assert not faults, faults


def test_no_post_changes_what_is_somebody_elses(
    desk: Desk, owners: list[Client], request: pytest.FixtureRequest
) -> None:
    foreign = {who: _client(_foreign(who, request)) for who in (*WHO, "nuri_officer")}
    faults = []
    before = desk.fingerprint()
    for post in posts(looks(desk, owners)):
        for who, client in foreign.items():
            with rolled_back(), noting_writes() as written:
                answer = client.post(post.path, post.data)
                changed = bool(written) and desk.fingerprint() != before
            leaks = _leaks(answer, f"{post.path} {post.data}")
            if changed or leaks or answer.status_code >= 500:
                faults.append((who, answer.status_code, post.view, post.path, leaks, changed))

    assert not faults, faults


def test_the_owner_is_let_in_where_others_are_not(desk: Desk, garam_editor: Any) -> None:
    """The positive control: the same walk by the page's own editor does show the marks."""
    client = _client(garam_editor)
    shown: dict[str, set[str]] = {mark: set() for mark in MARKS}
    for address in asked(desk):
        with rolled_back():
            for mark in _leaks(client.get(address.path), address.path):
                shown[mark].add(address.view)

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
    assert {"gatherings:index", "gatherings:meeting"} <= shown[MEETING]
