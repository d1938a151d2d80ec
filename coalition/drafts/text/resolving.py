"""Resolving rows of citations against the text that they stand in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from coalition.drafts.text import eids
from coalition.drafts.text.address import korean_from_eid
from coalition.drafts.text.citations import Member, steps
from coalition.drafts.text.cited import External, Internal, References
from coalition.drafts.text.rows import Row, rows
from coalition.drafts.text.scope import Scope, Steps, depth_of, extend, steps_of
from coalition.drafts.text.tree import PROVISIONS, Node
from coalition.drafts.text.words import Words, words_of

_LOOSE = PROVISIONS - {"article"}
_MAY_CITE = re.compile(r"[「호목조항장절관편]|별표")
#: In a 부칙 of an enacted Act these words say that another wording of the law is meant.
_FIRST_ARTICLE = re.compile(r"제\s?\d{1,5}\s?조")
_READ_ANEW = re.compile(r"(?: 중 |의 )[\"“]")
_HISTORIC = re.compile(r"종전의?\s?(?:「[^」]*」\s?|규정\s?|법률\s?)?$")


@dataclass(slots=True)
class Place(Words):
    """The words of a node, the steps that lead to it, the 부칙 it is in ('' for the body) and
    whether that is an enacted one; `above` are the nodes that it stands in."""

    steps: Steps = ()
    prefix: str = ""
    enacted: bool = False
    above: tuple[Node, ...] = ()


@dataclass(slots=True)
class Cited:
    """What was cited last: the steps, the Act (None for this law), the 부칙 ('' for the body)."""

    steps: Steps = ()
    law: str | None = None
    prefix: str = ""


class Resolver:
    """Resolves the citations of one article or unnumbered 부칙, node by node in order.

    Remembers the Act that 같은 법 means and the provision that 같은 조 means.
    """

    def __init__(self, scope: Scope, found: References) -> None:
        self._scope = scope
        self._found = found
        self._law = ""
        self._aliases: dict[str, str] = {}
        self._last = Cited()

    def read(self, place: Place) -> None:
        """Take down every citation in the words of one node."""
        around: list[Cited] = []
        for row in rows(place.text):
            if row.depth > len(around):
                around.append(self._last)
            elif row.depth < len(around):
                self._last = around[row.depth]
                del around[row.depth :]
            if row.unit:
                self._unit(row, place)
            elif row.prefix in ("law", "same_law", "act"):
                self._act(row, place)
            else:
                self._own(row, place)

    # Another Act

    def _act(self, row: Row, place: Place) -> None:
        law = self._name_of(row)
        if row.alias:
            self._aliases[row.alias] = law
        if row.prefix != "same_law":
            self._law = law
        plain = _leading_plain(row.members)
        if row.prefix == "act" and not plain:
            return
        end = plain[-1].end if plain else row.head_end
        provision = place.text[row.through if not plain else plain[0].start : end].strip() or None
        if plain and not row.alias:
            provision = place.text[row.head_end : end].strip()
        self._add_external(place, row.start, end, law, provision, bracketed=row.prefix != "act")
        path: Steps = ()
        for member in plain:
            path = extend(path, member.last or member.steps)
        self._last = Cited(path, law)
        for member in row.members[len(plain) :]:
            self._member(member, place, joined=True)

    def _name_of(self, row: Row) -> str:
        if row.prefix == "act":
            return self._aliases.get(row.name, row.name)
        if row.prefix == "law":
            return row.name
        decree = re.search(r"시행령|시행규칙", row.name)
        return f"{self._law} {decree.group()}" if decree and self._law else self._law

    def _add_external(
        self,
        place: Place,
        start: int,
        end: int,
        law: str,
        provision: str | None,
        *,
        bracketed: bool = True,
    ) -> None:
        line, column = place.position(start)
        text = place.text[start:end]
        code = article_code(provision)
        self._found.external.append(
            External(place.node.eid, line, column, text, law, provision, code, bracketed)
        )

    # This law

    def _own(self, row: Row, place: Place) -> None:
        if row.prefix == "supplement" and row.members:
            self._supplement(row, place)
            return
        for at, member in enumerate(row.members):
            joined = at > 0 or row.goes_on or row.depth > 0
            self._member(member, place, joined=joined, named=row.prefix == "this_law")

    def _supplement(self, row: Row, place: Place) -> None:
        """부칙 제2조: of the 부칙 in which it is cited, else of the first."""
        first = self._scope.supplements[0] if self._scope.supplements else "supp_1"
        prefix = place.prefix or first
        for at, member in enumerate(row.members):
            path = member.steps if at == 0 else extend(self._last.steps, member.steps)
            self._last = Cited(path, None, prefix)
            self._take(member, place, start=row.start if at == 0 else member.start)

    def _member(self, member: Member, place: Place, *, joined: bool, named: bool = False) -> None:
        """One citation: work out what is meant, remember it, take it down."""
        before = self._last
        if member.before:
            if not self._before(member, place):
                return
        elif member.same:
            base = before.steps[: depth_of(before.steps, member.same)]
            if not base or (not member.steps and not member.part):
                return
            self._last = Cited(base + member.steps, before.law, before.prefix)
        elif before.law is not None and (joined or self._is_read_anew(member, place)):
            self._last = Cited(extend(before.steps, member.steps), before.law)
        else:
            self._last = self._complete(member.steps, place, joined=joined)
        if self._last.law is not None:
            self._add_external(
                place, member.start, member.end, self._last.law, written(self._last.steps)
            )
        else:
            self._take(member, place, near_end=before if member.ends_range else None, named=named)

    def _is_read_anew(self, member: Member, place: Place) -> bool:
        """같은 법 제83조 중 "채무자"는 …로, 제94조 중 "법원"은 …로 본다: still the other Act."""
        if _READ_ANEW.match(place.text, member.end) is None or member.steps[0][0] != "article":
            return False
        return self._scope.find(member.steps) is None

    def _complete(self, atom: Steps, place: Place, *, joined: bool) -> Cited:
        """The steps of an atom with those above it taken from the row or from the place.

        An article is one of the body, wherever it is cited.
        """
        if atom[0][0] == "article":
            return Cited(atom, None, self._last.prefix if joined else "")
        if joined and self._last.steps:
            wanted = extend(self._last.steps, atom)
            if self._scope.find(wanted, self._last.prefix) is not None:
                return Cited(wanted, None, self._last.prefix)
        for base in (place.steps, place.steps[:1]):
            wanted = extend(base, atom)
            if self._scope.find(wanted, place.prefix) is not None:
                return Cited(wanted, None, place.prefix)
        if self._last.steps and self._last.law is None:
            wanted = extend(self._last.steps, atom)
            if joined or self._scope.find(wanted, self._last.prefix) is not None:
                return Cited(wanted, None, self._last.prefix)
        return Cited(extend(place.steps, atom), None, place.prefix)

    def _before(self, member: Member, place: Place) -> bool:
        """전조, 전항, 전2항 of older Acts, with what may follow (전항 제1호)."""
        to = self._scope.before(place.steps, member.before, member.count, place.prefix)
        if not to:
            return False
        path = self._scope.steps_to(to[-1])
        self._last = Cited((*path, *member.steps), None, place.prefix)
        if member.steps:
            return True
        self._add(place, member.start, member, to)
        return False

    def _take(
        self,
        member: Member,
        place: Place,
        *,
        start: int | None = None,
        near_end: Cited | None = None,
        named: bool = False,
    ) -> None:
        """Look up what was remembered last and take the citation down."""
        path, prefix = self._last.steps, self._last.prefix
        if member.last:
            first, path = path, extend(path, member.last)
            to = self._scope.between(first, path, prefix)
            self._last = Cited(path, None, prefix)
        elif near_end is not None:
            to = self._scope.between(near_end.steps, path, prefix)[1:]
        else:
            eid = self._scope.find(path, prefix)
            to = (eid,) if eid is not None else ()
        self._add(place, member.start if start is None else start, member, to, named=named)

    def _unit(self, row: Row, place: Place) -> None:
        """별표 1, 제3장."""
        self._last = Cited()
        eid = self._scope.unit(row.unit, place.above)
        member = Member(row.start, row.head_end)
        self._add(place, row.start, member, (eid,) if eid is not None else ())

    def _add(
        self,
        place: Place,
        start: int,
        member: Member,
        to: tuple[str, ...],
        *,
        named: bool = False,
    ) -> None:
        if place.prefix and _HISTORIC.search(place.text, max(0, start - 60), start):
            return
        if not to and place.enacted:
            return
        line, column = place.position(start)
        near = None if to else self._scope.deepest(self._last.steps, self._last.prefix)
        self._found.internal.append(
            Internal(
                place.node.eid,
                line,
                column,
                place.text[start : member.end],
                to,
                member.part,
                near.eid if near is not None else None,
                named,
            )
        )


def _leading_plain(members: list[Member]) -> list[Member]:
    """The members before the first 같은 조: they make one citation with the Act's name."""
    for at, member in enumerate(members):
        if member.same or member.before:
            return members[:at]
    return members


