"""The demo accounts. Password = name; only where DEBUG is on, or where somebody insisted."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import Group

from coalition.members.access import SECRETARIAT
from coalition.members.actions import appoint
from coalition.members.models import Municipality, Role
from coalition.record.models import User

SINCE = dt.date(2026, 2, 10)

# name → (family name, given name, post, municipality's address, role)
DESK = {
    "garam-editor": ("가람", "담당자", "가람시 일자리정책과 주무관", "garam", Role.EDITOR),
    "garam-approver": ("가람", "결재자", "가람시 일자리정책과장", "garam", Role.APPROVER),
    "nuri-editor": ("누리", "담당자", "누리군 경제일자리과 주무관", "nuri", Role.EDITOR),
    "nuri-approver": ("누리", "결재자", "누리군 경제일자리과장", "nuri", Role.APPROVER),
    "gwangsan-editor": ("광산", "담당자", "담당자", "gwangsan", Role.EDITOR),
}


def _account(name: str, family: str, given: str, post: str, **flags: bool) -> User:
    user = User.objects.filter(username=name).first()
    if user is None:
        user = User(
            username=name,
            email=f"{name}@example.invalid",
            last_name=family,
            first_name=given,
            post=post,
            **flags,
        )
        user.set_password(name)
        user.save()
    return user


def make_accounts() -> dict[str, User]:
    """The accounts that docs and tests name; those that are there stay as they are."""
    people = {
        "admin": _account("admin", "", "관리자", "", is_superuser=True, is_staff=True),
        "secretariat": _account("secretariat", "", "사무국", "사무국"),
        "secretariat-2": _account("secretariat-2", "", "사무국 동료", "사무국"),
    }
    for name in ("secretariat", "secretariat-2"):
        people[name].groups.add(Group.objects.get(name=SECRETARIAT))
    for name, (family, given, post, _, _) in DESK.items():
        people[name] = _account(name, family, given, post)
    return people


def make_appointments(people: dict[str, User]) -> None:
    """Give the accounts their posts."""
    for name, (_, _, _, slug, role) in DESK.items():
        municipality = Municipality.objects.get(slug=slug)
        if not people[name].appointments.filter(role=role).exists():
            appoint(
                user=people[name],
                municipality=municipality,
                role=role,
                since=SINCE,
                by=people["admin"],
            )
