"""Who is who from one text to the next: what is proposed, what a person must confirm, what follows.

An article goes on as another when the alignment says so with certainty: equal words, a unique title,
or a likeness without rival. Where the alignment is unsure, and where an article was split or two
were merged, a person decides (design/drafts.md: uid is carried by the alignment that the editor
confirms). `propose` gives both; `settle` turns proposals and answers into an heir for every provision.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from coalition.drafts.compare import diff
from coalition.drafts.compare.align import ALIKE
from coalition.drafts.compare.below import Named, below
from coalition.drafts.compare.comparing import compare
from coalition.drafts.compare.result import Change, Comparison
from coalition.drafts.compare.similarity import ratio
from coalition.drafts.compare.structure import structures, supplements
from coalition.drafts.compare.units import Unit
from coalition.drafts.text.tree import Node, walk

How = Literal["text", "title", "alike"]
Reason = Literal["unsure", "title", "alone", "twins", "split", "merged"]

#: Why a person is asked, in words.
REASONS: dict[Reason, str] = {
    "unsure": "많이 바뀜",
    "title": "제목만 같음",
    "alone": "짝을 찾지 못함",
    "twins": "같은 글이 여럿",
    "split": "나뉨",
    "merged": "합침",
}


@dataclass(frozen=True, slots=True)
class Step:
    """A provision of the newer text comes from one of the older, `score` alike (0–1)."""

    a_eid: str
    b_eid: str
    how: How
    score: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """Articles about which a person is asked; `proposal` says from which each of the newer comes (from
    none: a new one).

    `key` is made of the words alone, so that an answer outlives changes elsewhere in the text.
    """

    key: str
    change: Change
    reasons: tuple[Reason, ...]
    proposal: dict[str, tuple[str, ...]]


@dataclass
class Plan:
    """All that is proposed between two texts: `steps` by the newer eId, the doubtful ones among them."""

    a_tree: Node
    b_tree: Node
    comparison: Comparison
    steps: dict[str, tuple[Step, ...]] = field(default_factory=dict)
    doubts: list[Doubt] = field(default_factory=list)

    @cached_property
    def before(self) -> dict[str, Unit]:
        """The older text's articles by eId, in its own order."""
        found = {unit.node.eid: unit for change in self.comparison.changes for unit in change.a}
        return {node.eid: found[node.eid] for node in walk(self.a_tree) if node.eid in found}

    @cached_property
    def after(self) -> dict[str, Unit]:
        """The newer text's articles by eId, in their order."""
        found = {unit.node.eid: unit for change in self.comparison.changes for unit in change.b}
        return {node.eid: found[node.eid] for node in walk(self.b_tree) if node.eid in found}

    def unanswered(self, answers: Mapping[str, Sequence[str]]) -> list[Doubt]:
        """Doubts of which an article has no answer."""
        return [doubt for doubt in self.doubts if not set(doubt.proposal) <= set(answers)]


@dataclass(frozen=True, slots=True)
class Settled:
    """What is decided of one provision: whose identity it has (None: a new one), where it comes from."""

    b_eid: str
    heir_of: str | None
    steps: tuple[Step, ...]


def propose(a_tree: Node, b_tree: Node) -> Plan:
    """Compare two texts and say who is who among their articles."""
    plan = Plan(a_tree, b_tree, compare(a_tree, b_tree))
    titles = _Counted(plan.comparison, lambda unit: unit.title)
    words = _Counted(plan.comparison, lambda unit: unit.compact)
    both = _Counted(plan.comparison, lambda unit: (unit.title, unit.compact))
    keys: Counter[str] = Counter()
    changes = {change.b[0].node.eid: change for change in plan.comparison.changes if change.b}
    changes |= {change.b[0].node.eid: change for change in _same_by_title(plan.comparison, titles)}
    for change in changes.values():
        a = [unit for unit in change.a if _goes_on(unit)]
        b = [unit for unit in change.b if _goes_on(unit)]
        if not b or (not a and (change.a or not change.needs_confirmation)):
            continue
        for new in b:
            plan.steps[new.node.eid] = tuple(_step(old, new, titles) for old in a)
        reasons = tuple(_reasons(change, words, both))
        if reasons:
            proposal = {new.node.eid: tuple(old.node.eid for old in a) for new in b}
            key = _key(change)
            keys[key] += 1
            plan.doubts.append(Doubt(f"{key}{keys[key]}", change, reasons, proposal))
    return plan


def _same_by_title(comparison: Comparison, titles: _Counted) -> Iterator[Change]:
    """An article that has nothing left of one that went but its title, which no other has."""
    gone = {
        unit.title: unit
        for change in comparison.changes
        for unit in change.a
        if not change.b and unit.title
    }
    for change in comparison.changes:
        for new in change.b if not change.a else ():
            old = gone.get(new.title)
            if old is not None and titles.of(new) == (1, 1) and _goes_on(old) and _goes_on(new):
                score = ratio(old.neutral, new.neutral)
                segments = diff.of_lines(old.lines, new.lines)
                yield Change(("text",), (old,), (new,), score, True, segments)


