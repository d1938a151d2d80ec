"""What a decision changed, said by what it changed: a model, a pilot, a clause (docs/architecture.md).

The rooms above know decisions, and decisions know nothing of them: each registers once, in its
AppConfig.ready, a function that finds its own things by the primary keys of decisions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from coalition.dialogue.models import Decision


@dataclass(frozen=True, slots=True)
class Consequence:
    """A thing that a decision changed: what it is, its name, its address and how it changed."""

    decision: int
    label: str
    title: str
    address: str
    note: str = ""


Finder = Callable[[Sequence[int]], Iterable[Consequence]]
_finders: dict[str, Finder] = {}


def register(name: str, finder: Finder) -> None:
    """Called once per kind of thing; a second time replaces the first."""
    _finders[name] = finder


def consequences(decisions: Iterable[Decision]) -> dict[int, list[Consequence]]:
    """What each of these decisions changed, in one question to every kind of thing."""
    keys = [decision.pk for decision in decisions]
    found: dict[int, list[Consequence]] = {key: [] for key in keys}
    if keys:
        for name in sorted(_finders):
            for one in _finders[name](keys):
                found[one.decision].append(one)
    return found
