"""Is this line really what it looks like, or a wrapped line that happens to begin so?

A line that stands after a short line, or in a text that was never wrapped, is what its marker says.
Only behind a full line (see `wrapping`) its number has to be the one expected next.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from coalition.drafts.text import numbers
from coalition.drafts.text.lines import Line
from coalition.drafts.text.markers import Marker
from coalition.drafts.text.tree import STRUCTURE, Node
from coalition.drafts.text.wrapping import Wrap

#: How far ahead a second candidate for the same 목 is looked for; bounds the work per line.
LOOK_AHEAD = 40
#: How many notes may stand between two units of a row.
LOOK_BACK = 8

_GOES_ON = re.compile(
    r"(?:및|또는|내지|부터|까지|중|에|에서|의|등|와|과|이나|나|은|는|이|가|을|를|으로|로)(?:\s|$)"
    r"|[,ㆍ·)」』\]]"
)
_JOINS = re.compile(r"(?:및|또는|내지|부터|까지|중|에|의)(?:\s|$)|[,ㆍ·)」』\]]")
_PARTICLE = re.compile(
    r"(?:에|의|을|를|은|는|과|와|으로|로|부터|까지|및|또는|이나|이라|라\s?한다|제\s?\d|[,ㆍ·)」』])"
)
_ENDS_SENTENCE = (".", ">", "]", ":", "」")
_LISTS = re.compile(r"다음|각\s?호|각\s?목|[:：]$")
_VERB_STEM = re.compile(r"[한된있없하니이였었았않본난른진린킨간온운인짐함받같렇쳤졌렸갔왔났봤샀]$")
_CITES_ACT = re.compile(r"\d{4}\.|법률\s?제\s?\d|제\s?\d+호")
_DATE_BEFORE = re.compile(r"\d\s?\.?$")
_DATE_AFTER = re.compile(r"\d{1,2}\s?\.")


@dataclass(slots=True)
class Place:
    """What is known where a marker was met.

    `parent` is the open node that would hold the new unit, `pieces` the lines of its text so far.
    `title` is the marker's title as found (None when its bracket never closes), `rest` what
    follows it, `glued` whether without a blank, `after` the next line. `last_article` is the
    article before in the body or in this 부칙.
    """

    lines: list[Line]
    at: int
    parent: Node
    pieces: list[str]
    last_article: tuple[int, ...]
    in_note: bool
    wrap: Wrap | None
    title: str | None = ""
    rest: str = ""
    glued: bool = False
    after: str = ""

    @property
    def words(self) -> str:
        return self.lines[self.at].words

    @property
    def before(self) -> str:
        """The line before as written, '' when it is blank or there is none."""
        return self.lines[self.at - 1].view if self.at else ""

    def maybe_wrapped(self) -> bool:
        """Whether this line may be the rest of a line that had no room."""
        before = self.before
        return self.wrap is not None and bool(before) and self.wrap.is_full(before, self.words)

    def breaks_words(self) -> bool:
        """Whether the text was broken inside words, as 한글 does."""
        return self.wrap is not None and self.wrap.inside_words

    def last_of(self, kind: str) -> tuple[int, ...]:
        """The number of the unit that a new one of this kind would follow, () for the first."""
        for child in self.parent.children[: -1 - LOOK_BACK : -1]:
            if child.kind != "note":
                return child.number if child.kind == kind else ()
        return ()


def is_real(marker: Marker, place: Place) -> bool:
    """Whether `marker` begins a new unit at `place`."""
    kind = marker.kind
    if kind == "article":
        return _article(marker, place)
    if kind in STRUCTURE:
        return _structure(marker, place)
    if kind == "paragraph":
        return _paragraph(marker, place)
    if kind == "annex":
        bracketed = place.words[0] in "[【<〈"
        return bracketed or not place.maybe_wrapped() or place.before.endswith((".", ">", "]"))
    if kind == "note":
        return True
    if kind == "supplement":
        return _supplement(place)
    return _listed(marker, place)


def _supplement(place: Place) -> bool:
    """부칙(2008. 12. 26. 법률 제9267호) 제3조 in a sentence is a citation, not a heading."""
    if place.title is None or (place.rest and place.rest[0] not in "<〈["):
        return False
    if not place.maybe_wrapped() or place.before.endswith((".", ">", "]", "생략")):
        return True
    if _CITES_ACT.search(place.title):
        return False
    return bool(place.rest) or place.after.startswith("<") or place.words.replace(" ", "") == "부칙"


def _article(marker: Marker, place: Place) -> bool:
    expected = numbers.follows(place.last_article, marker.number)
    if place.in_note and not expected and marker.number <= place.last_article:
        return False
    if marker.opens < 0:
        return _untitled_article(place, expected=expected)
    if place.glued:
        if place.maybe_wrapped() or not expected or _PARTICLE.match(place.rest):
            return False
    elif not expected and _JOINS.match(place.rest):
        return False
    if not place.maybe_wrapped():
        return True
    if place.title is None or place.title.endswith(("다", "다.")) or "한다" in place.title:
        return False
    return expected or place.before.endswith(_ENDS_SENTENCE)


def _untitled_article(place: Place, *, expected: bool) -> bool:
    if place.rest.startswith(("삭제", "생략", "삭 제", "생 략")):
        return expected or not place.maybe_wrapped()
    if not expected or _JOINS.match(place.rest):
        return False
    if not place.maybe_wrapped() or not (place.rest or place.breaks_words()):
        return True
    return place.before.endswith(_ENDS_SENTENCE) and not _GOES_ON.match(place.rest)


def _structure(marker: Marker, place: Place) -> bool:
    rest = place.words[marker.end :]
    if marker.label.endswith("항"):
        return _headed_paragraph(marker, place)
    if _JOINS.match(rest) or rest.endswith(("다.", "한다")):
        return False
    if not place.maybe_wrapped():
        return True
    return not _GOES_ON.match(rest) and numbers.follows(place.last_of(marker.kind), marker.number)


def _headed_paragraph(marker: Marker, place: Place) -> bool:
    """제1항 협의상 파양: only within 관, and only as the next in a row that begins with 1."""
    if place.parent.kind != "subsection" or place.maybe_wrapped():
        return False
    if _GOES_ON.match(place.words[marker.end :]):
        return False
    heads = [child for child in place.parent.children if child.kind == "subsection"]
    if heads:
        return numbers.follows(heads[-1].number, marker.number)
    return marker.num == 1 and not place.parent.children


def _paragraph(marker: Marker, place: Place) -> bool:
    expected = numbers.follows(place.last_of("paragraph"), marker.number)
    if place.words[0] == "<":
        return expected
    if place.in_note:
        return expected
    return not (place.maybe_wrapped() and _JOINS.match(place.rest))


def _listed(marker: Marker, place: Place) -> bool:
    """호, 목, 세목: in a wrapped text only the next of a row, or the first where a row may begin."""
    if marker.kind == "item" and _is_date(place):
        return False
    last = place.last_of(marker.kind)
    if not place.in_note and not place.maybe_wrapped():
        return True
    if not numbers.follows(last, marker.number):
        return False
    if not last and not _LISTS.search("".join(place.pieces)):
        return _next_in_row(marker, place) == "next" and not place.in_note
    if place.breaks_words() and marker.kind == "subitem":
        return not _is_end_of_verb(marker, place)
    return True


def _is_date(place: Place) -> bool:
    """2026. 12. 31. broken after the year or the month."""
    return bool(_DATE_AFTER.match(place.rest) and _DATE_BEFORE.search(place.before))


def _is_end_of_verb(marker: Marker, place: Place) -> bool:
    """`…하여야 한` / `다. 다만,`: 다. is the end of a sentence that 한글 broke, not 다목."""
    ahead = _next_in_row(marker, place)
    if ahead is None:
        return _VERB_STEM.search(place.before.rstrip(" ")) is not None
    return ahead == "same"


def _next_in_row(marker: Marker, place: Place) -> Literal["same", "next"] | None:
    """Whether this very number or the one after it comes next among the lines ahead."""
    for line in place.lines[place.at + 1 : place.at + 1 + LOOK_AHEAD]:
        ahead = line.marker
        if ahead is None or ahead.rank > marker.rank:
            continue
        if ahead.kind != marker.kind:
            break
        if ahead.number == marker.number:
            return "same"
        if numbers.follows(marker.number, ahead.number):
            return "next"
    return None
