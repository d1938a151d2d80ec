"""Reads tables that people made: CSV in UTF-8 (with or without BOM) or CP949, with the place of each fault.

Other kinds of files are read by who registers a reader for their first bytes (`register_reader`).

All importers read through here, so that a fault is always told as `행 13, 열 '응답자유형': …` and nothing
is written when there is one.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from coalition.particles import object_

csv.field_size_limit(1_000_000)

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong at which place. `line` counts from 1, the header included; 0 means the whole file."""

    line: int
    column: str
    message: str

    def __str__(self) -> str:
        place = f"행 {self.line}" if self.line else "파일"
        return (
            f"{place}, 열 '{self.column}': {self.message}"
            if self.column
            else f"{place}: {self.message}"
        )


class TableRefused(Exception):
    """The table can't be taken. `faults` says why, in the order of the lines."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = list(faults)
        super().__init__("\n".join(str(fault) for fault in faults))


@dataclass(slots=True)
class Row:
    """One line of a table: its cells by column name, in NFC and without blanks around."""

    line: int
    cells: dict[str, str]

    def __getitem__(self, column: str) -> str:
        return self.cells[column]

    def get(self, column: str) -> str:
        """The cell, or an empty text when the table lacks an optional column."""
        return self.cells.get(column, "")


@dataclass(slots=True)
class Table:
    """A table read whole, so that a fault in its last line stops the first from being written."""

    columns: list[str]
    rows: list[Row] = field(default_factory=list)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def read_table(
    path: Path,
    *,
    required: Sequence[str],
    optional: Sequence[str] = (),
    ignore_extra: bool = False,
) -> Table:
    """The table at `path`.

    Raises TableRefused when the file can't be read, lacks a required column, has one that nobody
    knows (unless `ignore_extra`), names a column twice, or has a line of another length.
    """
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableRefused(
            [Fault(0, "", f"{object_(path)} 읽을 수 없습니다 ({error.strerror}).")]
        ) from error
    lines = lines_of(raw)
    header = [unicodedata.normalize("NFC", cell).strip() for cell in next(lines, (1, []))[1]]
    _check_header(header, required, optional, ignore_extra=ignore_extra)
    return Table(header, list(_rows(lines, header)))


Lines = Iterator[tuple[int, list[str]]]
_readers: dict[bytes, Callable[[bytes], Lines]] = {}


def register_reader(begins_with: bytes, reader: Callable[[bytes], Lines]) -> None:
    """Called once per kind of file: what reads a file that begins like that."""
    _readers[begins_with] = reader


def lines_of(raw: bytes) -> Lines:
    """(line, cells) of the file; the number is that of the line's end, as an editor counts."""
    for begins_with, reader in _readers.items():
        if raw.startswith(begins_with):
            return reader(raw)
    return _csv_lines(raw)


def _csv_lines(raw: bytes) -> Lines:
    lines = csv.reader(io.StringIO(decode_text(raw), newline=""), strict=True)
    try:
        for cells in lines:
            yield lines.line_num, cells
    except csv.Error as error:
        raise TableRefused([Fault(lines.line_num, "", f"CSV 꼴이 아닙니다 ({error}).")]) from error


def decode_text(raw: bytes) -> str:
    """BOM, else strict UTF-8, else strict CP949; anything else is refused and never guessed."""
    if b"\x00" in raw:
        raise TableRefused([Fault(0, "", "글자 파일이 아닙니다. UTF-8로 다시 저장해 주세요.")])
    for encoding in ("utf-8-sig", "cp949"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise TableRefused([Fault(0, "", "인코딩을 알 수 없습니다. UTF-8로 다시 저장해 주세요.")])


def guarded(cell: str) -> str:
    """The cell as text: a spreadsheet would run what begins like a formula."""
    return f"'{cell}" if cell.lstrip(" \n").startswith(_FORMULA) else cell


def _check_header(
    header: list[str], required: Sequence[str], optional: Sequence[str], *, ignore_extra: bool
) -> None:
    faults = [Fault(1, name, "열이 두 번 있습니다.") for name in header if header.count(name) > 1]
    faults += [Fault(1, name, "열이 없습니다.") for name in required if name not in header]
    if not ignore_extra:
        known = {*required, *optional}
        faults += [
            Fault(1, name, "모르는 열입니다. 지우거나 --ignore-extra를 쓰세요.")
            for name in header
            if name not in known
        ]
    if faults:
        raise TableRefused(list(dict.fromkeys(faults)))


def _rows(lines: Lines, header: list[str]) -> Iterator[Row]:
    for number, cells in lines:
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            message = f"칸이 {len(cells)}개입니다. 머리줄과 같이 {len(header)}개여야 합니다."
            raise TableRefused([Fault(number, "", message)])
        tidy = (unicodedata.normalize("NFC", cell).strip() for cell in cells)
        yield Row(number, dict(zip(header, tidy, strict=True)))
