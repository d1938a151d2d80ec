"""Text as it comes out of word processors and web pages."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from coalition.drafts.text.clean import clean
from coalition.drafts.text.parse import parse
from coalition.drafts.text.render import render
from coalition.drafts.text.tree import Node, walk
from tests.generators.statutes import bill, wrapped_at_blanks, wrapped_inside_words


def _meaning(tree: Node) -> list[tuple[Any, ...]]:
    return [
        (node.kind, node.number, node.title, node.text, node.marks, node.eid, node.deleted)
        for node in walk(tree)
    ]


SPOILED = {
    "CRLF": lambda text: text.replace("\n", "\r\n"),
    "a lone CR": lambda text: text.replace("\n", "\r"),
    "NFD": lambda text: unicodedata.normalize("NFD", text),
    "NBSP": lambda text: text.replace(" ", "\xa0"),
    "ideographic blanks": lambda text: text.replace("  ", "\u3000\u3000"),
    "tabs": lambda text: text.replace("  ", "\t"),
    "a byte order mark": lambda text: "\ufeff" + text,
    "zero-width blanks": lambda text: text.replace("①", "\u200b①"),
    "blank lines": lambda text: text.replace("\n", "\n\n"),
    "no indentation": lambda text: "\n".join(line.lstrip() for line in text.split("\n")),
}


@pytest.mark.parametrize("how", SPOILED)
def test_a_spoiled_text_means_the_same_and_comes_back_byte_for_byte(how: str) -> None:
    text = bill("0.3")
    spoiled = SPOILED[how](text)

    parsed = parse(spoiled)

    assert _meaning(parsed.tree) == _meaning(parse(text).tree)
    assert render(parsed.tree) == spoiled


@pytest.mark.parametrize(
    "how", [how for how in SPOILED if how not in ("blank lines", "no indentation")]
)
def test_cleaning_mends_what_pasting_spoiled(how: str) -> None:
    text = bill("0.3")
    cleaned = clean(SPOILED[how](text)).text

    assert unicodedata.is_normalized("NFC", cleaned)
    assert _meaning(parse(cleaned).tree) == _meaning(parse(text).tree)
    assert not any(sign in cleaned for sign in "\r\xa0\u3000\t\ufeff\u200b")


def test_a_clean_text_is_left_alone() -> None:
    cleaned = clean(bill("0.3"))

    assert cleaned.text == bill("0.3")
    assert cleaned.changes == []


def test_text_wrapped_at_blanks_is_read_as_if_it_were_not() -> None:
    wrapped = parse(wrapped_at_blanks(bill("0.3")))

    joined = [(node.eid, node.title, node.text.replace("\n", " ")) for node in walk(wrapped.tree)]

    assert joined == [(node.eid, node.title, node.text) for node in walk(parse(bill("0.3")).tree)]


def test_text_wrapped_inside_words_is_read_as_if_it_were_not() -> None:
    wrapped = parse(wrapped_inside_words(bill("0.3")))

    assert [(node.eid, _letters(node)) for node in walk(wrapped.tree)] == [
        (node.eid, _letters(node)) for node in walk(parse(bill("0.3")).tree)
    ]


def _letters(node: Node) -> str:
    return "".join((node.title + node.text).split())


@pytest.mark.parametrize("wrap", [wrapped_at_blanks, wrapped_inside_words])
def test_cleaning_joins_wrapped_lines_and_tells_which(wrap: Any) -> None:
    cleaned = clean(wrap(bill("0.3")))

    assert cleaned.text == bill("0.3")
    first = cleaned.changes[0]
    assert (first.kind, first.line, first.last_line) == ("joined", 3, 6)
    assert first.before.count("\n") == 3
    assert first.after.startswith("제1조(목적) 이 법은 지속가능 일자리의")
    assert "\n" not in first.after


def test_a_sentence_end_broken_off_by_the_page_is_no_subitem() -> None:
    full = "글" * 30
    text = (
        f"법\n제1조(가) 다음 각 호와 같다.\n1. 첫째\n가. 하나\n나. 둘은 {full[:22]}한\n"
        "다. 다만, 그러하지 아니하다.\n"
    ) + "".join(f"{num}. {full[:27]}\n글글\n" for num in (2, 3, 4))

    subitems = [node.label for node in walk(parse(text).tree) if node.kind == "subitem"]

    assert subitems == ["가목", "나목"]


def test_dates_broken_after_the_year_are_no_items() -> None:
    text = wrapped_inside_words(
        "법\n"
        + "".join(
            f"제{n}조(가) ① 국가는 {'글' * (n + 12)}을 2026. 1. 1.부터 2027. 12. 31.까지 시행하고 "
            "이를 공개하여야 한다.\n"
            for n in range(1, 25)
        ),
        24,
    )

    assert not [node for node in walk(parse(text).tree) if node.kind == "item"]
