"""Participation is a ledger: it grows, and any past day can be read again."""

from __future__ import annotations

import datetime as dt
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, IntegrityError, transaction

from coalition.members.actions import (
    appoint,
    end_appointment,
    end_deputation,
    name_deputy,
    record_membership,
)
from coalition.members.models import (
    Appointment,
    Deputation,
    Membership,
    MembershipState,
    Municipality,
    Role,
)
from coalition.members.queries import members
from coalition.record.models import Source

pytestmark = pytest.mark.django_db
JANUARY, MARCH, JUNE = dt.date(2026, 1, 5), dt.date(2026, 3, 5), dt.date(2026, 6, 5)


def test_members_as_of_any_day_follow_the_ledger(garam: Any, secretariat: Any) -> None:
    for state, on in (
        (MembershipState.APPLIED, JANUARY),
        (MembershipState.APPROVED, MARCH),
        (MembershipState.LEFT, JUNE),
    ):
        record_membership(municipality=garam, state=state, on=on, by=secretariat)

    assert garam not in members(MARCH - dt.timedelta(days=1))
    assert garam in members(MARCH)
    assert garam in members(JUNE - dt.timedelta(days=1))
    assert garam not in members(JUNE)
    assert Membership.objects.filter(municipality=garam).count() == 3


def test_of_two_steps_on_one_day_the_later_counts(garam: Any, secretariat: Any) -> None:
    record_membership(municipality=garam, state=MembershipState.APPROVED, on=MARCH, by=secretariat)
    record_membership(municipality=garam, state=MembershipState.LEFT, on=MARCH, by=secretariat)

    assert garam not in members(MARCH)


def test_a_step_can_be_neither_changed_nor_deleted(garam: Any, secretariat: Any) -> None:
    step = record_membership(
        municipality=garam, state=MembershipState.APPROVED, on=MARCH, by=secretariat
    )

    step.note = "고침"
    with pytest.raises(DatabaseError, match="참여 기록"), transaction.atomic():
        step.save()
    with pytest.raises(DatabaseError, match="참여 기록"), transaction.atomic():
        Membership.objects.all().delete()


def test_an_unknown_state_is_refused(garam: Any) -> None:
    with pytest.raises(IntegrityError, match="known state"), transaction.atomic():
        Membership.objects.create(municipality=garam, state="maybe", on=MARCH)


def test_an_administrative_city_cannot_join_through_any_door(secretariat: Any) -> None:
    call_command("import_municipalities", stdout=StringIO())
    jeju = Municipality.objects.get(name="제주시")
    source = Source.objects.first()

    with pytest.raises(ValidationError, match="참여할 수 없습니다"):
        record_membership(
            municipality=jeju,
            state=MembershipState.INTENT,
            on=MARCH,
            source=source,
            by=secretariat,
        )
    with pytest.raises(DatabaseError, match="참여할 수 없는"), transaction.atomic():
        Membership.objects.create(municipality=jeju, state="intent", on=MARCH)


def test_a_real_municipality_joins_only_with_a_source_or_a_document(secretariat: Any) -> None:
    call_command("import_municipalities", stdout=StringIO())
    busan = Municipality.objects.get(slug="busan")

    with pytest.raises(ValidationError, match="출처나 문서"):
        record_membership(
            municipality=busan, state=MembershipState.INTENT, on=MARCH, by=secretariat
        )


def test_a_post_puts_its_holder_into_the_group_and_its_end_takes_them_out(
    garam: Any, make_user: Any
) -> None:
    user = make_user("new")

    post = appoint(user=user, municipality=garam, role=Role.EDITOR, since=MARCH, by=None)
    assert list(user.groups.all()) == [garam.editors]

    end_appointment(appointment=post, on=JUNE, by=None)
    assert not user.groups.exists()


def test_a_position_officer_is_in_no_group(garam: Any, make_user: Any) -> None:
    user = make_user("officer")

    appoint(user=user, municipality=garam, role=Role.POSITION_OFFICER, since=MARCH, by=None)

    assert not user.groups.exists()


def test_one_person_serves_one_municipality(garam_editor: Any, nuri: Any) -> None:
    with pytest.raises(ValidationError, match="다른 지방정부"):
        appoint(user=garam_editor, municipality=nuri, role=Role.EDITOR, since=MARCH, by=None)
    with pytest.raises(DatabaseError, match="한 지방정부의 일만"), transaction.atomic():
        Appointment.objects.create(
            user=garam_editor, municipality=nuri, role=Role.EDITOR, since=MARCH
        )


def test_a_post_is_held_once_and_ends_after_it_begins(garam_editor: Any, garam: Any) -> None:
    with pytest.raises(IntegrityError, match=r"post is held|UNIQUE"), transaction.atomic():
        Appointment.objects.create(
            user=garam_editor, municipality=garam, role=Role.EDITOR, since=MARCH
        )
    with pytest.raises(IntegrityError, match="ends after"), transaction.atomic():
        Appointment.objects.create(
            user=garam_editor, municipality=garam, role=Role.APPROVER, since=JUNE, until=MARCH
        )
    with pytest.raises(IntegrityError, match="known role"), transaction.atomic():
        Appointment.objects.create(user=garam_editor, municipality=garam, role="king", since=JUNE)


def test_a_municipality_has_one_deputy_at_a_time(garam: Any, garam_approver: Any) -> None:
    named = name_deputy(municipality=garam, since=MARCH, reason="휴직", by=garam_approver)

    with pytest.raises(IntegrityError), transaction.atomic():
        name_deputy(municipality=garam, since=JUNE, reason="또", by=garam_approver)
    end_deputation(deputation=named, on=JUNE, by=garam_approver)
    name_deputy(municipality=garam, since=JUNE, reason="다시", by=garam_approver)
    with pytest.raises(IntegrityError, match="ends after"), transaction.atomic():
        Deputation.objects.filter(until__isnull=True).update(until=JANUARY)
