"""The words of every provision cut where a reader can go on: citations and defined terms.

Nothing is changed: the segments of a provision put together are its text.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from coalition.drafts.text import marks, statutes
from coalition.drafts.text.cited import External, Internal, References
from coalition.drafts.text.references import references
from coalition.drafts.text.terms import Term, Vocabulary, terms
from coalition.drafts.text.tree import Node, walk_with_parents
from coalition.drafts.text.words import words_of


@dataclass(frozen=True, slots=True)
class Segment:
    """Some words of a provision.

    `eid` is set where they cite this law's own provision, `url` where they cite another Act, `term` where they
    are a word with a meaning of its own; never more than one of them.
    """

    text: str
    eid: str = ""
    url: str = ""
    term: Term | None = None


@dataclass(slots=True)
class Segmented:
    """A whole text in segments.

    `words` has one entry per node below the bill in the order of the text (where a Provision's `order` is its
    place, counted from 1). `terms` are, by the eId of the article (or of the 부칙 of one sentence), those that
    stand in it.
    """

    words: list[tuple[Segment, ...]] = field(default_factory=list)
    terms: dict[str, list[Term]] = field(default_factory=dict)
    references: References = field(default_factory=References)


def segmented(tree: Node) -> Segmented:
    """Cut a whole text. A term is pointed out where it stands first in an article, and nowhere again: a law says
    its words so often that more would drown the text."""
    found = references(tree)
    citing: dict[str, list[Internal | External]] = {}
    listed: list[Internal | External] = [*found.internal, *found.external]
    for reference in listed:
        citing.setdefault(reference.at, []).append(reference)
    vocabulary = Vocabulary(terms(tree))
    result = Segmented(references=found)
    for place, (node, above) in enumerate(walk_with_parents(tree)):
        if not place:
            continue
        path = [each.eid for each in (*above, node) if each.eid]
        home = next((each.eid for each in (*above, node) if each.kind == "article"), node.eid)
        spans = list(_citations(node, citing.get(node.eid, ()))) if node.eid else []
        known = result.terms.setdefault(home, [])
        spans += _terms(node, path, place, vocabulary, spans, known)
        result.words.append(tuple(_cut(node.text, sorted(spans, key=lambda span: span[0]))))
    result.terms = {eid: known for eid, known in result.terms.items() if known}
    return result


_Span = tuple[int, int, Segment]


def _citations(node: Node, found: Iterable[Internal | External]) -> Iterator[_Span]:
    """The citations of a node as spans of its text. One that can't be placed exactly gets no link."""
    listed = list(found)
    if not listed:
        return
    words = words_of(node)
    offsets = _offsets(words.text, node.text)
    taken = 0
    for reference in sorted(listed, key=lambda each: (each.line, each.column)):
        at = _offset(words.text, words.line, words.column, reference)
        start = offsets.get(at)
        last = offsets.get(at + len(reference.text) - 1)
        if start is None or last is None or start < taken:
            continue
        if words.text[at : at + len(reference.text)] != reference.text:
            continue
        text = node.text[start : last + 1]
        if isinstance(reference, Internal):
            if not reference.to:
                continue
            segment = Segment(text, eid=reference.to[0])
        elif reference.law:
            segment = Segment(text, url=statutes.address(reference.law, reference.code))
        else:
            continue
        taken = last + 1
        yield start, taken, segment


def _offset(body: str, line: int, column: int, reference: Internal | External) -> int:
    """Where in a node's body the citation at this line and column of the source begins."""
    if reference.line == line:
        return reference.column - column
    begins = 0
    for _ in range(reference.line - line):
        begins = body.find("\n", begins) + 1
    return begins + reference.column - 1


def _offsets(body: str, text: str) -> dict[int, int]:
    """Where each character of a node's body stands in its text: the text is the body's lines without the blanks
    around them, and without marks (<개정 …>). Empty when the text was made otherwise."""
    kept: list[int] = []
    begins = 0
    for raw in body.splitlines(keepends=True):
        view = raw.rstrip("\r\n")
        stripped = view.strip(" ")
        if stripped:
            if kept:
                kept.append(begins - 1)  # the line end before
            first = begins + len(view) - len(view.lstrip(" "))
            kept.extend(range(first, first + len(stripped)))
        begins += len(raw)
    joined = "".join("\n" if body[at] in "\r\n" else body[at] for at in kept)
    cuts = marks.spans(joined)
    if cuts:
        for start, end in reversed(cuts):
            del kept[start:end]
            joined = joined[:start] + joined[end:]
        blanks = len(joined) - len(joined.lstrip())
        joined = joined.strip()
        kept = kept[blanks : blanks + len(joined)]
    return {at: position for position, at in enumerate(kept)} if joined == text else {}


def _terms(
    node: Node,
    path: Sequence[str],
    place: int,
    vocabulary: Vocabulary,
    spans: Sequence[_Span],
    known: list[Term],
) -> list[_Span]:
    """The terms of a node that its article did not have before; those inside citations are left alone."""
    found: list[_Span] = []
    for use in vocabulary.uses(node.text, path, place):
        if use.term in known or any(start < use.end and use.start < end for start, end, _ in spans):
            continue
        known.append(use.term)
        found.append((use.start, use.end, Segment(node.text[use.start : use.end], term=use.term)))
    return found


def _cut(text: str, spans: Sequence[_Span]) -> Iterator[Segment]:
    end = 0
    for start, stop, segment in spans:
        if start > end:
            yield Segment(text[end:start])
        yield segment
        end = stop
    if end < len(text):
        yield Segment(text[end:])


def in_lines(segments: Iterable[Segment]) -> list[list[Segment]]:
    """The segments line by line, as the text is shown."""
    rows: list[list[Segment]] = [[]]
    for segment in segments:
        for number, part in enumerate(segment.text.split("\n")):
            if number:
                rows.append([])
            if part:
                rows[-1].append(Segment(part, segment.eid, segment.url, segment.term))
    return rows
