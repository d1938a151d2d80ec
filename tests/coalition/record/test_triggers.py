"""What the database keeps is there after every migrate, and its absence is told."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction
from django.test import override_settings

from coalition.record import triggers


@pytest.mark.django_db
def test_no_trigger_is_missing_after_migrating() -> None:
    assert triggers.missing(connection) == []
    assert triggers.check_triggers(None, databases=["default"]) == []


@pytest.mark.django_db
def test_a_missing_trigger_is_an_error_with_its_remedy() -> None:
    triggers.remove(connection)

    found = triggers.check_triggers(None, databases=["default"])

    assert {error.id for error in found} == {"record.E001"}
    assert "migrate" in (found[0].hint or "")
    triggers.install(connection)
    assert triggers.missing(connection) == []


@pytest.mark.django_db
@override_settings(HUB_MAY_FLUSH=False)
def test_flush_is_refused_where_debug_is_off() -> None:
    with pytest.raises(CommandError, match="비울 수 없습니다"):
        call_command("flush", interactive=False)


@pytest.mark.postgresql  # SQLite has no TRUNCATE
@pytest.mark.django_db
def test_tables_of_the_log_cannot_be_truncated_in_postgresql() -> None:
    with (
        pytest.raises(DatabaseError, match="고치거나 지울 수 없습니다"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE record_event")
