"""A backup into an empty installation: all of it, proven to be the same, or nothing.

The schema is first brought to where the backup was, so that one of an older release is read as it was written;
then this release's migrations run over it as they would have at home.
"""

from __future__ import annotations

import shutil
import uuid
from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from django.apps.registry import Apps
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder

from coalition.particles import subject
from coalition.record import triggers
from coalition.record.backups import BackupRefused
from coalition.record.backups.archive import Reader, reading
from coalition.record.backups.making import folders, tables
from coalition.record.backups.rows import Table
from coalition.record.models import ContentVersion, Cursor, Event, User

Proof = Callable[[], Iterable[str]]
_proofs: dict[str, Proof] = {}
# Numbers of transactions that every PostgreSQL has passed long ago: read by all, and not yet by all.
_READ, _UNREAD = 1, 2


def register_proof(name: str, proof: Proof) -> None:
    """Called once by an AppConfig.ready: what has to hold of a restored hub, as sentences about what does not."""
    _proofs[name] = proof


def restore_backup(path: Path) -> dict[str, Any]:
    """Restore everything; what the manifest says. Raises BackupRefused, and then nothing has changed."""
    with reading(path) as archive:
        _refuse_unless_empty()
        registry = _bring_schema_to([(app, name) for app, name in archive.manifest["migrations"]])
        found = {table.name: table for table in tables(registry)}
        _refuse_unless_same_tables(archive, found)
        try:
            with transaction.atomic():
                _fill(archive, list(found.values()))
                _put_files(archive)
        except BaseException:
            _clear_folders()
            raise
    call_command("migrate", verbosity=0, interactive=False)
    faults = [fault for proof in _proofs.values() for fault in proof()]
    faults += [f"방아쇠 {subject(name)} 없습니다." for name in triggers.missing(connection)]
    if faults:
        raise BackupRefused("되살렸으나 이상이 있습니다:\n" + "\n".join(faults))
    return archive.manifest


# ---- before -------------------------------------------------------------------------------------------


def _refuse_unless_empty() -> None:
    there = set(connection.introspection.table_names())
    for model in (User, Event):
        if model._meta.db_table in there and model._default_manager.exists():
            raise BackupRefused("빈 설치에만 되살립니다. 이 데이터베이스에는 이미 자료가 있습니다.")
    for folder in folders().values():
        if folder.is_dir() and any(path.is_file() for path in folder.rglob("*")):
            raise BackupRefused(f"빈 설치에만 되살립니다. {folder}에 이미 파일이 있습니다.")


def _bring_schema_to(applied: list[tuple[str, str]]) -> Apps:
    """Migrate an empty database to where the backup was; the models of that state."""
    executor = MigrationExecutor(connection)
    on_disk = executor.loader.disk_migrations or {}
    known = {*on_disk, *(key for each in on_disk.values() for key in each.replaces)}
    if unknown := sorted(set(applied) - known):
        raise BackupRefused(
            f"더 새로운 판의 백업입니다({'.'.join(unknown[0])}). 그 판 이상에서 되살리세요."
        )
    if ahead := set(MigrationRecorder(connection).applied_migrations()) - set(applied):
        raise BackupRefused(
            f"데이터베이스가 백업보다 앞서 있습니다({'.'.join(sorted(ahead)[0])}). "
            "migrate하지 않은 빈 데이터베이스에 되살리세요."
        )
    graph = executor.loader.graph
    reached = {key: graph.node_map[key] for key in applied if key in graph.nodes}
    targets = [
        key for key, node in reached.items() if not {c.key for c in node.children} & {*reached}
    ]
    executor.migrate(targets)
    return executor.loader.project_state(targets).apps


def _refuse_unless_same_tables(archive: Reader, found: dict[str, Table]) -> None:
    told = archive.manifest["tables"]
    for name in sorted(set(told) ^ set(found)):
        raise BackupRefused(f"백업과 이 판의 표가 다릅니다: {name}")
    for name, table in found.items():
        if table.columns != told[name]["columns"]:
            raise BackupRefused(f"백업과 이 판의 열이 다릅니다: {name}")


# ---- rows ---------------------------------------------------------------------------------------------


def _fill(archive: Reader, found: list[Table]) -> None:
    """Put the rows in the place of the empty installation's own, and hold them against the manifest."""
    triggers.remove(connection)
    for table in found:
        table.empty()
    for table in found:
        try:
            table.fill(archive.lines(f"tables/{table.name}.jsonl"))
        except (DatabaseError, ValueError) as error:
            raise BackupRefused(f"표 {table.name}에 넣지 못했습니다: {error}") from error
    for table in found:
        told = archive.manifest["tables"][table.name]
        if table.tally().as_json() != {"rows": told["rows"], "sum": told["sum"]}:
            raise BackupRefused(f"표 {subject(table.name)} 백업과 다르게 들어갔습니다.")
    _set_cursors(archive.manifest["cursors"])
    ContentVersion.objects.update_or_create(pk=1, defaults={"token": uuid.uuid4().hex})
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), [t.model for t in found]):
            cursor.execute(statement)
    connection.check_constraints()
    triggers.install(connection)


def _set_cursors(unread: dict[str, list[int]]) -> None:
    """Each reader of the log goes on where it was. On SQLite it may read some Events again, without harm."""
    newest = Event.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    first = min((pk for pks in unread.values() for pk in pks), default=newest + 1)
    late = list(Event.objects.filter(pk__gte=first).values_list("pk", flat=True))
    Cursor.objects.all().delete()
    if connection.vendor == "postgresql":
        Event.objects.filter(pk__lt=first).update(xact=_READ)
        Event.objects.filter(pk__gte=first).update(xact=_UNREAD)
    for reader, pks in unread.items():
        if connection.vendor == "postgresql":
            seen = sorted(set(late) - set(pks))
            Cursor.objects.create(reader=reader, horizon=_UNREAD, seen=seen)
        else:
            Cursor.objects.create(reader=reader, horizon=min(pks, default=newest + 1) - 1)


# ---- files --------------------------------------------------------------------------------------------


def _put_files(archive: Reader) -> None:
    for label, folder in folders().items():
        for name in archive.members:
            parts = PurePosixPath(name).parts
            if parts[0] != label:
                continue
            if ".." in parts or PurePosixPath(name).is_absolute():
                raise BackupRefused(f"백업 안의 파일 이름이 이상합니다: {name}")
            target = folder.joinpath(*parts[1:])
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.file(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)


def _clear_folders() -> None:
    """They were empty before; what came into them goes with the rows."""
    for folder in folders().values():
        if folder.is_dir():
            for path in sorted(folder.iterdir()):
                shutil.rmtree(path) if path.is_dir() else path.unlink()
