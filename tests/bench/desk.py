"""The desk with 2 municipalities and with 240: what its people meet first must not grow with their number.

One database of this run's own; the screens are asked with 2 municipalities, then 238 more are provisioned,
each with a draft and a case that waits, and the same screens are asked again.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tests.bench.figures import Figure, cpu
from tests.bench.shelves import set_up

TARGETS = "issue 6"
FEW, MANY = 2, 240
#: How many times as long the screens may take with all of them.
EDITOR, SECRETARIAT = 2.0, 3.0


@dataclass(frozen=True, slots=True)
class Screen:
    """A screen of somebody's, and how many times as long it may take with all municipalities."""

    what: str
    ask: Callable[[], Any]
    most: float | None


def measure() -> list[Figure]:
    with tempfile.TemporaryDirectory(prefix="hub-bench-") as folder:
        set_up(folder)
        _settle_down(range(1, FEW + 1))
        screens = _screens()
        few = [(cpu(screen.ask), _queries(screen.ask)) for screen in screens]
        _settle_down(range(FEW + 1, MANY + 1))
        many = [(cpu(screen.ask), _queries(screen.ask)) for screen in screens]
        found = []
        for screen, (before, asked_before), (after, asked_after) in zip(
            screens, few, many, strict=True
        ):
            with_few = f"{FEW} municipalities ({before * 1000:.0f} ms)"
            found += [
                Figure(
                    f"{screen.what}, {MANY} municipalities", after / before, "×", screen.most,
                    None, with_few, TARGETS,
                ),
                Figure(
                    f"{screen.what}, {MANY} municipalities", asked_after, "queries", asked_before,
                    None, f"{FEW} municipalities ({asked_before})", TARGETS,
                ),
            ]  # fmt: skip
        return found


def _settle_down(numbers: range) -> None:
    """Provision fictional municipalities; each gets an approver, a draft and a case that waits."""
    from cms.actions import provision_municipality
    from coalition.members.actions import appoint, enter_fictional
    from coalition.members.models import Role
    from coalition.members.queries import today
    from coalition.record.models import User
    from tests.factories import make_case

    for number in numbers:
        place = enter_fictional(
            code=f"X{number:04}", name=f"시험{number}시", slug=f"test-{number}", by=None
        )
        provision_municipality(municipality=place, by=None)
        place.refresh_from_db()
        approver = User.objects.create_user(f"approver-{number}", f"approver-{number}@example.kr")
        appoint(user=approver, municipality=place, role=Role.APPROVER, since=today(), by=None)
        make_case(place, f"시험{number}시의 사례", live=False)
        waiting = make_case(place, f"시험{number}시의 기다리는 사례", live=False, owner=approver)
        waiting.save_revision(user=approver)
        waiting.get_workflow().start(waiting, approver)  # type: ignore[union-attr]


def _screens() -> list[Screen]:
    """The explorer and the dashboard of an editor of the first municipality, and of the secretariat."""
    from django.contrib.auth.models import Group
    from django.urls import reverse

    from cms.models import MunicipalityPage
    from coalition.members.access import SECRETARIAT as GROUP
    from coalition.members.actions import appoint
    from coalition.members.models import Role
    from coalition.members.queries import today
    from coalition.record.models import User

    root = MunicipalityPage.objects.get(municipality__code="X0001")
    editor = User.objects.create_user("editor", "editor@example.kr")
    appoint(user=editor, municipality=root.municipality, role=Role.EDITOR, since=today(), by=None)
    keeper = User.objects.create_user("keeper", "keeper@example.kr")
    keeper.groups.add(Group.objects.get(name=GROUP))
    home = reverse("wagtailadmin_home")

    def explorer(page: Any) -> str:
        return reverse("wagtailadmin_explore", args=[page.pk])

    return [
        Screen("an editor's dashboard", _asking(editor, home), EDITOR),
        Screen("an editor's explorer", _asking(editor, explorer(root)), EDITOR),
        Screen("the secretariat's dashboard", _asking(keeper, home), SECRETARIAT),
        Screen(
            "the secretariat's explorer",
            _asking(keeper, explorer(root.get_parent())),
            SECRETARIAT,
        ),
        Screen(
            "the secretariat's list of all desks (its rows are the municipalities)",
            _asking(keeper, reverse("desk_states:index")),
            None,
        ),
    ]


def _asking(user: Any, address: str) -> Callable[[], Any]:
    from django.test import Client

    client = Client()
    client.force_login(user)

    def ask() -> Any:
        answer = client.get(address)
        if answer.status_code != 200:
            raise AssertionError(f"{address}: {answer.status_code}")
        return answer

    return ask


def _queries(ask: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as asked:
        ask()
    return len(asked)
