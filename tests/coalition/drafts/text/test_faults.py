"""What `parse` itself reports: numbers out of order and traces of pasting. It never refuses."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.text.diagnostics import MOST_OF_ONE_CODE
from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import index
from tests.generators.statutes import bill, wrapped_at_blanks

HEAD = "시험법\n제1조(목적) 가\n"


def _found(text: str) -> list[tuple[str, str, int]]:
    return [(each.code, each.level.value, each.line) for each in parse(text).diagnostics]


def test_a_clean_draft_has_no_diagnostics() -> None:
    assert _found(bill("0.3")) == []


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (HEAD + "제3조(나) 나\n", [("S1", "error", 3)]),
        (HEAD + "제2조의3(나) 나\n", [("S1", "error", 3)]),
        (HEAD + "제2조(나) 나\n제1조의2(다) 다\n", [("S1", "error", 4)]),
        (HEAD + "제1조(나) 나\n", [("S2", "error", 3)]),
        (HEAD + "제2조(나) ② 나\n", [("S3", "error", 3)]),
        (HEAD + "제2조(나) ① 나\n③ 다\n", [("S3", "error", 4)]),
        (HEAD + "제2조(나) ① 나\n① 다\n", [("S3", "error", 4)]),
        (HEAD + "제2조(나) 나\n1. 가\n3. 나\n", [("S3", "error", 5)]),
        (HEAD + "제2조(나) 나\n1. 가\n가. 나\n다. 라\n", [("S3", "error", 6)]),
        ("법\n제1장 가\n제1조(가) 가\n제3장 나\n제2조(나) 나\n", [("S1", "error", 4)]),
        ("법\n제1장 가\n제1조(가) 가\n제1장 나\n제2조(나) 나\n", [("S2", "error", 4)]),
        (HEAD + "부칙\n제1조(시행일) 가\n제3조(특례) 나\n", [("S1", "error", 5)]),
        (
            HEAD
            + "부칙(다른 법) <제1호>\n제1조(시행일) 가\n제2조부터 제4조까지 생략\n제5조(가) 나\n",
            [],
        ),
        ("법\n제1장 총칙\n어느 조에도 없는 줄\n제1조(가) 가\n", [("P1", "warning", 3)]),
        (HEAD + "제2조(나 나는\n", [("P3", "warning", 3)]),
        (HEAD + "제2조(나) ① 하나로 한다. ② 둘로 한다.\n", [("P5", "warning", 3)]),
        ("아무것도 없다\n", [("P6", "error", 1)]),
        ("", [("P6", "error", 1)]),
        (HEAD + "제2조(나) 나\ufffd\n", [("P7", "warning", 3)]),
        (HEAD.replace("\n", "\r\n"), [("P4", "info", 1)]),
        (HEAD + "제2조(나) 나\xa0다\n", [("P4", "info", 3)]),
    ],
)
def test_each_fault_is_told_at_its_line(text: str, found: list[tuple[str, str, int]]) -> None:
    assert _found(text) == found


def test_wrapped_text_is_told_once() -> None:
    assert _found(wrapped_at_blanks(bill("0.3"))) == [("P2", "info", 1)]


def test_an_address_stays_unique_when_a_number_is_taken_twice() -> None:
    known = index(parse(HEAD + "제1조(나) ① 나\n① 다\n").tree)

    assert list(known) == ["art_1", "art_1~2", "art_1~2__para_1", "art_1~2__para_1~2"]


def test_a_flood_of_faults_is_cut_and_counted() -> None:
    found = parse("법\n" + "제1조(가) 가\n" * 5000).diagnostics

    assert len(found) == MOST_OF_ONE_CODE + 1
    assert f"{5000 - 1 - MOST_OF_ONE_CODE:,}곳 더" in found[-1].message


_PIECES = st.sampled_from(
    ["제", "1", "2", "조", "의", "항", "호", "목", "장", "①", "②", "가", "다", ".", ")", "(", "<", ">",
     "[", "]", "「", "」", "부칙", "별표", "삭제", "개정 2010.1.1", " ", "\n", "\r", "\t", "\u3000", "\xa0",
     "\u1100", "\u1161", "\u200b", "\ufeff", "\x00", "한다.", "생략", "부터", "\U0001f600"]
)  # fmt: skip


@settings(max_examples=400, deadline=None, database=None)
@given(st.lists(_PIECES, max_size=80).map("".join))
def test_no_text_is_refused_and_every_text_comes_back(text: str) -> None:
    assert render(parse(text).tree) == text


@settings(max_examples=200, deadline=None, database=None)
@given(st.text(max_size=200))
def test_no_string_at_all_is_refused(text: str) -> None:
    assert render(parse(text).tree) == text
