"""A .txt file becomes law text, whatever program wrote it; other kinds are refused in words."""

from __future__ import annotations

import codecs
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coalition.drafts.files import FileRefused, read_law_file
from tests.factories.bills import TEXT


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(),
        TEXT.encode("utf-8-sig"),
        TEXT.encode("cp949"),
        codecs.BOM_UTF16_LE + TEXT.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"),
        TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(),
        unicodedata.normalize("NFD", TEXT).encode(),
        TEXT.rstrip("\n").encode(),
    ],
    ids=["utf-8", "bom", "cp949", "utf-16-le", "utf-16-be", "crlf", "cr", "nfd", "no-end"],
)
def test_every_way_of_writing_a_text_file_gives_the_same_text(data: bytes) -> None:
    read = read_law_file("초안.TXT", data)

    assert read.text == TEXT
    assert read.notes == []


def test_signs_that_no_document_can_hold_are_dropped_and_said() -> None:
    read = read_law_file("a.txt", "제1조(목적) 가\n나\x0b다\x1f\n".encode())

    assert read.text == "제1조(목적) 가\n나다\n"
    assert [(note.line, "2개" in note.message) for note in read.notes] == [(2, True)]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("a.hwp", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "다른 이름으로 저장하기"),
        ("a.hwp", b"x", "HWPX 문서"),
        ("a.txt", b"HWP Document File V3.00", "HWPX 문서"),
        ("a.pdf", b"%PDF-1.7", "원래 파일"),
        ("a.txt", b"%PDF-1.7", "원래 파일"),
        ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", ".docx"),
        ("a.docx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1....", "암호"),
        ("a.txt", b"PK\x03\x04....", "글자 파일이 아닙니다"),
        ("a.exe", b"MZ", ".txt, .docx, .hwpx"),
        ("", b"x", ".txt, .docx, .hwpx"),
        ("a.txt", b"", "빈 파일"),
        ("a.txt", b" \r\n \n", "글이 없습니다"),
        ("a.txt", b"\x00\x01", "글자 파일이 아닙니다"),
        ("a.txt", b"\xff\xfe\x00\xd8", "UTF-8"),
        ("a.txt", b"\xff\x81\xff", "UTF-8"),
        ("a.txt", b"a" * (5 * 1024 * 1024 + 1), "5 MB"),
        ("a.txt", b"a" * (20 * 1024 * 1024 + 1), "20 MB"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, data: bytes, said: str) -> None:
    with pytest.raises(FileRefused) as refused:
        read_law_file(name, data)

    assert said in refused.value.message


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200), st.sampled_from([".txt", ".docx", ".hwpx", ".hwp", ".pdf", ""]))
def test_random_bytes_are_read_or_refused_and_nothing_else(data: bytes, suffix: str) -> None:
    try:
        read = read_law_file(f"a{suffix}", data)
    except FileRefused as refused:
        assert refused.message
    else:
        assert read.text.endswith("\n")


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=200))
def test_any_text_survives_utf_8(text: str) -> None:
    if not text.strip():
        return
    kept = unicodedata.normalize("NFC", text.replace("\ufeff", "")) + "\n"
    assert read_law_file("a.txt", text.encode("utf-8")).text.replace("\ufeff", "") == kept
