"""What the editor of a law text sees beside it: the outline, and the faults at their lines."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from coalition.drafts.chain import normalise
from coalition.drafts.text.diagnostics import Level
from coalition.drafts.text.lint import lint
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import walk

KIND_NAMES = {
    "part": "편",
    "chapter": "장",
    "section": "절",
    "subsection": "관",
    "article": "조",
    "paragraph": "항",
    "item": "호",
    "subitem": "목",
    "supplement": "부칙",
    "annex": "별표",
}
LEVEL_NAMES = {Level.ERROR: "오류", Level.WARNING: "주의", Level.INFO: "정보"}
_OUTLINED = frozenset(
    {"part", "chapter", "section", "subsection", "article", "supplement", "annex"}
)


@dataclass(frozen=True, slots=True)
class OutlineEntry:
    """One line of the outline."""

    kind: str
    label: str
    title: str
    line: int


@dataclass(frozen=True, slots=True)
class Fault:
    """One finding, in the words of the screen."""

    line: int
    column: int
    code: str
    level: str
    level_name: str
    message: str


@dataclass(frozen=True, slots=True)
class Check:
    """All that can be said of a text as it stands."""

    outline: list[OutlineEntry]
    faults: list[Fault]
    counts: list[tuple[str, int]]

    @property
    def errors(self) -> int:
        return sum(fault.level == Level.ERROR for fault in self.faults)

    def as_json(self) -> dict[str, Any]:
        return {**asdict(self), "errors": self.errors}


def check_text(source: str) -> Check:
    """Parse and lint; never raises, whatever the text is."""
    parsed = parse(normalise(source))
    nodes = list(walk(parsed.tree))
    return Check(
        outline=[
            OutlineEntry(node.kind, node.label, node.title, node.line)
            for node in nodes
            if node.kind in _OUTLINED
        ],
        faults=[
            Fault(d.line, d.column, d.code, d.level, LEVEL_NAMES[d.level], d.message)
            for d in lint(parsed)
        ],
        counts=[
            (name, parsed.counts[kind])
            for kind, name in KIND_NAMES.items()
            if parsed.counts.get(kind)
        ],
    )
