"""A backup holds the whole hub; restored, it is the same to the last row. A spoilt one is refused."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import connection

from cms.models import Tag
from coalition.record.backups import BackupRefused
from coalition.record.backups.archive import reading
from coalition.record.backups.making import make_backup
from coalition.record.models import Event, Source
from tests.services import postgres

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parent.parent.parent


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backup")


@pytest.fixture
def backup(demo: None, folder: Path) -> Path:
    """Of the demo, made once, with a public and a private file beside it."""
    path = folder / "hub.zip"
    if not path.exists():
        for root, name in (
            (settings.MEDIA_ROOT, "images/가.png"),
            (settings.PRIVATE_ROOT, "나.pdf"),
        ):
            file = Path(root) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(name.encode())
        make_backup(path)
    return path


@pytest.fixture(scope="module")
def empty(folder: Path) -> Iterator[dict[str, str]]:
    """The surroundings of an installation where nothing is yet: the other kind of database where there is one."""
    variables = {k: v for k, v in os.environ.items() if not k.startswith(("HUB_", "DJANGO_"))}
    variables |= {
        "HUB_VAR_DIR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "coalition.settings.dev",
    }
    with ExitStack() as stack:
        if connection.vendor == "sqlite" and (programs := postgres.programs()):
            variables["HUB_DATABASE_URL"] = stack.enter_context(postgres.cluster(programs))
        yield variables


def _manage(surroundings: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "manage.py", *arguments],
        cwd=ROOT, env=surroundings, capture_output=True, text=True, check=False,
    )  # fmt: skip


def _manifest(path: Path) -> dict[str, Any]:
    return dict(json.loads(zipfile.ZipFile(path).read("manifest.json")))


def test_a_restored_hub_is_the_same_to_the_last_row(
    backup: Path, folder: Path, empty: dict[str, str]
) -> None:
    done = _manage(empty, "restore", str(backup))
    assert done.returncode == 0, done.stderr
    assert _manage(empty, "backup", str(folder / "again.zip")).returncode == 0

    first, again = _manifest(backup), _manifest(folder / "again.zip")
    assert first["tables"]["record_event"]["rows"] == Event.objects.count()
    told = first["tables"]
    others = {name for name, one in again["tables"].items() if one != told.get(name)}
    # Wagtail has a model for SQLite's full text that PostgreSQL does not know: a type and its permissions more.
    types = {"auth_permission", "django_content_type"}
    assert others <= (set() if connection.vendor == "sqlite" else types)
    assert again["tables"].keys() == told.keys()
    assert again["cursors"] == first["cursors"]
    files = {name: digest for name, digest in first["members"].items() if "tables/" not in name}
    assert {"media/images/가.png", "private/나.pdf"} <= set(files)
    assert {name: again["members"].get(name) for name in files} == files
    # The database's own rules stand, the chain holds, and what was unread goes on.
    assert _manage(empty, "check", "--database", "default").returncode == 0
    assert "이상 없음" in _manage(empty, "verify_drafts").stdout
    refused = _manage(empty, "restore", str(backup))
    assert refused.returncode == 1
    assert "이미 자료가 있습니다" in refused.stderr


def test_a_spoilt_or_partial_backup_is_refused_before_anything_is_written(
    backup: Path, tmp_path: Path
) -> None:
    whole = backup.read_bytes()
    spoilt = bytearray(whole)
    spoilt[len(whole) // 2] ^= 0xFF
    for number, content in enumerate(
        (b"", whole[: len(whole) // 2], bytes(spoilt), b"PK\x05\x06" + bytes(18))
    ):
        path = tmp_path / f"{number}.zip"
        path.write_bytes(content)
        with pytest.raises(BackupRefused), reading(path):
            pass


def test_a_backup_is_read_by_its_owner_only_and_names_no_session(backup: Path) -> None:
    assert backup.stat().st_mode & 0o077 == 0
    names = set(zipfile.ZipFile(backup).namelist())
    assert "tables/record_person.jsonl" in names
    assert not {"tables/django_session.jsonl", "tables/record_failedlogin.jsonl"} & names


@pytest.mark.sqlite
def test_it_is_of_one_moment_while_others_write(tmp_path: Path) -> None:
    """A writer adds to two tables in one transaction, again and again; the backup has as many of both."""
    surroundings = {
        **os.environ, "HUB_VAR_DIR": str(tmp_path), "DJANGO_SETTINGS_MODULE": "coalition.settings.dev",
        "HUB_DATABASE_URL": f"sqlite:///{tmp_path / 'hub.sqlite3'}",
    }  # fmt: skip
    # Page by page: SQLite's own backup would wait for the transaction around this test for ever.
    (tmp_path / "hub.sqlite3").write_bytes(connection.connection.serialize())
    with closing(sqlite3.connect(tmp_path / "hub.sqlite3")) as copy:
        copy.execute("PRAGMA journal_mode = WAL")
    stop, written = threading.Event(), []

    def write() -> None:
        door = sqlite3.connect(tmp_path / "hub.sqlite3", isolation_level=None, timeout=5)
        while not stop.is_set():
            number = len(written)
            door.execute("BEGIN IMMEDIATE")
            door.execute(
                "INSERT INTO cms_tag(name, slug) VALUES (?, ?)", (f"쓰기 {number}", f"w-{number}")
            )
            door.execute(
                "INSERT INTO record_source(title, publisher, address, note) VALUES (?, '곳', '', '')",
                (f"쓰기 {number}",),
            )
            door.execute("COMMIT")
            written.append(number)
            time.sleep(0.002)
        door.close()

    before = {"cms_tag": Tag.objects.count(), "record_source": Source.objects.count()}
    writer = threading.Thread(target=write)
    writer.start()
    try:
        done = _manage(surroundings, "backup", str(tmp_path / "hub.zip"))
    finally:
        stop.set()
        writer.join()

    assert done.returncode == 0, done.stderr
    found = _manifest(tmp_path / "hub.zip")["tables"]
    added = {name: found[name]["rows"] - count for name, count in before.items()}
    assert added["cms_tag"] == added["record_source"]
    assert 0 < added["cms_tag"] < len(written)
