"""What a subject measures, and how: CPU time, the median of three.

CPU time (user and system of this process) hardly depends on what else the machine does; what remains
of it is divided out by a ratio to a baseline that is measured in the same run.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, Literal

#: How often a thing is measured.
ROUNDS = 3
#: Something too fast for the clock is repeated until it takes so many seconds.
SHORTEST = 0.02

Unit = Literal["ms", "×", "queries", "MB", "s", "calls"]


@dataclass(frozen=True, slots=True)
class Figure:
    """One thing that was measured.

    `most` is the target it is held against, None when there is none. `ratio` says how many times the
    `baseline` it costs, where `value` itself is no ratio. `source` names where the target is from.
    """

    what: str
    value: float
    unit: Unit
    most: float | None = None
    ratio: float | None = None
    baseline: str = ""
    source: str = ""

    @property
    def is_met(self) -> bool:
        return self.most is None or self.value <= self.most

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def cpu(work: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """Seconds of CPU that `work` takes: run once to warm up, then the median of the rounds."""
    started = time.process_time()
    work()
    times = max(1, int(SHORTEST / max(time.process_time() - started, 1e-7)))
    return statistics.median(_round(work, times) for _ in range(rounds))


def _round(work: Callable[[], object], times: int) -> float:
    started = time.process_time()
    for _ in range(times):
        work()
    return (time.process_time() - started) / times


def in_turns(*works: Callable[[], object], rounds: int = 5) -> list[float]:
    """Seconds of CPU that each takes: once to warm up, then the median of rounds in which each has its turn.

    For works that wait for memory more than they compute: what the neighbours do meets all of them alike.
    """
    for work in works:
        work()
    turns = [[_round(work, 1) for work in works] for _ in range(rounds)]
    return [statistics.median(column) for column in zip(*turns, strict=True)]


def growth(short: Callable[[], object], long: Callable[[], object], *, rounds: int = 5) -> float:
    """How many times as much `long` takes: measured in turns, the least of each.

    What grows too fast does so every time; a neighbour on the machine only disturbs now and then.
    """
    short()
    turns = [(_round(short, 1), _round(long, 1)) for _ in range(rounds)]
    return min(of_long for _, of_long in turns) / min(of_short for of_short, _ in turns)


def milliseconds(seconds: float) -> float:
    return seconds * 1000
