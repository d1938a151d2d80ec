"""The words of law text as HTML: links where a reader can go on, and nothing else than the words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from cms.queries.law import Unit, Word
from coalition.drafts.compare.table import Piece

register = template.Library()

_LEAVES = "국가법령정보센터(다른 누리집)로 갑니다"


@register.simple_tag
def law_words(unit: Unit) -> SafeString:
    """The words of a unit, line by line. One tag and not a template per link: a version has hundreds."""
    return mark_safe("<br>".join("".join(map(_word, line)) for line in unit.lines))  # noqa: S308 (each piece is escaped)


def _word(word: Word) -> str:
    if word.kind == "ref":
        return format_html(
            '<a class="ref" href="{}" title="{}">{}</a>', word.address, word.hint, word.text
        )
    if word.kind == "statute":
        return format_html(
            '<a class="ref out" href="{}" rel="external" title="{}">{}</a>',
            word.address,
            _LEAVES,
            word.text,
        )
    if word.kind == "term":
        return format_html(
            '<a class="term" href="{}" data-term="{}">{}</a>', word.address, word.term, word.text
        )
    return escape(word.text)


_SIGNS = {"-": "del", "+": "ins"}


@register.simple_tag
def difference_words(pieces: Iterable[Piece]) -> SafeString:
    """Words of a comparison: those that came and those that went, marked; blanks stay outside the marks."""
    return mark_safe("".join(map(_piece, pieces)))  # noqa: S308 (each piece is escaped)


def _piece(piece: Piece) -> str:
    name = _SIGNS.get(piece.sign, "")
    words = piece.text.lstrip()
    if not name or not words:
        return escape(piece.text)
    blank = " " if len(words) < len(piece.text) else ""
    return f"{blank}<{name}>{escape(words)}</{name}>"
