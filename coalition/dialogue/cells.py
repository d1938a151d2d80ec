"""Reads the cells of a dialogue's tables, and collects the faults with their places."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable
from typing import Any

from coalition.dialogue.models import Division, Paper
from coalition.record.models import Source
from coalition.record.tables import Fault, Row, TableRefused

LARGEST_NUMBER = 9_999_999
_DAY = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})\.?")
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u200b\u2060\ufeff]")


def refuse(faults: Iterable[Fault]) -> None:
    """Raise TableRefused when there is a fault, with all of them in the order of the lines."""
    found = sorted(set(faults), key=lambda fault: fault.line)
    if found:
        raise TableRefused(found)


class Cells:
    """The cells of one paper's table. Each method gives the value, and notes a fault if there is none."""

    def __init__(self, paper: Paper) -> None:
        self.paper = paper
        self.faults: list[Fault] = []
        self._numbers: dict[int, int] = {}
        self._sources: dict[str, Source] = {}
        self._divisions = self._known_divisions()
        body = paper.body
        self._real = body is not None and not body.municipality.fictional

    def _known_divisions(self) -> dict[str, Division]:
        """The body's divisions by name; of two with one name the later."""
        if self.paper.body is None:
            return {}
        rows = Division.objects.filter(body=self.paper.body).order_by("valid_from", "pk")
        return {division.name: division for division in rows}

    def fault(self, row: Row, column: str, message: str) -> None:
        self.faults.append(Fault(row.line, column, message))

    def number(self, row: Row, column: str, *, optional: bool = False) -> int | None:
        """A whole number from 1."""
        written = row.get(column).replace(",", "")
        if optional and not written:
            return None
        if written.isascii() and written.isdecimal() and 1 <= int(written[:9]) <= LARGEST_NUMBER:
            return int(written[:9])
        self.fault(row, column, f"1부터 {LARGEST_NUMBER:,}까지의 정수로 쓰세요.")
        return None

    def new_number(self, row: Row) -> int | None:
        """번호: unique in the table."""
        number = self.number(row, "번호")
        if number is not None:
            first = self._numbers.setdefault(number, row.line)
            if first != row.line:
                self.fault(row, "번호", f"{number}번이 행 {first}에 이미 있습니다.")
        return number

    def text(self, row: Row, column: str, *, longest: int) -> str:
        """A text that says something, without signs that nobody sees."""
        text = _UNSEEN.sub("", row[column].replace("\r\n", "\n").replace("\r", "\n")).strip()
        if not text:
            self.fault(row, column, "비어 있습니다.")
        if len(text) > longest:
            self.fault(row, column, f"{longest:,}자까지 쓸 수 있습니다(지금 {len(text):,}자).")
        return text

    def day(self, row: Row, column: str) -> dt.date | None:
        """2026-03-02, 2026. 3. 2. or 2026/3/2; nothing for nothing."""
        written = row.get(column)
        if not written:
            return None
        match = _DAY.fullmatch(written)
        try:
            return dt.date(*map(int, match.groups())) if match else dt.date.fromisoformat(written)
        except ValueError:
            self.fault(row, column, "2026-03-02처럼 있는 날짜로 쓰세요.")
            return None

    def division(self, row: Row) -> dict[str, Any]:
        """The division as written, and the body's own row of that name."""
        name = row.get("분과").removesuffix("분과").strip()
        if len(name) > 40:
            self.fault(row, "분과", "40자까지 쓸 수 있습니다.")
        elif name and self._divisions and name not in self._divisions:
            known = ", ".join(self._divisions)
            self.fault(row, "분과", f"{self.paper.body}에 없는 분과입니다({known}).")
        return {"division": self._divisions.get(name), "division_name": name}

    def origin(self, row: Row) -> dict[str, Any]:
        """출처 as written, and the publication in which the row stands.

        That is the paper's own source. A real municipality's row without one names it itself.
        """
        written = row.get("출처")
        if len(written) > 200:
            self.fault(row, "출처", "200자까지 쓸 수 있습니다.")
            written = ""
        source = self.paper.source
        if source is None and self._real:
            source = self._own_source(row, written)
        return {"origin": written, "source": source}

    def _own_source(self, row: Row, written: str) -> Source | None:
        if not written:
            self.fault(row, "출처", "비어 있습니다. 실제 지방정부의 글은 출처가 있어야 합니다.")
            return None
        if written not in self._sources:
            assert self.paper.body is not None  # noqa: S101 (only a body's municipality is real)
            self._sources[written], _ = Source.objects.get_or_create(
                title=written, publisher=self.paper.body.municipality.full_name, published_on=None
            )
        return self._sources[written]
