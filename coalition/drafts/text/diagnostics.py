"""What is wrong with a text, where, and how to mend it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

#: So many findings of one code are listed; the rest is only counted, so that a hostile text
#: cannot drown the page (or the memory) in messages.
MOST_OF_ONE_CODE = 200


class Level(StrEnum):
    """How much a finding matters: only an error (오류) keeps a version from being published."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding at a place of the source (`line` and `column` are 1-based, in characters)."""

    line: int
    column: int
    code: str
    level: Level
    message: str

    def as_json(self) -> dict[str, Any]:
        return {
            "line": self.line,
            "column": self.column,
            "code": self.code,
            "level": self.level.value,
            "message": self.message,
        }


def in_order(found: Iterable[Diagnostic]) -> list[Diagnostic]:
    """The findings by place, each code cut after `MOST_OF_ONE_CODE` with a line saying so."""
    listed: list[Diagnostic] = []
    seen: dict[str, int] = {}
    last: dict[str, Diagnostic] = {}
    for diagnostic in sorted(found, key=lambda d: (d.line, d.column, d.code)):
        code = diagnostic.code
        seen[code] = seen.get(code, 0) + 1
        if seen[code] <= MOST_OF_ONE_CODE:
            listed.append(diagnostic)
            last[code] = diagnostic
    for code, count in seen.items():
        if count > MOST_OF_ONE_CODE:
            listed.append(_rest(last[code], count - MOST_OF_ONE_CODE))
    return listed


def _rest(last: Diagnostic, left: int) -> Diagnostic:
    message = (
        f"{last.code}에 걸리는 곳이 {left:,}곳 더 있습니다. 앞의 것부터 고치고 다시 확인하세요."
    )
    return Diagnostic(last.line, last.column, last.code, last.level, message)
