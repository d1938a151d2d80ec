"""What may be sent to an address: something filled in blindly, and what its owners' own screens would send."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from tests.forms import case_form, posting_forms
from tests.matrix.addresses import Address, addresses
from tests.matrix.desk import MARKS, Desk

# These end the session of who asks; they have no object.
LEFT_OUT = {"wagtailadmin_logout"}
# For addresses that take a post and show no form of their own: what their buttons send along.
FILLED = {
    "because": "까닭입니다",
    "reason": "까닭입니다",
    "comment": "까닭입니다",
    "next": "/admin/",
}
_WRITING = ("INSERT", "UPDATE", "DELETE", "REPLACE", "WITH")


@dataclass(frozen=True, slots=True)
class Post:
    """A form that is sent; `own` when one of the owners' screens showed it."""

    view: str
    path: str
    data: dict[str, Any] = field(hash=False)
    own: bool


def asked(desk: Desk) -> Iterator[Address]:
    """Every address of the resolver, filled with what stands on the desk."""
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


@dataclass(frozen=True, slots=True)
class Look:
    """What one of the owners got at an address."""

    address: Address
    answer: Any


def looks(desk: Desk, owners: Iterable[Client]) -> Iterator[Look]:
    """Every address, opened by everybody who works at the desk."""
    for address in asked(desk):
        for owner in owners:
            with rolled_back():
                yield Look(address, owner.get(address.path))


def posts(seen: Iterable[Look]) -> list[Post]:
    """Each form once, however many screens show it."""
    found: dict[tuple[str, frozenset[str]], Post] = {}
    for look in seen:
        view, path = look.address.view, look.address.path
        if view == "listing":
            continue
        found.setdefault((path, frozenset(FILLED)), Post(view, path, FILLED, own=False))
        html = look.answer.get("Content-Type", "").startswith("text/html")
        if look.answer.status_code != 200 or not html or not path.startswith("/admin/"):
            continue
        for to, data in posting_forms(look.answer.content.decode(), path):
            if to.endswith("/logout/"):
                continue
            # Blocks and rich text are drawn by scripts: a form of pages brings them like a browser does.
            sent = {**(case_form() if "phase" in data else {}), **data, "action-publish": "1"}
            own = Post(resolve(urlsplit(to).path).view_name, to, sent, own=True)
            found.setdefault((to, frozenset(sent)), own)
    return list(found.values())


@contextmanager
def rolled_back() -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@contextmanager
def noting_writes() -> Iterator[list[str]]:
    """The statements that write, but for those that keep the session."""
    written: list[str] = []

    def note(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.lstrip().upper().startswith(_WRITING) and "django_session" not in sql:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(note):
        yield written
