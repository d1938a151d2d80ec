"""The log can only grow, and each of its readers sees every row once, in the order of commits."""

from __future__ import annotations

import threading

import pytest
from django.db import DatabaseError, connection, connections, transaction

from coalition.record.actions import record_event
from coalition.record.models import Cursor, Event, Source
from coalition.record.queries import count_unread, mark_read, unread_events


def _source(title: str = "자료") -> Source:
    return Source.objects.create(title=title, publisher="펴낸 곳")


def _write(verb: str = "source.told") -> Event:
    with transaction.atomic():
        return record_event(verb, _source(f"자료 {Source.objects.count()}"), by=None)


@pytest.mark.django_db
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE record_event SET verb = 'x.y' WHERE id = %s",
        "DELETE FROM record_event WHERE id = %s",
    ],
)
def test_an_event_can_be_neither_changed_nor_deleted_by_sql(statement: str) -> None:
    event = _write()

    with (
        pytest.raises(DatabaseError, match="고치거나 지울 수 없습니다"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement, [event.pk])


@pytest.mark.django_db
def test_an_event_can_be_neither_changed_nor_deleted_by_the_orm() -> None:
    event = _write()

    with pytest.raises(DatabaseError), transaction.atomic():
        Event.objects.filter(pk=event.pk).update(verb="x.y")
    with pytest.raises(DatabaseError), transaction.atomic():
        event.delete()


@pytest.mark.django_db
def test_an_event_needs_a_noun_and_a_verb() -> None:
    with pytest.raises(DatabaseError, match="verb"), transaction.atomic():
        record_event("published", _source(), by=None)


@pytest.mark.django_db(transaction=True)
def test_an_event_outside_a_transaction_is_refused() -> None:
    with pytest.raises(transaction.TransactionManagementError, match="트랜잭션"):
        record_event("source.told", _source(), by=None)


@pytest.mark.django_db
def test_a_reader_sees_each_event_once_and_another_reader_sees_it_too() -> None:
    mark_read("mail", unread_events("mail"))
    mark_read("search", unread_events("search"))
    events = [_write() for _ in range(3)]

    first = unread_events("search", limit=2)
    mark_read("search", first)
    second = unread_events("search")
    mark_read("search", second)

    assert [e.pk for e in first + second] == [e.pk for e in events]
    assert unread_events("search") == []
    assert count_unread("mail") == 3


@pytest.mark.django_db
def test_a_reader_that_dies_before_marking_gets_the_events_again() -> None:
    _write()

    assert unread_events("search") == unread_events("search") != []


@pytest.mark.postgresql  # SQLite has one writer at a time: ids are in commit order
@pytest.mark.django_db(transaction=True)
def test_an_event_that_commits_late_is_not_skipped() -> None:
    """Ids are given at insert, not at commit: a cursor over ids alone would lose the slow writer."""
    mark_read("search", unread_events("search"))
    inserted, may_commit = threading.Event(), threading.Event()
    slow: list[int] = []

    def write_slowly() -> None:
        try:
            with transaction.atomic():
                slow.append(record_event("source.slow", _source("느린"), by=None).pk)
                inserted.set()
                may_commit.wait(10)
        finally:
            connections.close_all()

    writer = threading.Thread(target=write_slowly)
    writer.start()
    inserted.wait(10)
    quick = _write("source.quick")

    before = unread_events("search")
    mark_read("search", before)
    may_commit.set()
    writer.join()
    after = unread_events("search")
    mark_read("search", after)

    assert [e.pk for e in before] == [quick.pk]
    assert [e.pk for e in after] == slow
    assert unread_events("search") == []
    assert Cursor.objects.get(reader="search").horizon > 0