def resolve_all(tree: Node, found: References) -> None:
    """Take down all citations of a text in `found`."""
    scope = Scope(tree)
    for root, above in citing_roots(tree):
        resolve_one(scope, root, above, found)


def citing_roots(tree: Node) -> Iterator[tuple[Node, tuple[Node, ...]]]:
    """What is read by itself, with what it stands in: each article, each 부칙 without its articles,
    and provisions that stand in no article."""
    pending: list[tuple[Node, tuple[Node, ...]]] = [(tree, ())]
    while pending:
        node, above = pending.pop()
        if node.kind in PROVISIONS or node.kind == "supplement":
            yield node, above
        if node.kind not in PROVISIONS:
            inside = (*above, node)
            if node.kind == "supplement":
                articles = [child for child in node.children if child.kind not in _LOOSE]
                pending.extend((child, inside) for child in reversed(articles))
            else:
                pending.extend((child, inside) for child in reversed(node.children))


def resolve_one(scope: Scope, root: Node, above: tuple[Node, ...], found: References) -> None:
    """Take down the citations of one root; they never depend on those of another."""
    resolver = Resolver(scope, found)
    pending = [(root, above)]
    while pending:
        node, over = pending.pop()
        readable = node.kind in PROVISIONS or node.kind == "supplement"
        if readable and not node.amends and _MAY_CITE.search(node.body):
            resolver.read(_place(node, over))
        below = [child for child in node.children if child.kind in _LOOSE]
        if below:
            inside = (*over, node)
            pending.extend((child, inside) for child in reversed(below))


def _place(node: Node, above: tuple[Node, ...]) -> Place:
    words = words_of(node)
    place = Place(node, words.text, words.line, words.column)
    place.above = above
    place.steps = steps_of(node, above)
    supplement = above[1] if len(above) > 1 else node
    if supplement.kind == "supplement":
        place.prefix = supplement.eid
        place.enacted = bool(supplement.marks)
    return place


def written(path: Steps) -> str:
    """제3조제2항 for its steps."""
    return korean_from_eid("__".join(eids.step(level, number) for level, number in path)) or ""


def article_code(provision: str | None) -> str | None:
    """The six digits of 법제처 for an article: 제38조 is 003800, 제10조의2 is 001002."""
    if provision is None:
        return None
    match = _FIRST_ARTICLE.search(provision)
    path = steps(provision[match.start() :]) if match else ()
    if not path or path[0][0] != "article":
        return None
    num, *branch = path[0][1]
    return f"{num:04d}{branch[0] if branch else 0:02d}"
