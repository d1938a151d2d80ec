"""A ZIP archive that nobody trusts: everything about it is checked before one byte is unpacked.

The checks follow the known attacks: bombs by ratio, by sum and by overlapping entries, a directory of a
million entries, names that leave the folder, names that occur twice (two programs then see two
documents), nesting, encryption, and bytes before or behind the archive.
"""

from __future__ import annotations

import io
import stat
import struct
import zipfile
import zlib
from pathlib import PurePosixPath

from coalition.drafts.files.law_file import FileRefused
from coalition.particles import subject

MOST_ENTRIES = 2_000
LARGEST_DIRECTORY = 512 * 1024
LARGEST_TOTAL = 100 * 1024 * 1024
LARGEST_PART = 16 * 1024 * 1024
#: Deflate reaches 1032:1; the most repetitive law text that was tried reaches 40:1. Small parts may be
#: denser: what is denser than this is refused from RATIO_COUNTS_FROM bytes on.
HIGHEST_RATIO = 150
RATIO_COUNTS_FROM = 1024 * 1024

_LOCAL_HEADER = b"PK\x03\x04"
_END = b"PK\x05\x06"
_END_SIZE = 22
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ARCHIVES = frozenset(
    [".zip", ".7z", ".rar", ".gz", ".bz2", ".xz", ".tar", ".jar", ".docx", ".docm", ".hwpx", ".odt"]
)

DAMAGED = "파일이 잘렸거나 망가졌습니다. 원래 프로그램에서 열어 다시 저장해 주세요."
_SUSPICIOUS = "문서로 볼 수 없는 압축 파일입니다"


class Archive:
    """The parts of a .docx or .hwpx, read one by one and never more than was announced."""

    def __init__(self, data: bytes) -> None:
        """Raises FileRefused when anything about the archive is not as in a document."""
        _check_frame(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
            self._parts = {info.filename: info for info in self._zip.infolist()}
        except (
            zipfile.BadZipFile,
            struct.error,
            ValueError,
            OSError,
            NotImplementedError,  # what zipfile raises for a way of packing it doesn't know
        ) as error:
            raise FileRefused(DAMAGED) from error
        _check_entries(self._zip.infolist(), len(data))

    def __contains__(self, name: str) -> bool:
        return name in self._parts

    def names(self) -> list[str]:
        return list(self._parts)

    def read(self, name: str) -> bytes:
        """A part whole. Raises FileRefused when it is absent, too large or damaged."""
        info = self._parts.get(name)
        if info is None:
            raise FileRefused(f"문서에 있어야 할 {subject(name)} 없습니다. {DAMAGED}")
        if info.file_size > LARGEST_PART:
            raise FileRefused("문서의 글이 너무 깁니다.")
        try:
            with self._zip.open(info) as part:
                data = part.read(LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError) as error:
            raise FileRefused(DAMAGED) from error
        except (NotImplementedError, RuntimeError) as error:
            raise FileRefused(f"{_SUSPICIOUS}(모르는 압축 방식).") from error
        if len(data) != info.file_size:
            raise FileRefused(DAMAGED)
        return data


def _check_frame(data: bytes) -> None:
    """The end record says how many entries there are before anybody builds a list of them.

    It has to be the last thing in the file and the directory has to stand right before it, as every
    word processor writes it: nothing is hidden before, behind or between.
    """
    if not data.startswith(_LOCAL_HEADER):
        raise FileRefused("이름과 달리 .docx나 .hwpx 문서가 아닙니다.")
    end = data[-_END_SIZE:]
    if len(data) < _END_SIZE + 30 or not end.startswith(_END):
        raise FileRefused(DAMAGED)
    disk, start_disk, here, entries, size, offset, comment = struct.unpack("<4H2LH", end[4:])
    if disk or start_disk or comment or here != entries:
        raise FileRefused(DAMAGED)
    if entries > MOST_ENTRIES or size > LARGEST_DIRECTORY:
        raise FileRefused(f"{_SUSPICIOUS}(조각이 너무 많음).")
    if offset + size + _END_SIZE != len(data):
        raise FileRefused(DAMAGED)


def _check_entries(infos: list[zipfile.ZipInfo], size: int) -> None:
    seen: set[str] = set()
    if len(infos) > MOST_ENTRIES:
        raise FileRefused(f"{_SUSPICIOUS}(조각이 너무 많음).")
    for info in infos:
        _check_name(info)
        folded = info.filename.casefold()
        if folded in seen:
            raise FileRefused(f"{_SUSPICIOUS}(같은 이름이 두 번 있음).")
        seen.add(folded)
        if info.flag_bits & _ENCRYPTED:
            raise FileRefused("암호가 걸린 문서입니다. 암호를 풀고 다시 저장해 주세요.")
        if info.compress_type not in _METHODS:
            raise FileRefused(f"{_SUSPICIOUS}(모르는 압축 방식).")
        dense = info.file_size > HIGHEST_RATIO * max(info.compress_size, 1)
        if dense and info.file_size > RATIO_COUNTS_FROM:
            raise FileRefused(f"{_SUSPICIOUS}(풀면 지나치게 커짐).")
    if sum(info.file_size for info in infos) > LARGEST_TOTAL:
        raise FileRefused(f"{_SUSPICIOUS}(풀면 지나치게 커짐).")
    _check_places(infos, size)


def _check_name(info: zipfile.ZipInfo) -> None:
    # orig_filename is what the archive says; zipfile itself cuts names at NUL.
    name = info.orig_filename
    path = PurePosixPath(name)
    if "\\" in name or ":" in name or "\x00" in name or path.is_absolute() or ".." in path.parts:
        raise FileRefused(f"{_SUSPICIOUS}(바깥을 가리키는 이름).")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileRefused(f"{_SUSPICIOUS}(바로가기가 들어 있음).")
    if path.suffix.lower() in _ARCHIVES:
        raise FileRefused(f"{_SUSPICIOUS}(압축 파일 속에 압축 파일이 있음).")


def _check_places(infos: list[zipfile.ZipInfo], size: int) -> None:
    """No entry begins inside another: overlapping entries share one bomb."""
    end = 0
    for info in sorted(infos, key=lambda info: info.header_offset):
        if info.header_offset < end:
            raise FileRefused(f"{_SUSPICIOUS}(조각이 겹침).")
        end = info.header_offset + 30 + len(info.orig_filename) + info.compress_size
    if end > size:
        raise FileRefused(DAMAGED)
