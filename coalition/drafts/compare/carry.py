"""Which provision keeps its identity from one version to the next, as cautiously as can be.

An article is carried when its words are equal, or when its title is equal and no other article has
it. What stands below a carried article is carried when its own words are equal. Nothing is guessed:
a provision that two others equal is not carried at all.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from coalition.drafts.compare.supplements import paired
from coalition.drafts.compare.units import fold
from coalition.drafts.text.tree import PROVISIONS, STRUCTURE, Node, walk

How = Literal["text", "title"]


@dataclass(frozen=True, slots=True)
class Carried:
    """A provision of the older text that goes on as one of the newer; `how` it was recognised."""

    a_eid: str
    b_eid: str
    how: How


def carry(a_tree: Node, b_tree: Node) -> list[Carried]:
    """All provisions (조 and what stands below) that keep their identity, in the newer order."""
    found = list(_in_scope(_articles(a_tree), _articles(b_tree)))
    for a, b in paired(a_tree, b_tree):
        if a is None or b is None:
            continue
        found.extend(_in_scope(_articles(a), _articles(b)))
        found.extend(_below(_loose(a), _loose(b)))
    order = {node.eid: position for position, node in enumerate(walk(b_tree))}
    return sorted(found, key=lambda carried: order[carried.b_eid])


def _articles(root: Node) -> list[Node]:
    """The articles below a text or a 부칙, without those of other 부칙."""
    found: list[Node] = []
    pending = list(reversed(root.children))
    while pending:
        node = pending.pop()
        if node.kind == "article":
            found.append(node)
        elif node.kind in STRUCTURE:
            pending.extend(reversed(node.children))
    return found


def _loose(supplement: Node) -> list[Node]:
    """The 항 and 호 of a 부칙 that has no articles."""
    children = [child for child in supplement.children if child.kind in PROVISIONS]
    return [node for child in children if child.kind != "article" for node in walk(child)]


def _in_scope(before: Sequence[Node], after: Sequence[Node]) -> Iterator[Carried]:
    keys: tuple[tuple[How, Callable[[Node], Hashable]], ...] = (
        ("text", lambda node: (_title(node), _whole(node), node.number)),
        ("text", lambda node: (_title(node), _whole(node))),
        ("text", _whole),
        ("title", _title),
    )
    free_a = [node for node in before if not node.deleted]
    free_b = [node for node in after if not node.deleted]
    titles_a, titles_b = _counted(before), _counted(after)
    for how, key in keys:
        pairs = list(_unique_pairs(free_a, free_b, key))
        if how == "title":
            pairs = [(a, b) for a, b in pairs if titles_a[_title(a)] == titles_b[_title(b)] == 1]
        for a, b in pairs:
            free_a.remove(a)
            free_b.remove(b)
            yield Carried(a.eid, b.eid, how)
            yield from _below(list(walk(a))[1:], list(walk(b))[1:])


def _counted(articles: Iterable[Node]) -> dict[str, int]:
    counted: dict[str, int] = {}
    for article in articles:
        counted[_title(article)] = counted.get(_title(article), 0) + 1
    return counted


def _below(before: list[Node], after: list[Node]) -> Iterator[Carried]:
    """항, 호, 목 with equal words of their own; equal numbers decide among equals."""
    free_a = [node for node in before if node.kind in PROVISIONS and not node.deleted]
    free_b = [node for node in after if node.kind in PROVISIONS and not node.deleted]
    keys: tuple[Callable[[Node], Hashable], ...] = (
        lambda node: (node.kind, _own(node), _path(node)),
        lambda node: (node.kind, _own(node)),
    )
    for key in keys:
        for a, b in list(_unique_pairs(free_a, free_b, key)):
            free_a.remove(a)
            free_b.remove(b)
            yield Carried(a.eid, b.eid, "text")


def _unique_pairs(
    before: Sequence[Node], after: Sequence[Node], key: Callable[[Node], Hashable]
) -> Iterator[tuple[Node, Node]]:
    """Pairs whose key occurs once on each side and says something."""
    ours, theirs = _by_key(before, key), _by_key(after, key)
    for found, row in ours.items():
        other = theirs.get(found, [])
        if len(row) == len(other) == 1 and _says_something(found):
            yield row[0], other[0]


def _by_key(nodes: Sequence[Node], key: Callable[[Node], Hashable]) -> dict[Hashable, list[Node]]:
    rows: dict[Hashable, list[Node]] = {}
    for node in nodes:
        rows.setdefault(key(node), []).append(node)
    return rows


def _says_something(key: Hashable) -> bool:
    words = key[1] if isinstance(key, tuple) else key
    return bool(words)


def _title(node: Node) -> str:
    return "".join(fold(node.title).split())


def _own(node: Node) -> str:
    return "".join(fold(node.text).split())


def _whole(node: Node) -> str:
    """All words of an article with the shape of what stands below it, but without its number."""
    depth = len(node.eid)
    return "".join(f"{each.eid[depth:]}{_own(each)}" for each in walk(node) if each.kind != "note")


def _path(node: Node) -> str:
    """The steps below the article: para_1__item_2."""
    steps = node.eid.split("__")
    at = next((at for at, step in enumerate(steps) if step.startswith(("art_", "supp_"))), 0)
    return "__".join(steps[at + 1 :])
