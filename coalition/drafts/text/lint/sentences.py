"""L2: 항 are sentences, 호 and 목 are not."""

from __future__ import annotations

import re
from collections.abc import Iterator

from coalition.drafts.text.diagnostics import Diagnostic, Level
from coalition.drafts.text.lint.draft import Draft, at_node, without_remarks
from coalition.drafts.text.tree import Node
from coalition.particles import subject

#: A sentence ends where 다. stands before a blank or the end.
_END = re.compile(r"다\.(?=\s|$)")
_LATER_PART = re.compile(r"\s*(?:다만|단|이 경우|이때|그 밖의 경우|이하)")
_MEANING = re.compile(
    r"[\"”](?:이?란|이라 함은|라 함은|은|는)|말한다\.$|같다\.$|다음과 같다\.$|다음 각"
)
#: So many sentences at most: 본문ㆍ단서 or 전단ㆍ후단, and both.
_MOST_SENTENCES = 3


def forms(draft: Draft) -> Iterator[Diagnostic]:
    """호 or 목 that end like a sentence, 항 that do not or that have too many."""
    for words in draft.words:
        node = words.node
        text = node.text.replace("\n", " ")
        if node.kind in ("item", "subitem"):
            yield from _list_member(node, text)
        elif node.kind in ("article", "paragraph") and text and not node.amends:
            yield from _provision(node, text)


def _list_member(node: Node, text: str) -> Iterator[Diagnostic]:
    plain = without_remarks(text)
    end = _END.search(plain)
    if end is None:
        return
    first = plain[: end.end()]
    if _LATER_PART.match(first) or _MEANING.search(first) or ". " in first[:-2]:
        return
    message = (
        f"{subject(node.label)} 문장(「…{first[-8:]}」)으로 끝납니다. 명사나 「…할 것」으로 맺거나 "
        "항의 본문으로 옮기세요."
    )
    yield at_node(node, "L2", Level.WARNING, message)


def _provision(node: Node, text: str) -> Iterator[Diagnostic]:
    plain = without_remarks(text)
    if len(_END.findall(plain)) > _MOST_SENTENCES:
        message = "한 항에 문장이 넷 이상입니다. 항을 나누거나 문장을 줄이세요."
        yield at_node(node, "L2", Level.INFO, message)
    if plain.endswith(("다", "함", "임")) and not node.children:
        message = "문장 끝에 마침표가 없습니다. 「…다.」로 맺으세요."
        yield at_node(node, "L2", Level.WARNING, message)
