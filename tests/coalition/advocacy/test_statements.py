"""Joint statements: a text that never changes, and the names under it on any day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from coalition.advocacy.actions import (
    join_statement,
    leave_statement,
    release_statement,
    withdraw_statement,
    write_statement,
)
from coalition.advocacy.models import StatementJoin
from coalition.advocacy.statements import released, stated, statements_until
from coalition.members.actions import record_membership
from coalition.members.models import MembershipState, Municipality
from coalition.record.models import Source

pytestmark = pytest.mark.django_db
MARCH, APRIL, MAY, JUNE, JULY = (dt.date(2026, month, 4) for month in (3, 4, 5, 6, 7))


@pytest.fixture
def statement(garam: Any, nuri: Any, secretariat: Any) -> Any:
    for place in (garam, nuri):
        record_membership(municipality=place, state=MembershipState.APPROVED, on=MARCH, by=None)
    return write_statement(title="함께", text="글", fictional=True, on=APRIL, by=secretariat)


def names(day: dt.date) -> list[str]:
    return [n.row.municipality.slug for one in released(day) for n in one.names]


def test_the_names_are_those_of_the_day_and_leaving_the_coalition_takes_none_away(
    statement: Any, garam: Any, nuri: Any
) -> None:
    join_statement(statement=statement, municipality=garam, on=APRIL, by=None)
    release_statement(statement=statement, on=MAY, by=None)
    join_statement(statement=statement, municipality=nuri, on=JUNE, by=None)
    record_membership(municipality=garam, state=MembershipState.LEFT, on=JULY, by=None)

    assert [names(day) for day in (APRIL, MAY, JUNE, JULY)] == [
        [], ["garam"], ["garam", "nuri"], ["garam", "nuri"],
    ]  # fmt: skip
    assert [name.left for one in released(JULY) for name in one.names] == [True, False]


def test_a_name_is_taken_back_from_a_day_on_and_may_come_again(statement: Any, garam: Any) -> None:
    join_statement(statement=statement, municipality=garam, on=APRIL, by=None)
    release_statement(statement=statement, on=APRIL, by=None)
    leave_statement(statement=statement, municipality=garam, reason="다시 논의", on=MAY, by=None)
    assert (names(APRIL), names(MAY)) == (["garam"], [])
    (told,) = released(MAY)
    assert [name.row.note for name in told.taken_back] == ["다시 논의"]
    with pytest.raises(ValidationError, match="함께하지 않은"):
        leave_statement(statement=statement, municipality=garam, reason="또", on=MAY, by=None)

    join_statement(statement=statement, municipality=garam, on=JUNE, by=None)

    assert (names(MAY), names(JUNE)) == ([], ["garam"])


def test_only_who_is_a_member_on_that_day_joins(statement: Any, garam: Any, nuri: Any) -> None:
    record_membership(municipality=nuri, state=MembershipState.LEFT, on=MAY, by=None)

    with pytest.raises(ValidationError, match="참여하고 있는"):
        join_statement(statement=statement, municipality=nuri, on=MAY, by=None)
    with pytest.raises(DatabaseError, match="참여하고 있는"), transaction.atomic():
        StatementJoin.objects.create(statement=statement, municipality=nuri, on=MAY)
    join_statement(statement=statement, municipality=garam, on=MAY, by=None)
    with pytest.raises(ValidationError, match="이미 함께한"):
        join_statement(statement=statement, municipality=garam, on=JUNE, by=None)


def test_fiction_and_fact_do_not_stand_under_one_statement(statement: Any, garam: Any) -> None:
    real = Municipality.objects.create(
        code="29999", name="참구", region=garam.region, kind="구", level="basic", slug="cham",
        source=Source.objects.create(title="명부", publisher="참구"),
    )  # fmt: skip
    with pytest.raises(ValidationError, match="시연용 성명"):
        join_statement(statement=statement, municipality=real, on=MAY, by=None)
    plain = write_statement(title="실제", text="글", on=APRIL, by=None)
    with pytest.raises(DatabaseError, match="시연용 성명"), transaction.atomic():
        StatementJoin.objects.create(statement=plain, municipality=garam, on=MAY)


def test_it_is_released_with_names_only_and_taken_back_in_the_open(
    statement: Any, garam: Any
) -> None:
    with pytest.raises(ValidationError, match="함께한 지방정부가 아직"):
        release_statement(statement=statement, by=None)
    join_statement(statement=statement, municipality=garam, on=APRIL, by=None)
    release_statement(statement=statement, on=MAY, by=None)
    withdraw_statement(statement=statement, reason="수치가 틀림", on=JUNE, by=None)

    (before,), (after,) = released(MAY), released(JUNE)
    assert before.withdrawn is None
    assert after.withdrawn is not None
    assert after.withdrawn.note == "수치가 틀림"
    with pytest.raises(ValidationError, match="거둔 성명"):
        join_statement(statement=statement, municipality=garam, on=JULY, by=None)


def test_nothing_of_it_is_changed_or_taken_away(statement: Any, garam: Any) -> None:
    join = join_statement(statement=statement, municipality=garam, on=APRIL, by=None)
    step = release_statement(statement=statement, on=MAY, by=None)
    for row in (statement, join, step):
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(on=JULY)
        with pytest.raises(DatabaseError), transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).delete()


def test_statements_are_read_in_three_questions_whatever_their_number(
    garam: Any, nuri: Any, django_assert_num_queries: Any
) -> None:
    for place in (garam, nuri):
        record_membership(municipality=place, state=MembershipState.APPROVED, on=MARCH, by=None)
    for number in range(5):
        row = write_statement(title=f"{number}", text="글", fictional=True, on=APRIL, by=None)
        join_statement(statement=row, municipality=garam, on=APRIL, by=None)
        join_statement(statement=row, municipality=nuri, on=APRIL, by=None)

    with django_assert_num_queries(3):
        found = stated(statements_until(MAY))
    assert [len(one.names) for one in found] == [2] * 5
