"""Reads of the floor: the outbox in commit order, and the version of what the public site says."""

from __future__ import annotations

from django.db import connection, transaction
from django.db.models import Q, QuerySet

from coalition.record.models import Cursor, Event

_VERSION = "SELECT token FROM record_contentversion WHERE id = 1"


def unread_events(reader: str, *, limit: int = 500) -> list[Event]:
    """The next Events that `reader` has not seen, in commit order, at most `limit`.

    They stay unread until `mark_read`; a reader that dies in between gets them again, so what it does
    with them has to be repeatable without harm.
    """
    cursor = Cursor.objects.filter(reader=reader).first() or Cursor(reader=reader)
    return list(_beyond(cursor)[:limit])


def mark_read(reader: str, events: list[Event]) -> None:
    """`reader` is done with these Events, which `unread_events` gave it."""
    if not events:
        return
    with transaction.atomic():
        cursor, _ = Cursor.objects.select_for_update().get_or_create(reader=reader)
        if connection.vendor == "postgresql":
            _advance_by_transaction(cursor, events)
        else:
            cursor.horizon = max(cursor.horizon, events[-1].pk)
        cursor.save()


def count_unread(reader: str) -> int:
    """How many Events wait for `reader`."""
    cursor = Cursor.objects.filter(reader=reader).first() or Cursor(reader=reader)
    return _beyond(cursor).count()


def unread_ids(cursor: Cursor) -> list[int]:
    """The Events that this reader has not seen, whatever their order."""
    return sorted(_beyond(cursor).values_list("pk", flat=True))


def content_version() -> str:
    """The token of what the public site says now, by one look at an index; empty before the first Event.

    Past Django's cursor, which would cost more than the look itself: it is asked before every kept page.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors:
        row = connection.connection.execute(_VERSION).fetchone()
    return row[0] if row else ""


def _beyond(cursor: Cursor) -> QuerySet[Event]:
    events = Event.objects.select_related("content_type")
    if connection.vendor == "postgresql":
        waiting = events.filter(xact__gte=cursor.horizon).exclude(pk__in=cursor.seen)
        return waiting.order_by("xact", "pk")
    return events.filter(pk__gt=cursor.horizon).order_by("pk")


def _advance_by_transaction(cursor: Cursor, events: list[Event]) -> None:
    """The horizon rises to the oldest transaction that may still commit, and no further.

    The events were read before this snapshot is taken, so one that committed in between has a number
    that may lie below the snapshot's xmin. Therefore the horizon never passes what is still unread.
    """
    with connection.cursor() as sql:
        sql.execute("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint")
        (oldest_running,) = sql.fetchone() or (0,)
    seen = {*cursor.seen, *(event.pk for event in events)}
    unread = (
        Event.objects.filter(xact__gte=cursor.horizon)
        .exclude(pk__in=seen)
        .order_by("xact", "pk")
        .values_list("xact", flat=True)
        .first()
    )
    cursor.horizon = min(filter(None, (oldest_running, unread)))
    still_needed = Q(pk__in=seen) & Q(xact__gte=cursor.horizon)
    cursor.seen = sorted(Event.objects.filter(still_needed).values_list("pk", flat=True))
