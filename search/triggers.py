"""SQLite's full-text index follows the projection by triggers, so that no door passes it.

On PostgreSQL a generated column does the same (migration 0001). Registered with the other triggers, these
are created again after every migrate, and a missing one fails `check` and `/healthz/ready`.
"""

from __future__ import annotations

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from coalition.record.triggers import Trigger

TABLE = "search_searchdocument"
INDEX = "search_fts"
_COLUMNS = "tokens_title, tokens_tags, tokens_body"
_OLD = "OLD.id, OLD.tokens_title, OLD.tokens_tags, OLD.tokens_body"
_NEW = "NEW.id, NEW.tokens_title, NEW.tokens_tags, NEW.tokens_body"
_ADD = f"INSERT INTO {INDEX}(rowid, {_COLUMNS}) VALUES ({_NEW});"  # noqa: S608
_TAKE = f"INSERT INTO {INDEX}({INDEX}, rowid, {_COLUMNS}) VALUES ('delete', {_OLD});"  # noqa: S608
_COUNTS = f"SELECT (SELECT count(*) FROM {INDEX}_docsize), (SELECT count(*) FROM {TABLE})"  # noqa: S608


def _on(event: str, name: str, body: str) -> Trigger:
    return Trigger(
        name=f"search_fts_{name}",
        table=TABLE,
        sqlite=f"AFTER {event} ON {TABLE} BEGIN {body} END",
        postgresql="",
        timing="",
    )


SEARCH_TRIGGERS = [
    _on("INSERT", "added", _ADD),
    _on("DELETE", "taken", _TAKE),
    _on(f"UPDATE OF {_COLUMNS}", "changed", f"{_TAKE} {_ADD}"),
]


def rebuild_index(connection: BaseDatabaseWrapper) -> None:
    """Make the index anew from the stored terms. On PostgreSQL there is nothing that could differ."""
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}) VALUES ('rebuild')")  # noqa: S608


def index_is_whole(connection: BaseDatabaseWrapper) -> bool:
    """Whether the index says exactly what the rows say."""
    if connection.vendor != "sqlite":
        return True
    from django.db import DatabaseError, transaction

    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {INDEX}({INDEX}, rank) VALUES ('integrity-check', 1)")  # noqa: S608
    except DatabaseError:
        return False
    return True


def mend_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate. `flush` empties the rows while the triggers are down: then so the index."""
    connection = connections[using]
    if connection.vendor != "sqlite" or TABLE not in connection.introspection.table_names():
        return
    with connection.cursor() as cursor:
        cursor.execute(_COUNTS)
        indexed, rows = cursor.fetchone() or (0, 0)
    if indexed != rows:
        rebuild_index(connection)
