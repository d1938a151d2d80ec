"""Marks and excerpts from stored spans: what was found is shown in the original text, never analysed again.

Escaping happens here and only here: what comes out is safe HTML with <mark> and nothing else.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from django.utils.safestring import SafeString, mark_safe

from search.plan import Plan

EXCERPT = 150  # characters
_SHORTEST = 70  # of an excerpt that ends with its line
_MOST_LOOKED_AT = 120
_STOPS = frozenset(".!?…")
_SENTENCE = re.compile(r"[.!?…]\s+|\n\s*")
Span = tuple[int, int]


class Marker:
    """Finds in a document's terms what a plan was looking for."""

    def __init__(self, plan: Plan) -> None:
        self._single: dict[str, float] = {}
        self._phrases: list[tuple[tuple[str, ...], float]] = []
        for clause in (*plan.clauses, *plan.optional):
            for choice in clause.choices:
                weight = clause.idf * choice.weight
                if len(choice.terms) == 1:
                    known = self._single.get(choice.terms[0], 0.0)
                    self._single[choice.terms[0]] = max(known, weight)
                else:
                    self._phrases.append((choice.terms, weight))

    def spans(self, terms: Sequence[str], spans: Sequence[Span]) -> list[tuple[Span, str, float]]:
        """Where something stands that was looked for, which, and how much it says; in order."""
        found = [
            (span, term, weight)
            for term, span in zip(terms, spans, strict=False)
            if (weight := self._single.get(term)) is not None
        ]
        for phrase, weight in self._phrases:
            for i in range(len(terms) - len(phrase) + 1):
                if tuple(terms[i : i + len(phrase)]) == phrase and i + len(phrase) <= len(spans):
                    stretch = (spans[i][0], spans[i + len(phrase) - 1][1])
                    found.append((stretch, " ".join(phrase), weight))
        return sorted(found)


def marked(text: str, spans: Iterable[Span], *, begin: int = 0, end: int | None = None) -> str:
    """`text[begin:end]`, escaped, with the spans in <mark>; spans that touch become one."""
    stop = len(text) if end is None else end
    pieces: list[str] = []
    place = begin
    for start, finish in _merged(text, spans):
        start, finish = max(start, begin), min(finish, stop)
        if start >= finish:
            continue
        pieces += [escape(text[place:start]), "<mark>", escape(text[start:finish]), "</mark>"]
        place = finish
    pieces.append(escape(text[place:stop]))
    return " ".join("".join(pieces).split())


def _merged(text: str, spans: Iterable[Span]) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted(spans):
        if merged and _touch(text, merged[-1][1], start):
            merged[-1] = (merged[-1][0], max(merged[-1][1], end))
        else:
            merged.append((start, end))
    return merged


def _touch(text: str, end: int, start: int) -> bool:
    """Whether a mark goes on: it overlaps the next, or one blank is all that parts them."""
    return start <= end or (start == end + 1 and text[end:start] == " ")


def title_html(text: str, found: Sequence[tuple[Span, str, float]]) -> SafeString:
    """The whole title with its marks."""
    return mark_safe(marked(text, [span for span, _, _ in found]))  # noqa: S308 (escaped in marked)


def excerpt_html(text: str, found: Sequence[tuple[Span, str, float]]) -> SafeString:
    """The stretch of the text that shows most of what was looked for, begun at a sentence if it can be."""
    begin, end = _window(text, found)
    body = marked(text, [span for span, _, _ in found], begin=begin, end=end)
    before = "…" if begin > 0 and body else ""
    goes_on = end < len(text.rstrip()) and text[:end].rstrip()[-1:] not in _STOPS
    after = "…" if goes_on and body else ""
    return mark_safe(f"{before}{body}{after}")  # noqa: S308 (escaped in marked)


def _window(text: str, found: Sequence[tuple[Span, str, float]]) -> Span:
    """Begin and end of the excerpt."""
    best, gain = 0, -1.0
    for (begin, _), _, _ in found[:_MOST_LOOKED_AT]:
        said = {
            term: weight
            for (start, end), term, weight in found[:_MOST_LOOKED_AT]
            if start >= begin and end <= begin + EXCERPT
        }
        if sum(said.values()) > gain + 1e-9:
            best, gain = begin, sum(said.values())
    if not found:
        first_line = text.find("\n")
        return 0, min(first_line if first_line > 0 else len(text), _word_end(text, EXCERPT))
    begin = _sentence_begin(text, best)
    end = _word_end(text, begin + EXCERPT)
    last = max((stop for (_, stop), _, _ in found if stop <= end), default=begin)
    line_end = text.find("\n", max(last, begin + _SHORTEST), end)
    return begin, line_end if line_end > 0 else end


def _sentence_begin(text: str, place: int) -> int:
    """The begin of the sentence if it is near, else of a word some way before."""
    if place <= 40:
        return 0
    nearby = text[max(place - 60, 0) : place]
    ends = [match.end() for match in _SENTENCE.finditer(nearby)]
    if ends:
        return place - len(nearby) + ends[-1]
    blank = text.find(" ", max(place - 40, 0), place)
    return blank + 1 if blank >= 0 else place


def _word_end(text: str, place: int) -> int:
    if place >= len(text):
        return len(text)
    end = max(text.rfind(" ", 0, place), text.rfind("\n", 0, place))
    return end if end > place - 30 else place
