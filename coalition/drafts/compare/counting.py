"""How a reader counts changes: what was done to an article, and 번호만 when nothing else was."""

from __future__ import annotations

from collections import Counter

from coalition.drafts.compare.result import Change, Comparison, Kind

#: Kinds that only follow from what happened elsewhere (design/words.md: 번호만).
FOLLOWING: frozenset[Kind] = frozenset({"number", "reference"})

#: In this order a reader is told; `number` stands for 번호만, `same` for 그대로.
TOLD: tuple[Kind, ...] = (
    "inserted",
    "deleted",
    "text",
    "title",
    "paragraphed",
    "order",
    "split",
    "merged",
    "moved",
    "number",
    "same",
)


def told(change: Change) -> tuple[Kind, ...]:
    """What a reader is told of a change: number and reference only when there is nothing else."""
    found = [kind for kind in TOLD if kind in change.kinds and kind not in FOLLOWING]
    return tuple(found) or ("number",)


def counted(comparison: Comparison) -> dict[Kind, int]:
    """How many changes a reader is told of each kind; of those that occur, in the order of telling."""
    found = Counter(kind for change in comparison.changes for kind in told(change))
    return {kind: found[kind] for kind in TOLD if found[kind]}


def is_touched(change: Change) -> bool:
    """Whether somebody did something to the article itself."""
    return told(change)[0] not in ("number", "same")
