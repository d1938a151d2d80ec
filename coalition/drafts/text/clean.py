"""「붙여넣기 정리」: what was pasted, put right, with a list of what was changed.

The result is NFC with LF line ends, plain blanks and whole lines. Nothing that a lawyer wrote is
changed: no letter, no punctuation, no number.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field

from coalition.drafts.text import lines
from coalition.drafts.text.reading import Reader
from coalition.drafts.text.tree import walk
from coalition.drafts.text.wrapping import Wrap, is_prose

#: How a directive of 「다른 법률의 개정」 begins, and how the line before it ends.
_DIRECTIVE = re.compile(r"제\d|[①-⑳㉑-㉟㊱-㊿]|<\d|\d{1,3}(?:의\d+)?\.|[가-하]\.|부칙|별표|법률")
_ENDS = (".", "생략", ">")
_KOREAN_DOT = "ㆍ"
#: Dots of other scripts that stand in for the 가운뎃점 (U+00B7 and U+318D are both Korean usage).
_FOREIGN_DOTS = str.maketrans(dict.fromkeys("・･•‧∙⋅", _KOREAN_DOT))


@dataclass(frozen=True, slots=True)
class Change:
    """One change: the lines it touched in the source, the texts before and after, and its sort.

    `kind` is `joined` (broken lines put together) or `characters` (blanks, normal form, dots).
    """

    line: int
    last_line: int
    kind: str
    before: str
    after: str


@dataclass(slots=True)
class Cleaned:
    """The mended text and the list of changes for the preview, in the order of the text."""

    text: str
    changes: list[Change] = field(default_factory=list)


def clean(source: str) -> Cleaned:
    """Mend characters and join lines that a page's edge broke.

    Line ends, blanks at line ends and the final newline are mended silently; every other change is
    listed.
    """
    changes: list[Change] = []
    mended = "\n".join(_mended(line, changes) for line in lines.split(source))
    joined = _join(mended.strip("\n"), changes) if source.strip() else []
    text = "".join(f"{line.rstrip(' ')}\n" for line in joined)
    return Cleaned(text, sorted(changes, key=lambda change: (change.line, change.kind)))


def _mended(line: lines.Line, changes: list[Change]) -> str:
    before = line.raw.rstrip("\r\n")
    after = unicodedata.normalize("NFC", line.view).translate(_FOREIGN_DOTS)
    if after.rstrip(" ") != before.rstrip(" "):
        changes.append(Change(line.number, line.number, "characters", before, after))
    return after


def _join(text: str, changes: list[Change]) -> list[str]:
    """The lines of a text, broken ones put together."""
    reader = Reader(text)
    if reader.wrap is None:
        return [line.view for line in reader.lines]
    continued = _continued(reader, reader.wrap)
    keeps_blanks = any(line.view != line.words for line in reader.lines if line.number in continued)
    joined: list[str] = []
    first = 1
    for line in reader.lines:
        if line.number in continued and joined:
            glue = _glue(joined[-1], line.view, reader.wrap, keeps_blanks=keeps_blanks)
            joined[-1] += glue + (line.view if reader.wrap.inside_words else line.words)
            continue
        _note_join(reader, first, line.number - 1, joined, changes)
        joined.append(line.view)
        first = line.number
    _note_join(reader, first, len(reader.lines), joined, changes)
    return joined


def _continued(reader: Reader, wrap: Wrap) -> set[int]:
    """The numbers of lines that go on with the one before: no node begins there, and that line was
    full. Inside 「다른 법률의 개정」 each directive keeps its own line."""
    starts: set[int] = set()
    foreign: set[int] = set()
    for node in walk(reader.read()):
        starts.add(node.line)
        if node.amends:
            foreign.update(range(node.line, node.last_line + 1))
    continued = set(reader.title_lines)
    for before, line in zip(reader.lines, reader.lines[1:], strict=False):
        if line.number in starts or not line.words or not before.words:
            continue
        if not (is_prose(line.words) and is_prose(before.words)):
            continue
        is_directive = line.number in foreign and _DIRECTIVE.match(line.words)
        if is_directive and before.words.endswith(_ENDS):
            continue
        if wrap.is_full(before.view, line.words):
            continued.add(line.number)
    return continued


def _glue(before: str, after: str, wrap: Wrap, *, keeps_blanks: bool) -> str:
    """What to put between two lines: nothing inside a word, else a blank.

    Where the wrapping dropped the blanks at line ends, one is put behind a full stop or comma.
    """
    if not wrap.inside_words:
        return " "
    if keeps_blanks or before.endswith(" ") or after.startswith(" "):
        return ""
    return " " if before.endswith((".", ",")) and "가" <= after[:1] <= "힣" else ""


def _note_join(
    reader: Reader, first: int, last: int, joined: list[str], changes: list[Change]
) -> None:
    if joined and last > first:
        before = "\n".join(line.view for line in reader.lines[first - 1 : last])
        changes.append(Change(first, last, "joined", before, joined[-1]))
