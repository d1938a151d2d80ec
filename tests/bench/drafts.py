"""Law texts: parse, lint, compare, and texts made to hurt. Targets of design/drafts.md."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from coalition.drafts.compare import compare
from coalition.drafts.text.lint import lint
from coalition.drafts.text.parse import parse
from tests.bench.figures import Figure, cpu, growth, milliseconds
from tests.generators.hostile import HOSTILE
from tests.generators.shifting import act_of, first_articles, rewritten, with_new_first_article
from tests.generators.statutes import newest

TARGETS = "design/drafts.md"
#: Times as long for twice the text.
LINEAR = 2.3
#: Characters of the longer hostile text, and of those that design/drafts.md names.
LONG = 500_000
NAMED = {
    "branches without end": 2_500_000,
    "circled numbers on one line": 5_000_000,
    "blanks": 5_000_000,
}
#: What a regex pass looks for: the beginning of a line as a careless parser would read it.
_LINE = re.compile(r"\s*(?:제\d+조(?:의\d+)*|[①-⑳]|\d+\.|[가-하]\.)?")


def measure() -> list[Figure]:
    return [*_reading(), *_comparing(), *_hostile()]


def _reading() -> Iterator[Figure]:
    text = act_of(130)
    parsed = parse(text)
    one_pass = cpu(lambda: [_LINE.match(line) for line in text.split("\n")])
    baseline = f"one regex pass over the lines ({milliseconds(one_pass):.2f} ms)"
    for what, work, most in (
        ("parse 130 articles", lambda: parse(text), 50.0),
        ("lint 130 articles", lambda: lint(parsed), 100.0),
    ):
        taken = cpu(work)
        yield Figure(what, milliseconds(taken), "ms", most, taken / one_pass, baseline, TARGETS)


def _comparing() -> Iterator[Figure]:
    hundred = act_of(100)
    shifted = with_new_first_article(hundred)
    another = first_articles(newest()["민법"], 185)
    cases = (
        ("compare 100 articles, the same", hundred, hundred, 100.0),
        ("compare 100 articles, every number shifted", hundred, shifted, 100.0),
        ("compare 185 articles with those of another Act", act_of(185), another, 1000.0),
        ("compare a total rewrite of 185 articles", act_of(185), rewritten(act_of(185)), 1000.0),
    )
    for what, before, after, most in cases:
        a, b = parse(before).tree, parse(after).tree
        reading = cpu(lambda before=before, after=after: (parse(before), parse(after)))
        taken = cpu(lambda a=a, b=b: compare(a, b))
        baseline = f"parsing both ({milliseconds(reading):.0f} ms)"
        yield Figure(what, milliseconds(taken), "ms", most, taken / reading, baseline, TARGETS)


def _hostile() -> Iterator[Figure]:
    for how, text in HOSTILE.items():
        size = NAMED.get(how, LONG)
        short, long = text(size // 2), text(size)
        ratio = growth(partial(parse, short), partial(parse, long))
        what = f"parse {how}, {len(long) / 1e6:.2g} M characters"
        yield Figure(what, ratio, "×", LINEAR, None, "half the text", TARGETS)
