"""Which 부칙 of one text is which of another."""

from __future__ import annotations

import re

from coalition.drafts.text.tree import Node

_NUMBER = re.compile(r"제\s*\d+\s*호")


def paired(a_tree: Node, b_tree: Node) -> list[tuple[Node | None, Node | None]]:
    """부칙 of one promulgation number belong together, those without one go by their order.

    In the order of the newer text; the older ones that are gone come last.
    """
    old: dict[str, Node] = {}
    for position, node in enumerate(_supplements(a_tree)):
        old.setdefault(_key(node, position), node)
    pairs: list[tuple[Node | None, Node | None]] = []
    for position, node in enumerate(_supplements(b_tree)):
        pairs.append((old.pop(_key(node, position), None), node))
    pairs.extend((node, None) for node in old.values())
    return pairs


def _supplements(tree: Node) -> list[Node]:
    return [node for node in tree.children if node.kind == "supplement"]


def _key(supplement: Node, position: int) -> str:
    number = _NUMBER.search(" ".join(supplement.marks))
    return "".join(number.group().split()) if number else f"#{position}"
