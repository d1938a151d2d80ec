"""What `references` finds: citations of this law and of other Acts, in both directions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Internal:
    """A citation of this law's own provisions.

    `to` is empty when what it cites is not there; `near` is then the deepest provision on the way
    that exists. `spaced` tells that it is written with blanks (제3조 제1항), `named` that 이 법
    stands before it.
    """

    at: str
    line: int
    column: int
    text: str
    to: tuple[str, ...]
    part: str | None = None
    near: str | None = None
    named: bool = False

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "line": self.line,
            "column": self.column,
            "text": self.text,
            "to": list(self.to),
            "part": self.part,
        }


@dataclass(frozen=True, slots=True)
class External:
    """A citation of another Act.

    `law` is '' when 같은 법 has no Act to point back to. `code` is the article as 법제처 numbers it
    (제58조의2 is 005802), None without one. `bracketed` is False for an Act named without 「」.
    """

    at: str
    line: int
    column: int
    text: str
    law: str
    provision: str | None
    code: str | None = None
    bracketed: bool = True

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at,
            "line": self.line,
            "column": self.column,
            "text": self.text,
            "law": self.law,
            "provision": self.provision,
        }


@dataclass(slots=True)
class References:
    """All citations of a text, in its order."""

    internal: list[Internal] = field(default_factory=list)
    external: list[External] = field(default_factory=list)

    @property
    def broken(self) -> list[Internal]:
        """Citations of provisions that do not exist."""
        return [reference for reference in self.internal if not reference.to]

    def citing(self, eid: str) -> list[Internal]:
        """The citations that name this very provision."""
        return [reference for reference in self.internal if eid in reference.to]

    def cited_at(self, eid: str) -> list[Internal]:
        """The citations in this provision's own words."""
        return [reference for reference in self.internal if reference.at == eid]

    def as_json(self) -> dict[str, Any]:
        """The form of bills/sjsa/expected-references.json, without its version."""
        return {
            "internal": [reference.as_json() for reference in self.internal],
            "external": [reference.as_json() for reference in self.external],
        }
