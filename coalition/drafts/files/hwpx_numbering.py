"""Automatic numbers of 한글: 문단 번호 and 개요 번호, and what is painted."""

from __future__ import annotations

import re

from coalition.drafts.files.manuscript import Manuscript
from coalition.drafts.files.markup import Element, child, integer, name, value
from coalition.drafts.files.numbering import DEEPEST, Definition, Level, joined

_NUMBERED = frozenset({"NUMBER", "OUTLINE"})


class Numbers:
    """The number definitions of one document. Each counts through the document, as 한글 counts."""

    def __init__(self, header: Element | None) -> None:
        lists = child(header, "refList")
        self._headings = {
            value(each, "id"): found
            for each in _all(child(lists, "paraProperties"), "paraPr")
            if (found := child(each, "heading")) is not None
        }
        self._definitions = {
            value(each, "id"): Definition(_levels(each), counts_skipped=True)
            for each in _all(child(lists, "numberings"), "numbering")
        }
        self._outline = ""

    def begin_section(self, outline: str) -> None:
        """A section names the definition of its 개요 번호, which begins anew in it."""
        definition = self._definitions.get(outline)
        if definition is not None and outline != self._outline:
            definition.counts.clear()
        self._outline = outline

    def is_heading(self, paragraph: Element) -> bool:
        """Whether it is of a 개요: 한글 shows it in the outline."""
        return value(self._headings.get(value(paragraph, "paraPrIDRef")), "type") == "OUTLINE"

    def before(self, paragraph: Element, text: str, sheet: Manuscript) -> str:
        """The paragraph's text with its number written out, or with the loss noted."""
        heading = self._headings.get(value(paragraph, "paraPrIDRef"))
        kind = value(heading, "type")
        if not text.strip():
            return text  # 한글 paints no number before an empty paragraph
        if kind == "BULLET":
            sheet.tally.bullets.append(sheet.line)
            return text
        if kind not in _NUMBERED:
            return text
        key = self._outline if kind == "OUTLINE" else value(heading, "idRef")
        definition = self._definitions.get(key)
        number = definition.next(integer(value(heading, "level"), 0)) if definition else None
        if number is None:
            sheet.tally.note_lost(key, sheet.line)
            return text
        if not number.strip():
            return text
        sheet.tally.note_made(key, sheet.line, number)
        return joined(number, " ", text)


def _all(parent: Element | None, kind: str) -> list[Element]:
    return [each for each in parent if name(each) == kind] if parent is not None else []


def _levels(numbering: Element) -> dict[int, Level]:
    """`^3)` is the number of level 3 with a bracket; `^n` and `^N` are the path 1.2.3."""
    levels: dict[int, Level] = {}
    for each in _all(numbering, "paraHead"):
        depth = integer(value(each, "level"), 1) - 1
        if not 0 <= depth < DEEPEST:
            continue
        written = (each.text or "").replace("{", "(").replace("}", ")")
        path = ".".join(f"^{above}" for above in range(1, depth + 2))
        written = written.replace("^n", path).replace("^N", f"{path}.")
        # Level 10 is written ^: (한글 counts its levels in one sign), and law text never reaches it.
        pattern = re.sub(r"\^([1-9])", lambda match: f"{{{int(match[1]) - 1}}}", written)
        kind = value(each, "numFormat") or "DIGIT"
        levels[depth] = Level(kind, pattern, integer(value(each, "start"), 1))
    return levels
