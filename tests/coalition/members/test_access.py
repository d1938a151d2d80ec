"""The one door, asked by the owner, the neighbour and the stranger."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from coalition.members.access import Access
from coalition.members.actions import appoint, end_appointment, end_deputation, name_deputy
from coalition.members.models import Role

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def _rights(user: Any, municipality: Any) -> tuple[bool, bool, bool]:
    access = Access(user)
    return (
        access.may_view(municipality),
        access.may_edit(municipality),
        access.may_approve(municipality),
    )


def test_rights_follow_the_post(
    garam: Any,
    garam_editor: Any,
    garam_approver: Any,
    nuri_editor: Any,
    secretariat: Any,
    make_user: Any,
) -> None:
    nobody, admin = make_user("nobody"), make_user("root", is_superuser=True)

    assert _rights(garam_editor, garam) == (True, True, False)
    assert _rights(garam_approver, garam) == (True, True, True)
    assert _rights(nuri_editor, garam) == (False, False, False)
    assert _rights(secretariat, garam) == (True, False, False)
    assert _rights(nobody, garam) == (False, False, False)
    assert _rights(AnonymousUser(), garam) == (False, False, False)
    assert _rights(admin, garam) == (True, True, True)


def test_the_secretariat_acts_only_while_it_is_the_named_deputy(
    garam: Any, nuri: Any, garam_approver: Any, secretariat: Any
) -> None:
    named = name_deputy(municipality=garam, since=DAY, reason="출장", by=garam_approver)

    assert _rights(secretariat, garam) == (True, True, True)
    assert _rights(secretariat, nuri) == (True, False, False)

    end_deputation(deputation=named, on=DAY, by=garam_approver)
    assert _rights(secretariat, garam) == (True, False, False)


def test_a_deputation_gives_nothing_to_a_neighbour(
    garam: Any, garam_approver: Any, nuri_editor: Any
) -> None:
    name_deputy(municipality=garam, since=DAY, reason="출장", by=garam_approver)

    assert _rights(nuri_editor, garam) == (False, False, False)


def test_an_ended_post_gives_nothing(garam: Any, garam_editor: Any) -> None:
    end_appointment(appointment=garam_editor.appointments.get(), on=DAY, by=None)

    assert _rights(garam_editor, garam) == (False, False, False)
    assert Access(garam_editor).municipality is None


def test_only_a_position_officer_states_positions(
    garam: Any, garam_approver: Any, make_user: Any
) -> None:
    officer = make_user("officer")
    appoint(user=officer, municipality=garam, role=Role.POSITION_OFFICER, since=DAY, by=None)

    assert Access(officer).may_state_position(garam)
    assert not Access(garam_approver).may_state_position(garam)
    assert _rights(officer, garam) == (False, False, False)


def test_bills_are_kept_by_the_secretariat(
    garam_approver: Any, secretariat: Any, make_user: Any
) -> None:
    lead = make_user("lead", "사무국장")

    assert Access(secretariat).may_keep_bills
    assert Access(lead).may_keep_bills
    assert Access(lead).is_secretariat_lead
    assert not Access(garam_approver).may_keep_bills
    assert not Access(AnonymousUser()).may_keep_bills
