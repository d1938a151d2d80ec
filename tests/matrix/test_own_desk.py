"""The matrix's positive control: where others are refused, the desk's own people get their work done."""

from __future__ import annotations

import json
import re
from copy import deepcopy
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import resolve, reverse

from cms.tenancy import DESK_VIEWS
from tests.english import english
from tests.matrix.desk import MARKS, Desk
from tests.matrix.posts import Post, looks, noting_writes, posts, rolled_back

pytestmark = pytest.mark.django_db
HOME = reverse("wagtailadmin_home")

#: Views of the allow list that answer neither a plain look nor what a screen of the owners would send, and why.
_FILE = "asks for a file"
_LEDGERS = "nothing of the kind stands on this desk: tests/matrix/test_ledgers.py"
_TRIALS = "nothing of the kind stands on this desk: tests/cms/test_trials_desk.py"
_TOLD = "leads where it is told to, and blindly that is home"
UNANSWERED: dict[str, str] = {
    "contacts_desk:withdraw": _LEDGERS,
    "notices_desk:document": _LEDGERS,
    "notices_desk:notice": _LEDGERS,
    "second_factor": "leads home where none is asked for: tests/cms/test_logins.py",
    "statements_desk:join": _LEDGERS,
    "statements_desk:leave": _LEDGERS,
    "statements_desk:statement": _LEDGERS,
    "tasks_desk:step": "as it is shown it changes nothing: tests/matrix/test_ledgers.py",
    "trials_desk:model": _TRIALS,
    "trials_desk:withdraw_barrier": _TRIALS,
    "trials_desk:withdraw_finding": _TRIALS,
    "wagtailadmin_block_preview": "asks for a block by its name, as the editor does",
    "wagtailadmin_pages:lock": _TOLD,
    "wagtailadmin_pages:unlock": _TOLD,
    "wagtailadmin_pages:unpublish": "the page is not public yet",
    "wagtailadmin_pages:workflow_preview": "asks for the task that the page waits for",
    "wagtaildocs:create_multiple_from_uploaded_document": _FILE,
    "wagtaildocs:delete_upload_multiple": _FILE,
    "wagtaildocs:edit_multiple": _FILE,
    "wagtailimages:create_multiple_from_uploaded_image": _FILE,
    "wagtailimages:delete_upload_multiple": _FILE,
    "wagtailimages:edit_multiple": _FILE,
}
_TOGETHER = (
    "what it asks for is checked together: tests/cms/test_practice_desk.py, test_trials_desk.py"
)
#: Forms that the owners' screens show and that change nothing as they are shown, and why.
UNCHANGED: dict[str, str] = {
    "bring_desk:bring": _FILE,
    "datasets_desk:upload": _FILE,
    "gatherings:act_on_meeting": "of its acts one asks for a file",
    "wagtaildocs:add": _FILE,
    "wagtaildocs:add_multiple": _FILE,
    "wagtailimages:add": _FILE,
    "wagtailimages:add_multiple": _FILE,
    "gatherings:act_on_event": "a 대화 is complete when what its method owes is told",
    "practice_desk:measure": _TOGETHER,
    "trials_desk:barrier": _TOGETHER,
    "trials_desk:finding": _TOGETHER,
    "trials_desk:new_model": _TOGETHER,
    "trials_desk:new_pilot": _TOGETHER,
    "trials_desk:zone": _TOGETHER,
    "tasks_desk:new": "asks for a day that is not past",
    "tasks_desk:step": "as it is shown it changes nothing",
    "contacts_desk:place": "asks for a telephone number of an office",
    "practice_desk:begin": "asks for one of model, case and ordinance",
    "resolutions_desk:index": "asks for a bill and a name: tests/cms/test_resolutions.py",
    "resolutions_desk:resolution": "asks for a day: tests/cms/test_resolutions.py",
    "links_desk:new": "asks for a clause and a thing that are there",
    "people_desk:hand_over": "asks for the one who takes the post over",
    "people_desk:end": "the only approver can't leave: somebody has to follow",
    "wagtailadmin_pages:copy": "asks for an address that is free",
    "wagtailadmin_pages:choose_parent": "a bare page of Wagtail can't be made",
    "wagtailadmin_password_reset": "writes a mail and no row",
}


#: What is Latin on this desk because somebody named it so, by its author's will.
NAMED = re.compile(
    "|".join(map(re.escape, (*MARKS, "garam-editor", "garam-approver", "garam-officer", "/garam")))
    + r"|\bv\d[\d.]*|\b[0-9a-f]{32}\b|_\w{7}\.txt"  # a name that was taken gets letters of its own
)

#: Screens with words that are Latin by their nature, and why.
SPOKEN = {"embed_desk:snippet": "the line of HTML that goes to the keeper of another site"}


def _is_let_in(answer: Any) -> bool:
    """Wagtail answers a refusal inside the desk by leading back to the dashboard, and a stranger to the login."""
    to = answer.get("Location", "")
    led_on = to != HOME and not to.startswith(reverse("wagtailadmin_login"))
    return answer.status_code == 200 or (answer.status_code in (301, 302) and led_on)


def _screen(answer: Any) -> str:
    """What somebody reads of an answer: a page, or the window that comes as JSON."""
    kind = answer.get("Content-Type", "")
    if kind.startswith("application/json"):
        said = json.loads(answer.content)
        return str(said.get("html", "")) if isinstance(said, dict) else ""
    return str(answer.content.decode()) if kind.startswith("text/html") else ""


def test_its_own_people_look_and_write_and_meet_no_english(
    desk: Desk, owners: list[Client]
) -> None:
    answered, changed, shown = {"wagtailadmin_logout"}, set(), set()
    spoken: dict[str, set[str]] = {}
    seen = [look for look in looks(desk, owners) if look.address.view in DESK_VIEWS]
    for look in seen:
        if _is_let_in(look.answer):
            answered.add(look.address.view)
        if words := set(english(NAMED.sub("", _screen(look.answer)))):
            spoken.setdefault(look.address.view, set()).update(words)
    for post in posts(seen):
        if post.view not in DESK_VIEWS or post.path in changed:
            continue
        if post.own:
            shown.add(post.path)
        if any(_changes(owner, post) for owner in owners):
            changed.add(post.path)
            answered.add(post.view)

    assert set(spoken) <= set(SPOKEN), spoken
    assert sorted(DESK_VIEWS - answered) == sorted(UNANSWERED)
    assert {resolve(urlsplit(path).path).view_name for path in shown - changed} == set(UNCHANGED)


def _changes(owner: Client, post: Post) -> bool:
    """Whether the post was taken and something was written. The browser goes back with the database: who saves
    the own account is given a new session."""
    cookies = deepcopy(owner.cookies)
    with rolled_back(), noting_writes() as written:
        answer = owner.post(post.path, post.data)
    owner.cookies = cookies
    return bool(written) and _is_let_in(answer)