def settle(plan: Plan, answers: Mapping[str, Sequence[str]]) -> list[Settled]:
    """Decide every provision of the newer text, in its order.

    `answers` names, for an article of the newer text, those of the older from which it comes (none:
    a new one); they go before what was proposed. An identity goes to the article that is most like:
    of a split one to its best part, of merged ones the best part's to the whole.
    """
    before, after = plan.before, plan.after
    titles = _Counted(plan.comparison, lambda unit: unit.title)
    steps = dict(plan.steps)
    for b_eid, a_eids in answers.items():
        old = [before[a_eid] for a_eid in dict.fromkeys(a_eids)]
        steps[b_eid] = tuple(_step(unit, after[b_eid], titles) for unit in old)
    order = {eid: at for at, eid in enumerate([*before, *after])}
    heirs = _heirs([step for row in steps.values() for step in row], order)
    for eid, row in steps.items():
        heir = heirs.get(eid)
        steps[eid] = tuple(sorted(row, key=lambda s: (s.a_eid != heir, -s.score)))
    frames = [*supplements(plan.a_tree, plan.b_tree), *structures(plan.a_tree, plan.b_tree, heirs)]
    for named in [*_below(plan, steps), *frames]:
        heirs[named.b_eid] = named.a_eid
        steps[named.b_eid] = (Step(named.a_eid, named.b_eid, named.how, named.score),)
    return [
        Settled(node.eid, heirs.get(node.eid), steps.get(node.eid, ()))
        for node in walk(plan.b_tree)
        if node.eid
    ]


def _goes_on(unit: Unit) -> bool:
    """부칙 go by their order (frames); of 「제7조 삭제」 nothing goes on."""
    return unit.node.kind != "supplement" and not unit.is_stub


class _Counted:
    """How many articles of each text share a key."""

    def __init__(self, comparison: Comparison, key: Callable[[Unit], Hashable]) -> None:
        self._key = key
        self._a = Counter(key(unit) for change in comparison.changes for unit in change.a)
        self._b = Counter(key(unit) for change in comparison.changes for unit in change.b)

    def of(self, unit: Unit) -> tuple[int, int]:
        return self._a[self._key(unit)], self._b[self._key(unit)]


def _step(old: Unit, new: Unit, titles: _Counted) -> Step:
    if old.neutral == new.neutral:
        return Step(old.node.eid, new.node.eid, "text", 1.0)
    is_unique = bool(new.title) and old.title == new.title and titles.of(new) == (1, 1)
    score = ratio(old.neutral, new.neutral)
    return Step(old.node.eid, new.node.eid, "title" if is_unique else "alike", score)


def _reasons(change: Change, words: _Counted, both: _Counted) -> Iterator[Reason]:
    if change.needs_confirmation:
        is_by_title = (
            bool(change.a) and change.a[0].title == change.b[0].title and change.score < ALIKE
        )
        yield "title" if is_by_title else "unsure" if change.a else "alone"
    if "split" in change.kinds:
        yield "split"
    if "merged" in change.kinds:
        yield "merged"
    if len(change.a) == len(change.b) == 1 and _are_twins(change.a[0], change.b[0], words, both):
        yield "twins"


def _are_twins(old: Unit, new: Unit, words: _Counted, both: _Counted) -> bool:
    """Whether the same words stand in several articles, so that either could be meant."""
    if old.compact != new.compact or (old.title == new.title and old.number == new.number):
        return False
    if old.title == new.title:
        ours, theirs = both.of(new)
        return ours != theirs
    return words.of(new) != (1, 1)


def _key(change: Change) -> str:
    said = [[[unit.title, unit.neutral] for unit in side] for side in (change.a, change.b)]
    written = json.dumps(said, ensure_ascii=False)
    return hashlib.sha256(written.encode()).hexdigest()[:16] + "-"


def _heirs(steps: Iterable[Step], order: Mapping[str, int]) -> dict[str, str]:
    """Each identity to one article, the best first; an equal score goes by the order of the texts."""
    heirs: dict[str, str] = {}
    given: set[str] = set()
    for step in sorted(steps, key=lambda s: (-s.score, order[s.b_eid], order[s.a_eid])):
        if step.b_eid not in heirs and step.a_eid not in given:
            heirs[step.b_eid] = step.a_eid
            given.add(step.a_eid)
    return heirs


def _below(plan: Plan, steps: Mapping[str, Sequence[Step]]) -> Iterator[Named]:
    """What stands below articles that belong together: 항, 호, 목 of all of them at once."""
    before, after = plan.before, plan.after
    for a_eids, b_eids in _families(steps):
        yield from below([before[eid] for eid in a_eids], [after[eid] for eid in b_eids])
    for named in supplements(plan.a_tree, plan.b_tree):
        if named.a_eid in before and named.b_eid in after:  # those without articles
            yield from below([before[named.a_eid]], [after[named.b_eid]])


def _families(steps: Mapping[str, Sequence[Step]]) -> Iterator[tuple[list[str], list[str]]]:
    """Articles that are connected by steps, however indirectly."""
    children: dict[str, list[str]] = {}
    for b_eid, row in steps.items():
        for step in row:
            children.setdefault(step.a_eid, []).append(b_eid)
    seen: set[str] = set()
    for first in steps:
        if first in seen or not steps[first]:
            continue
        a_eids: dict[str, None] = {}
        b_eids: dict[str, None] = {}
        pending = [first]
        while pending:
            b_eid = pending.pop()
            if b_eid in b_eids:
                continue
            b_eids[b_eid] = None
            for step in steps[b_eid]:
                a_eids[step.a_eid] = None
                pending.extend(children[step.a_eid])
        seen.update(b_eids)
        yield list(a_eids), list(b_eids)
