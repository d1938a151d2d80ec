"""Which provision cites which: citations of a text resolved to eIds, in both directions.

Inside the law a citation is read from where it stands: 제2항 is of this article, 제1호 of this 항, 가목
of this 호; in a row (제4항제3호 및 제4호) what was said first goes on; 같은 조 is the article cited last. A
citation behind 「…」 or 같은 법 is of another Act. Lines of 「다른 법률의 개정」 are not read.
"""

from __future__ import annotations

from coalition.drafts.text.cited import External, Internal, References
from coalition.drafts.text.resolving import citing_roots, resolve_all, resolve_one
from coalition.drafts.text.scope import Scope
from coalition.drafts.text.tree import Node

__all__ = ["External", "Internal", "LazyReferences", "References", "references"]


def references(tree: Node) -> References:
    """Find and resolve every citation of `tree`."""
    found = References()
    resolve_all(tree, found)
    return found


class LazyReferences:
    """The citations of a text, resolved article by article when asked for."""

    def __init__(self, tree: Node) -> None:
        self._tree = tree
        self._scope: Scope | None = None
        self._above: dict[str, tuple[Node, ...]] = {}
        self._known: dict[str, dict[str, list[Internal]]] = {}

    def within(self, root: Node) -> dict[str, list[Internal]]:
        """The citations of own provisions in an article (or 부칙), by the eId they stand in."""
        known = self._known.get(root.eid)
        if known is not None:
            return known
        if self._scope is None:
            self._scope = Scope(self._tree)
            self._above = {node.eid: above for node, above in citing_roots(self._tree)}
        found = References()
        resolve_one(self._scope, root, self._above.get(root.eid, ()), found)
        by_place: dict[str, list[Internal]] = {}
        for reference in found.internal:
            by_place.setdefault(reference.at, []).append(reference)
        self._known[root.eid] = by_place
        return by_place
