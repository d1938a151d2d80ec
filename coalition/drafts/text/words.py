"""The words of one node and where in the source each of them stands."""

from __future__ import annotations

from dataclasses import dataclass

from coalition.drafts.text.lines import mend
from coalition.drafts.text.tree import Node


@dataclass(slots=True)
class Words:
    """A node's own words, marks and line breaks included, with the place of the first character.

    Unlike `Node.text` they keep every character, so that an offset has a line and a column.
    """

    node: Node
    text: str
    line: int
    column: int

    def position(self, offset: int) -> tuple[int, int]:
        """Line and column (both 1-based) of the character at `offset`."""
        breaks = self.text.count("\n", 0, offset)
        if not breaks:
            return self.line, self.column + offset
        return self.line + breaks, offset - self.text.rfind("\n", 0, offset)


def words_of(node: Node) -> Words:
    """The words of `node` with their place."""
    lead = mend(node.lead)
    breaks = lead.count("\n")
    column = len(lead) - lead.rfind("\n") if breaks else node.column + len(lead)
    return Words(node, mend(node.body), node.line + breaks, column)


def written_of(node: Node) -> Words:
    """All that is written of `node`, its marker and title included."""
    return Words(node, mend(node.lead + node.body), node.line, node.column)
