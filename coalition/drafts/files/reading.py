"""Which reader a file gets: its name says what it should be, its first bytes what it is."""

from __future__ import annotations

from pathlib import PurePath

from coalition.drafts.files import docx, hwpx, plain_text
from coalition.drafts.files.archive import Archive
from coalition.drafts.files.html import text_of_html
from coalition.drafts.files.law_file import FileRefused, LawFile
from coalition.drafts.files.manuscript import Manuscript
from coalition.drafts.files.prose import Prose, ProseSheet
from coalition.drafts.files.signatures import OLE, PDF

#: A law of 1,000 articles is under 2 MB as text; pictures in a document take the rest.
LARGEST = 20 * 1024 * 1024
LARGEST_TEXT = 5 * 1024 * 1024

HWP_REMEDY = "한글에서 파일 → 다른 이름으로 저장하기 → 파일 형식 ‘HWPX 문서(*.hwpx)’로 저장한 뒤 다시 올려 주세요."
_ZIP = b"PK"
_REFUSED = {
    ".hwp": f".hwp 파일은 글을 읽을 수 없습니다. {HWP_REMEDY}",
    ".doc": ".doc 파일은 글을 읽을 수 없습니다. 워드에서 ‘Word 문서(*.docx)’로 저장한 뒤 다시 올려 주세요.",
    ".pdf": "PDF에서는 줄과 번호를 믿을 수 있게 읽을 수 없습니다. PDF를 만든 원래 파일을 "
    f"올려 주세요. {HWP_REMEDY}",
}
_UNKNOWN_KIND = ".txt, .docx, .hwpx 파일만 읽을 수 있습니다."


def read_law_file(name: str, data: bytes) -> LawFile:
    """The law text of an uploaded file. `name` is what the sender called it.

    Raises FileRefused, and nothing else, for whatever can't be read.
    """
    return _read(name, data, None)


def read_prose_file(name: str, data: bytes) -> Prose:
    """A report, a plan, minutes: its blocks, tables whole. Raises FileRefused, and nothing else."""
    sheet = ProseSheet()
    return sheet.prose(_read(name, data, sheet))


def prose_of_html(html: str, plain: str = "") -> Prose:
    """What was on the clipboard: the HTML that 한글 puts there, else plain text. Raises FileRefused."""
    sheet = ProseSheet()
    if html.strip():
        return sheet.prose(text_of_html(html, sheet))
    for line in plain.replace("\r\n", "\n").split("\n"):
        sheet.write(line)
    return sheet.prose(sheet.finished())


def _read(name: str, data: bytes, sheet: Manuscript | None) -> LawFile:
    suffix = PurePath(name.strip()).suffix.lower()
    if not data:
        raise FileRefused("빈 파일입니다.")
    if len(data) > LARGEST:
        raise FileRefused(f"파일이 너무 큽니다. {LARGEST // 1024 // 1024} MB까지 올릴 수 있습니다.")
    _refuse_known(suffix, data)
    if suffix == ".txt":
        if data.startswith(_ZIP):
            raise FileRefused("이름은 .txt이지만 글자 파일이 아닙니다.")
        if len(data) > LARGEST_TEXT:
            raise FileRefused("글이 너무 깁니다. 5 MB까지 읽을 수 있습니다.")
        found = plain_text.read(data)
        if sheet is not None:
            for line in found.text.split("\n"):
                sheet.write(line)
        return found
    if suffix == ".docx":
        return docx.read(Archive(data), sheet)
    if suffix == ".hwpx":
        return hwpx.read(Archive(data), sheet)
    raise FileRefused(_UNKNOWN_KIND)


def _refuse_known(suffix: str, data: bytes) -> None:
    if suffix in _REFUSED:
        raise FileRefused(_REFUSED[suffix])
    if data.startswith(PDF):
        raise FileRefused(_REFUSED[".pdf"])
    if data.startswith(b"HWP Document File"):
        raise FileRefused(_REFUSED[".hwp"])
    if data.startswith(OLE):
        if suffix in (".docx", ".hwpx"):
            raise FileRefused(
                "암호가 걸렸거나 옛 형식으로 저장된 문서입니다. 암호를 풀고 .docx나 .hwpx로 다시 "
                "저장해 주세요."
            )
        raise FileRefused(_REFUSED[".hwp"])
