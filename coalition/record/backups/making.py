"""A backup while the hub writes: all tables as of one moment, and every file that they name."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.apps import apps
from django.apps.registry import Apps
from django.conf import settings
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from coalition.record.backups import BackupRefused
from coalition.record.backups.archive import Writer, writing
from coalition.record.backups.rows import Row, Table, Tally
from coalition.record.models import Cursor
from coalition.record.queries import unread_ids

# Of the moment (who is logged in, who holds which work), or of this database alone.
LEFT_OUT = frozenset(
    {
        "django_session",
        "record_contentversion",
        "record_cursor",
        "record_failedlogin",
        "record_lease",
        "wagtailadmin_admin",
        "wagtailadmin_editingsession",
        "wagtailadmin_formstate",
        "wagtailsearch_indexentry",
        "wagtailsearch_indexentry_fts",
    }
)
# The number of a transaction of one PostgreSQL; restoring gives new ones.
COLUMNS_LEFT_OUT = {"record_event": {"xact": 0}}


def folders() -> dict[str, Path]:
    """The folders whose files belong to the rows, by the name they have in the archive."""
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_ROOT)}


def tables(registry: Apps = apps) -> list[Table]:
    """Every table of a model, those of many-to-many among them, that a backup holds."""
    models = registry.get_models(include_auto_created=True)
    own = {m._meta.db_table: m for m in models if m._meta.managed and not m._meta.proxy}
    return [
        Table(model, COLUMNS_LEFT_OUT.get(name, {}))
        for name, model in sorted(own.items())
        if name not in LEFT_OUT
    ]


def make_backup(path: Path) -> dict[str, Any]:
    """Write the archive; what the manifest says of it. Raises BackupRefused."""
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise BackupRefused(
            "데이터베이스가 이 판의 것이 아닙니다. manage.py migrate를 먼저 하세요."
        )
    with writing(path) as archive:
        # A file may go while the tables are read, or come: what was there before is taken before.
        _take_files(archive)
        with _one_moment():
            told = {
                "made_at": dt.datetime.now(dt.UTC).isoformat(),
                "database": connection.vendor,
                "migrations": sorted(MigrationRecorder(connection).applied_migrations()),
                "cursors": {each.reader: unread_ids(each) for each in Cursor.objects.all()},
                "tables": {table.name: _take(archive, table) for table in tables()},
            }
        _take_files(archive)
        archive.close(told)
        return {**told, "members": archive.members}


@contextmanager
def _one_moment() -> Iterator[None]:
    """Everything that is read inside was true at once; nobody who writes has to wait."""
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        # Not atomic(): that takes the one lock of writers when it begins (settings.env.SQLITE_OPTIONS).
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


def _take(archive: Writer, table: Table) -> dict[str, Any]:
    tally = Tally()

    def counted() -> Iterator[Row]:
        for row in table.lines():
            tally.add(row)
            yield row

    archive.lines(f"tables/{table.name}.jsonl", counted())
    return {"columns": table.columns, **tally.as_json()}


def _take_files(archive: Writer) -> None:
    for label, folder in folders().items():
        for path in sorted(folder.rglob("*")):
            name = f"{label}/{path.relative_to(folder).as_posix()}"
            if name in archive.members or not path.is_file():
                continue
            try:
                archive.file(name, path)
            except FileNotFoundError:
                continue  # it was deleted while we came to it
