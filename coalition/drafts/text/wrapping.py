"""Where pasted text was broken by a page's edge rather than by its author.

A text wrapped by a program has one width: each broken line is as long as it could be, so that the
next word (or the next character, as 한글 breaks inside words) would no longer have fitted. The
width is looked for in those lines alone that are followed by a line without any marker.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from coalition.drafts.text.lines import Line

#: A width is believed when at least so many broken lines show it …
FEWEST_PAIRS = 3
#: … and at least this share of them.
SHARE = 0.8
#: A width in characters that so many show is not looked for in cells any more.
SURE = 0.97
#: Lines beyond the width may be this share of all (a table, a title that was typed by hand).
SHARE_TOO_LONG = 0.1
#: No page is wider; longer lines are paragraphs.
WIDEST = 240
#: How many characters a broken line may be shorter than it could have been (lost indentation).
SLACK = 4

_NOT_PROSE = ("│┌├└┃┏┠┗┣┖┕┡┝|[-+─━", ("<img", "</img", "< "))
Measure = Callable[[str], int]


@dataclass(frozen=True, slots=True)
class Wrap:
    """The width at which a text was broken, and whether inside words (한글) or at blanks."""

    width: int
    inside_words: bool
    cells: bool

    @property
    def joiner(self) -> str:
        """What stood between two lines before they were broken."""
        return "" if self.inside_words else " "

    def is_full(self, line: str, following: str) -> bool:
        """Whether `line` may have been broken before `following` for want of room."""
        measure: Measure = cells if self.cells else len
        length = measure(line)
        if length > self.width + SLACK:
            return False
        if self.inside_words:
            return length >= self.width - SLACK
        return length + 1 + measure(first_word(following)) > self.width - SLACK


def is_prose(words: str) -> bool:
    """False for tables, pictures and notes, which are never part of a broken paragraph."""
    signs, openings = _NOT_PROSE
    return words[0] not in signs and not words.startswith(openings)


def first_word(words: str) -> str:
    """The characters before the first blank."""
    end = words.find(" ")
    return words if end < 0 else words[:end]


def cells(text: str) -> int:
    """Width on a fixed grid, where a Korean letter takes two cells."""
    if text.isascii():
        return len(text)
    return len(text) + sum(1 for c in text if unicodedata.east_asian_width(c) in "WF")


def find(lines: Sequence[Line]) -> Wrap | None:
    """The wrap of a text, or None when its line ends are its author's."""
    pairs = _broken_pairs(_body(lines))
    if len(pairs) < FEWEST_PAIRS:
        pairs = _broken_pairs(lines)
    if len(pairs) < FEWEST_PAIRS:
        return None
    best: tuple[float, Wrap] | None = None
    for in_cells, measure in ((False, len), (True, cells)):
        spans = [(measure(a), measure(first_word(b))) for a, b in pairs]
        share, wrap = _width_of(spans, cells=in_cells)
        if share >= SHARE and (best is None or share > best[0]) and _fits(lines, wrap, measure):
            best = (share, wrap)
        if best and best[0] >= SURE:
            break
    return best[1] if best else None


def _body(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines before the first 부칙: amendments of other Acts behind it have lines of their own."""
    for position, line in enumerate(lines):
        if line.marker is not None and line.marker.kind == "supplement":
            return lines[:position]
    return lines


def _broken_pairs(lines: Sequence[Line]) -> list[tuple[str, str]]:
    pairs = []
    before = ""
    for line in lines:
        words = line.words
        if words and before and line.marker is None and is_prose(words):
            pairs.append((before, words))
        before = line.view.rstrip(" ") if words and is_prose(words) else ""
    return pairs


def _width_of(spans: list[tuple[int, int]], *, cells: bool) -> tuple[float, Wrap]:
    """The width that most broken lines agree on, and their share."""
    lengths = Counter(length for length, _ in spans)
    exact, _ = max(lengths.items(), key=lambda pair: (pair[1], pair[0]))
    exact_share = (lengths[exact] + lengths[exact - 1]) / len(spans)
    if exact_share >= SHARE:
        return exact_share, Wrap(exact, inside_words=True, cells=cells)
    steps: Counter[int] = Counter()
    for length, word in spans:
        steps[length] += 1
        steps[length + word + 1] -= 1
    depth = most = at = 0
    for position in sorted(steps):
        depth += steps[position]
        if depth > most:
            most, at = depth, position
    return most / len(spans), Wrap(at, inside_words=False, cells=cells)


def _fits(lines: Sequence[Line], wrap: Wrap, measure: Measure) -> bool:
    if wrap.width > WIDEST:
        return False
    written = [line.view for line in lines if line.words]
    too_long = sum(1 for view in written if measure(view) > wrap.width + SLACK)
    return too_long <= SHARE_TOO_LONG * len(written)
