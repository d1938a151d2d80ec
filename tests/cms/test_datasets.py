"""자료: brought in whole or not at all, shown when published, and never changed afterwards."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.actions import find_dataset, import_dataset
from cms.models import DatasetPage, Resource, ResourceRow
from cms.privacy import warnings_of
from cms.sheets import read_sheet
from coalition.record.models import Event
from coalition.record.tables import TableRefused
from tests.factories import make_dataset, publish
from tests.factories.archives import packed
from tests.factories.datasets import TABLE

pytestmark = pytest.mark.django_db
ADDRESS = "/municipalities/garam/data/dolbom/"


def _file(folder: Path, content: str | bytes, name: str = "table.csv") -> Path:
    file = folder / name
    file.write_bytes(content.encode() if isinstance(content, str) else content)
    return file


def _workbook(folder: Path, *rows: tuple[Any, ...], merged: str = "") -> Path:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    if merged:
        book.active.merge_cells(merged)
    book.save(folder / "table.xlsx")
    return folder / "table.xlsx"


def _refused(file: Path) -> str:
    with pytest.raises(TableRefused) as refused:
        read_sheet(file)
    return str(refused.value)


def _run(file: Path, *more: str, capsys: Any) -> tuple[int, str, str]:
    code = 0
    try:
        call_command(
            "import_dataset", str(file), "--municipality", "X0001", "--dataset", "dolbom", *more
        )
    except SystemExit as ended:
        code = int(ended.code or 0)
    said = capsys.readouterr()
    return code, said.out, said.err


# ---- reading -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_csv_is_read_in_the_encodings_of_korean_offices(tmp_path: Path, encoding: str) -> None:
    sheet = read_sheet(_file(tmp_path, TABLE.encode(encoding)))

    assert sheet.names == ["동", "날짜", "돌봄 이용(명)"]
    assert [column.kind for column in sheet.columns] == ["text", "date", "number"]
    assert [column.unit for column in sheet.columns] == ["", "", "명"]
    assert sheet.rows[0] == ["가람1동", "2026-03-02", "12"]


def test_a_code_with_a_leading_zero_is_no_number_and_a_dash_is_no_value(tmp_path: Path) -> None:
    sheet = read_sheet(_file(tmp_path, '코드,수\n0130,-\n0140,"1,200.5"\n'))

    assert [column.kind for column in sheet.columns] == ["text", "number"]


def test_a_workbook_is_read_with_its_days_and_numbers(tmp_path: Path) -> None:
    import datetime as dt

    file = _workbook(
        tmp_path, ("동", "날짜", "수"), ("가", dt.date(2026, 3, 2), 3.5), (None, None, None), ("나", None, 4)
    )  # fmt: skip

    assert read_sheet(file).rows == [["가", "2026-03-02", "3.5"], ["나", "", "4"]]


def test_a_header_of_two_lines_with_merged_cells_becomes_one(tmp_path: Path) -> None:
    file = _workbook(
        tmp_path, ("시군구별", "2025", None, "2026"), ("시군구별", "남자", "여자", "계"), ("가", 1, 2, 3),
        merged="B1:C1",
    )  # fmt: skip

    assert read_sheet(file).names == ["시군구별", "2025 남자", "2025 여자", "2026 계"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("동,수\n가,1,2\n", "행 2: 칸이 3개입니다. 머리줄과 같이 2개여야 합니다."),
        ("동,동\n가,1\n", "행 1, 열 '동': 열이 두 번 있습니다."),
        ("동,\n가,1\n", "행 1: 2째 열에 이름이 없습니다."),
        ("동,수\n", "파일: 머리줄과 그 아래 한 줄은 있어야 합니다."),
        ("", "파일: 머리줄과 그 아래 한 줄은 있어야 합니다."),
        ('동,수\n"가,1\n', "CSV 꼴이 아닙니다"),
        (b"\xff\xfe\x00", "글자 파일이 아닙니다"),
        (b"\xd0\xcf\x11\xe0rest", "옛 엑셀 파일(.xls)"),
        (b"PK\x03\x04garbage", "파일이 잘렸거나 망가졌습니다"),
        (packed({"[Content_Types].xml": "<a/>"}), "엑셀 파일이 망가졌거나"),
        (packed({"a.xml": '<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "엑셀 파일이 망가졌거나"),
        ("동,글\n가," + "가" * 5001 + "\n", "행 2, 열 '글': 글이 너무 깁니다."),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_with_its_place(
    tmp_path: Path, content: str | bytes, said: str
) -> None:
    assert said in _refused(_file(tmp_path, content))


def test_a_cell_with_an_error_refuses_a_workbook(tmp_path: Path) -> None:
    file = _workbook(tmp_path, ("동", "수"), ("가", "#REF!"))

    assert "행 2: 셀에 오류 값(#REF!)이 있습니다." in _refused(file)


def test_more_rows_than_may_be_taken_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cms.sheets.MOST_ROWS", 2)

    assert "줄이 너무 많습니다" in _refused(_file(tmp_path, TABLE))
    assert "줄이 너무 많습니다" in _refused(_file(tmp_path, TABLE + "가,나,1\n" * 5))


@pytest.mark.parametrize("line", ["가,900101-1234568\n", "가,메모 900101-1234568 끝\n"])
def test_a_number_for_life_refuses_the_file_and_is_never_said(tmp_path: Path, line: str) -> None:
    said = _refused(_file(tmp_path, f"동,비고\n나,없음\n{line}"))

    assert said == "행 3, 열 '비고': 주민등록번호로 보이는 글이 있습니다."


def test_a_number_for_life_cut_in_two_columns_is_found(tmp_path: Path) -> None:
    said = _refused(_file(tmp_path, "앞,뒤\n900101,1234568\n"))

    assert said == "행 2, 열 '뒤': 주민등록번호로 보이는 글이 있습니다."


def test_a_column_for_numbers_for_life_refuses_one_whose_check_digit_is_wrong(
    tmp_path: Path,
) -> None:
    """Since 2020 the last digits say nothing; in a column of that name nobody has to guess."""
    said = _refused(_file(tmp_path, "이름,주민 번호\n가,900101-1234567\n"))

    assert said == "행 2, 열 '주민 번호': 주민등록번호로 보이는 글이 있습니다."


def test_a_way_to_reach_somebody_is_told_to_the_author(garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path, "동,연락\n가,010-1234-5678\n", live=False)

    told = warnings_of(page.get_latest_revision_as_object())
    assert told == ["표 행 2, 열 '연락': 휴대전화 번호로 보이는 글이 있습니다."]


# ---- the command ---------------------------------------------------------------------------------------


def test_the_command_makes_a_draft_and_says_what_it_did(
    garam: Any, tmp_path: Path, capsys: Any
) -> None:
    more = ("--title", "동별 돌봄 이용", "--licence", "kogl-1", "--json")

    code, out, _ = _run(_file(tmp_path, TABLE.encode("cp949")), *more, capsys=capsys)

    assert code == 0
    assert json.loads(out) == {"added": 3, "changed": 0, "unchanged": 0, "rejected": []}
    page = DatasetPage.objects.get()
    assert not page.live
    assert page.address == ADDRESS
    assert page.resources.get().rows.count() == 3


def test_a_trial_run_and_a_bad_file_write_nothing(garam: Any, tmp_path: Path, capsys: Any) -> None:
    new = ("--title", "이용", "--licence", "kogl-1")

    assert _run(_file(tmp_path, TABLE), *new, "--dry-run", capsys=capsys)[0] == 0
    code, _, said = _run(_file(tmp_path, "동,수\n가,1,2\n"), *new, capsys=capsys)

    assert code == 2
    assert said.startswith("행 2: 칸이 3개입니다.")
    assert not DatasetPage.objects.exists()
    assert not Resource.objects.exists()


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ((), "--title"),
        (("--title", "이용"), "--licence"),
        (("--title", "이용", "--licence", "own", "--dataset", "Ä/.."), "--dataset"),
        (
            ("--title", "이용", "--licence", "own", "--municipality", "X9"),
            "그런 지방정부가 없습니다",
        ),
    ],
)
def test_a_call_that_lacks_something_is_refused(
    garam: Any, tmp_path: Path, capsys: Any, more: tuple[str, ...], said: str
) -> None:
    code, _, err = _run(_file(tmp_path, TABLE), *more, capsys=capsys)

    assert (code, said in err) == (2, True)


def test_a_municipality_without_a_place_is_refused(tmp_path: Path) -> None:
    from coalition.members.actions import enter_fictional

    place = enter_fictional(code="X0009", name="새터군", slug="saeteo", by=None)
    sheet = read_sheet(_file(tmp_path, TABLE))

    with pytest.raises(ValidationError):
        import_dataset(
            sheet=sheet, municipality=place, slug="a", title="가", licence="own", by=None
        )


# ---- versions ------------------------------------------------------------------------------------------


def test_the_same_table_makes_no_new_version(garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path)
    revisions = page.revisions.count()

    make_dataset(garam, tmp_path, live=False)

    assert page.resources.count() == 1
    assert page.revisions.count() == revisions
    assert Event.objects.filter(verb="dataset.imported").last().data["new"] is False


def test_a_changed_table_is_a_version_that_tells_its_rows(garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path)
    text = TABLE.replace("가람2동,2026-03-02,7", "가람2동,2026-03-02,8").replace(
        "가람3동", "가람4동"
    )

    make_dataset(garam, tmp_path, text + "가람5동,2026-03-02,1\n", live=False)

    newest = page.resources.first()
    assert (newest.number, newest.added, newest.changed, newest.removed) == (2, 2, 1, 1)
    assert [row.cells[2] for row in page.resources.last().rows.all()] == ["12", "7", "9"]


def test_rows_that_no_column_tells_apart_are_counted_whole(garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path, "동,수\n가,1\n가,1\n")

    make_dataset(garam, tmp_path, "동,수\n가,1\n가,2\n", live=False)

    newest = page.resources.first()
    assert (newest.added, newest.changed, newest.removed) == (1, 0, 1)


def test_a_column_more_changes_every_row_that_says_something_there(
    garam: Any, tmp_path: Path
) -> None:
    page = make_dataset(garam, tmp_path, "동,수\n가,1\n나,2\n")

    make_dataset(garam, tmp_path, "동,수,비고\n가,1,새로\n나,2,\n", live=False)
    assert page.resources.first().changed == 1

    make_dataset(garam, tmp_path, "동,수\n가,1\n나,2\n", live=False)
    assert page.resources.first().changed == 2


def test_a_new_version_is_shown_when_its_revision_is_published(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path)
    page = make_dataset(garam, tmp_path, TABLE + "가람9동,2026-03-02,1\n", live=False)

    assert "가람9동" not in client.get(ADDRESS).content.decode()
    assert client.get(f"{ADDRESS}v2.csv").status_code == 404

    publish(page.get_latest_revision_as_object())
    assert "가람9동" in client.get(ADDRESS).content.decode()
    assert client.get(f"{ADDRESS}v1.csv").status_code == 200
    assert client.get(f"{ADDRESS}v2.csv").status_code == 200


def test_what_an_editor_wrote_stays_after_an_import(garam: Any, tmp_path: Path) -> None:
    page = make_dataset(garam, tmp_path)
    draft = page.get_latest_revision_as_object()
    draft.summary = "편집자의 요약"
    explained = draft.dictionary.all()[0]
    explained.meaning = "살림의 단위"
    draft.dictionary.add(explained)
    draft.save_revision()

    make_dataset(garam, tmp_path, "동,날짜,새 열\n가,2026-03-02,1\n", live=False)

    page.refresh_from_db()
    after = page.get_latest_revision_as_object()
    assert after.summary == "편집자의 요약"
    assert [c.name for c in after.dictionary.all()] == ["동", "날짜", "돌봄 이용(명)", "새 열"]
    assert after.dictionary.all()[0].meaning == "살림의 단위"
    assert after.version == 2


def test_a_stored_version_cannot_be_changed_but_goes_with_its_page(
    garam: Any, tmp_path: Path
) -> None:
    page = make_dataset(garam, tmp_path)

    for rows, change in (
        (Resource.objects, {"row_count": 1}),
        (ResourceRow.objects, {"cells": []}),
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows.update(**change)
    page.delete()
    assert not ResourceRow.objects.exists()


# ---- the page ------------------------------------------------------------------------------------------


def test_the_page_shows_table_dictionary_licence_source_and_citation(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path, period="2026년 3월")

    text = client.get(ADDRESS).content.decode()

    for said in (
        "가람1동", "2026년 3월", "공공누리 제1유형", "가람시 돌봄과", "열의 뜻", "명</span>",
        'itemtype="https://schema.org/Dataset"', f'href="{ADDRESS}v1.csv"', "(가상), 「동별 돌봄 이용」",
    ):  # fmt: skip
        assert said in text, said
    assert "동별 돌봄 이용" in client.get("/municipalities/garam/data/").content.decode()


def test_a_row_is_shown_among_its_neighbours(garam: Any, tmp_path: Path, client: Client) -> None:
    rows = "".join(f"동{n},{n}\n" for n in range(1, 121))
    make_dataset(garam, tmp_path, f"동,수\n{rows}")

    first = client.get(ADDRESS).content.decode()
    assert 'id="row-50"' in first
    assert 'id="row-51"' not in first
    middle = client.get(f"{ADDRESS}?row=60").content.decode()
    assert '<tr id="row-60" aria-current="true">' in middle
    assert 'href="?row=1#' in middle
    assert 'href="?row=101#' in middle
    for odd in ("0", "-1", "x", "9" * 30, "²", "999"):
        assert client.get(ADDRESS, {"row": odd}).status_code == 200


def test_the_file_opens_in_a_spreadsheet_and_runs_nothing(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path, "동,수,글\n가,-3,=1+1\n나,2,@SUM(A1)\n")

    answer = client.get(f"{ADDRESS}v1.csv")
    content = b"".join(answer.streaming_content)

    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert lines == [["동", "수", "글"], ["가", "-3", "'=1+1"], ["나", "2", "'@SUM(A1)"]]
    assert (
        client.get(f"{ADDRESS}v1.csv", headers={"if-none-match": answer["ETag"]}).status_code == 304
    )


def test_owner_neighbour_and_stranger(
    garam: Any, tmp_path: Path, garam_editor: Any, nuri_editor: Any, login: Any
) -> None:
    page = make_dataset(garam, tmp_path, live=False)
    edit = f"/admin/pages/{page.pk}/edit/"

    assert login(garam_editor).get(edit).status_code == 200
    assert login(nuri_editor).get(edit).status_code == 404
    assert Client().get(edit).status_code == 302
    for who in (login(nuri_editor), Client()):
        assert who.get(ADDRESS).status_code == 404
        assert who.get(f"{ADDRESS}v1.csv").status_code == 404


def test_rows_go_with_the_page_when_it_is_taken_down_or_restricted(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    from wagtail.models import PageViewRestriction

    page = make_dataset(garam, tmp_path)
    closed = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get(f"{ADDRESS}v1.csv").status_code == 404
    closed.delete()
    assert client.get(f"{ADDRESS}v1.csv").status_code == 200

    page.unpublish()

    assert client.get(ADDRESS).status_code == 404
    assert client.get(f"{ADDRESS}v1.csv").status_code == 404
    assert "동별 돌봄" not in client.get("/municipalities/garam/data/").content.decode()


def test_the_page_asks_as_often_with_many_rows_and_versions(
    garam: Any, tmp_path: Path, client: Client
) -> None:
    make_dataset(garam, tmp_path, "동,수\n가,1\n")

    def asked() -> int:
        client.get(ADDRESS)
        with CaptureQueriesContext(connection) as queries:
            client.get(ADDRESS)
        return len(queries)

    few = asked()
    for times in range(1, 5):
        rows = "".join(f"동{n},{n}\n" for n in range(40 * times))
        make_dataset(garam, tmp_path, f"동,수\n{rows}")

    assert asked() == few <= 12


def test_an_address_that_another_municipality_uses_is_free(
    garam: Any, nuri: Any, tmp_path: Path
) -> None:
    make_dataset(garam, tmp_path)
    make_dataset(nuri, tmp_path)

    assert DatasetPage.objects.filter(slug="dolbom").count() == 2
    assert find_dataset(nuri, "other") is None
