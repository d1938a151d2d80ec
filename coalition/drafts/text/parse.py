"""`parse`: a law text in, its tree and what is wrong with it out. It never refuses a text."""

from __future__ import annotations

import time
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from coalition.drafts.text import order, traces
from coalition.drafts.text.diagnostics import Diagnostic, in_order
from coalition.drafts.text.reading import Reader
from coalition.drafts.text.tree import KINDS, Node, as_json, walk
from coalition.pause import collector_paused


@dataclass(slots=True)
class Parsed:
    """A text that has been read: its tree, the findings of reading, and how long it took.

    `source` is the text as given. `counts` are the nodes of each kind that occurs.
    """

    source: str
    tree: Node
    diagnostics: list[Diagnostic]
    counts: dict[str, int] = field(default_factory=dict)
    elapsed_ms: float = 0.0

    def as_json(self) -> dict[str, Any]:
        """The form of the `parse` command (design/architecture.md, Commands)."""
        return {
            "tree": as_json(self.tree),
            "diagnostics": [diagnostic.as_json() for diagnostic in self.diagnostics],
            "counts": self.counts,
            "elapsed_ms": round(self.elapsed_ms, 3),
        }


def parse(text: str) -> Parsed:
    """Read `text` (any line ends, any normal form, wrapped or not) into a tree.

    Raises nothing on any string. The diagnostics are those of structure (S1, S2, S3) and of
    reading (P…); the drafting rules are `lint`'s.
    """
    started = time.perf_counter()
    with collector_paused():
        reader = Reader(text)
        tree = reader.read()
        diagnostics = in_order([*traces.find(reader), *order.find(tree)])
        counted = Counter(node.kind for node in walk(tree))
    counts: dict[str, int] = {kind: counted[kind] for kind in KINDS if counted[kind]}
    elapsed_ms = (time.perf_counter() - started) * 1000
    return Parsed(text, tree, diagnostics, counts, elapsed_ms)
