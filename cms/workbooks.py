"""The first visible sheet of an .xlsx file as lines of texts. The archive is bounded before it is read."""

from __future__ import annotations

import datetime as dt
import io
import warnings
import zipfile
from collections.abc import Iterator
from itertools import chain, islice
from typing import Any

import openpyxl
from openpyxl.utils.exceptions import InvalidFileException

from coalition.drafts.files.archive import Archive
from coalition.drafts.files.law_file import FileRefused
from coalition.record.tables import Fault, TableRefused

_DAMAGED = "엑셀 파일이 망가졌거나 엑셀 파일이 아닙니다. 다시 저장하거나 CSV로 저장해 주세요."
_MOST_EMPTY = (
    1_000  # lines in a row: a sheet that was formatted to its last line says nothing there
)


def workbook_lines(raw: bytes) -> Iterator[tuple[int, list[str]]]:
    """(line, cells) of the sheet. Formulas count by the value that the spreadsheet saved.

    Raises TableRefused for what is no workbook, is not safe to unpack, or has an error in a cell.
    """
    _refuse_unsafe(raw)
    try:
        # Excel's own extensions are left out of what is read, and openpyxl says so as a warning.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            sheet = next((s for s in book.worksheets if s.sheet_state == "visible"), None)
            if sheet is None:
                raise TableRefused([Fault(0, "", "보이는 시트가 없습니다.")])
            yield from _lines(sheet)
            book.close()
    except TableRefused:
        raise
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        OSError,
        SyntaxError,
    ) as error:  # fmt: skip (what openpyxl raises on a part that is not as it should be)
        raise TableRefused([Fault(0, "", _DAMAGED)]) from error


def _refuse_unsafe(raw: bytes) -> None:
    try:
        archive = Archive(raw)
    except FileRefused as error:
        raise TableRefused([Fault(0, "", str(error))]) from error
    with zipfile.ZipFile(io.BytesIO(raw)) as parts:
        for name in archive.names():
            if name.endswith((".xml", ".rels")) and b"<!DOCTYPE" in _beginning(parts, name):
                raise TableRefused([Fault(0, "", _DAMAGED)])


def _beginning(parts: zipfile.ZipFile, name: str) -> bytes:
    try:
        with parts.open(name) as part:
            return part.read(64 * 1024)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError) as error:
        raise TableRefused([Fault(0, "", _DAMAGED)]) from error


def _lines(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    sheet.reset_dimensions()  # what a file says of its own size is not believed
    empty = 0
    rows = enumerate(sheet.iter_rows(), 1)
    head = [(number, [_text(cell, number) for cell in cells]) for number, cells in islice(rows, 2)]
    # A merged name at the end of the first line covers columns that only the second line tells.
    width = max((len(line) for _, line in head), default=0)
    told = ((number, [_text(cell, number) for cell in cells]) for number, cells in rows)
    for number, line in chain(head, told):
        empty = 0 if any(line) else empty + 1
        if empty > _MOST_EMPTY:
            return
        while len(line) > width and not line[-1]:
            line.pop()
        yield number, line + [""] * (width - len(line))


def _text(cell: Any, line: int) -> str:
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == "e":
        raise TableRefused([Fault(line, "", f"셀에 오류 값({value})이 있습니다.")])
    if isinstance(value, bool):
        return "예" if value else "아니요"
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else f"{value:%Y-%m-%d %H:%M}"
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".") if abs(value) < 1e15 else repr(value)
    return str(value)
