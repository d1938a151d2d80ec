"""A table file as people have it (CSV in UTF-8 or CP949, XLSX) read into a Sheet, or refused with its place.

The personal-data gate stands here: a number that identifies for life refuses the whole file, a way to reach
somebody is told with row and column. What was found is never said.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from cms.models import ColumnKind
from cms.workbooks import workbook_lines
from coalition.particles import object_
from coalition.record.privacy import Hit, Level, find_personal_data
from coalition.record.tables import Fault, TableRefused, decode_text

MOST_ROWS = 100_000
MOST_COLUMNS = 200
LONGEST_NAME = 120
LONGEST_CELL = 5_000
LARGEST_FILE = 50 * 1024 * 1024
MOST_FAULTS = 50
_TOLD_EVERY = 10_000

_NUMBER = re.compile(r"[-+]?(?:\d{1,3}(?:,\d{3})+|0|[1-9]\d*)(?:\.\d+)?")
_DATE = re.compile(r"\d{4}(?:[-./]\s?\d{1,2}){2}\.?")
_MISSING = frozenset({"", "-", "…", "..."})  # how tables of statistics say that there is none
_UNIT = re.compile(r"\(([^()\s]{1,12})\)$")
# Cells in which the gate can find nothing; most cells of most tables.
_HARMLESS = re.compile(r"[^\d@＠]*|[-+]?[\d.,]{1,6}%?|\d{4}-\d\d-\d\d")
_XLSX, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Line = tuple[int, list[str]]


@dataclass(frozen=True, slots=True)
class Column:
    """A column by the name in the header; the unit is what stands there in parentheses."""

    name: str
    kind: str
    unit: str


@dataclass(slots=True)
class Sheet:
    """A table read whole. `held` are the first places that somebody should look at before it is
    published, `held_count` is how many there are."""

    columns: list[Column]
    rows: list[list[str]]
    held: list[Fault] = field(default_factory=list)
    held_count: int = 0
    header_lines: int = 1

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns]


def read_sheet(path: Path, *, told: Callable[[int, int], object] = lambda done, of: None) -> Sheet:
    """The table in this file. Raises TableRefused with every fault's line and column.

    `told` hears how far it is: lines read of an unknown number (0) first, then lines looked at.
    """
    try:
        if path.stat().st_size > LARGEST_FILE:
            raise _whole("파일이 너무 큽니다. 50 MB까지 들일 수 있습니다.")
        raw = path.read_bytes()
    except OSError as error:
        raise _whole(f"{object_(path)} 읽을 수 없습니다 ({error.strerror}).") from error
    if raw.startswith(_OLE):
        raise _whole("옛 엑셀 파일(.xls)은 읽지 않습니다. .xlsx나 CSV로 다시 저장해 주세요.")
    lines = list(_tidy(workbook_lines(raw) if raw.startswith(_XLSX) else _csv_lines(raw), told))
    _refuse_personal_header(lines[0] if lines else (1, []))
    names, rows = _headed(lines)
    _refuse_personal_header((rows[0][0] - 1 if rows else 1, names))
    _refuse_shape(names, rows)
    held, held_count = _gate(names, rows, told)
    cells = [cells for _, cells in rows]
    kinds = [_kind(column) for column in zip(*cells, strict=True)]
    columns = [Column(name, kind, _unit(name)) for name, kind in zip(names, kinds, strict=True)]
    return Sheet(columns, cells, held, held_count, len(lines) - len(rows))


def digest(names: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """What a table says, as a hash over its header and its cells in order."""
    hasher = hashlib.sha256()
    for cells in (names, *rows):
        hasher.update(json.dumps(list(cells), ensure_ascii=False).encode() + b"\n")
    return hasher.hexdigest()


def is_number(cell: str) -> bool:
    """Whether a cell is written as a number, so that it is no formula whatever sign it begins with."""
    return _NUMBER.fullmatch(cell) is not None


def _whole(message: str) -> TableRefused:
    return TableRefused([Fault(0, "", message)])


def _csv_lines(raw: bytes) -> Iterator[Line]:
    reader = csv.reader(io.StringIO(decode_text(raw), newline=""), strict=True)
    try:
        for cells in reader:
            yield reader.line_num, cells
    except csv.Error as error:
        raise TableRefused([Fault(reader.line_num, "", f"CSV 꼴이 아닙니다 ({error}).")]) from error


def _tidy(lines: Iterable[Line], told: Callable[[int, int], object]) -> Iterator[Line]:
    """Cells in NFC without blanks around; empty lines left out, and never more than may be taken."""
    count = 0
    for number, cells in lines:
        tidy = [unicodedata.normalize("NFC", cell).replace("\x00", "").strip() for cell in cells]
        if not any(tidy):
            continue
        count += 1
        if count > MOST_ROWS + 2:
            raise TableRefused(
                [Fault(number, "", f"줄이 너무 많습니다. {MOST_ROWS:,}줄까지입니다.")]
            )
        if count % _TOLD_EVERY == 0:
            told(count, 0)
        yield number, tidy


def _headed(lines: list[Line]) -> tuple[list[str], list[Line]]:
    """The names of the columns, and the lines below them.

    Where the first line repeats or leaves out a name (국가통계포털 writes the year over several columns) the
    second belongs to the header too.
    """
    if len(lines) < 2:
        raise _whole("머리줄과 그 아래 한 줄은 있어야 합니다.")
    first, second = lines[0][1], lines[1][1]
    while first and not first[-1] and all(len(c) < len(first) or not c[-1] for _, c in lines[1:]):
        first = first[:-1]  # a spreadsheet remembers columns that were emptied
        lines = [(number, cells[: len(first)]) for number, cells in lines]
        second = lines[1][1]
    named = [name for name in first if name]
    if len(named) == len(first) and len(set(named)) == len(named):
        return first, lines[1:]
    if len(second) == len(first) and all(second) and not any(map(is_number, second)):
        above = ""
        names = []
        for upper, lower in zip(first, second, strict=True):
            above = upper or above
            names.append(lower if lower == above or not above else f"{above} {lower}")
        if len(set(names)) == len(names):
            return names, lines[2:]
    faults = [
        Fault(lines[0][0], "", f"{at}째 열에 이름이 없습니다.")
        for at, n in enumerate(first, 1)
        if not n
    ]
    twice = dict.fromkeys(name for name in named if named.count(name) > 1)
    faults += [Fault(lines[0][0], name, "열이 두 번 있습니다.") for name in twice]
    raise TableRefused(faults)


def _refuse_personal_header(line: Line) -> None:
    """A name of a column stands in messages, previews and on the page: it must not be somebody's number.

    A table without a header is the usual cause: its first line would become the names.
    """
    number, cells = line
    hit = next((hit for _, hit in _hits([""] * len(cells), cells)), None)
    if hit is not None:
        message = f"열 이름이 있을 줄에 {hit.reason} 첫 줄에는 열 이름만 쓰세요."
        raise TableRefused([Fault(number, "", message)])


def _refuse_shape(names: list[str], rows: list[Line]) -> None:
    faults: list[Fault] = []
    if not rows:
        raise _whole("머리줄 아래에 줄이 없습니다.")
    if len(names) > MOST_COLUMNS:
        faults.append(Fault(1, "", f"열이 {len(names)}개입니다. {MOST_COLUMNS}개까지입니다."))
    faults += [
        Fault(1, name[:20], "열 이름이 너무 깁니다.") for name in names if len(name) > LONGEST_NAME
    ]
    if len(rows) > MOST_ROWS:
        faults.append(Fault(rows[-1][0], "", f"줄이 너무 많습니다. {MOST_ROWS:,}줄까지입니다."))
    for number, cells in rows:
        if len(cells) != len(names):
            message = f"칸이 {len(cells)}개입니다. 머리줄과 같이 {len(names)}개여야 합니다."
            faults.append(Fault(number, "", message))
        else:
            faults += [
                Fault(number, name, "글이 너무 깁니다.")
                for name, cell in zip(names, cells, strict=True)
                if len(cell) > LONGEST_CELL
            ]
        if len(faults) >= MOST_FAULTS:
            break
    if faults:
        raise TableRefused(faults[:MOST_FAULTS])


_FOR_LIFE = {"주민등록번호", "외국인등록번호"}
_LIFE_COLUMNS = ("주민등록번호", "주민번호", "외국인등록번호")


def _gate(
    names: list[str], rows: list[Line], told: Callable[[int, int], object]
) -> tuple[list[Fault], int]:
    """The first places of ways to reach somebody, and how many there are.

    Raises TableRefused when one number must not be kept at all.
    """
    stopped: list[Fault] = []
    held: list[Fault] = []
    held_count = 0
    told(0, len(rows))
    for done, (number, cells) in enumerate(rows, 1):
        for name, hit in _hits(names, cells):
            if hit.level is Level.STOP or _named_for_life(name, hit):
                stopped.append(Fault(number, name, hit.reason))
                continue
            held_count += 1
            if held_count <= MOST_FAULTS:
                held.append(Fault(number, name, hit.reason))
        if len(stopped) >= MOST_FAULTS:
            break
        if done % _TOLD_EVERY == 0:
            told(done, len(rows))
    if stopped:
        raise TableRefused(stopped[:MOST_FAULTS])
    return held, held_count


def _named_for_life(column: str, hit: Hit) -> bool:
    """A number with a wrong check digit is doubtful in a text; in a column of that name it is not."""
    return hit.kind in _FOR_LIFE and any(word in column.replace(" ", "") for word in _LIFE_COLUMNS)


def _hits(names: list[str], cells: list[str]) -> Iterator[tuple[str, Hit]]:
    before = ""
    for name, cell in zip(names, cells, strict=True):
        # A number that was cut in two columns is the same number.
        if len(before) == 6 and len(cell) == 7 and (before + cell).isdigit():
            hits = find_personal_data(f"{before}-{cell}")
            yield from ((name, hit) for hit in hits if hit.level is Level.STOP)
        before = cell
        if not _HARMLESS.fullmatch(cell):
            yield from ((name, hit) for hit in find_personal_data(cell))


def _kind(cells: Sequence[str]) -> str:
    """수 or 날짜 when every cell that says something is one; 글 otherwise. 0130 is a code, no number."""
    said = [cell for cell in cells if cell not in _MISSING]
    for kind, pattern in ((ColumnKind.NUMBER, _NUMBER), (ColumnKind.DATE, _DATE)):
        if said and all(pattern.fullmatch(cell) for cell in said):
            return kind.value
    return ColumnKind.TEXT.value


def _unit(name: str) -> str:
    found = _UNIT.search(name)
    return found[1] if found else ""
