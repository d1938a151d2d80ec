"""The real Acts of tests/data, and the ways in which pasting spoils them."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

DATA = Path(__file__).resolve().parents[1] / "data"
BILLS = Path(__file__).resolve().parents[2] / "data" / "bills" / "sjsa"


@cache
def statutes() -> dict[str, str]:
    """All Acts by folder and date, exactly as stored."""
    files = sorted((DATA / "statutes").glob("*/*.txt"))
    return {f"{file.parent.name}/{file.stem}": _read(file) for file in files}


@cache
def newest() -> dict[str, str]:
    """The newest version of each Act."""
    by_act: dict[str, str] = {}
    for name, text in statutes().items():
        by_act[name.partition("/")[0]] = text
    return by_act


@cache
def bill(version: str) -> str:
    """A version of the demo bill."""
    return _read(BILLS / f"{version}.txt")


def _read(file: Path) -> str:
    return file.read_bytes().decode("utf-8")


def stripped(text: str) -> str:
    """Without any indentation, as a word processor leaves it."""
    return "\n".join(line.lstrip(" \t\u3000") for line in text.split("\n"))


def tidy(text: str) -> str:
    """Single blanks within lines, none at their ends: what wrapping can give back."""
    lines = (line.replace("\t", " ").replace("\u3000", " ").rstrip() for line in text.split("\n"))
    return "\n".join(re.sub(r"(?<=\S) {2,}", " ", line) for line in lines)


def wrapped_at_blanks(text: str, width: int = 45) -> str:
    """Each line broken at the last blank before column `width`."""
    wrapped: list[str] = []
    for line in text.split("\n"):
        rest = line
        while len(rest) > width:
            cut = rest.rfind(" ", 0, width)
            if cut <= len(rest) - len(rest.lstrip()):
                cut = rest.find(" ", width)
            if cut < 0:
                break
            wrapped.append(rest[:cut])
            rest = rest[cut + 1 :]
        wrapped.append(rest)
    return "\n".join(wrapped)


def wrapped_inside_words(text: str, width: int = 45) -> str:
    """Each line broken after `width` characters, as 한글 does."""
    wrapped: list[str] = []
    for line in text.split("\n"):
        wrapped.extend(line[at : at + width] for at in range(0, max(1, len(line)), width))
    return "\n".join(wrapped)
