"""인용: one work as a Korean footnote, as BibTeX and as RIS, in the forms that reference managers read."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass

HUB = "지속가능 일자리 연대 허브"
#: File name endings, with what a browser is told of them.
FORMATS = {"ris": "application/x-research-info-systems", "bib": "application/x-bibtex"}

_SPECIAL = re.compile(r"([&%$#_{}])")
_TURNED = {"\\": r"\textbackslash{}", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}"}


@dataclass(frozen=True, slots=True)
class Work:
    """What is cited. `ris_type` is RIS's own word for its kind (DATA, ELEC); `key` names it in BibTeX."""

    key: str
    author: str
    title: str
    edition: str
    on: dt.date | None
    url: str
    ris_type: str = "DATA"
    note: str = ""


def footnote(work: Work, day: str) -> str:
    """각주: who, 「what」, edition, where, when, address."""
    parts = (work.author, f"「{work.title}」", work.edition, HUB, day, work.url)
    return ", ".join(part for part in parts if part)


def ris(work: Work) -> str:
    """RIS: a tag, two spaces, a dash, a space and a value a line; CRLF; TY first and ER last."""
    return "".join(f"{tag}  - {value}\r\n" for tag, value in _ris_lines(work))


def _ris_lines(work: Work) -> Iterator[tuple[str, str]]:
    yield "TY", work.ris_type
    told = [
        ("AU", work.author),
        ("TI", work.title),
        ("ET", work.edition),
        ("PB", HUB),
        ("PY", str(work.on.year) if work.on else ""),
        ("DA", work.on.strftime("%Y/%m/%d") if work.on else ""),
        ("LA", "ko"),
        ("N1", work.note),
        ("UR", work.url),
    ]
    for tag, value in told:
        line = " ".join(value.split())
        if line:
            yield tag, line
    yield "ER", ""


def bibtex(work: Work) -> str:
    """BibTeX. The author stands in braces of its own, so that a municipality is no first and last name."""
    told = [
        ("author", f"{{{_tex(work.author)}}}" if work.author else ""),
        ("title", f"{{{_tex(work.title)}}}"),
        ("edition", _tex(work.edition)),
        ("publisher", _tex(HUB)),
        ("year", str(work.on.year) if work.on else ""),
        ("month", str(work.on.month) if work.on else ""),
        ("note", _tex(work.note)),
        ("url", work.url),
        ("language", "korean"),
    ]
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in told if value)
    return f"@misc{{{work.key},\n{lines}}}\n"


def _tex(text: str) -> str:
    """The text with what TeX reads as its own written so that it is printed."""
    plain = " ".join(text.split())
    return "".join(_TURNED.get(sign) or _SPECIAL.sub(r"\\\1", sign) for sign in plain)
