"""Everyday words meet official ones: the table of synonyms that people keep in synonyms.txt.

Applied when a question is asked, never when a document is indexed: a changed line works at once. What is
found by a synonym ranks below what is found by the word itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from search.korean import Korean, Unit

FILE = Path(__file__).with_name("synonyms.txt")
_LONGEST_SPAN = 4  # words of an entry


@dataclass(frozen=True, slots=True)
class Synonym:
    """One way of saying a thing: as it is written, and as its terms in reading order."""

    written: str
    terms: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Thesaurus:
    """From the joined terms of an entry (단시간 근로 → 단시간근로) to the other ways of saying it."""

    entries: dict[str, tuple[Synonym, ...]]

    def spans(self, units: Sequence[Unit]) -> Iterable[tuple[int, int, tuple[Synonym, ...]]]:
        """Stretches of a question that have synonyms: first unit, unit after the last, synonyms."""
        for begin in range(len(units)):
            for end in range(begin + 1, min(begin + _LONGEST_SPAN, len(units)) + 1):
                found = self.entries.get("".join(unit.term for unit in units[begin:end]))
                if found:
                    yield begin, end, found


def read_lines(path: Path = FILE) -> list[tuple[list[str], list[str]]]:
    """Pairs of what is asked and what is looked for too.

    `집세, 월세` are the same in both directions; `알바 => 단시간근로` leads one way only.
    """
    lines = path.read_text(encoding="utf-8").splitlines()
    return [pair for line in lines if (pair := read_line(line))]


def read_line(line: str) -> tuple[list[str], list[str]] | None:
    """What is asked and what is looked for too; None where a line says nothing."""
    left, arrow, right = line.partition("#")[0].partition("=>")
    asked, meant = _words(left), _words(right if arrow else left)
    says_something = asked and meant and (arrow or len(asked) > 1)
    return (asked, meant) if says_something else None


def current(analyser: Korean, added: tuple[str, ...] = ()) -> Thesaurus:
    """The table as it stands in the file now, with lines that the secretariat added, as this analyser reads it."""
    global _newest
    key = (analyser.version, FILE.stat().st_mtime_ns, added)
    if _newest[0] != key:
        _newest = (key, _load(analyser, added))
    return _newest[1]


# The table as it was last read. It keeps no analyser alive.
_newest: tuple[tuple[str, int, tuple[str, ...]], Thesaurus] = (("", 0, ()), Thesaurus({}))


def _load(analyser: Korean, added: tuple[str, ...]) -> Thesaurus:
    found: dict[str, dict[str, Synonym]] = {}
    for asked, meant in [*read_lines(), *filter(None, map(read_line, added))]:
        ways = [Synonym(word, _terms(analyser, word)) for word in meant]
        for word in asked:
            key = "".join(_terms(analyser, word))
            others = {way.written: way for way in ways if way.terms and "".join(way.terms) != key}
            found.setdefault(key, {}).update(others)
    return Thesaurus({key: tuple(ways.values()) for key, ways in found.items() if key})


def _terms(analyser: Korean, word: str) -> tuple[str, ...]:
    return tuple(unit.term for unit in analyser.units(word, heading=True))


def _words(text: str) -> list[str]:
    return [word for part in text.split(",") if (word := " ".join(part.split()))]
