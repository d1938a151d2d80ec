"""What a file gave: its law text, and what has to be said about it."""

from __future__ import annotations

from dataclasses import dataclass, field


class FileRefused(Exception):
    """The file can't be taken. `message` says why and what to do instead, in Korean."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


@dataclass(frozen=True, slots=True)
class Note:
    """Something the file held that plain text does not, or that was changed on the way.

    `line` is the line of `LawFile.text` it concerns, counted from 1; 0 means the whole file.
    `remedy` says how to mend it and is empty where nothing needs mending.
    """

    line: int
    message: str
    remedy: str = ""

    def __str__(self) -> str:
        place = f"{self.line}행: " if self.line else ""
        return f"{place}{self.message}{' ' if self.remedy else ''}{self.remedy}"


@dataclass(slots=True)
class LawFile:
    """Law text as the parser reads it (NFC, LF, one line break at the end) with notes in its order."""

    text: str
    notes: list[Note] = field(default_factory=list)
