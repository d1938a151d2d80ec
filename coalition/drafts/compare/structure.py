"""편, 장, 절, 관 and 부칙: which is which. They hold provisions and go by their titles and contents."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping

from coalition.drafts.compare.below import Named
from coalition.drafts.compare.supplements import paired
from coalition.drafts.compare.units import fold
from coalition.drafts.text.tree import STRUCTURE, Node, walk


def supplements(a_tree: Node, b_tree: Node) -> Iterator[Named]:
    """부칙 of one promulgation number, else by their order."""
    for old, new in paired(a_tree, b_tree):
        if old is not None and new is not None:
            yield Named(old.eid, new.eid, "alike", 1.0)


def structures(a_tree: Node, b_tree: Node, heirs: Mapping[str, str]) -> Iterator[Named]:
    """장 by a unique title, else by where most of their articles went.

    `heirs` says from which article of the older text one of the newer comes.
    """
    before, after = _structures(a_tree), _structures(b_tree)
    titles_a, titles_b = Counter(map(_key, before)), Counter(map(_key, after))
    by_title = {_key(node): node for node in before}
    free = {node.eid for node in before}
    left: list[Node] = []
    for node in after:
        key = _key(node)
        if node.title and titles_a[key] == titles_b[key] == 1:
            free.discard(by_title[key].eid)
            yield Named(by_title[key].eid, node.eid, "title", 1.0)
        else:
            left.append(node)
    yield from _by_contents(before, left, free, heirs)


def _by_contents(
    before: list[Node], left: list[Node], free: set[str], heirs: Mapping[str, str]
) -> Iterator[Named]:
    """A 장 under a new title goes on when more than half of what it held is there."""
    homes: dict[str, dict[str, str]] = {}
    sizes: dict[str, int] = {}
    for node in before:
        held = [each.eid for each in walk(node) if each.kind == "article"]
        sizes[node.eid] = len(held)
        homes.setdefault(node.kind, {}).update(dict.fromkeys(held, node.eid))
    for node in left:
        home_of = homes.get(node.kind, {})
        held = [heirs.get(each.eid, "") for each in walk(node) if each.kind == "article"]
        came = Counter(home_of[a_eid] for a_eid in held if a_eid in home_of)
        for eid, count in came.most_common(1):
            if eid in free and count * 2 > sizes[eid]:
                free.discard(eid)
                yield Named(eid, node.eid, "alike", count / sizes[eid])


def _structures(tree: Node) -> list[Node]:
    return [node for node in walk(tree) if node.kind in STRUCTURE]


def _key(node: Node) -> tuple[str, str]:
    return node.kind, "".join(fold(node.title).split())
