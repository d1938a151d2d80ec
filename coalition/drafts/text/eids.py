"""ASCII addresses computed from numbers: art_5-2__para_1__item_3-2 (design/architecture.md, eId)."""

from __future__ import annotations

from coalition.drafts.text.tree import STRUCTURE, Kind, Node

#: The name of each kind inside an eId.
NAMES: dict[Kind, str] = {
    "part": "part",
    "chapter": "chp",
    "section": "sec",
    "subsection": "subsec",
    "article": "art",
    "paragraph": "para",
    "item": "item",
    "subitem": "subitem",
    "subsubitem": "subsubitem",
    "supplement": "supp",
    "annex": "annex",
    "note": "note",
}


def step(kind: Kind, number: tuple[int, ...]) -> str:
    """One step of an eId: art_5-2 for article (5, 2)."""
    return f"{NAMES[kind]}_{'-'.join(map(str, number))}"


def assign(tree: Node) -> None:
    """Give every node below the bill its eId.

    A number that occurs twice is a fault of the text (S2, S3); its second bearer gets `~2` behind,
    so that addresses stay unique and none moves when the fault is mended.
    """
    taken: dict[str, int] = {}
    pending: list[tuple[Node, Node, str]] = [(child, tree, "") for child in reversed(tree.children)]
    while pending:
        node, parent, scope = pending.pop()
        eid = _eid(node, parent, scope, taken)
        count = taken.get(eid, 0) + 1
        taken[eid] = count
        node.eid = eid if count == 1 else f"{eid}~{count}"
        if node.kind == "supplement":
            scope = node.eid
        if node.children:
            pending.extend((child, node, scope) for child in reversed(node.children))


def _eid(node: Node, parent: Node, scope: str, taken: dict[str, int]) -> str:
    kind = node.kind
    if kind == "supplement":
        return step(kind, (_next("supplement", taken),))
    number = node.number
    if kind == "annex":
        return step(kind, number or (1,))
    if kind == "note":
        number = (_next(f"note {parent.eid}", taken),)
    name = step(kind, number)
    above = scope if kind == "article" or (kind in STRUCTURE and not parent.eid) else parent.eid
    return f"{above}__{name}" if above else name


def _next(counter: str, taken: dict[str, int]) -> int:
    taken[counter] = taken.get(counter, 0) + 1
    return taken[counter]
