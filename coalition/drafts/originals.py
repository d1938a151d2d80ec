"""Which files may stand beside a version as its original, and what else says that they are none."""

from __future__ import annotations

from typing import IO

from django.core.exceptions import ValidationError

from coalition.drafts.files.signatures import OLE, PDF, ZIP

LARGEST = 30 * 1024 * 1024
# The first bytes that a file of this kind begins with.
KINDS = {".hwp": OLE, ".hwpx": ZIP, ".docx": ZIP, ".pdf": PDF}


def refuse_what_is_no_original(name: str, size: int, file: IO[bytes]) -> None:
    """Raise ValidationError when the file is too large or is not what its name says."""
    ending = f".{name.rpartition('.')[2].lower()}"
    if ending not in KINDS:
        raise ValidationError("원본으로는 .hwp, .hwpx, .docx, .pdf 파일을 붙일 수 있습니다.")
    if size > LARGEST:
        raise ValidationError(
            "30MB보다 큰 파일은 붙일 수 없습니다. 그림을 줄이거나 나누어 올리세요."
        )
    file.seek(0)
    begins = file.read(8)
    file.seek(0)
    if not begins.startswith(KINDS[ending]):
        raise ValidationError(
            f"이름은 {ending}인데 내용이 그 형식이 아닙니다. 원래 프로그램에서 다시 저장한 뒤 올리세요."
        )
