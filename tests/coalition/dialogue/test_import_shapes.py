"""Files as offices make them: workbooks with merged cells and the two headings of KOSIS."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from coalition.dialogue.models import Question
from tests.coalition.dialogue.test_import import run

pytestmark = pytest.mark.django_db
ROWS = [
    ["번호", "질문", "핵심질문", "접수일"],
    [1, "돌봄은 누가 하나요?", 2, "2026-03-02"],
    [2, "버스는 왜 일찍 끊기나요?", None, None],
]


def workbook(path: Path, rows: list[list[Any]], *merged: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    for cells in merged:
        sheet.merge_cells(cells)
    book.save(path)
    return path


def test_a_workbook_comes_in_like_a_table(tmp_path: Path) -> None:
    summary, code, _ = run("import_questions", workbook(tmp_path / "a.xlsx", ROWS), "a-green")

    assert (summary["added"], code) == (2, 0)
    assert Question.objects.get(number=1).core_question.number == 2  # type: ignore[union-attr]


def test_a_workbook_with_a_title_above_its_head_is_refused_with_the_place(tmp_path: Path) -> None:
    rows = [["가람시 녹서의 질문", None, None, None], *ROWS]

    summary, code, _ = run(
        "import_questions", workbook(tmp_path / "a.xlsx", rows, "A1:D1"), "a-green"
    )

    assert code == 2
    assert {(f["line"], f["column"]) for f in summary["rejected"]} >= {(1, "번호"), (1, "질문")}


def test_merged_cells_below_are_refused_with_line_and_column(tmp_path: Path) -> None:
    rows = [*ROWS, [3, "셋째 질문", None, None], [4, "넷째 질문", None, None]]
    file = workbook(tmp_path / "a.xlsx", rows, "B4:B5")

    summary, code, _ = run("import_questions", file, "a-green")

    assert code == 2
    assert [(f["line"], f["column"]) for f in summary["rejected"]] == [(5, "질문")]
    assert not Question.objects.exists()


@pytest.mark.parametrize("content", [b"PK\x03\x04 no workbook", b"\xd0\xcf\x11\xe0\x00\x00"])
def test_what_is_no_workbook_is_refused(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)

    summary, code, _ = run("import_questions", file, "a-green")

    assert code == 2
    assert summary["rejected"][0]["message"]


def test_the_two_headings_of_a_statistics_office_are_refused_with_their_place(
    tmp_path: Path,
) -> None:
    file = tmp_path / "kosis.csv"
    kosis = "행정구역별(1),2024,2024\n행정구역별(1),번호,질문\n가람시,1,2\n"
    file.write_bytes(kosis.encode("cp949"))

    summary, code, _ = run("import_questions", file, "a-green")

    assert code == 2
    assert {(f["line"], f["column"]) for f in summary["rejected"]} >= {(1, "번호"), (1, "2024")}
