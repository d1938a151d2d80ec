"""Exports are made once, by the worker or for the first who asks; nothing half-made is ever kept."""

from __future__ import annotations

import dataclasses
import fcntl
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from coalition.drafts import exporting
from coalition.drafts.actions import draft_version
from coalition.drafts.chain import normalise, seal
from coalition.drafts.exporting import ExportBusy, edition_of, export, prepare_exports, shelf
from coalition.drafts.exports import FORMATS, Edition, printing
from coalition.drafts.files import read_law_file
from coalition.drafts.models import Version
from coalition.record.queries import count_unread
from tests.factories import make_bill, make_version
from tests.services.pango import require_pango

pytestmark = pytest.mark.django_db
TXT, PDF = FORMATS["txt"], FORMATS["pdf"]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(settings, "EXPORT_ROOT", tmp_path / "exports")
    return tmp_path / "exports"


@pytest.fixture
def printer(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """How long the printer was allowed to take, each time it was asked."""
    require_pango()
    asked: list[float] = []
    prints = printing.print_pdf

    def listening(edition: Edition, *, seconds: float) -> bytes:
        asked.append(seconds)
        return prints(edition, seconds=seconds)

    monkeypatch.setattr(printing, "print_pdf", listening)
    return asked


def _files(folder: Path) -> list[str]:
    return sorted(path.suffix for path in folder.rglob("*") if path.is_file() and path.suffix)


def test_txt_export_imported_again_has_the_same_hash() -> None:
    version = make_version(make_bill())

    written = export(edition_of(version), TXT)
    again = read_law_file("초안.txt", written).text
    version.source_text = normalise(again)

    assert seal(version, version.prev_sha256) == version.sha256


def test_the_hash_can_be_recomputed_from_the_json_alone() -> None:
    bill = make_bill()
    make_version(bill, "0.1")
    second = make_version(bill, "0.2")
    form = json.loads(export(edition_of(second), FORMATS["json"]))

    meta = json.dumps(
        form["hash"]["metadata"], ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )
    over = f"{form['version']['previous_sha256']}\n{meta}\n{form['source']}"
    assert hashlib.sha256(over.encode()).hexdigest() == second.sha256


def test_the_worker_makes_every_format_of_what_was_published(
    folder: Path, printer: list[float]
) -> None:
    bill = make_bill()
    make_version(bill)
    draft_version(bill=bill, no="0.9", date=Version.objects.get().date, source_text="초안", by=None)

    assert prepare_exports() > 0
    assert prepare_exports() == 0
    assert count_unread(exporting.READER) == 0
    assert [each for each in _files(folder) if each != ".lock"] == [
        ".docx",
        ".json",
        ".pdf",
        ".txt",
        ".xml",
    ]
    assert not (folder / "test/v0.9").exists()


def test_a_file_is_made_once_and_made_anew_when_the_title_changes(
    folder: Path, printer: list[float]
) -> None:
    version = make_version(make_bill())
    for _ in range(3):
        export(edition_of(version), PDF)
    assert len(printer) == 1

    version.bill.title = "새 이름 지원법안"
    export(edition_of(version), PDF)

    assert len(printer) == 2
    assert len(list(folder.rglob("*.pdf"))) == 1


def test_while_one_is_made_others_are_told_to_come_back(folder: Path, printer: list[float]) -> None:
    edition = edition_of(make_version(make_bill()))
    folder.mkdir()
    with (folder / ".pdf.lock").open("wb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(ExportBusy):
            export(edition, PDF)
        assert export(edition, TXT)

    assert export(edition, PDF).startswith(b"%PDF")


def test_a_long_text_is_left_to_the_worker(
    printer: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    version = make_version(make_bill())
    monkeypatch.setattr(exporting, "LONGEST_WHILE_WAITING", 10)
    with pytest.raises(ExportBusy):
        export(edition_of(version), PDF)

    prepare_exports()

    assert export(edition_of(version), PDF)


def test_aprinter_that_fails_leaves_the_other_formats(
    folder: Path, printer: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any, **__: Any) -> bytes:
        raise printing.PrintingFailed("고장")

    monkeypatch.setattr(printing, "print_pdf", fails)
    make_version(make_bill())

    prepare_exports()

    assert {".docx", ".json", ".txt", ".xml"} <= set(_files(folder))
    assert ".pdf" not in _files(folder)
    assert count_unread(exporting.READER) == 0


def test_where_pdf_is_impossible_it_is_said_and_not_tried(
    folder: Path, printer: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    impossible = dataclasses.replace(FORMATS["pdf"], is_possible=lambda: False)
    monkeypatch.setitem(FORMATS, "pdf", impossible)
    edition = edition_of(make_version(make_bill()))

    prepare_exports()

    assert not printer
    with pytest.raises(printing.PrintingFailed, match="만들 수 없습니다"):
        export(edition, FORMATS["pdf"])


def test_a_full_disk_costs_the_reader_nothing(
    folder: Path, caplog: pytest.LogCaptureFixture
) -> None:
    folder.parent.mkdir(exist_ok=True)
    folder.write_bytes(b"no folder")
    edition = edition_of(make_version(make_bill()))

    assert export(edition, TXT).decode() == edition.source
    assert "둘 수 없습니다" in caplog.text


def test_a_file_that_was_not_finished_is_never_seen(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    edition = edition_of(make_version(make_bill()))

    def breaks(*_: Any) -> None:
        raise OSError("전원이 나감")

    monkeypatch.setattr("os.fsync", breaks)
    export(edition, TXT)

    assert shelf().take(edition, TXT) is None
    assert _files(folder) == []
