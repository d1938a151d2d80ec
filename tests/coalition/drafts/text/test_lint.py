"""Each rule catches a breach at its line and level, and leaves right wording alone."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest

from coalition.drafts.text.diagnostics import Level
from coalition.drafts.text.lint import RULES, lint
from coalition.drafts.text.parse import parse
from tests.generators.statutes import DATA, bill, newest

_GIVEN = json.loads((DATA / "bills/sjsa/diagnostics.json").read_text("utf-8"))
CLEAN: str = _GIVEN["clean"]

Found = list[tuple[str, str, int]]


def _lint(text: str, *, law: bool = False) -> Found:
    return [(each.code, each.level.value, each.line) for each in lint(parse(text), law=law)]


def _changed(old: str, new: str) -> str:
    assert CLEAN.count(old) == 1
    return CLEAN.replace(old, new)


def test_the_clean_text_has_no_findings_at_all() -> None:
    assert _lint(CLEAN) == []


@pytest.mark.parametrize("snippet", _GIVEN["snippets"], ids=lambda snippet: snippet["id"])
def test_each_given_breach_is_found_and_nothing_else(snippet: dict[str, Any]) -> None:
    assert _lint(snippet["text"]) == [(snippet["rule"], snippet["level"], snippet["line"])]


@pytest.mark.parametrize("version", ["0.2", "0.3"])
def test_the_demo_bill_can_be_published(version: str) -> None:
    found = lint(parse(bill(version)))

    assert not [each for each in found if each.level is Level.ERROR]
    assert [each.code for each in found] == (["L11"] if version == "0.2" else [])


_PURPOSE = (
    "이 법은 시험의 지원에 필요한 사항을 규정함으로써 시험의 발전에 이바지함을 목적으로 한다."
)
_ACT = "제4조(시험의 실시) 시험자는 제3조제1항에 따른 시험계획에 따라 시험을 실시하여야 한다."
_MONEY = "국가는 예산의 범위에서 시험자에게 다음 각 호의 비용을 지원할 수 있다."
_EFFECT = "제1조(시행일) 이 법은 공포 후 6개월이 경과한 날부터 시행한다."

BREACHES = {
    "an article without a title": ("L1", "warning", _ACT, _ACT.replace("(시험의 실시)", "")),
    "a blank before the title": ("L1", "info", _ACT, _ACT.replace("제4조(", "제4조 (")),
    "a subitem that is a sentence": (
        "L2",
        "warning",
        "  2. 시험 결과의 공개에 필요한 비용",
        "  2. 다음 각 목의 비용\n    가. 공개에 필요한 비용은 국가가 부담한다.\n    나. 그 밖의 비용",
    ),
    "a provision without a full stop": ("L2", "warning", _ACT, _ACT.removesuffix(".")),
    "a provision of four sentences": (
        "L2",
        "info",
        _ACT,
        _ACT + " 시험은 공개한다. 시험은 매년 한다. 시험은 무료로 한다.",
    ),
    "definitions before the basic idea": (
        "L3",
        "warning",
        "제4조(시험의 실시)",
        "제4조(기본이념)",
    ),
    "an act without a purpose": ("L4", "warning", "제1조(목적)", "제1조(취지)"),
    "a purpose in paragraphs": (
        "L4",
        "warning",
        _PURPOSE,
        f"① {_PURPOSE}\n② 시험은 공정하여야 한다.",
    ),
    "a purpose with a short name": (
        "L4",
        "warning",
        _PURPOSE,
        _PURPOSE.replace("시험의 지원", '시험의 지원(이하 "시험계획"이라 한다)'),
    ),
    "definitions without the set sentence": (
        "L5",
        "warning",
        "이 법에서 사용하는 용어의 뜻은 다음과 같다.",
        "용어를 다음과 같이 정의한다.",
    ),
    "definitions under another title": ("L5", "warning", "제2조(정의)", "제2조(용어의 정의)"),
    "an open definition": ("L5", "info", "활동을 말한다.", "활동 등을 말한다."),
    "a term that is never used": (
        "L5",
        "info",
        '  2. "시험자"란 시험을 실시하는 자를 말한다.',
        '  2. "시험자"란 시험을 실시하는 자를 말한다.\n  3. "평가자"란 시험을 평가하는 자를 말한다.',
    ),
    "a short name given twice": (
        "L5",
        "warning",
        "시험자는 매년 시험계획을 수립하여야 한다.",
        '시험자는 매년 시험계획(이하 "계획"이라 한다)을 수립하고 계획(이하 "계획"이라 한다)을 지킨다.',
    ),
    "a short name that is never used": (
        "L5",
        "info",
        "시험자는 매년 시험계획을 수립하여야 한다.",
        '시험자는 매년 시험계획(이하 "연차안"이라 한다)을 수립하여야 한다.',
    ),
    "other decrees instead of other acts": (
        "L6",
        "warning",
        "제4조(시험의 실시)",
        "제4조(다른 법령과의 관계)",
    ),
    "scope and other acts in one": (
        "L6",
        "warning",
        "제4조(시험의 실시)",
        "제4조(적용 범위 및 다른 법률과의 관계)",
    ),
    "a blanket delegation": (
        "L8",
        "warning",
        _ACT,
        _ACT + " 이 법 시행에 필요한 사항은 대통령령으로 정한다.",
    ),
    "a committee of unknown size": (
        "L9",
        "warning",
        _ACT,
        "제4조(시험위원회) 시험위원회는 10명 이내의 위원으로 구성한다.",
    ),
    "a committee for ever": ("L9", "info", _ACT, "제4조(시험위원회) 국가에 시험위원회를 둔다."),
    "a committee for ten years": (
        "L9",
        "warning",
        _ACT,
        "제4조(시험위원회) 국가에 시험위원회를 둔다. 시험위원회의 존속기한은 10년으로 한다.",
    ),
    "a plan without a period": (
        "L10",
        "info",
        _ACT,
        "제4조(기본계획의 수립) 시험자는 기본계획을 수립하여야 한다.",
    ),
    "a fund": ("L11", "info", _ACT, "제4조(기금) 국가에 시험기금을 설치한다."),
    "this act before an own provision": (
        "L12",
        "warning",
        "시험자는 제3조제1항에 따른",
        "시험자는 이 법 제3조제1항에 따른",
    ),
    "another act without brackets": (
        "L12",
        "warning",
        "시험자는 제3조제1항에 따른",
        "시험자는 민법 제32조와 제3조제1항에 따른",
    ),
    "the same act after no act": (
        "L12",
        "warning",
        "시험자는 제3조제1항에 따른",
        "시험자는 같은 법 제32조와 제3조제1항에 따른",
    ),
    "an act named in full twice": (
        "L12",
        "info",
        "시험자는 제3조제1항에 따른",
        "시험자는 「민법」 제32조와 「민법」 제33조 및 제3조제1항에 따른",
    ),
    "old words of citing": (
        "L12",
        "warning",
        "시험자는 제3조제1항에 따른",
        "시험자는 제3조제1항의 규정에 의한",
    ),
    "all or one left open": (
        "L13",
        "warning",
        _MONEY,
        "국가는 예산의 범위에서 다음 각 호에 해당하는 경우 비용을 지원할 수 있다.",
    ),
    "old words of one of": (
        "L13",
        "warning",
        _MONEY,
        "국가는 예산의 범위에서 다음 각 호의 1에 해당하는 비용을 지원할 수 있다.",
    ),
    "a chapter in the supplement": ("L14", "warning", "부칙\n", "부칙\n제1장 총칙\n"),
    "an act without a day of effect": (
        "L15",
        "warning",
        _EFFECT,
        "제1조(시행) 이 법은 공포한 때에 효력이 있다.",
    ),
    "decrees without time to make them": (
        "L15",
        "warning",
        _EFFECT,
        "제1조(시행일) 이 법은 공포한 날부터 시행한다.",
    ),
    "plain words": ("L18", "warning", "시험을 실시하여야 한다.", "당해 시험을 실시하여야 한다."),
    "double negation": (
        "L18",
        "warning",
        "시험을 실시하여야 한다.",
        "시험을 실시하지 아니하면 아니 된다.",
    ),
    "a bracket without a partner": (
        "L20",
        "info",
        "시험자는 제3조제1항에 따른",
        "시험자는 「시험 제3조제1항에 따른",
    ),
    "two sorts of quotation marks": ("L20", "info", '"시험자"란', "“시험자”란"),
    "two blanks": ("L20", "info", "시험계획에 따라 시험을", "시험계획에  따라 시험을"),
    "an unknown annex": ("S4", "error", "제3조제1항에 따른", "별표 1 및 제3조제1항에 따른"),
    "a gap among items": ("S3", "error", "  2. 시험 결과의", "  3. 시험 결과의"),
}


#: Lines that stay as they were while something else makes them wrong.
_TOLD_ELSEWHERE = ("부칙", "제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.")


@pytest.mark.parametrize("breach", BREACHES)
def test_each_breach_of_a_rule_is_found_and_nothing_else(breach: str) -> None:
    code, level, old, new = BREACHES[breach]
    text = _changed(old, new)
    if breach == "decrees without time to make them":
        text = text.replace(
            "시험을 실시하여야 한다.", "대통령령으로 정하는 바에 따라 시험을 실시하여야 한다."
        )

    found = _lint(text)

    assert [(each[0], each[1]) for each in found] == [(code, level)]
    line = text.split("\n")[found[0][2] - 1]
    assert line not in CLEAN.split("\n") or line in _TOLD_ELSEWHERE


def test_a_text_without_a_supplement_is_told_so() -> None:
    text = CLEAN[: CLEAN.index("부칙")]

    assert _lint(text) == [("L14", "warning", 11)]


RIGHT = {
    "a definition that is a sentence": (
        "  2. 시험 결과의 공개에 필요한 비용",
        "  2. 시험 결과의 공개에 필요한 비용. 다만, 국가가 부담하는 비용은 제외한다.",
    ),
    "an item that ends in 할 것": (
        "  2. 시험 결과의 공개에 필요한 비용",
        "  2. 시험의 결과를 공개할 것",
    ),
    "a prohibition": (
        "시험을 실시하여야 한다.",
        "시험을 실시하여서는 아니 된다.",
    ),
    "한 차례만": ("시험을 실시하여야 한다.", "시험을 한 차례만 실시할 수 있다."),
    "one of them": (
        _MONEY,
        "국가는 예산의 범위에서 다음 각 호의 어느 하나에 해당하는 비용을 지원할 수 있다.",
    ),
    "a committee as it should be": (
        _ACT,
        "제4조(시험위원회) ① 국가에 시험위원회를 둔다.\n② 시험위원회는 위원장 1명을 포함하여 10명 이내의 "
        "위원으로 구성한다.\n③ 시험위원회의 존속기한은 이 법 시행일부터 5년으로 한다.",
    ),
    "another act in brackets": (
        "시험자는 제3조제1항에 따른",
        "시험자는 「민법」 제32조, 같은 법 제33조 및 제3조제1항에 따른",
    ),
    "a short name for one article only": (
        "시험자는 매년 시험계획을 수립하여야 한다.",
        '시험자는 매년 시험계획(이하 이 조에서 "계획"이라 한다)을 수립하여야 한다. 이 경우 계획은 공개한다.',
    ),
    "당해 as part of a word": ("시험을 실시하여야 한다.", "부당해고의 시험을 실시하여야 한다."),
}


@pytest.mark.parametrize("case", RIGHT)
def test_right_wording_is_left_alone(case: str) -> None:
    old, new = RIGHT[case]

    assert _lint(_changed(old, new)) == []


def test_in_an_enacted_act_faults_of_structure_are_warnings() -> None:
    for snippet in _GIVEN["snippets"]:
        if snippet["rule"].startswith("S"):
            found = _lint(snippet["text"], law=True)
            assert (snippet["rule"], "warning", snippet["line"]) in found
            assert not [each for each in found if each[1] == "error"]


def test_real_acts_have_no_errors_and_few_faults_of_structure() -> None:
    for name, text in newest().items():
        parsed = parse(text)
        found = lint(parsed, law=True)

        assert not [each for each in found if each.level is Level.ERROR], name
        faults = [each for each in found if each.code in ("S1", "S2", "S3")]
        assert len(faults) <= parsed.counts["article"] // 50, faults


def test_amendments_of_other_acts_are_not_judged() -> None:
    text = CLEAN + (
        "제3조(다른 법률의 개정) 가법 일부를 다음과 같이 개정한다.\n"
        '제9조제1항의 규정에 의한 "당해"를 "기타 제99조 제1항"으로 한다.\n'
    )

    assert _lint(text) == []


def test_every_message_tells_how_to_mend_it() -> None:
    texts = [snippet["text"] for snippet in _GIVEN["snippets"]]
    texts += [_changed(old, new) for _, _, old, new in BREACHES.values()]
    for text in texts:
        for diagnostic in lint(parse(text)):
            assert re.search(r"(세요|씁니다|쓰지 않습니다)\.$", diagnostic.message), (
                diagnostic.message
            )


def test_every_code_has_its_rule_with_source_and_mending() -> None:
    texts = [snippet["text"] for snippet in _GIVEN["snippets"]]
    texts += [_changed(old, new) for _, _, old, new in BREACHES.values()]
    found = {each.code for text in texts for each in lint(parse(text))}

    assert found <= set(RULES)
    wanted = {f"L{n}" for n in (1, 2, 3, 4, 5, 6, 9, 11, 12, 13, 14, 15, 16, 18, 20)}
    assert wanted | {"S1", "S2", "S3", "S4"} <= found
    for code, rule in RULES.items():
        assert rule.code == code
        assert rule.title
        assert rule.source
        assert rule.mend
