"""Core questions to choose from: by division, so that a phone shows where to go before it shows all of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from coalition.dialogue.models import CoreQuestion, Paper

#: So few stand in one list.
_FEW = 6
_UNDIVIDED = "분과를 정하지 않음"


@dataclass(slots=True)
class CoreGroup:
    """The core questions of one division, with an anchor of the page."""

    key: str
    label: str
    items: list[tuple[Any, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class CoresOfPaper:
    """A paper with its core questions."""

    paper: Paper
    groups: list[CoreGroup]


def grouped_cores(
    cores: Iterable[CoreQuestion], address: Callable[[CoreQuestion], str], key: str = "core"
) -> list[CoreGroup]:
    """Core questions with their addresses, by division in the order of their first number. One group without a
    label where they are few or of one division."""
    rows = list(cores)
    groups: dict[str, CoreGroup] = {}
    divided = len(rows) > _FEW and len({core.division_name for core in rows}) > 1
    for core in rows:
        named = f"{core.division_name} 분과" if core.division_name else _UNDIVIDED
        label = named if divided else ""
        group = groups.setdefault(label, CoreGroup(f"{key}-{len(groups) + 1}", label))
        group.items.append((core, address(core)))
    last = groups.pop(_UNDIVIDED, None)
    return [*groups.values(), *([last] if last is not None else [])]


def cores_by_paper(
    cores: Iterable[CoreQuestion], address: Callable[[CoreQuestion], str]
) -> list[CoresOfPaper]:
    """Every paper with its core questions; `cores` come in the order of papers and numbers."""
    papers: dict[int, list[CoreQuestion]] = {}
    for core in cores:
        papers.setdefault(core.paper_id, []).append(core)
    return [
        CoresOfPaper(rows[0].paper, grouped_cores(rows, address, f"paper-{pk}"))
        for pk, rows in papers.items()
    ]
