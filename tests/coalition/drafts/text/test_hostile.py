"""Linear time on texts made to hurt, and no recursion."""

from __future__ import annotations

import time

import pytest

from coalition.drafts.text.clean import clean
from coalition.drafts.text.lint import lint
from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from tests.generators.hostile import HOSTILE

#: Twice the text may take so many times as long (design/drafts.md).
RATIO = 2.3


@pytest.mark.parametrize("how", HOSTILE)
def test_twice_the_text_takes_about_twice_the_time(how: str) -> None:
    """One calm measurement in five is enough: what is quadratic never comes near the ratio."""
    short, long = HOSTILE[how](60_000), HOSTILE[how](120_000)

    assert any(_cpu(long) < max(RATIO * _cpu(short), 0.02) for _ in range(5))


def _cpu(text: str) -> float:
    """The least of three measurements, in seconds of processor time."""
    best = float("inf")
    for _ in range(3):
        started = time.process_time()
        parse(text)
        best = min(best, time.process_time() - started)
    return best


@pytest.mark.parametrize("how", HOSTILE)
def test_a_hostile_text_comes_back_and_can_be_checked(how: str) -> None:
    text = HOSTILE[how](20_000)

    parsed = parse(text)

    assert render(parsed.tree) == text
    lint(parsed)
    clean(text)
