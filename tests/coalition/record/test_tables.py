"""A table is read whole or refused with the place of each fault."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coalition.record.tables import TableRefused, decode_text, read_table


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp949"])
def test_a_table_in_utf8_or_cp949_is_read(tmp_path: Path, encoding: str) -> None:
    path = _file(tmp_path, "번호,질문\r\n1,돌봄은 누가 하나\r\n".encode(encoding))

    table = read_table(path, required=["번호", "질문"])

    assert [row["질문"] for row in table] == ["돌봄은 누가 하나"]
    assert table.rows[0].line == 2


def test_decomposed_hangul_is_composed(tmp_path: Path) -> None:
    import unicodedata

    path = _file(tmp_path, unicodedata.normalize("NFD", "번호,질문\n1,돌봄\n").encode())

    assert read_table(path, required=["번호", "질문"]).rows[0]["질문"] == "돌봄"


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("번호\n1\n", "파일|행 1, 열 '질문': 열이 없습니다"),
        ("번호,질문,비고\n1,가,나\n", "행 1, 열 '비고': 모르는 열"),
        ("번호,질문,질문\n1,가,나\n", "열이 두 번"),
        ("번호,질문\n1,가\n2\n", "행 3: 칸이 1개입니다. 머리줄과 같이 2개"),
        ('번호,질문\n1,"가\n', "CSV 꼴이 아닙니다"),
        ("번호,질문\n1,가\x00\n", "글자 파일이 아닙니다"),
    ],
)
def test_a_faulty_table_is_refused_with_its_place(
    tmp_path: Path, content: str, message: str
) -> None:
    path = _file(tmp_path, content.encode())

    with pytest.raises(TableRefused, match=message):
        read_table(path, required=["번호", "질문"])


def test_unknown_columns_may_be_ignored_on_request(tmp_path: Path) -> None:
    path = _file(tmp_path, "번호,질문,비고\n1,가,나\n".encode())

    table = read_table(path, required=["번호", "질문"], ignore_extra=True)

    assert len(table) == 1


def test_an_unknown_encoding_is_refused_and_never_guessed() -> None:
    with pytest.raises(TableRefused, match="인코딩을 알 수 없습니다"):
        decode_text("돌봄".encode("utf-16-le")[1:] + b"\xff\xfe\x81")


def test_a_missing_file_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(TableRefused, match="읽을 수 없습니다"):
        read_table(tmp_path / "none.csv", required=["번호"])


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_and_never_an_error(content: bytes) -> None:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        try:
            read_table(_file(Path(folder), content), required=["번호"], ignore_extra=True)
        except TableRefused as refused:
            assert refused.faults
