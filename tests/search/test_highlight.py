"""Marks stand on what was found, in the original text, and nothing gets out unescaped."""

from __future__ import annotations

import re
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from search.highlight import EXCERPT, Marker, excerpt_html, marked, title_html
from search.plan import Choice, Clause, Plan
from search.tokens import tokens_of
from tests.factories import make_case

QUICK = settings(
    max_examples=100,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)


def _marks(html: str) -> list[str]:
    return [unescape(found) for found in re.findall(r"<mark>(.*?)</mark>", html)]


def _plan(*terms: str) -> Plan:
    return Plan(clauses=tuple(Clause((Choice(tuple(term.split())),)) for term in terms))


def _found(kiwi: Any, text: str, *terms: str) -> list[Any]:
    tokens = tokens_of(kiwi.units(text))
    return Marker(_plan(*terms)).spans(tokens.terms, tokens.spans)


@pytest.mark.parametrize(
    ("text", "term", "marks"),
    [
        ("일자리를 늘린 곳", "늘리다", ["늘린"]),
        ("일자리를 늘린 곳", "일자리", ["일자리"]),
        ("체감도가 올랐다", "체감", ["체감"]),
        ("돌봄 노동자의 처우", "돌봄 노동자", ["돌봄 노동자"]),
        ("노동자의 돌봄", "돌봄 노동자", []),
        ("제12조의2제3항에 따라", "제12조의2", ["제12조의2"]),
        ("제10조에 따라", "제1조", []),
        ("1,234명", "1234", ["1,234"]),
    ],
)
def test_the_word_is_marked_and_its_particle_is_not(
    kiwi: Any, text: str, term: str, marks: list[str]
) -> None:
    assert _marks(title_html(text, _found(kiwi, text, term))) == marks


def test_marks_that_touch_become_one(kiwi: Any) -> None:
    text = "돌봄 일자리를 늘린"

    assert _marks(title_html(text, _found(kiwi, text, "돌봄", "일자리"))) == ["돌봄 일자리"]


@QUICK
@given(
    text=st.text(st.characters(exclude_categories=["Cs"]), max_size=120),
    spans=st.lists(st.tuples(st.integers(0, 120), st.integers(0, 120)), max_size=8),
)
def test_marking_changes_nothing_but_adds_marks(text: str, spans: list[tuple[int, int]]) -> None:
    html = marked(text, [(min(s), max(s)) for s in spans])

    plain = unescape(html.replace("<mark>", "").replace("</mark>", ""))
    assert plain.split() == text.split()
    assert html.count("<mark>") == html.count("</mark>")
    assert "<" not in re.sub(r"</?mark>", "", html)


def test_what_an_editor_writes_is_text_and_no_markup(kiwi: Any) -> None:
    text = "<script>alert('돌봄')</script> & 돌봄"

    html = excerpt_html(text, _found(kiwi, text, "돌봄"))

    assert "<script" not in html
    assert "&lt;script&gt;" in html
    assert _marks(html) == ["돌봄", "돌봄"]


def test_an_excerpt_shows_the_place_where_most_is_said(kiwi: Any) -> None:
    filler = "모두가 아는 이야기를 길게 적는다. " * 20
    text = f"{filler}주민이 모여 돌봄 일자리의 임금을 정했다. {filler}"

    html = excerpt_html(text, _found(kiwi, text, "돌봄", "임금"))

    assert _marks(html) == ["돌봄", "임금"]
    assert html.startswith("…주민이 모여")
    assert html.endswith(("…", "."))
    assert len(unescape(html)) < EXCERPT + 60


def test_without_a_find_the_first_line_is_shown(kiwi: Any) -> None:
    assert excerpt_html("첫 줄이다.\n둘째 줄이다.", []) == "첫 줄이다."
    assert excerpt_html("첫 줄\n둘째 줄", []) == "첫 줄…"


def test_a_result_is_marked_from_what_was_stored(
    garam: Any,
    run_jobs: Callable[[], int],
    find: Callable[..., Any],
    monkeypatch: pytest.MonkeyPatch,
    kiwi: Any,
) -> None:
    make_case(garam, "근로시간을 늘린 학교 급식실", result_line="계약을 늘렸더니 이직이 줄었다.")
    run_jobs()
    texts: list[str] = []
    units = type(kiwi).units
    monkeypatch.setattr(
        type(kiwi),
        "units",
        lambda self, text, **k: (texts.append(text), units(self, text, **k))[1],
    )

    result = find("늘리다")[1][0]

    assert result.title_html == "근로시간을 <mark>늘린</mark> 학교 급식실"
    assert "<mark>늘렸</mark>더니" in result.snippet_html
    assert not [text for text in texts if "급식실" in text]
