"""Words with a meaning of their own are found where they are used, and nowhere else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.segments import in_lines, segmented
from coalition.drafts.text.terms import Term, Use, Vocabulary, terms
from coalition.drafts.text.tree import Node, walk
from tests.generators.statutes import bill
from tests.generators.trees import trees

_LAW = """시험법
제1장 총칙
제1조(목적) 이 법은 시범사업의 진흥을 목적으로 한다.
제2조(정의) 이 법에서 사용하는 용어의 뜻은 다음과 같다.
  1. "일자리"란 다음 각 목의 것을 말한다.
    가. 임금을 받는 일
    나. 소득을 얻는 일
  2. "일자리 모델"이란 일자리의 창출 방안을 말한다.
  3. “시범사업”이라 함은 시험하는 사업을 말한다.
"""


def _law(*articles: str) -> str:
    return _LAW + "".join(f"제{3 + at}조(시험) {text}\n" for at, text in enumerate(articles))


def _found(*articles: str) -> list[tuple[str, str, str]]:
    """Where a term is pointed out: the eId, the words, the eId that gives the meaning."""
    tree = parse(_law(*articles)).tree
    nodes = list(walk(tree))[1:]
    return [
        (node.eid, segment.text, segment.term.eid)
        for node, words in zip(nodes, segmented(tree).words, strict=True)
        for segment in words
        if segment.term is not None
    ]


def _in_third(text: str) -> list[str]:
    return [words for eid, words, _ in _found(text) if eid.startswith("art_3")]


def test_the_terms_of_the_demo_bill_with_their_meanings() -> None:
    found = {term.word: term for term in terms(parse(bill("0.3")).tree)}

    assert list(found) == [
        "지속가능 일자리", "사회적 대화", "지속가능 일자리 모델", "시범사업", "기본계획", "시ㆍ도지사", "시행계획",
        "위원회", "지원센터", "특구",
    ]  # fmt: skip
    assert (
        found["지속가능 일자리"].meaning[1]
        == "가. 고용의 안정, 적정한 보상 및 안전한 노동환경의 확보"
    )
    assert found["사회적 대화"].eid == "art_3__item_2"
    assert found["위원회"].within == "art_10"
    assert found["특구"].meaning[0].startswith("고용노동부장관은 지속가능 일자리 모델을")


def test_the_longest_term_wins() -> None:
    assert _in_third("일자리 모델을 시험한다.") == ["일자리 모델"]
    assert _in_third("일자리 모델과 일자리를 시험한다.") == ["일자리 모델", "일자리"]


@pytest.mark.parametrize(
    "text",
    [
        "청년일자리를 둔다.",
        "일자리위원회를 둔다.",
        "시범사업계획을 둔다.",
        "「일자리 기본법」에 따른다.",
        '"일자리"를 "일감"으로 본다.',
    ],
)
def test_a_term_inside_another_word_or_a_name_is_none(text: str) -> None:
    assert _in_third(text) == []


@pytest.mark.parametrize(
    "particle",
    [
        "",
        "는",
        "를",
        "의",
        "에",
        "에서는",
        "로서",
        "으로부터의",
        "와",
        "이며",
        "인",
        "까지",
    ],
)
def test_particles_may_follow(particle: str) -> None:
    assert _in_third(f"그 밖의 일자리{particle} 시험한다.") == ["일자리"]


def test_a_term_may_run_over_the_end_of_a_line() -> None:
    tree = parse(_law("국가는\n일자리\n모델을 둔다.")).tree
    shown = [s.text for words in segmented(tree).words for s in words if s.term is not None]

    assert "일자리\n모델" in shown or shown[-1] == "일자리"


def test_only_its_first_use_in_an_article_is_pointed_out() -> None:
    found = _found("① 일자리를 늘린다.\n② 일자리를 지킨다.", "일자리를 센다.")

    assert [(eid, words) for eid, words, _ in found if words == "일자리"] == [
        ("art_3__para_1", "일자리"),
        ("art_4", "일자리"),
    ]


def test_nothing_is_pointed_out_in_the_article_on_definitions() -> None:
    assert not [eid for eid, _, _ in _found("일자리") if eid.startswith("art_2")]
    assert [words for eid, words, _ in _found("일자리") if eid == "art_1"] == ["시범사업"]


def test_an_abbreviation_holds_from_where_it_is_given() -> None:
    found = _found(
        "심의회를 거친다.",
        '① 정책심의회(이하 "심의회"라 한다)를 둔다. 심의회는 회의를 연다.\n② 심의회는 정한다.',
        "심의회에 알린다.",
    )

    assert [(eid, to) for eid, words, to in found if words == "심의회"] == [
        ("art_4__para_2", "art_4__para_1"),
        ("art_5", "art_4__para_1"),
    ]


def test_an_abbreviation_for_one_article_holds_only_there() -> None:
    found = _found(
        '① 정책위원회(이하 이 조에서 "위원회"라 한다)를 둔다.\n② 위원회는 정한다.',
        "위원회에 알린다.",
    )

    assert [eid for eid, words, _ in found if words == "위원회"] == ["art_3__para_2"]


def test_two_abbreviations_in_one_parenthesis() -> None:
    tree = parse(_law('시행령 및 시행규칙(이하 각각 "영" 및 "시행세칙"이라 한다)을 둔다.')).tree

    assert [term.word for term in terms(tree)][-1] == "시행세칙"  # 영 is too short to be told apart


@pytest.mark.parametrize(
    "text", ['(이하 "가나" 같다)', "(이하 같다)", '"가나"란', '(이하 "가나"라 한다']
)
def test_what_only_looks_like_a_definition_is_none(text: str) -> None:
    assert len(terms(parse(_law(f"그 밖의 것 {text} 둔다.")).tree)) == 3


_WORDS = st.text("가나다라 ", min_size=2, max_size=6).map(str.strip).filter(lambda w: len(w) > 1)


@given(st.lists(_WORDS, min_size=1, max_size=5), st.text('가나다라 을의.ㆍ「」"', max_size=60))
@settings(max_examples=300, deadline=None)
def test_uses_are_whole_words_in_order_and_never_overlap(words: list[str], text: str) -> None:
    vocabulary = Vocabulary([Term(word, f"art_{at}", (word,)) for at, word in enumerate(words)])

    uses: list[Use] = vocabulary.uses(text, (), 0)

    end = 0
    for use in uses:
        assert use.start >= end
        assert " ".join(text[use.start : use.end].split()) == " ".join(use.term.word.split())
        assert not text[use.start - 1 : use.start].isalpha() or use.start == 0
        end = use.end


@given(trees())
@settings(max_examples=150, deadline=None)
def test_the_segments_put_together_are_the_text(drawn: Node) -> None:
    tree = parse(render(drawn)).tree
    nodes = list(walk(tree))[1:]
    cut = segmented(tree)

    assert len(cut.words) == len(nodes)
    for node, words in zip(nodes, cut.words, strict=True):
        assert "".join(segment.text for segment in words) == node.text
        rows = ["".join(segment.text for segment in row) for row in in_lines(words)]
        assert "\n".join(rows) == node.text
