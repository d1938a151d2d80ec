"""The demo bill's two versions against the expected comparison."""

from __future__ import annotations

import json

from coalition.drafts.compare import compare
from coalition.drafts.text.parse import parse
from tests.generators.statutes import DATA, bill


def test_the_two_versions_of_the_demo_bill_differ_exactly_as_expected() -> None:
    expected = json.loads((DATA / "bills/sjsa/expected-0.2-0.3.json").read_text("utf-8"))

    found = compare(parse(bill("0.2")).tree, parse(bill("0.3")).tree).as_json()

    assert found["summary"] == expected["summary"]
    assert [
        (change["kinds"], [u["eid"] for u in change["a"]], [u["eid"] for u in change["b"]])
        for change in found["changes"]
    ] == [(change["kinds"], change["a"], change["b"]) for change in expected["changes"]]
    assert not any(change["needs_confirmation"] for change in found["changes"])


def test_a_text_compared_with_itself_stays_the_same() -> None:
    tree = parse(bill("0.3")).tree

    comparison = compare(tree, tree)

    assert comparison.summary == {"same": 28}
    assert {change.score for change in comparison.changes} == {1.0}
    assert all(sign == "=" for change in comparison.changes for sign, _ in change.diff)


def test_the_other_way_round_insertions_are_deletions_and_splits_are_merges() -> None:
    forth = compare(parse(bill("0.2")).tree, parse(bill("0.3")).tree).summary
    back = compare(parse(bill("0.3")).tree, parse(bill("0.2")).tree).summary

    for one, other in (("inserted", "deleted"), ("split", "merged")):
        assert (forth[one], forth[other]) == (back[other], back[one])
    for kind in ("same", "number", "reference", "title", "moved", "order"):
        assert forth[kind] == back[kind]
