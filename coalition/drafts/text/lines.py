"""Source lines and how they look once wrong blanks and decomposed syllables are put right.

Nothing is lost here: `Line.raw` is the source, `Line.view` only what is matched against. The view
composes 첫가끝 (NFD) syllables and replaces blanks that a keyboard cannot type; it leaves Hanja in
compatibility forms alone, because that would change the text of the law.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from coalition.drafts.text import markers

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\n|\r)|[^\r\n]+")

#: Blanks of word processors and web pages: tab, NBSP, figure and thin blanks, 전각 공백 (U+3000).
BLANKS = "\t\x0b\x0c\x1c\x1d\x1e\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
#: Characters without width that pasting leaves behind: zero-width blanks, BOM, soft hyphen.
UNSEEN = "\u200b-\u200f\u2060\ufeff\xad"
#: Second halves of decomposed characters: vowels and finals of 첫가끝, combining marks.
JOINING = "\u0300-\u036f\u1160-\u11ff\u3099\u309a\ud7b0-\ud7ff"

_ODD = re.compile(f"[{BLANKS}{UNSEEN}{JOINING}]")
_BLANK = re.compile(f"[{BLANKS}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_JOINING = re.compile(f"[{JOINING}]")
_CLUSTER = re.compile(f".[{JOINING}]*", re.DOTALL)


@dataclass(slots=True)
class Line:
    """One source line: `raw` with its line end, `view` as matched, `words` = view without blanks
    around it, `indent` = how many blanks stand before them, `marker` = what they begin with."""

    number: int
    raw: str
    view: str
    words: str
    indent: int
    marker: markers.Marker | None


def split(source: str) -> list[Line]:
    """All lines of the source; CRLF, LF and a lone CR end a line (form feeds do not)."""
    odd = has_oddities(source)
    lines = []
    for number, raw in enumerate(_LINE.findall(source), 1):
        view = raw.rstrip("\r\n")
        if odd:
            view = mend(view)
        words = view.strip(" ")
        indent = len(view) - len(view.lstrip(" ")) if view[:1] == " " else 0
        marker = markers.read(words) if words else None
        lines.append(Line(number, raw, view, words, indent, marker))
    return lines


def has_oddities(text: str) -> bool:
    """Whether `mend` would change anything."""
    return _ODD.search(text) is not None


def mend(text: str) -> str:
    """Plain blanks for odd ones, nothing for unseen characters, whole syllables for 첫가끝."""
    if _ODD.search(text) is None:
        return text
    mended = _UNSEEN.sub("", _BLANK.sub(" ", text))
    if _JOINING.search(mended):
        mended = unicodedata.normalize("NFC", mended)
    return mended


def raw_offset(line: Line, view_offset: int) -> int:
    """Where in `line.raw` the character `view_offset` of its view begins."""
    if line.raw.startswith(line.view):
        return view_offset
    seen = 0
    position = 0
    for cluster in _CLUSTER.finditer(line.raw):
        if seen >= view_offset:
            break
        seen += len(mend(cluster.group()))
        position = cluster.end()
    return position
