"""The promises of design/drafts.md, held against real Acts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from coalition.drafts.text import numbers
from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import Node, articles, walk
from tests.generators.statutes import (
    newest,
    statutes,
    stripped,
    tidy,
    wrapped_at_blanks,
    wrapped_inside_words,
)

_TRUTH = re.compile(
    r"(?P<article>제\d+조(?:의\d+)*)(?:[( ]|$)|  (?P<item>\d+(?:의\d+)*)\. |    (?P<subitem>[가-힣])\. "
    r"|(?P<paragraph>[①-⑳㉑-㉟㊱-㊿]) "
)


@pytest.mark.parametrize("name", statutes())
def test_a_real_act_comes_back_byte_for_byte(name: str) -> None:
    text = statutes()[name]

    assert render(parse(text).tree) == text


def _shape(tree: Node) -> list[tuple[Any, ...]]:
    return [(node.kind, node.number, node.title, node.text, node.marks) for node in walk(tree)]


@pytest.mark.parametrize("name", newest())
def test_a_real_act_without_indentation_is_the_same_tree(name: str) -> None:
    text = newest()[name]

    assert _shape(parse(stripped(text)).tree) == _shape(parse(text).tree)


@pytest.mark.parametrize("name", newest())
def test_articles_and_what_is_below_them_are_those_that_the_indentation_tells(name: str) -> None:
    text = newest()[name]
    body = text[: text.index("\n부칙")] + "\n"

    found = [node for node in walk(parse(stripped(body)).tree) if node.kind in _KINDS]

    assert [(node.kind, node.number) for node in found] == list(_told_by_indentation(body))


_KINDS = ("article", "paragraph", "item", "subitem")


def _told_by_indentation(body: str) -> Iterator[tuple[str, tuple[int, ...]]]:
    for line in body.split("\n")[1:]:
        match = _TRUTH.match(line)
        if match is None:
            continue
        kind = match.lastgroup or ""
        yield kind, _number(kind, match[kind])
        inline = re.search(r"^제\d+조(?:의\d+)*\([^①]*\) ①", line)
        if kind == "article" and inline:
            yield "paragraph", (1,)


def _number(kind: str, written: str) -> tuple[int, ...]:
    if kind == "paragraph":
        return (numbers.CIRCLED[written],)
    if kind == "subitem":
        return (numbers.SYLLABLE[written],)
    return tuple(int(part) for part in re.findall(r"\d+", written))


def _article_words(tree: Node, blank: str) -> list[tuple[Any, ...]]:
    return [
        (
            article.eid,
            [
                (node.kind, node.number, _joined(node.title, blank), _joined(node.text, blank))
                for node in walk(article)
                if node.kind != "note"
            ],
        )
        for article in articles(tree)
    ]


def _joined(text: str, blank: str) -> str:
    return text.replace("\n", " ") if blank else "".join(text.split())


@pytest.mark.parametrize(
    ("wrap", "blank", "share"), [(wrapped_at_blanks, " ", 0.995), (wrapped_inside_words, "", 0.99)]
)
def test_wrapped_acts_keep_their_articles(
    wrap: Callable[[str], str], blank: str, share: float
) -> None:
    right = total = 0
    for text in newest().values():
        plain = tidy(text)
        wanted = _article_words(parse(plain).tree, blank)
        got = dict(_article_words(parse(wrap(plain)).tree, blank))
        total += len(wanted)
        right += sum(1 for eid, words in wanted if got.get(eid) == words)

    assert right / total >= share
