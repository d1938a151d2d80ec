"""Rules that no door of the application can pass, because the database itself keeps them.

Each app states its own triggers and registers them; they are created again after every migrate, since
Django's table rebuild on SQLite drops triggers without a word (decision 11). A missing one is an error
of `manage.py check --database default` and of `/healthz/ready`.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core import checks
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from coalition.particles import subject


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger in both dialects.

    `sqlite` is what stands after `CREATE TRIGGER name `; `postgresql` is the body of a plpgsql function,
    `timing` says when it fires there.
    """

    name: str
    table: str
    sqlite: str
    postgresql: str
    timing: str
    level: str = "ROW"
    deferred: bool = False  # on PostgreSQL: fires when the transaction commits


def append_only(table: str, message: str) -> list[Trigger]:
    """Rows of `table` can be added and never changed or taken away, not even by TRUNCATE."""
    refused = f"RAISE EXCEPTION '{message}' USING ERRCODE = 'integrity_constraint_violation';"
    return [
        *(
            Trigger(
                name=f"{table}_no_{verb.lower()}",
                table=table,
                sqlite=f"BEFORE {verb} ON {table} BEGIN SELECT RAISE(ABORT, '{message}'); END",
                postgresql=refused,
                timing=f"BEFORE {verb}",
            )
            for verb in ("UPDATE", "DELETE")
        ),
        Trigger(
            name=f"{table}_no_truncate",
            table=table,
            sqlite="",
            postgresql=refused,
            timing="BEFORE TRUNCATE",
            level="STATEMENT",
        ),
    ]


def refuse_insert(name: str, table: str, *, when: str, message: str) -> Trigger:
    """No row of `table` for which `when` holds. `when` is SQL that both databases read; it may use NEW."""
    return Trigger(
        name=name,
        table=table,
        sqlite=(
            f"BEFORE INSERT ON {table} WHEN {when} BEGIN SELECT RAISE(ABORT, '{message}'); END"
        ),
        postgresql=(
            f"IF {when} THEN RAISE EXCEPTION '{message}' "
            "USING ERRCODE = 'integrity_constraint_violation'; END IF; RETURN NEW;"
        ),
        timing="BEFORE INSERT",
    )


_RENEW = (
    "INSERT INTO record_contentversion(id, token) VALUES (1, {token}) "
    "ON CONFLICT (id) DO UPDATE SET token = excluded.token;"
)
_ON_SQLITE = _RENEW.format(token="lower(hex(randomblob(16)))")  # noqa: S106
_ON_POSTGRESQL = _RENEW.format(token="replace(gen_random_uuid()::text, '-', '')")  # noqa: S106


def renews(
    table: str, verbs: tuple[str, ...] = ("INSERT", "UPDATE", "DELETE"), *, when: str = ""
) -> list[Trigger]:
    """A change of `table` renews the content version (queries.content_version), in its own transaction.

    `when` narrows an UPDATE; it is SQL that both databases read, on OLD and NEW. On PostgreSQL the one row
    is written as the transaction commits, so that nobody holds it while others wait.
    """
    found = []
    for verb in verbs:
        condition = f" WHEN ({when})" if when and verb == "UPDATE" else ""
        found.append(
            Trigger(
                name=f"{table}_renews_{verb.lower()}",
                table=table,
                sqlite=f"AFTER {verb} ON {table}{condition} BEGIN {_ON_SQLITE} END",
                postgresql=(
                    f"IF NOT ({when}) THEN RETURN NULL; END IF; {_ON_POSTGRESQL} RETURN NULL;"
                    if condition
                    else f"{_ON_POSTGRESQL} RETURN NULL;"
                ),
                timing=f"AFTER {verb}",
                deferred=True,
            )
        )
    return found


RECORD_TRIGGERS = [
    *renews("record_event", ("INSERT",)),
    *append_only("record_event", "한 일의 기록은 고치거나 지울 수 없습니다"),
    Trigger(
        name="record_event_xact",
        table="record_event",
        sqlite="",
        postgresql="NEW.xact := pg_current_xact_id()::text::bigint; RETURN NEW;",
        timing="BEFORE INSERT",
    ),
]

_registered: dict[str, Trigger] = {}


def register(*triggers: Trigger) -> None:
    """Called once by each app's AppConfig.ready."""
    _registered.update({trigger.name: trigger for trigger in triggers})


def wanted(connection: BaseDatabaseWrapper) -> list[Trigger]:
    """The triggers that this kind of database needs."""
    return [t for t in _registered.values() if getattr(t, connection.vendor)]


def present(connection: BaseDatabaseWrapper) -> set[str]:
    """Names of the triggers that the database has now."""
    listing = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(listing)
        return {name for (name,) in cursor.fetchall()}


def install(connection: BaseDatabaseWrapper) -> None:
    """Create every wanted trigger anew on the tables that exist."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in wanted(connection):
            if trigger.table in tables:
                for statement in _create(trigger, connection.vendor):
                    cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Drop every registered trigger. Only `flush` and `restore` may do so, and both put them back."""
    tables = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for trigger in wanted(connection):
            if trigger.table in tables:
                cursor.execute(_drop(trigger, connection.vendor))


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Names of wanted triggers that are not there, sorted."""
    return sorted({t.name for t in wanted(connection)} - present(connection))


def install_after_migrate(using: str, **kwargs: Any) -> None:
    """Receiver of post_migrate; it runs once per app and is cheap."""
    install(connections[using])


def check_triggers(
    app_configs: Any, databases: Iterable[str] | None = None, **kwargs: Any
) -> list[checks.CheckMessage]:
    """record.E001: a rule of the database is gone."""
    return [
        checks.Error(
            f"데이터베이스 {alias}에 방아쇠 {subject(name)} 없습니다.",
            hint="`manage.py migrate`를 한 번 더 실행하면 다시 만들어집니다.",
            id="record.E001",
        )
        for alias in databases or ()
        if "django_migrations" in connections[alias].introspection.table_names()
        for name in missing(connections[alias])
    ]


def _drop(trigger: Trigger, vendor: str) -> str:
    if vendor == "sqlite":
        return f"DROP TRIGGER IF EXISTS {trigger.name}"
    return f"DROP TRIGGER IF EXISTS {trigger.name} ON {trigger.table}"


def _create(trigger: Trigger, vendor: str) -> list[str]:
    if vendor == "sqlite":
        return [_drop(trigger, vendor), f"CREATE TRIGGER {trigger.name} {trigger.sqlite}"]
    return [
        f"CREATE OR REPLACE FUNCTION {trigger.name}() RETURNS trigger LANGUAGE plpgsql AS "
        f"$body$ BEGIN {trigger.postgresql} END $body$",
        _drop(trigger, vendor),
        f"CREATE {'CONSTRAINT ' if trigger.deferred else ''}TRIGGER {trigger.name} "
        f"{trigger.timing} ON {trigger.table} "
        f"{'DEFERRABLE INITIALLY DEFERRED ' if trigger.deferred else ''}"
        f"FOR EACH {trigger.level} EXECUTE FUNCTION {trigger.name}()",
    ]
