"""How much of a case is told: the steps of its form, and what is still empty in each.

One list is the rule: the meter on the desk shows it, the browser counts by it while somebody types, and the
refusal to publish an unfinished case names the same fields.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, replace
from enum import StrEnum

from cms.models import CasePage

_TAG = re.compile(r"<[^>]*>")


class Kind(StrEnum):
    """How a field stands in the form; the browser has to know where to look."""

    TEXT = "text"
    RICH = "rich"
    BLOCKS = "blocks"
    ROWS = "rows"


@dataclass(frozen=True, slots=True)
class Part:
    """One field that a reader misses when it is empty. `awaits_end`: nothing to say before the work ends."""

    name: str
    label: str
    kind: Kind
    filled: bool = False
    awaits_end: bool = False
    # Of a block: the text that tells something; a heading that a 본보기 laid out tells nothing yet.
    telling: str = ""

    @property
    def anchor(self) -> str:
        """The id of the field in the form: where a link of the meter leads."""
        ids = {Kind.BLOCKS: self.name, Kind.ROWS: f"id_{self.name}-TOTAL_FORMS"}
        return ids.get(self.kind, f"id_{self.name}")


@dataclass(frozen=True, slots=True)
class Step:
    """One of the seven steps."""

    number: int
    title: str
    parts: tuple[Part, ...]
    finished: bool

    @property
    def asked(self) -> tuple[Part, ...]:
        """What is asked in this phase: of work that still runs, nobody asks what came of it."""
        return tuple(part for part in self.parts if self.finished or not part.awaits_end)

    @property
    def missing(self) -> tuple[Part, ...]:
        return tuple(part for part in self.asked if not part.filled)

    @property
    def done(self) -> bool:
        return not self.missing


@dataclass(frozen=True, slots=True)
class Completeness:
    """The whole case: `filled` of `asked`."""

    steps: tuple[Step, ...]

    @property
    def asked(self) -> int:
        return sum(len(step.asked) for step in self.steps)

    @property
    def filled(self) -> int:
        return self.asked - sum(len(step.missing) for step in self.steps)


STEPS: tuple[tuple[str, tuple[Part, ...]], ...] = (
    ("문제", (Part("problem", "문제", Kind.RICH),)),
    ("대화", (Part("dialogue", "대화", Kind.BLOCKS, telling="text"),)),
    (
        "모델",
        (
            Part("approach", "모델", Kind.RICH),
            Part("differences", "기존 공공일자리와 다른 점", Kind.BLOCKS, telling="here"),
        ),
    ),
    (
        "실행",
        (
            Part("process", "과정", Kind.BLOCKS, telling="text"),
            Part("target", "대상", Kind.TEXT),
            Part("period_from", "시작한 날", Kind.TEXT),
        ),
    ),
    (
        "결과",
        (
            Part("result_line", "결과 한 문장", Kind.TEXT, awaits_end=True),
            Part("result", "결과", Kind.RICH, awaits_end=True),
            Part("numbers", "핵심 수치", Kind.ROWS, awaits_end=True),
        ),
    ),
    ("한계", (Part("limits", "한계", Kind.RICH),)),
    ("전이조건", (Part("conditions", "전이조건", Kind.BLOCKS, telling="what"),)),
)
# Without these a finished case says nothing that can be judged (mission E3).
OWED_WHEN_FINISHED = {"result": "결과", "limits": "한계"}


def completeness(page: CasePage) -> Completeness:
    """The steps of this case as it stands in memory, saved or not."""
    return Completeness(
        tuple(
            Step(
                number,
                title,
                tuple(replace(part, filled=_filled(page, part)) for part in parts),
                page.is_finished,
            )
            for number, (title, parts) in enumerate(STEPS, 1)
        )
    )


def owed(page: CasePage) -> dict[str, str]:
    """Empty fields, by name with their label, that keep a finished case from being handed in or published."""
    if not page.is_finished:
        return {}
    return {
        name: label
        for name, label in OWED_WHEN_FINISHED.items()
        if says_nothing(getattr(page, name))
    }


def says_nothing(text: str) -> bool:
    """Whether a rich text has no words: an empty paragraph of the editor is none."""
    return not html.unescape(_TAG.sub("", text)).replace("\xa0", " ").strip()


def _filled(page: CasePage, part: Part) -> bool:
    value = getattr(page, part.name)
    if part.kind is Kind.RICH:
        return not says_nothing(value)
    if part.kind is Kind.ROWS:
        return bool(value.all())
    if part.kind is Kind.BLOCKS:
        return any((block.value.get(part.telling) or "").strip() for block in value)
    return bool(value)
