"""The two-column table: provision beside provision."""

from __future__ import annotations

from coalition.drafts.compare import compare
from coalition.drafts.compare.table import Section, official, table
from coalition.drafts.text.parse import parse
from tests.generators.statutes import bill


def _sections() -> dict[str, Section]:
    comparison = compare(parse(bill("0.2")).tree, parse(bill("0.3")).tree)
    return {
        "".join(head.label for head in section.b or section.a) + section.kinds[0]: section
        for section in table(comparison)
    }


def _cells(section: Section) -> list[tuple[str, str | None, str | None]]:
    return [(row.state, row.a and row.a.marker, row.b and row.b.marker) for row in section.rows]


def test_heads_name_the_articles_of_both_sides() -> None:
    section = _sections()["제17조제18조text"]

    assert [(head.label, head.title) for head in section.a] == [("제16조", "평가 및 데이터의 축적")]
    assert [head.label for head in section.b] == ["제17조", "제18조"]


def test_changed_words_are_marked_in_both_columns() -> None:
    (row,) = _sections()["제21조text"].rows

    assert row.state == "changed"
    assert row.a is not None
    assert row.b is not None
    assert [(piece.sign, piece.text) for piece in row.a.pieces][-1] == ("-", " 보조한다.")
    assert [(piece.sign, piece.text) for piece in row.b.pieces][-1] == ("+", " 보조할 수 있다.")
    assert row.a.text.endswith("일부를 보조한다.")


def test_new_and_gone_provisions_leave_the_other_column_empty() -> None:
    assert _cells(_sections()["제5조inserted"]) == [
        ("added", None, "①"),
        ("added", None, "②"),
        ("added", None, "③"),
    ]
    assert _cells(_sections()["제22조deleted"]) == [("removed", "①", None), ("removed", "②", None)]


def test_items_that_changed_places_stand_where_they_are() -> None:
    states = _cells(_sections()["제3조order"])

    assert states[:6] == [
        ("same", "", ""),
        ("same", "1.", "1."),
        ("same", "가.", "가."),
        ("same", "나.", "나."),
        ("same", "다.", "다."),
        ("same", "2.", "2."),
    ]
    assert states[6:] == [("added", None, "3."), ("changed", "3.", "4."), ("removed", "4.", None)]


def test_articles_that_stayed_the_same_can_be_left_out() -> None:
    comparison = compare(parse(bill("0.2")).tree, parse(bill("0.3")).tree)

    assert len(table(comparison)) - len(table(comparison, with_same=False)) == 6


def _official(label: str) -> list[tuple[str, str]]:
    rows = official(_sections()[label])
    return [
        ("".join(piece.text for piece in row.a), "".join(piece.text for piece in row.b))
        for row in rows
    ]


def test_the_official_forms_are_there_for_amending_bills() -> None:
    assert _official("제5조inserted")[0][0] == "〈신 설〉"
    assert _official("제22조deleted")[0][1] == "〈삭 제〉"
    assert _official("제8조number")[0] == ("①ㆍ② (생 략)", "①ㆍ② (현행과 같음)")
    left, right = _official("제8조number")[1]
    assert left.startswith("③ 고용노동부장관은 제2항에 따라")
    assert " 제10조에" in right
    assert set(right.replace(" 제10조에", "").removeprefix("③")) == {"-", " "}
