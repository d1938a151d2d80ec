"""Identity from text to text: what is certain, what a person must say, and what follows from it."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence

import pytest

from coalition.drafts.compare.lineage import Plan, Settled, propose, settle
from coalition.drafts.text.parse import parse
from coalition.drafts.text.tree import index, walk
from tests.generators.amendments import amend
from tests.generators.statutes import bill, newest

Answers = Mapping[str, Sequence[str]]


def _plan(before: str, after: str) -> Plan:
    return propose(parse(before).tree, parse(after).tree)


def _heirs(before: str, after: str, answers: Answers | None = None) -> dict[str, str]:
    """The newer eId of each older provision whose identity goes on."""
    settled = settle(_plan(before, after), answers or {})
    return {each.heir_of: each.b_eid for each in settled if each.heir_of}


def _settled(plan: Plan, eid: str, answers: Answers | None = None) -> Settled:
    return next(each for each in settle(plan, answers or {}) if each.b_eid == eid)


def test_everything_goes_on_in_an_equal_text_and_nothing_is_asked() -> None:
    tree = parse(bill("0.3")).tree
    plan = propose(tree, tree)

    assert plan.doubts == []
    assert [(s.heir_of, s.b_eid) for s in settle(plan, {})] == [
        (node.eid, node.eid) for node in walk(tree) if node.eid
    ]


def test_the_demo_bill_asks_of_what_was_split_and_merged_and_of_nothing_else() -> None:
    plan = _plan(bill("0.2"), bill("0.3"))

    assert [(doubt.reasons, doubt.proposal) for doubt in plan.doubts] == [
        (("split",), {"art_17": ("art_16",), "art_18": ("art_16",)}),
        (("merged",), {"art_20": ("art_18", "art_19")}),
    ]


def test_the_demo_bill_keeps_the_identity_of_what_was_renumbered_and_reworded() -> None:
    found = _heirs(bill("0.2"), bill("0.3"))

    assert found["art_6"] == "art_7"
    assert found["art_12"] == "art_13"
    assert found["art_3__item_3"] == "art_3__item_4"
    assert found["art_7__para_3"] == "art_8__para_3"  # only the number that it cites is another
    assert found["supp_1__art_2"] == "supp_1__art_2"
    assert found["chp_4"] == "chp_4"
    assert "art_22" not in found


def test_of_a_split_article_the_part_most_like_it_keeps_the_identity() -> None:
    plan = _plan(bill("0.2"), bill("0.3"))

    kept, other = _settled(plan, "art_18"), _settled(plan, "art_17")
    assert kept.heir_of == "art_16"
    assert other.heir_of is None
    assert [step.a_eid for step in other.steps] == ["art_16"]
    assert kept.steps[0].score > other.steps[0].score


def test_merged_articles_go_on_under_the_identity_of_the_best_part() -> None:
    merged = _settled(_plan(bill("0.2"), bill("0.3")), "art_20")

    assert merged.heir_of == "art_19"
    assert [step.a_eid for step in merged.steps] == ["art_19", "art_18"]


def test_what_stands_below_a_split_or_merged_article_keeps_its_own_identity() -> None:
    found = _heirs(bill("0.2"), bill("0.3"))

    assert found["art_16__para_3"] == "art_18__para_1"
    assert found["art_19__para_3"] == "art_20__para_5"


def test_no_identity_is_given_twice_and_all_exist() -> None:
    a, b = parse(bill("0.2")).tree, parse(bill("0.3")).tree
    settled = settle(propose(a, b), {})
    heirs = [each.heir_of for each in settled if each.heir_of]

    assert len(heirs) == len(set(heirs))
    assert set(heirs) <= set(index(a))
    assert {each.b_eid for each in settled} == set(index(b))


LAW = "법\n제1조(가) 갑을 정한다.\n제2조(나) 을을 정한다.\n제3조(다) 병을 정한다.\n"


@pytest.mark.parametrize("count", [1, 100])
def test_an_article_at_the_front_leaves_all_identities_in_place(count: int) -> None:
    rows = [f"(제목{n}) 시장은 {n}번째 계획을 세워야 한다." for n in range(1, count + 1)]
    before = "법\n" + "".join(f"제{n}조{row}\n" for n, row in enumerate(rows, 1))
    after = "법\n제1조(새것) 새로운 조문을 둔다.\n"
    after += "".join(f"제{n}조{row}\n" for n, row in enumerate(rows, 2))

    assert _plan(before, after).doubts == []
    assert _heirs(before, after) == {f"art_{n}": f"art_{n + 1}" for n in range(1, count + 1)}


def test_a_rewritten_article_under_its_old_title_is_asked_about() -> None:
    before = "법\n제1조(계획) 시장은 매년 일자리 계획을 세우고 의회에 내야 한다.\n"
    after = "법\n제1조(계획) 도지사는 다섯 해마다 교통 조사를 하고 널리 알린다.\n"
    plan = _plan(before, after)

    assert [doubt.reasons for doubt in plan.doubts] == [("title",)]
    assert plan.doubts[0].proposal == {"art_1": ("art_1",)}
    assert [doubt.key for doubt in plan.unanswered({})] == [plan.doubts[0].key]
    assert plan.unanswered({"art_1": []}) == []


def test_an_article_of_which_half_changed_is_asked_about() -> None:
    before = "법\n제1조(계획) 시장은 매년 일자리 계획을 세우고 의회에 내야 한다.\n"
    after = "법\n제1조(보고) 시장은 매년 일자리 계획을 세우고 그 결과를 널리 알려야 한다.\n"

    doubts = _plan(before, after).doubts
    assert [(doubt.reasons, doubt.change.score < 0.68) for doubt in doubts] == [(("unsure",), True)]


def test_of_a_rewritten_text_every_article_is_asked_about() -> None:
    after = "법\n제1조(라) 장관은 널리 알린다.\n제2조(마) 위원회를 둔다.\n제3조(바) 위임한다.\n"

    doubts = _plan(LAW, after).doubts
    assert [doubt.reasons for doubt in doubts] == [("alone",)] * 3
    assert [doubt.proposal for doubt in doubts] == [{"art_1": ()}, {"art_2": ()}, {"art_3": ()}]


def test_equal_words_under_other_titles_are_asked_about() -> None:
    before = "법\n제1조(가) 같은 글\n제2조(나) 같은 글\n"

    assert _plan(before, "법\n제1조(나) 같은 글\n제2조(가) 같은 글\n").doubts == []
    doubts = _plan(before, "법\n제1조(다) 같은 글\n제2조(라) 같은 글\n").doubts
    assert [doubt.reasons for doubt in doubts] == [("twins",), ("twins",)]
    assert len({doubt.key for doubt in doubts}) == 2


def test_one_of_two_equal_articles_that_went_is_asked_about() -> None:
    before = "법\n제1조(벌칙) 같은 글\n제2조(중간) 다른 글이다.\n제3조(벌칙) 같은 글\n"
    after = "법\n제1조(중간) 다른 글이다.\n제2조(벌칙) 같은 글\n"

    assert [doubt.reasons for doubt in _plan(before, after).doubts] == [("twins",)]


def test_a_person_can_say_that_it_is_new_another_or_several() -> None:
    after = LAW.replace("갑을", "무와 기와 경을")
    plan = _plan(LAW, after)

    assert _settled(plan, "art_1", {"art_1": []}) == Settled("art_1", None, ())
    other = _settled(plan, "art_1", {"art_1": ["art_2"]})
    assert other.heir_of is None  # 제2조 goes on as itself: this is a part of it
    assert [step.a_eid for step in other.steps] == ["art_2"]
    both = _settled(plan, "art_1", {"art_1": ["art_1", "art_2"]})
    assert both.heir_of == "art_1"
    assert [step.a_eid for step in both.steps] == ["art_1", "art_2"]


def test_an_article_named_for_the_successor_of_a_deleted_one_takes_its_identity() -> None:
    after = LAW.replace("제1조(가) 갑을 정한다.", "제1조(라) 도무지 딴판인 말을 적었다.")
    plan = _plan(LAW, after)

    assert _settled(plan, "art_1").heir_of is None
    assert _settled(plan, "art_1", {"art_1": ["art_1"]}).heir_of == "art_1"


def test_the_key_of_a_doubt_outlives_changes_elsewhere() -> None:
    before, after = bill("0.2"), bill("0.3")
    keys = [doubt.key for doubt in _plan(before, after).doubts]

    elsewhere = after.replace("제1조(목적)", "제1조(이 법의 목적)")
    there = after.replace("체감도를 평가하여야 한다", "체감도를 조사하여야 한다")

    assert [doubt.key for doubt in _plan(before, elsewhere).doubts] == keys
    assert [
        doubt.key == key for doubt, key in zip(_plan(before, there).doubts, keys, strict=True)
    ] == [
        False,
        True,
    ]


def test_the_key_of_a_doubt_outlives_a_shift_of_its_number() -> None:
    before = "법\n제1조(계획) 시장은 매년 일자리 계획을 세우고 의회에 내야 한다.\n"
    after = "법\n제1조(보고) 시장은 매년 일자리 계획을 세우고 그 결과를 널리 알려야 한다.\n"
    shifted = after.replace("제1조", "제1조(새것) 위원회를 둔다.\n제2조")

    keys = [doubt.key for doubt in _plan(before, after).doubts]
    assert keys
    assert set(keys) <= {doubt.key for doubt in _plan(before, shifted).doubts}


def test_what_stands_below_goes_by_its_own_words_then_by_likeness_in_its_place() -> None:
    before = "법\n제1조(가) ① 하나\n② 둘\n1. 갑\n2. 을\n③ 시장은 매년 계획을 세워야 한다.\n"
    after = "법\n제1조(가) ① 영\n② 둘\n1. 을\n2. 병\n③ 하나\n④ 시장은 매월 계획을 세워야 한다.\n"

    assert _heirs(before, after) == {
        "art_1": "art_1",
        "art_1__para_1": "art_1__para_3",
        "art_1__para_2": "art_1__para_2",
        "art_1__para_2__item_2": "art_1__para_2__item_1",
        "art_1__para_3": "art_1__para_4",
    }


def test_supplements_keep_to_themselves() -> None:
    before = "법\n제1조(가) 가\n부칙 <제1호,2020.1.1>\n제1조(시행일) 나\n"
    after = before + "부칙 <제2호,2021.1.1>\n제1조(시행일) 나\n"

    found = _heirs(before, after)
    assert found["supp_1__art_1"] == "supp_1__art_1"
    assert set(found) == {"art_1", "supp_1", "supp_1__art_1"}


def test_paragraphs_of_a_supplement_without_articles_go_on() -> None:
    before = "법\n제1조(가) 가\n부칙\n①(시행일) 나\n②(특례) 다\n"

    found = _heirs(before, before.replace("다\n", "라\n"))

    assert found["supp_1"] == "supp_1"
    assert found["supp_1__para_1"] == "supp_1__para_1"
    assert "supp_1__para_2" not in found


def test_nothing_goes_on_as_a_deleted_stub() -> None:
    assert _heirs(LAW, LAW.replace("제2조(나) 을을 정한다.", "제2조 삭제 <2020.1.1>")) == {
        "art_1": "art_1",
        "art_3": "art_3",
    }


def test_a_renamed_chapter_goes_on_with_most_of_its_articles() -> None:
    before = "법\n제1장 총칙\n제1조(가) 가\n제2조(나) 나\n제2장 사업\n제3조(다) 다\n"
    after = before.replace("제1장 총칙", "제1장 바탕")

    assert _heirs(before, after)["chp_1"] == "chp_1"
    assert _heirs(before, after)["chp_2"] == "chp_2"


def test_of_amended_acts_nothing_is_carried_wrongly_and_little_is_asked() -> None:
    acts = [text for name, text in newest().items() if name != "민법"]
    chance = random.Random(1)
    asked = carried = 0
    for seed in range(8):
        source, *pool = chance.sample(acts, 4)
        amended = amend(source, pool, seed)
        plan = _plan(amended.before, amended.after)
        truth = {new: old for old, new in amended.became.items()}
        questions = {eid for doubt in plan.doubts for eid in doubt.proposal}
        asked += len(questions)
        for each in settle(plan, {}):
            if each.b_eid in plan.after and each.b_eid not in questions:
                assert truth.get(each.b_eid) == each.heir_of, (seed, each.b_eid)
                carried += each.heir_of is not None

    assert carried > 300
    assert asked < carried / 50
