"""Alignment against amendments whose truth is known (design/drafts.md: 98.5 % right, 0.5 % wrong)."""

from __future__ import annotations

import random
import re

import pytest

from coalition.drafts.compare import compare
from coalition.drafts.text.parse import parse
from tests.generators.amendments import Verdict, amend, judge
from tests.generators.shifting import act_of, rewritten
from tests.generators.statutes import newest

SEEDS = 24
_ARTICLE = re.compile(r"(?<!」 )제\d+조")


@pytest.fixture(scope="module")
def verdict() -> Verdict:
    acts = [text for name, text in newest().items() if name != "민법"]
    chance = random.Random(0)
    whole = Verdict()
    for seed in range(SEEDS):
        source, *pool = chance.sample(acts, 4)
        amended = amend(source, pool, seed)
        comparison = compare(parse(amended.before).tree, parse(amended.after).tree)
        whole.add(judge(comparison, amended))
    return whole


def test_nearly_every_article_is_classed_right(verdict: Verdict) -> None:
    assert verdict.articles > 1000
    assert verdict.right / verdict.articles >= 0.985, verdict.missed


def test_hardly_any_pair_is_wrong(verdict: Verdict) -> None:
    assert verdict.wrong_pairs / verdict.articles <= 0.005


def test_an_act_in_which_every_number_moves_is_aligned_whole() -> None:
    amended = amend(newest()["행정절차법"], [], 1)
    body = amended.before.split("\n")
    at = next(at for at, line in enumerate(body) if line.startswith("제1조("))
    new = "제0조(선언) 모든 국민은 언제나 자유로이 숨을 쉰다."
    renamed = {f"제{num}조": f"제{num + 1}조" for num in range(200)}
    shifted = [
        _ARTICLE.sub(lambda match: renamed[match.group()], line) for line in [new, *body[at:]]
    ]

    comparison = compare(parse(amended.before).tree, parse("\n".join([*body[:at], *shifted])).tree)

    kinds = {change.kinds for change in comparison.changes}
    assert kinds <= {("inserted",), ("number",), ("number", "reference"), ("deleted",)}
    assert comparison.summary["inserted"] == 1
    assert comparison.summary["number"] == len(comparison.changes) - 1


def test_a_total_rewrite_is_put_before_a_person() -> None:
    """Half of both texts without a partner: rewritten rather than deleted and inserted."""
    before = act_of(185)

    comparison = compare(parse(before).tree, parse(rewritten(before)).tree)

    assert comparison.summary == {"inserted": 185, "deleted": 185}
    assert all(change.needs_confirmation for change in comparison.changes)


def test_an_article_whose_title_alone_remains_is_put_before_a_person() -> None:
    before = act_of(40)
    old = before.split("\n")
    at = next(i for i, line in enumerate(old) if line.startswith("제1조("))
    new = [*old[:at], "제1조(목적) 가나다라 마바사아 자차카타.", *old[at + 1 :]]

    comparison = compare(parse(before).tree, parse("\n".join(new)).tree)

    doubtful = [change for change in comparison.changes if change.needs_confirmation]
    assert {unit.node.eid for change in doubtful for unit in (*change.a, *change.b)} == {"art_1"}
