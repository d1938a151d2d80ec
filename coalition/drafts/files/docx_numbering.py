"""Automatic numbers of Word: which paragraph has one, and what is painted."""

from __future__ import annotations

import re

from coalition.drafts.files.manuscript import Manuscript
from coalition.drafts.files.markup import Element, child, integer, name, value
from coalition.drafts.files.numbering import DEEPEST, Definition, Level, joined

_JOINERS = {"nothing": "", "space": " ", "tab": " "}
_NO_LIST = "0"
_BODY = 9  # the outline level of text that is no heading
_MOST_STYLES = 50


class Numbers:
    """The lists of one document. Lists of the same definition count on, as Word counts."""

    def __init__(self, styles: Element | None, numbering: Element | None) -> None:
        self._styles = _by_id(styles, "style", "styleId")
        self._default = next(
            (
                key
                for key, style in self._styles.items()
                if value(style, "type") == "paragraph" and value(style, "default") in ("1", "true")
            ),
            "",
        )
        self._lists = _by_id(numbering, "num", "numId")
        self._abstract = _by_id(numbering, "abstractNum", "abstractNumId")
        self._definitions: dict[str, Definition | None] = {}
        self._counts: dict[str, dict[int, int]] = {}
        self._levels: dict[str, dict[int, Level]] = {}
        self._by_style: dict[str, tuple[str, str]] = {}

    def before(self, paragraph: Element, text: str, sheet: Manuscript) -> str:
        """The paragraph's text with its number written out, or with the loss noted."""
        list_id, depth = self._list_of(paragraph)
        if not list_id or list_id == _NO_LIST:
            return text
        definition = self._definition(list_id)
        level = definition.levels.get(depth) if definition else None
        if not text.strip():
            # Word paints numbers before empty paragraphs too, and counts them.
            if definition is not None:
                definition.next(depth)
            return text
        if definition is None or level is None:
            sheet.tally.note_lost(list_id, sheet.line)
            return text
        if level.kind == "bullet":
            sheet.tally.bullets.append(sheet.line)
            return text
        number = definition.next(depth)
        if number is None:
            sheet.tally.note_lost(list_id, sheet.line)
            return text
        if not number.strip():
            return text
        sheet.tally.note_made(list_id, sheet.line, number)
        return joined(number, level.joiner, text)

    def is_heading(self, paragraph: Element) -> bool:
        """Whether Word shows it in the outline: by its own level, or by its style and the styles below that."""
        properties = child(paragraph, "pPr")
        style = value(child(properties, "pStyle"), "val")
        for _ in range(_MOST_STYLES):
            level = value(child(properties, "outlineLvl"), "val")
            if level:
                return integer(level, _BODY) < _BODY
            if not style:
                return False
            found = self._styles.get(style)
            properties, style = child(found, "pPr"), value(child(found, "basedOn"), "val")
        return False

    def _list_of(self, paragraph: Element) -> tuple[str, int]:
        """List and depth, from the paragraph itself or from its style and the styles below that."""
        properties = child(paragraph, "pPr")
        numbered = child(properties, "numPr")
        list_id = value(child(numbered, "numId"), "val")
        depth = value(child(numbered, "ilvl"), "val")
        if not list_id:
            style = value(child(properties, "pStyle"), "val") or self._default
            if style not in self._by_style:
                self._by_style[style] = self._list_of_style(style)
            list_id, depth_of_style = self._by_style[style]
            depth = depth or depth_of_style
        return list_id, integer(depth, 0)

    def _list_of_style(self, style: str) -> tuple[str, str]:
        depth = ""
        for _ in range(_MOST_STYLES):
            found = self._styles.get(style)
            properties = child(found, "pPr")
            numbered = child(properties, "numPr")
            if numbered is not None:
                own = value(child(numbered, "ilvl"), "val")
                depth = depth or own or self._depth_of_style(style, properties)
                list_id = value(child(numbered, "numId"), "val")
                if list_id:
                    return list_id, depth
            style = value(child(found, "basedOn"), "val")
            if not style:
                break
        return "", depth

    def _depth_of_style(self, style: str, properties: Element | None) -> str:
        """A level may name the style that belongs to it; it counts more than what the style says."""
        list_id = value(child(properties, "numPr", "numId"), "val")
        abstract = self._abstract_of(list_id)
        for level in abstract if abstract is not None else ():
            if name(level) == "lvl" and value(child(level, "pStyle"), "val") == style:
                return value(level, "ilvl")
        return ""

    def _abstract_of(self, list_id: str) -> Element | None:
        found = self._lists.get(list_id)
        abstract = self._abstract.get(value(child(found, "abstractNumId"), "val"))
        link = value(child(abstract, "numStyleLink"), "val")
        if link and child(abstract, "lvl") is None:
            linked = value(child(self._styles.get(link), "pPr", "numPr", "numId"), "val")
            if linked and linked != list_id:
                found = self._lists.get(linked)
                abstract = self._abstract.get(value(child(found, "abstractNumId"), "val"))
        return abstract

    def _definition(self, list_id: str) -> Definition | None:
        if list_id not in self._definitions:
            self._definitions[list_id] = self._begun(list_id)
        return self._definitions[list_id]

    def _begun(self, list_id: str) -> Definition | None:
        """The list at its first paragraph, with what it overrides: a start, or how a level looks."""
        abstract = self._abstract_of(list_id)
        if abstract is None:
            return None
        key = value(abstract, "abstractNumId")
        if key not in self._levels:
            self._levels[key] = {
                depth: _level(each)
                for each in abstract
                if name(each) == "lvl"
                if 0 <= (depth := integer(value(each, "ilvl"), 0)) < DEEPEST
            }
        levels = dict(self._levels[key])
        definition = Definition(levels, self._counts.setdefault(key, {}))
        found = self._lists.get(list_id)
        for override in found if found is not None else ():
            if name(override) != "lvlOverride":
                continue
            depth = min(max(integer(value(override, "ilvl"), 0), 0), DEEPEST)
            own = child(override, "lvl")
            if own is not None:
                levels[depth] = _level(own)
            start = child(override, "startOverride")
            if start is not None:
                definition.restart(depth, integer(value(start, "val"), 1))
        return definition


def _by_id(part: Element | None, kind: str, key: str) -> dict[str, Element]:
    if part is None:
        return {}
    return {value(each, key): each for each in part if name(each) == kind}


def _level(level: Element) -> Level:
    kind = value(child(level, "numFmt"), "val")
    if not kind:  # Word writes newer kinds inside an alternative
        kind = value(child(level, "AlternateContent", "Fallback", "numFmt"), "val") or "decimal"
    written = value(child(level, "lvlText"), "val").replace("{", "(").replace("}", ")")
    joiner = value(child(level, "suff"), "val") or "tab"
    restart = child(level, "lvlRestart")
    return Level(
        kind=kind,
        pattern=re.sub(r"%([1-9])", lambda match: f"{{{int(match[1]) - 1}}}", written),
        start=integer(value(child(level, "start"), "val"), 0),
        joiner=_JOINERS.get(joiner, " "),
        restart_after=None if restart is None else integer(value(restart, "val"), 0) - 1,
        plain_digits=child(level, "isLgl") is not None,
    )
