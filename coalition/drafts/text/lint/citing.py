"""L12 and L13: how citations are written."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_word
from coalition.drafts.text.tree import Node
from coalition.particles import object_, topic

_SPACED = re.compile(
    r"제\d+조(?:의\d+){0,4}(?: 제\d+항(?:제\d+호(?:의\d+){0,4})?| 제\d+호(?:의\d+){0,4})(?:[가-하]목)?"
    r"|제\d+항 제\d+호(?:의\d+){0,4}(?:[가-하]목)?|제\d+호(?:의\d+){0,4} [가-하]목(?![적록표])"
    r"|제 \d+조(?:의\d+){0,4}|제\d+ 조(?:의\d+){0,4}"
)
_OLD = re.compile(r"(의|을|를)? ?규정에 (의하여|의한|의하면|따라|따른)")
_OLD_BEHIND = re.compile(r"(?:조|항|호|목|법|법률)(?:의\d+){0,4}[」]?$")
_ONE_OF = re.compile(r"(?:다음 )?각 ?호의 ?(?:1에|하나에|어느 1에) ?해당")
_UNCLEAR = re.compile(r"다음 각 ?호에 해당하는 (?:자|사람|경우|것|사업|행위|기관|단체|법인)")


def spelling(draft: Draft) -> Iterator[Diagnostic]:
    """L12: no blanks inside a citation, no 이 법 before one, 에 따른 for 의 규정에 의한."""
    for words in draft.words:
        for match in _SPACED.finditer(words.text):
            closed = match.group().replace(" ", "")
            message = f"{topic(f'「{match.group()}」')} 띄지 말고 「{closed}」처럼 붙여 쓰세요."
            yield at_word(words, match.start(), "L12", Level.WARNING, message)
        for match in _OLD.finditer(words.text):
            if _OLD_BEHIND.search(words.text, max(0, match.start() - 12), match.start()):
                message = f"「{match.group().strip()}」 대신 「에 따라」나 「에 따른」을 쓰세요."
                yield at_word(words, match.start(), "L12", Level.WARNING, message)


def acts(draft: Draft) -> Iterator[Diagnostic]:
    """L12: other Acts in 「」, 같은 법 when cited again, no 이 법 before an own provision."""
    for reference in draft.references.internal:
        if reference.named and reference.at in draft.by_eid:
            message = f"이 법의 조문은 「이 법」 없이 「{reference.text}」만 씁니다."
            yield Diagnostic(reference.line, reference.column, "L12", Level.WARNING, message)
    for other in draft.references.external:
        if other.at not in draft.by_eid:
            continue
        if not other.bracketed and not draft.law:
            message = f"다른 법률의 이름은 「」로 묶습니다. 「{other.law}」처럼 쓰세요."
            yield Diagnostic(other.line, other.column, "L12", Level.WARNING, message)
        elif not other.law:
            message = "「같은 법」이 가리키는 법률이 앞에 없습니다. 법률의 이름을 쓰세요."
            yield Diagnostic(other.line, other.column, "L12", Level.WARNING, message)
    if not draft.law:
        yield from _again(draft)


def _again(draft: Draft) -> Iterator[Diagnostic]:
    """The same Act named in full twice in one 항."""
    named: dict[str, set[str]] = {}
    for other in draft.references.external:
        if not other.bracketed or not other.text.startswith("「") or other.provision is None:
            continue
        known = named.setdefault(other.at, set())
        if other.law in known and other.at in draft.by_eid:
            message = f"{object_(f'「{other.law}」')} 다시 인용할 때는 「같은 법」이라고 씁니다."
            yield Diagnostic(other.line, other.column, "L12", Level.INFO, message)
        known.add(other.law)


def all_or_one(draft: Draft) -> Iterator[Diagnostic]:
    """L13: 모두 해당 or 어느 하나에 해당, never left open."""
    for words in draft.words:
        match = _ONE_OF.search(words.text)
        if match is not None:
            message = "「각 호의 어느 하나에 해당」으로 쓰세요."
            yield at_word(words, match.start(), "L13", Level.WARNING, message)
            continue
        match = _UNCLEAR.search(words.text)
        if match is not None and _has_items(words.node):
            message = (
                "각 호를 모두 갖추어야 하는지 분명하지 않습니다. 「각 호의 어느 하나에 해당하는」이나 "
                "「각 호에 모두 해당하는」으로 쓰세요."
            )
            yield at_word(words, match.start(), "L13", Level.WARNING, message)


def _has_items(node: Node) -> bool:
    return sum(1 for child in node.children if child.kind == "item") > 1
