"""Korean taken apart without Kiwi: the longest known terms, for the seconds in which Kiwi is loading.

Good enough to answer; an answer made with it says that it is degraded.
"""

from __future__ import annotations

import re

from search.cleaning import clean
from search.korean import Unit
from search.signs import find_signs
from search.vocabulary import Vocabulary

_HANGUL = re.compile(r"[가-힣]+")
_LONGEST = 15


class PlainKorean:
    """Units by the longest match over the terms of the index; what no term covers is left out."""

    version = "plain"

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._known = vocabulary

    def units(self, text: str, *, asked: bool = False, heading: bool = False) -> list[Unit]:
        cleaned = clean(text)
        signs = [s for s in find_signs(cleaned.text, asked=asked) if s.term]
        found = [Unit(s.term, s.start, s.end, s.kind, inner=s.parts) for s in signs]
        taken = bytearray(len(cleaned.text))
        for sign in signs:
            taken[sign.start : sign.end] = b"\1" * (sign.end - sign.start)
        for run in _HANGUL.finditer(cleaned.text):
            if not any(taken[run.start() : run.end()]):
                found += self._matches(run.group(), run.start())
        return [
            unit._replace(start=cleaned.starts[unit.start], end=cleaned.ends[unit.end - 1])
            for unit in sorted(found, key=lambda unit: unit.start)
        ]

    def _matches(self, run: str, begin: int) -> list[Unit]:
        found: list[Unit] = []
        place = 0
        while place < len(run):
            longest = min(len(run), place + _LONGEST)
            end = next(
                (e for e in range(longest, place + 1, -1) if run[place:e] in self._known.words), 0
            )
            if end:
                found.append(Unit(run[place:end], begin + place, begin + end, "noun"))
            place = end or place + 1
        # A word that nothing knows is still a word: otherwise it would be as if it had not been said.
        return found or [Unit(run, begin, begin + len(run), "noun")]
