"""The words of law text as HTML: links where a reader can go on, and nothing else than the words."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from cms.queries.law import Article, Unit, Word
from coalition.drafts.compare.table import Piece

register = template.Library()

_LEAVES = "국가법령정보센터(다른 누리집)로 갑니다"


@register.simple_tag
def law_words(unit: Unit) -> SafeString:
    """The words of a unit, line by line. One tag and not a template per link: a version has hundreds."""
    return mark_safe("<br>".join("".join(map(_word, line)) for line in unit.lines))  # noqa: S308 (each piece is escaped)


@register.simple_tag
def law_units(article: Article, *, alone: bool = False) -> SafeString:
    """항·호·목 of an article as paragraphs. On the article's own page (`alone`) their numbers lead to theirs.

    Written here and not as a template: it runs for every line of every law text that is shown.
    """
    whole = article.provision.eid
    return mark_safe("".join(_unit(unit, whole, alone=alone) for unit in article.units))  # noqa: S308 (each piece is escaped)


def _unit(unit: Unit, whole: str, *, alone: bool) -> str:
    names = f"unit unit--{unit.kind} unit--d{unit.depth}"
    names += "" if unit.marker else " unit--bare"
    names += " unit--marked" if unit.marked else ""
    place = f' id="{escape(unit.eid)}"' if unit.eid != whole else ""
    place += ' aria-current="location"' if unit.marked else ""
    deleted = "삭제" if unit.deleted and not unit.lines[0] else ""
    marks = "".join(f' <small class="revision">{escape(mark)}</small>' for mark in unit.marks)
    return f'<p class="{names}"{place}>{_number(unit, alone=alone)}{deleted}{law_words(unit)}{marks}</p>'


def _number(unit: Unit, *, alone: bool) -> str:
    if not unit.marker:
        return ""
    if not alone:
        return f'<span class="unit__no">{escape(unit.marker)} </span>'
    return format_html(
        '<a class="unit__no" href="{}" title="{}의 주소와 인용">{} </a>',
        unit.address,
        unit.place,
        unit.marker,
    )


@register.simple_tag
def law_places(article: Article) -> SafeString:
    """The addresses of an article and of everything below it, as items of a list."""
    places = [(article.address, article.korean)]
    places += [(unit.address, unit.place) for unit in article.units if unit.place]
    return format_html_join("", '<li><a href="{}">{}</a></li>', places)


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
