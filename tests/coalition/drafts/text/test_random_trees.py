"""Random tree → text → same tree."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, given, settings

from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import Node, as_json
from tests.generators.statutes import stripped
from tests.generators.trees import trees

_MANY = settings(
    max_examples=500, deadline=None, suppress_health_check=list(HealthCheck), database=None
)


def _meaning(tree: Node) -> Any:
    """The tree without the places of its lines."""
    form = as_json(tree)
    pending = [form]
    while pending:
        node = pending.pop()
        del node["line"]
        pending.extend(node["children"])
    return form


@_MANY
@given(trees())
def test_a_printed_tree_is_read_back_as_the_same_tree_and_the_same_bytes(tree: Node) -> None:
    text = render(tree)

    parsed = parse(text)

    assert _meaning(parsed.tree) == _meaning(tree)
    assert render(parsed.tree) == text


@settings(_MANY, max_examples=100)
@given(trees())
def test_indentation_says_nothing(tree: Node) -> None:
    text = render(tree)

    assert _meaning(parse(stripped(text)).tree) == _meaning(parse(text).tree)
