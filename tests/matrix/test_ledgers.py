"""No screen overwrites or deletes a row of a ledger, whoever sits before it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.db.models import Model
from django.test import Client

from coalition.advocacy.actions import join_statement, release_statement, write_statement
from coalition.drafts.actions import propose_link
from coalition.members.actions import enter_contact, open_task, post_notice, record_membership
from coalition.members.models import MembershipState
from coalition.members.queries import today
from coalition.record.triggers import wanted
from tests.coalition.advocacy import scenarios
from tests.factories import make_question, make_version
from tests.factories.positions import make_position, make_terms
from tests.forms import shown_form
from tests.matrix.addresses import addresses

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)
#: One ends the session of who asks; the other is Wagtail's own test of an error.
LEFT_OUT = {"wagtailadmin_logout", "wagtailadmin_error_test"}
#: What must never be overwritten: the tables whose triggers say so, and these are among them.
LEDGERS = {
    "advocacy_position", "advocacy_positionverification", "advocacy_councilresolution",
    "advocacy_resolutionstep", "advocacy_stepverification", "advocacy_assemblybill", "advocacy_roadstep",
    "advocacy_tasklink", "advocacy_statement", "advocacy_statementstep", "advocacy_statementjoin",
    "drafts_clauselink", "drafts_linkstep", "members_membership", "members_task", "members_taskstep",
    "members_notice", "members_noticedocument", "members_contactpost", "record_event",
    "cms_casebookedition", "cms_casebookchapter",
}  # fmt: skip


def guarded() -> dict[str, set[str]]:
    """Tables with what their triggers refuse."""
    found: dict[str, set[str]] = {}
    for trigger in wanted(connection):
        for verb in ("update", "delete"):
            if trigger.name == f"{trigger.table}_no_{verb}":
                found.setdefault(trigger.table, set()).add(verb)
    return found


def test_the_database_refuses_both_for_every_ledger() -> None:
    kept = {table for table, verbs in guarded().items() if verbs == {"update", "delete"}}

    assert kept >= LEDGERS, LEDGERS - kept


def _models() -> list[type[Model]]:
    return [model for model in apps.get_models() if model._meta.db_table in LEDGERS]


def _rows() -> dict[tuple[str, Any], dict[str, Any]]:
    return {
        (model._meta.label, values["id"]): values
        for model in _models()
        for values in model._default_manager.values()
    }


@pytest.fixture
def ledgers(garam: Any, garam_editor: Any, secretariat: Any) -> dict[str, list[Any]]:
    """A row or more in each, and their keys as parameters of addresses."""
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=DAY, by=None)
    scene: Any = type("Scene", (), {"by": secretariat, "get": lambda self, name: garam})()
    step = scenarios.record_resolution_step(**scenarios._step(scene), by=secretariat)
    make_terms()
    version = make_version(step.resolution.bill)
    position = make_position(garam, version, "art_1", by=secretariat, verified=dt.date(2026, 7, 11))
    link = propose_link(
        provision=version.provisions.get(eid="art_1"), thing=make_question(), kind="need", note="n",
        by=garam_editor,
    )  # fmt: skip
    statement = write_statement(title="t", text="t", fictional=True, by=secretariat)
    join_statement(statement=statement, municipality=garam, by=None)
    release_statement(statement=statement, by=secretariat)
    soon = today() + dt.timedelta(days=9)
    task = open_task(municipality=None, title="t", owner=secretariat, due=soon, by=secretariat)
    notice = post_notice(title="t", text="t", by=secretariat)
    contact = enter_contact(municipality=garam, post="과", telephone="031-000-0000", by=None)
    keys = [step.pk, step.resolution_id, position.pk, link.pk, statement.pk, task.pk, notice.pk]
    return {"*": [*dict.fromkeys([*keys, contact.pk])], "slug": ["garam", "test"], "no": ["0.1"]}


@pytest.mark.parametrize("who", ["secretariat", "admin"])
def test_no_post_of_any_screen_changes_or_removes_a_row(
    who: str, ledgers: dict[str, list[Any]], secretariat: Any, make_user: Any
) -> None:
    user = (
        secretariat if who == "secretariat" else make_user("root", is_superuser=True, is_staff=True)
    )
    client = Client(raise_request_exception=False)
    client.force_login(user)
    before, asked = _rows(), 0

    for address in addresses(ledgers):
        if not address.path.startswith("/admin/") or address.view in LEFT_OUT:
            continue
        for data in ({}, _shown(client, address.path)):
            with transaction.atomic():
                answer = client.post(address.path, data)
                now = _rows() if answer.status_code < 400 else before
                transaction.set_rollback(True)
            asked += 1
            assert {key: now.get(key) for key in before} == before, address
    assert asked > 100


def _shown(client: Client, path: str) -> dict[str, Any]:
    with transaction.atomic():
        try:
            data = shown_form(client, path)
        except ValueError:  # no form that posts
            data = {}
        transaction.set_rollback(True)
    return {**data, "note": "n", "reason": "r", "because": "b"}
