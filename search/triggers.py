"""SQLite's full-text indexes follow their tables by triggers, so that no door passes them.

On PostgreSQL a generated column does the same (migrations 0001 and 0002). Registered with the other
triggers, these are created again after every migrate, and a missing one fails `check` and `/healthz/ready`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import DatabaseError, connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from coalition.record.triggers import Trigger

_COLUMNS = ("tokens_title", "tokens_tags", "tokens_body")


@dataclass(frozen=True, slots=True)
class FullText:
    """A table of terms and the FTS5 index over it."""

    table: str
    index: str

    def triggers(self) -> list[Trigger]:
        """Those that keep the index in step with the table."""
        columns = ", ".join(_COLUMNS)
        old, new = ", ".join(f"OLD.{c}" for c in _COLUMNS), ", ".join(f"NEW.{c}" for c in _COLUMNS)
        add = f"INSERT INTO {self.index}(rowid, {columns}) VALUES (NEW.id, {new});"  # noqa: S608
        take = (
            f"INSERT INTO {self.index}({self.index}, rowid, {columns}) "  # noqa: S608
            f"VALUES ('delete', OLD.id, {old});"
        )
        return [
            self._on("INSERT", "added", add),
            self._on("DELETE", "taken", take),
            self._on(f"UPDATE OF {columns}", "changed", f"{take} {add}"),
        ]

    def _on(self, event: str, name: str, body: str) -> Trigger:
        return Trigger(
            name=f"{self.index}_{name}",
            table=self.table,
            sqlite=f"AFTER {event} ON {self.table} BEGIN {body} END",
            postgresql="",
            timing="",
        )

    def rebuild(self, connection: BaseDatabaseWrapper) -> None:
        """Make the index anew from the stored terms."""
        with connection.cursor() as cursor:
            cursor.execute(f"INSERT INTO {self.index}({self.index}) VALUES ('rebuild')")  # noqa: S608

    def is_whole(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether the index says exactly what the rows say."""
        try:
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(
                    f"INSERT INTO {self.index}({self.index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608
                )
        except DatabaseError:
            return False
        return True

    def has_every_row(self, connection: BaseDatabaseWrapper) -> bool:
        """Whether it has as many rows as the table: cheap, and enough after a `flush`."""
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT (SELECT count(*) FROM {self.index}_docsize),"  # noqa: S608
                f" (SELECT count(*) FROM {self.table})"
            )
            indexed, rows = cursor.fetchone() or (0, 0)
        return bool(indexed == rows)


FOUND = FullText("search_searchdocument", "search_fts")
DESK = FullText("search_desktext", "search_desk_fts")
FULL_TEXTS = (FOUND, DESK)
SEARCH_TRIGGERS = [trigger for full_text in FULL_TEXTS for trigger in full_text.triggers()]


def rebuild_index(connection: BaseDatabaseWrapper) -> None:
    """Make the indexes anew from the stored terms. On PostgreSQL there is nothing that could differ."""
    if connection.vendor == "sqlite":
        for full_text in FULL_TEXTS:
            full_text.rebuild(connection)


def index_is_whole(connection: BaseDatabaseWrapper) -> bool:
    """Whether the indexes say exactly what the rows say."""
    return connection.vendor != "sqlite" or all(each.is_whole(connection) for each in FULL_TEXTS)


def mend_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate. `flush` empties the rows while the triggers are down: then so the index."""
    connection = connections[using]
    if connection.vendor != "sqlite":
        return
    tables = connection.introspection.table_names()
    for full_text in FULL_TEXTS:
        if full_text.table in tables and not full_text.has_every_row(connection):
            full_text.rebuild(connection)
