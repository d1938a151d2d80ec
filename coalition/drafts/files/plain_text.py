"""Bytes of a text file → text."""

from __future__ import annotations

import codecs
import re
import unicodedata

from coalition.drafts.files.law_file import FileRefused, LawFile, Note
from coalition.record.tables import TableRefused, decode_text

_BOMS = ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
#: Signs that no text file and no XML may hold; tab and line ends are not among them. A text with one
#: of them could not be exported as DOCX or XML.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
_UNKNOWN = "글자의 인코딩을 알 수 없습니다. 메모장에서 인코딩을 UTF-8로 골라 다시 저장해 주세요."


def read(data: bytes) -> LawFile:
    """The text of a .txt file in UTF-8, UTF-16 with its BOM, or CP949."""
    return tidy(_decoded(data), [])


def tidy(text: str, notes: list[Note]) -> LawFile:
    """The text as it is kept, without signs that can't be written; the notes in the order of lines.

    Only line ends, the normal form (NFC) and unwritable signs are touched, no blank and no letter.
    Raises FileRefused when nothing is left.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if _CONTROLS.search(text):
        first = text.count("\n", 0, _CONTROLS.search(text).start()) + 1  # type: ignore[union-attr]
        text, count = _CONTROLS.subn("", text)
        notes = [
            *notes,
            Note(first, f"글자가 아닌 제어 문자 {count}개를 지웠습니다(처음 나온 줄)."),
        ]
    if not text.strip():
        raise FileRefused("빈 파일입니다. 글이 없습니다.")
    text = unicodedata.normalize("NFC", text).rstrip("\n") + "\n"
    return LawFile(text, sorted(notes, key=lambda note: note.line))


def _decoded(data: bytes) -> str:
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                return data[len(bom) :].decode(encoding)
            except UnicodeDecodeError as error:
                raise FileRefused(_UNKNOWN) from error
    try:
        return decode_text(data)
    except TableRefused as error:
        if b"\x00" in data:
            raise FileRefused(
                "글자 파일이 아닙니다. .txt, .docx, .hwpx 파일을 올려 주세요."
            ) from error
        raise FileRefused(_UNKNOWN) from error
