"""The parts of which the page of a comparison is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from coalition.drafts.compare import Kind, table
from coalition.drafts.compare.table import Piece
from coalition.drafts.text.tree import Node


@dataclass(frozen=True, slots=True)
class Side:
    """One of the versions: its name on the page, where its provisions live, its nodes by eId."""

    name: str
    address: str
    nodes: dict[str, Node]

    def provision(self, eid: str) -> str:
        return f"{self.address}{eid}/"


@dataclass(frozen=True, slots=True)
class Tag:
    """The word for what was done, and its look."""

    word: str
    look: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A provision in one column. `name` says it in full, for its link; `note` where it went.

    `sign` is that of its marker: a 항 that is new, or that only now is one.
    """

    address: str
    name: str
    marker: str
    depth: int
    pieces: tuple[Piece, ...]
    note: str = ""
    sign: table.Sign = "="


@dataclass(frozen=True, slots=True)
class Row:
    """Provisions side by side; `words` has both in one line, for reading in one column."""

    anchor: str
    state: Literal["same", "changed", "removed", "added", "moved"]
    a: Cell | None
    b: Cell | None
    words: tuple[Piece, ...] = ()

    @property
    def cell(self) -> Cell | None:
        """The newer one, or what is left of the older."""
        return self.b or self.a


@dataclass(frozen=True, slots=True)
class Run:
    """Unchanged provisions in a row, to be folded."""

    label: str
    rows: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Head:
    """제12조(제목) in one column, with its permanent address."""

    address: str
    name: str
    label: str
    title: tuple[Piece, ...]
    sign: table.Sign = "="


@dataclass(frozen=True, slots=True)
class Block:
    """One article, or one part of what was split or merged. `a_note` says where it went."""

    anchor: str
    a: tuple[Head, ...]
    b: tuple[Head, ...]
    runs: tuple[Run, ...]
    a_note: str = ""
    b_note: str = ""
    is_part: bool = False
    is_moved: bool = False

    @property
    def is_pair(self) -> bool:
        """Whether one head can stand for both sides."""
        return len(self.a) == len(self.b) == 1 and not self.is_part

    @property
    def title(self) -> tuple[Piece, ...]:
        """Both titles of a pair in one row of words."""
        return together(self.a[0].title, self.b[0].title) if self.is_pair else ()


@dataclass(frozen=True, slots=True)
class Entry:
    """One change: what happened to which article, and its blocks."""

    anchor: str
    kinds: tuple[Kind, ...]
    tags: tuple[Tag, ...]
    was: str
    now: str
    note: str
    doubt: str
    blocks: tuple[Block, ...]
    #: The lines in which only numbers of citations changed, each as one row of words.
    cited: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class OfficialEntry:
    """One change in the forms of the official 신ㆍ구조문대비표."""

    anchor: str
    a: tuple[Head, ...]
    b: tuple[Head, ...]
    rows: tuple[table.OfficialRow, ...]


def together(a: tuple[Piece, ...], b: tuple[Piece, ...]) -> tuple[Piece, ...]:
    """Both columns in one row of words: what was taken out before what was added."""
    found: list[Piece] = []
    old = list(a)
    for piece in b:
        while old and old[0].sign == "-":
            found.append(old.pop(0))
        if piece.sign == "=" and old:
            old.pop(0)
        found.append(piece)
    return (*found, *old)
