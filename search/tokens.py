"""Units into what an index stores: terms in reading order, then the shorter and longer words they form.

Reading order comes first so that a phrase is a row of neighbouring terms in every engine; behind it stand
inner words (체감도 → 체감), pairs of adjacent nouns (돌봄노동자) and the whole of a longer run. Spans say
where each term stands in the original text: highlights come from them and from nowhere else.
"""

from __future__ import annotations

import zlib
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from search.korean import Unit

_LONGEST = 40  # characters of a term


@dataclass(frozen=True, slots=True)
class Tokens:
    """What one field of a document is found by. `words` of the terms stand in reading order."""

    terms: tuple[str, ...]
    spans: tuple[tuple[int, int], ...]
    words: int

    @property
    def text(self) -> str:
        return " ".join(self.terms)

    @property
    def packed(self) -> bytes:
        return pack_spans(self.spans)


def tokens_of(units: Sequence[Unit]) -> Tokens:
    """The terms of a field and where they stand."""
    terms = [unit.term for unit in units]
    spans = [(unit.start, unit.end) for unit in units]
    for term, start, end in (*_inner(units), *_compounds(units)):
        terms.append(term)
        spans.append((start, end))
    return Tokens(tuple(terms), tuple(spans), len(units))


def _inner(units: Iterable[Unit]) -> Iterator[tuple[str, int, int]]:
    for unit in units:
        for term, start, end in unit.inner:
            yield term[:_LONGEST], start, end


def _compounds(units: Sequence[Unit]) -> Iterator[tuple[str, int, int]]:
    """Pairs of adjacent nouns, and a run of three and more that is written in one."""
    for before, unit in pairwise(units):
        if unit.joins:
            yield (before.term + unit.term)[:_LONGEST], before.start, unit.end
    for run in written_in_one(units):
        if len(run) > 2:
            term = "".join(unit.term for unit in run)
            if len(term) <= _LONGEST:
                yield term, run[0].start, run[-1].end


def written_in_one(units: Sequence[Unit]) -> Iterator[Sequence[Unit]]:
    """Runs of nouns without a blank between them, longest first come; single nouns too."""
    begin = 0
    for index in range(1, len(units) + 1):
        goes_on = index < len(units) and units[index].joins and not units[index].spaced
        if not goes_on:
            yield units[begin:index]
            begin = index


def pack_spans(spans: Iterable[tuple[int, int]]) -> bytes:
    """Pairs of start and end as differences, compressed: about 0.4 bytes per character of text."""
    flat = array("I", [number for start, end in spans for number in (start, end - start)])
    return zlib.compress(flat.tobytes(), 1) if flat else b""


def unpack_spans(packed: bytes) -> list[tuple[int, int]]:
    """What `pack_spans` was given."""
    if not packed:
        return []
    flat = array("I")
    flat.frombytes(zlib.decompress(packed))
    return [(start, start + length) for start, length in zip(flat[::2], flat[1::2], strict=True)]
