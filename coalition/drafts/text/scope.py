"""Where a citation stands and what it can reach: provisions looked up by their steps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from functools import lru_cache

from coalition.drafts.text import eids
from coalition.drafts.text.address import resolve
from coalition.drafts.text.citations import LEVELS, Step
from coalition.drafts.text.tree import PROVISIONS, STRUCTURE, Node, index, walk

Steps = tuple[Step, ...]
_FIRST_PARAGRAPH: Step = ("paragraph", (1,))
_ABOVE = {level: frozenset(LEVELS[:at]) for at, level in enumerate(LEVELS)}
_UNITS = {"조": 1, "항": 2, "호": 3, "목": 4}


class Scope:
    """The provisions of one text: the body and each 부칙 by eId, articles also in order."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree
        self._known = index(tree)
        self._articles: dict[str, list[tuple[tuple[int, ...], str]]] = {}
        self.supplements = [node.eid for node in walk(tree) if node.kind == "supplement"]
        for node in walk(tree):
            if node.kind == "article":
                prefix, _, _ = node.eid.rpartition("__")
                self._articles.setdefault(prefix, []).append((node.number, node.eid))

    def find(self, steps: Steps, prefix: str = "") -> str | None:
        """The eId of the provision with these steps in the body ('' ) or in a 부칙, or None.

        제1항 of an article without 항 is the article, as in addresses.
        """
        eid = _eid(steps, prefix)
        if eid in self._known:
            return eid
        if _FIRST_PARAGRAPH not in steps or len(steps) == 1:
            return None
        plain = tuple(step for step in steps if step != _FIRST_PARAGRAPH)
        if plain:
            whole = _eid(plain, prefix)
            article = self._known.get(_eid(plain[:1], prefix))
            has_paragraphs = article is not None and any(
                child.kind == "paragraph" for child in article.children
            )
            if whole in self._known and not has_paragraphs:
                return whole
        return None

    def between(self, first: Steps, last: Steps, prefix: str) -> tuple[str, ...]:
        """All provisions from one to the other, or () when either end does not exist."""
        begin, end = self.find(first, prefix), self.find(last, prefix)
        if begin is None or end is None:
            return ()
        if len(first) != len(last) or first[:-1] != last[:-1] or first[-1][0] != last[-1][0]:
            return (begin, end)
        if first[-1][0] == "article":
            row = sorted(self._articles.get(prefix, []))
        else:
            parent = self._known.get(begin.rpartition("__")[0])
            children = parent.children if parent is not None else []
            row = sorted(
                (child.number, child.eid) for child in children if child.kind == first[-1][0]
            )
        keys = [number for number, _ in row]
        low, high = bisect_left(keys, first[-1][1]), bisect_right(keys, last[-1][1])
        return tuple(eid for _, eid in row[low:high])

    def before(self, steps: Steps, unit: str, count: int, prefix: str) -> tuple[str, ...]:
        """전조, 전항, 전2항: the `count` units before the one that the steps stand in."""
        depth = depth_of(steps, unit)
        if not depth:
            return ()
        level, number = steps[depth - 1]
        if level == "article":
            row = [eid for key, eid in sorted(self._articles.get(prefix, [])) if key < number]
        else:
            parent = self._known.get(_eid(steps[: depth - 1], prefix))
            row = [
                child.eid
                for child in (parent.children if parent else [])
                if child.kind == level and child.number < number
            ]
        return tuple(row[-count:]) if len(row) >= count else ()

    def unit(self, words: str, above: Iterable[Node]) -> str | None:
        """별표 1, 제3장, 제2절: the latter of the 장 that the citation stands in."""
        found = resolve(self._tree, words)
        if found is not None:
            return found
        label = words.replace(" ", "")
        for node in above:
            for child in node.children if node.kind in STRUCTURE else ():
                if child.label == label:
                    return child.eid
        return None

    def steps_to(self, eid: str) -> Steps:
        """The steps that lead to a known provision."""
        steps: list[Step] = []
        path = eid.split("__")
        for length in range(1, len(path) + 1):
            node = self._known.get("__".join(path[:length]))
            if node is not None and node.kind in PROVISIONS:
                steps.append((node.kind, node.number))  # type: ignore[arg-type]
        return tuple(steps)

    def deepest(self, steps: Steps, prefix: str) -> Node | None:
        """The provision that exists with as many of these steps as possible."""
        for length in range(len(steps) - 1, 0, -1):
            eid = self.find(steps[:length], prefix)
            if eid is not None:
                return self._known[eid]
        return None


def steps_of(node: Node, above: tuple[Node, ...]) -> Steps:
    """The steps of the provision a node is, from its article down."""
    return tuple(
        (each.kind, each.number)  # type: ignore[misc]
        for each in (*above, node)
        if each.kind in PROVISIONS
    )


def extend(before: Steps, steps: Steps) -> Steps:
    """제3조제2항제1호 and then 제2호 → 제3조제2항제2호."""
    if not steps:
        return before
    above = _ABOVE[steps[0][0]]
    return tuple(step for step in before if step[0] in above) + steps


def depth_of(steps: Steps, unit: str) -> int:
    """How many steps lead down to the unit (조, 항, 호, 목); 0 when there is none among them."""
    level = LEVELS[_UNITS[unit] - 1]
    for position, (each, _) in enumerate(steps, 1):
        if each == level:
            return position
    return 0


@lru_cache(maxsize=8192)
def _eid(steps: Steps, prefix: str) -> str:
    path = "__".join(eids.step(level, number) for level, number in steps)
    return f"{prefix}__{path}" if prefix else path
