"""Law text from files."""

from __future__ import annotations

from pathlib import Path

from coalition.record.tables import Fault, TableRefused, decode_text


def read_draft(path: Path) -> str:
    """The text of a .txt file in UTF-8 or CP949. Raises TableRefused with the reason."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise TableRefused(
            [Fault(0, "", f"{path}을(를) 읽을 수 없습니다 ({error.strerror}).")]
        ) from error
    text = decode_text(raw)
    if not text.strip():
        raise TableRefused([Fault(0, "", "빈 파일입니다.")])
    return text
