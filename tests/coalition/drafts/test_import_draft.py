"""`import_draft` enters a file as a version, or says at which line it can't."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command

from coalition.drafts.models import Bill, Version
from tests.factories.bills import TEXT
from tests.factories.hwpx import footnote, make_hwpx, paragraph
from tests.generators.statutes import bill

pytestmark = pytest.mark.django_db


def _import(
    path: Path, *options: str, no: str = "0.1", date: str = "2026-03-02"
) -> tuple[int, str]:
    out, err, code = StringIO(), StringIO(), 0
    arguments: list[Any] = ["import_draft", "test", str(path), "--no", no, "--date", date, *options]
    try:
        call_command(*arguments, stdout=out, stderr=err)
    except SystemExit as stopped:
        code = int(stopped.code or 0)
    return code, out.getvalue() + err.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "cp949", "utf-8-sig"])
def test_a_file_becomes_a_published_version_of_a_new_bill(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "draft.txt"
    path.write_bytes(TEXT.encode(encoding))

    code, said = _import(path, "--publish")

    assert code == 0, said
    version = Version.objects.get()
    assert version.bill.title == "가상 시험 지원법안"
    assert version.is_published
    assert version.source_text == TEXT
    assert version.sha256 in said


def test_without_publish_it_stays_a_draft(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(TEXT, encoding="utf-8")

    _import(path)

    assert not Version.objects.get().is_published


def test_a_faulty_text_is_refused_with_its_line_and_nothing_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(TEXT.replace("제4조(", "제6조("), encoding="utf-8")

    code, said = _import(path, "--publish")

    assert code == 2
    assert "10행" in said
    assert "[S1]" in said
    assert not Bill.objects.exists()


def test_bad_files_and_numbers_are_told_in_words(tmp_path: Path) -> None:
    path = tmp_path / "draft.txt"
    path.write_text(TEXT, encoding="utf-8")

    assert _import(tmp_path / "none.txt")[0] == 2
    code, said = _import(path, no="v1")
    assert code == 2
    assert "0.4처럼" in said
    path.write_bytes(b"\x00\x01")
    assert "글자 파일이 아닙니다" in _import(path)[1]
    path.write_text("  \n", encoding="utf-8")
    assert "빈 파일" in _import(path)[1]


def test_doubtful_lineage_is_named_and_refused_unless_it_is_accepted(tmp_path: Path) -> None:
    first, second = tmp_path / "0.2.txt", tmp_path / "0.3.txt"
    first.write_text(bill("0.2"), encoding="utf-8")
    second.write_text(bill("0.3"), encoding="utf-8")
    _import(first, "--publish", no="0.2")

    code, said = _import(second, "--publish", no="0.3", date="2026-09-01")

    assert code == 2
    assert "제16조(평가 및 데이터의 축적) → 제17조(" in said
    assert "[나뉨]" in said
    assert "[합침]" in said
    assert "--accept-doubtful" in said
    assert not Version.objects.filter(no="0.3").exists()
    code, said = _import(second, "--publish", "--accept-doubtful", no="0.3", date="2026-09-01")
    assert code == 0, said
    assert Version.objects.get(no="0.3").is_published


def test_a_hangul_document_becomes_a_version_and_what_it_held_besides_is_said(
    tmp_path: Path,
) -> None:
    first, *lines = TEXT.rstrip("\n").split("\n")
    path = tmp_path / "초안.hwpx"
    path.write_bytes(make_hwpx(first, *lines[:-1], paragraph(lines[-1], before=footnote("출처"))))

    code, said = _import(path, "--publish")

    assert code == 0, said
    assert Version.objects.get().source_text == TEXT
    assert "12행: 각주를 뺐습니다: ‘출처’" in said


def test_a_binary_hwp_is_refused_with_how_to_save_it(tmp_path: Path) -> None:
    path = tmp_path / "초안.hwp"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1")

    code, said = _import(path)

    assert code == 2
    assert "HWPX 문서" in said
    assert not Bill.objects.exists()
