"""Does a citation still cite the same provision? 제8조 that became 제9조 along with its article does."""

from __future__ import annotations

from coalition.drafts.compare.similarity import ratio
from coalition.drafts.compare.units import Line, Unit, fold
from coalition.drafts.text.references import Internal, LazyReferences
from coalition.drafts.text.tree import Node, index, walk

#: Provisions with so much of their text in common are counterparts.
ALIKE = 0.6


class Counterparts:
    """The counterparts of all articles between two texts, and of what stands below them."""

    def __init__(self, before: Node, after: Node) -> None:
        self._a = index(before)
        self._b = index(after)
        self._cited_a = LazyReferences(before)
        self._cited_b = LazyReferences(after)
        self._articles: dict[str, set[str]] = {}
        self._plain: set[str] = set()

    def add(self, a: list[str], b: list[str]) -> None:
        """Articles that became these articles (one to one, or split, or merged)."""
        for old in a:
            self._articles.setdefault(old, set()).update(b)
            if len(a) == len(b) == 1:
                self._plain.add(old)

    def same_lines(self, a: Unit, old: Line, b: Unit, new: Line) -> bool:
        """Whether two lines say the same and cite counterparts, number for number."""
        if old.compact == new.compact:
            return True
        if old.neutral != new.neutral:
            return False
        cited_a = self._cited_a.within(a.node).get(old.node.eid, [])
        cited_b = self._cited_b.within(b.node).get(new.node.eid, [])
        if len(cited_a) != len(cited_b):
            return False
        if _around(old.text, cited_a) != _around(new.text, cited_b):
            return False
        return all(map(self.same, cited_a, cited_b))

    def same(self, a: Internal, b: Internal) -> bool:
        """Whether citation `b` cites the counterparts of what `a` cites.

        Equal words are no change, even where they now hit another provision: that is for the
        drafter to see (S4), not for the comparison to call a new text.
        """
        if "".join(a.text.split()) == "".join(b.text.split()):
            return a.part == b.part
        if not a.to or not b.to:
            return False
        if len(a.to) != len(b.to):
            return self._ends(a, b)
        return a.part == b.part and all(map(self._is_counterpart, a.to, b.to))

    def _ends(self, a: Internal, b: Internal) -> bool:
        """제5조부터 제8조까지 that became 제5조부터 제9조까지 because an article was inserted."""
        whole = all("__" not in eid for eid in (a.to[0], b.to[0]))
        return (
            whole
            and self._is_counterpart(a.to[0], b.to[0])
            and self._is_counterpart(a.to[-1], b.to[-1])
        )

    def _is_counterpart(self, a: str, b: str) -> bool:
        article_a, tail_a = _split(a)
        article_b, tail_b = _split(b)
        if article_a not in self._articles:
            return a == b
        if article_b not in self._articles[article_a]:
            return False
        if tail_a == tail_b and (not tail_a or article_a in self._plain):
            return True
        return self._alike(a, b)

    def _alike(self, a: str, b: str) -> bool:
        old, new = self._a.get(a), self._b.get(b)
        if old is None or new is None:
            return False
        return ratio(_words(old), _words(new)) >= ALIKE


def _around(text: str, citations: list[Internal]) -> str:
    """The words of a line without its citations of own provisions and without blanks."""
    parts = []
    end = 0
    for citation in citations:
        cited = citation.text.replace("\n", " ")
        at = text.find(cited, end)
        if at >= 0:
            parts.append(text[end:at])
            end = at + len(cited)
    parts.append(text[end:])
    return "".join(fold("\ufffc".join(parts)).split())


def _words(node: Node) -> str:
    return "".join("".join(each.text.split()) for each in walk(node))


def _split(eid: str) -> tuple[str, str]:
    """The article of an eId (with its 부칙) and what stands below it."""
    steps = eid.split("__")
    depth = next((at for at, step in enumerate(steps, 1) if step.startswith("art_")), len(steps))
    return "__".join(steps[:depth]), "__".join(steps[depth:])
