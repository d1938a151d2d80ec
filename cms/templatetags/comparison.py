"""The words of a comparison as HTML: what was added and what was taken out, marked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from cms.queries.version_steps import Changed, Step, changed_since, steps
from coalition.drafts.compare.table import Piece
from coalition.drafts.models import Provision, Version

register = template.Library()

_NAMES = {"-": "del", "+": "ins"}


@register.simple_tag
def compared_words(pieces: Iterable[Piece]) -> SafeString:
    """One tag and not a template per piece: a comparison has thousands."""
    return mark_safe("".join(map(_marked, pieces)))  # noqa: S308 (each piece is escaped)


def _marked(piece: Piece) -> str:
    name = _NAMES.get(piece.sign)
    if name is None:
        return escape(piece.text)
    words = piece.text.lstrip()
    blank = " " if len(words) < len(piece.text) else ""
    return f"{blank}<{name}>{escape(words)}</{name}>" if words else blank


@register.simple_tag
def official_words(pieces: Iterable[Piece]) -> SafeString:
    """The official table underlines what changed on both sides and strikes nothing out."""
    marked = (
        f"<u>{escape(piece.text)}</u>" if piece.sign in _NAMES else escape(piece.text)
        for piece in pieces
    )
    return mark_safe("".join(marked).replace("\n", "<br>"))  # noqa: S308 (each piece is escaped)


@register.simple_tag
def version_steps(versions: Sequence[Version]) -> list[Step]:
    """What changed from version to version, for the rail."""
    return steps(versions)


@register.simple_tag
def changed(article: Provision) -> Changed | None:
    """What was done to an article since the version before, for its margin."""
    return changed_since(article.version, article.eid)
