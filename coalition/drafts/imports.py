"""Law text from files on disk."""

from __future__ import annotations

from pathlib import Path

from coalition.drafts.files import FileRefused, LawFile, read_law_file
from coalition.particles import object_

#: Files whose name says another kind are read as what they say; any other name is a text file.
_KINDS = (".docx", ".hwpx", ".hwp", ".doc", ".pdf")


def read_draft(path: Path) -> LawFile:
    """The law text of a .txt, .docx or .hwpx file with what is to be said of it.

    Raises FileRefused with the reason.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise FileRefused(f"{object_(path)} 읽을 수 없습니다 ({error.strerror}).") from error
    is_known = path.suffix.lower() in _KINDS
    return read_law_file(path.name if is_known else "draft.txt", data)
