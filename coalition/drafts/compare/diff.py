"""Differences 어절 by 어절, line by line; white space and marks never count."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz.distance import Indel

from coalition.drafts.compare.result import Segment
from coalition.drafts.compare.similarity import ratio
from coalition.drafts.compare.units import Line, fold

_WORD = re.compile(r"\s*\S+")
#: Lines this alike are shown side by side.
ALIKE = 0.4
#: More lines than this on both sides are paired by their words alone, in order.
MOST_PAIRS = 4000
#: A common 어절 of at most this many letters between two changes is shown as changed too.
ISLAND = 3


def lines(a: Sequence[Line], b: Sequence[Line]) -> list[tuple[Line | None, Line | None]]:
    """The lines of two articles side by side, in order; None where one side has no counterpart."""
    if len(a) == len(b) and all(map(_is_same, a, b)):
        return list(zip(a, b, strict=True))
    rows: list[tuple[Line | None, Line | None]] = []
    at_a = at_b = 0
    for next_a, next_b in [*_anchors(a, b), (len(a), len(b))]:
        rows.extend(_between(a[at_a:next_a], b[at_b:next_b]))
        if next_a < len(a) and next_b < len(b):
            rows.append((a[next_a], b[next_b]))
        at_a, at_b = next_a + 1, next_b + 1
    return rows


def _is_same(a: Line, b: Line) -> bool:
    return a.neutral == b.neutral and a.node.kind == b.node.kind


def _anchors(a: Sequence[Line], b: Sequence[Line]) -> list[tuple[int, int]]:
    """Lines with equal words, as many as keep their order."""
    numbers: dict[tuple[str, str], int] = {}
    keys_a = [numbers.setdefault((line.node.kind, line.neutral), len(numbers)) for line in a]
    keys_b = [numbers.setdefault((line.node.kind, line.neutral), len(numbers)) for line in b]
    anchors: list[tuple[int, int]] = []
    for block in Indel.opcodes(keys_a, keys_b):
        if block.tag == "equal":
            anchors.extend(
                zip(
                    range(block.src_start, block.src_end),
                    range(block.dest_start, block.dest_end),
                    strict=True,
                )
            )
    return anchors


def _between(a: Sequence[Line], b: Sequence[Line]) -> Iterator[tuple[Line | None, Line | None]]:
    """Lines between two anchors: those most alike side by side, the rest alone."""
    if len(a) * len(b) > MOST_PAIRS or not a or not b:
        yield from ((line, None) for line in a)
        yield from ((None, line) for line in b)
        return
    at_b = 0
    for pair_a, pair_b in _best_pairs(a, b):
        yield from ((line, None) for line in a[pair_a[0] : pair_a[1]])
        yield from ((None, line) for line in b[at_b:pair_b])
        if pair_a[1] < len(a):
            yield a[pair_a[1]], b[pair_b]
        at_b = pair_b + 1


def _best_pairs(a: Sequence[Line], b: Sequence[Line]) -> Iterator[tuple[tuple[int, int], int]]:
    """The pairing in order with the greatest likeness: ((first unpaired of a, its end), b)."""
    likeness = [[_likeness(old, new) for new in b] for old in a]
    best = [[0.0] * (len(b) + 1) for _ in range(len(a) + 1)]
    for i in range(len(a) - 1, -1, -1):
        for j in range(len(b) - 1, -1, -1):
            pair = likeness[i][j]
            paired = pair + best[i + 1][j + 1] if pair else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], paired)
    i = j = start = 0
    while i < len(a) and j < len(b):
        pair = likeness[i][j]
        if pair and best[i][j] == pair + best[i + 1][j + 1]:
            yield (start, i), j
            i, j = i + 1, j + 1
            start = i
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    yield (start, len(a)), len(b)


def _likeness(a: Line, b: Line) -> float:
    if a.node.kind != b.node.kind and "article" not in (a.node.kind, b.node.kind):
        return 0.0
    if not a.neutral and not b.neutral:
        return 1.0
    found = ratio(a.neutral, b.neutral)
    return found if found >= ALIKE else 0.0


def segments(a: str, b: str) -> list[Segment]:
    """Two texts 어절 by 어절. "=" carries the newer spacing."""
    if a == b or _plain(a) == _plain(b):
        return [("=", b)] if b else []
    words_a, words_b = _WORD.findall(a), _WORD.findall(b)
    plain_a, plain_b = fold(a).split(), fold(b).split()
    found: list[tuple[str, list[str], list[str]]] = []
    for block in Indel.opcodes(plain_a, plain_b):
        old = words_a[block.src_start : block.src_end]
        new = words_b[block.dest_start : block.dest_end]
        if block.tag == "equal" and not _is_island(found, new, block.src_end, len(words_a)):
            found.append(("=", old, new))
        elif found and found[-1][0] == "~":
            found[-1][1].extend(old)
            found[-1][2].extend(new)
        else:
            found.append(("~", old, new))
    return list(_flatten(found))


def _plain(text: str) -> str:
    """What counts of a text: no white space, one form for each sign."""
    return "".join(fold(text).split())


def _is_island(
    found: list[tuple[str, list[str], list[str]]], words: list[str], end: int, length: int
) -> bool:
    """A lone short word (및, 수) that two changes have in common by chance."""
    return (
        len(words) == 1
        and len(words[0].strip()) <= ISLAND
        and bool(found)
        and found[-1][0] == "~"
        and end < length
    )


def _flatten(found: list[tuple[str, list[str], list[str]]]) -> Iterator[Segment]:
    for tag, old, new in found:
        removed, added = "".join(old), "".join(new)
        if tag == "=" or _plain(removed) == _plain(added):
            yield "=", added
            continue
        if removed:
            yield "-", removed
        if added:
            yield "+", added


def joined(parts: Sequence[Segment]) -> tuple[Segment, ...]:
    """Neighbours of one sort put together."""
    found: list[Segment] = []
    for sign, text in parts:
        if found and found[-1][0] == sign:
            found[-1] = (sign, found[-1][1] + text)
        elif text:
            found.append((sign, text))
    return tuple(found)


def _shown(lines: Sequence[Line]) -> list[Line]:
    """Without the empty line of an article that begins with ①."""
    return [line for line in lines if line.text or line.marker]


def of_lines(a: Sequence[Line], b: Sequence[Line]) -> tuple[Segment, ...]:
    """The difference of two articles as one row of segments, lines ended by line breaks."""
    found: list[Segment] = []
    for old, new in lines(_shown(a), _shown(b)):
        if old is not None and new is not None:
            found.extend(segments(old.shown, new.shown))
        elif old is not None:
            found.append(("-", old.shown))
        elif new is not None:
            found.append(("+", new.shown))
        if found:
            found.append((found[-1][0] if old is None or new is None else "=", "\n"))
    if found and found[-1][1] == "\n":
        found.pop()
    return joined(found)
