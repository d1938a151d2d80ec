"""What a comparison of two texts is: one change per article, in the kinds of design/architecture.md."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Any, Literal

from coalition.drafts.compare.units import Unit

Kind = Literal[
    "same",
    "text",
    "title",
    "number",
    "reference",
    "moved",
    "inserted",
    "deleted",
    "split",
    "merged",
    "order",
    "paragraphed",
]

#: Every kind, in the order in which they are listed for one change.
KINDS: tuple[Kind, ...] = (
    "same",
    "text",
    "title",
    "number",
    "reference",
    "moved",
    "inserted",
    "deleted",
    "split",
    "merged",
    "order",
    "paragraphed",
)

#: The words for the kinds (design/words.md): 번호만 stands for `number` and `reference`.
KOREAN: dict[Kind, str] = {
    "same": "그대로",
    "text": "바뀜",
    "title": "제목",
    "number": "번호만",
    "reference": "번호만",
    "moved": "옮김",
    "inserted": "신설",
    "deleted": "삭제",
    "split": "나뉨",
    "merged": "합침",
    "order": "순서",
    "paragraphed": "항 나눔",
}

Segment = tuple[Literal["=", "-", "+"], str]


@dataclass(slots=True)
class Change:
    """What became of one article (or of several that were split or merged).

    `score` is how alike the two texts are (0–1, 1 is equal); `needs_confirmation` says that a
    person should look whether they belong together at all. `diff` goes through the text of `a` and
    then of `b` by 어절: "=" in both, "-" only in `a`, "+" only in `b`.
    """

    kinds: tuple[Kind, ...]
    a: tuple[Unit, ...] = ()
    b: tuple[Unit, ...] = ()
    score: float = 1.0
    needs_confirmation: bool = False
    diff: tuple[Segment, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "kinds": list(self.kinds),
            "a": [unit.as_json() for unit in self.a],
            "b": [unit.as_json() for unit in self.b],
            "score": round(self.score, 3),
            "needs_confirmation": self.needs_confirmation,
            "diff": [list(segment) for segment in self.diff],
        }


@dataclass(slots=True)
class Comparison:
    """All changes from one text to another, in the order of the newer text; what was deleted stands
    where it was. `elapsed_ms` is the time of alignment and diff."""

    changes: list[Change] = field(default_factory=list)
    elapsed_ms: float = 0.0

    @property
    def summary(self) -> dict[str, int]:
        """How many changes are of each kind that occurs."""
        counted = Counter(kind for change in self.changes for kind in change.kinds)
        return {kind: counted[kind] for kind in KINDS if counted[kind]}

    def as_json(self) -> dict[str, Any]:
        """The form of the `compare` command (design/architecture.md, Commands)."""
        return {
            "summary": self.summary,
            "elapsed_ms": round(self.elapsed_ms, 3),
            "changes": [change.as_json() for change in self.changes],
        }
