"""The file: a ZIP of lines, files and a manifest that knows the hash of each. It is whole, or it is none.

It holds everything that the hub knows, personal data and password hashes among it: only its owner may read it.
"""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

from coalition.record.backups import BackupRefused
from coalition.record.backups.rows import Row

FORMAT = 1
MANIFEST = "manifest.json"
_CHUNK = 1024 * 1024


class Writer:
    """Members are hashed as they go in."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        self.members: dict[str, str] = {}

    def lines(self, name: str, rows: Iterable[Row]) -> None:
        with self._member(name, zipfile.ZIP_DEFLATED) as write:
            for row in rows:
                write(json.dumps(row, ensure_ascii=False).encode("utf-8", "surrogatepass") + b"\n")

    def file(self, name: str, path: Path) -> None:
        """A file from the disk; pictures and documents are packed already."""
        with path.open("rb") as source, self._member(name, zipfile.ZIP_STORED) as write:
            while chunk := source.read(_CHUNK):
                write(chunk)

    def close(self, told: dict[str, Any]) -> None:
        """The manifest goes in last: without it the file is no backup."""
        manifest = {"format": FORMAT, **told, "members": self.members}
        self._packed.writestr(MANIFEST, json.dumps(manifest, ensure_ascii=False, indent=1))

    @contextmanager
    def _member(self, name: str, how: int) -> Iterator[Any]:
        digest = hashlib.sha256()
        info = zipfile.ZipInfo(name)
        info.compress_type = how
        with self._packed.open(info, "w", force_zip64=True) as member:

            def write(data: bytes) -> None:
                digest.update(data)
                member.write(data)

            yield write
        self.members[name] = digest.hexdigest()


@contextmanager
def writing(path: Path) -> Iterator[Writer]:
    """A new archive that takes the name only when it is whole and on the disk."""
    unfinished = path.with_name(f"{path.name}.part")
    handle = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(handle, "wb") as file:
            with zipfile.ZipFile(file, "w", allowZip64=True) as packed:
                yield Writer(packed)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


class Reader:
    """An archive that was looked through: every member is there, and is what the manifest says."""

    def __init__(self, packed: zipfile.ZipFile) -> None:
        self._packed = packed
        try:
            self.manifest: dict[str, Any] = json.loads(packed.read(MANIFEST))
            self.members: dict[str, str] = self.manifest["members"]
            known = self.manifest["format"]
        except (KeyError, TypeError, ValueError, zipfile.BadZipFile) as error:
            raise BackupRefused("백업 파일이 아니거나 끝까지 쓰이지 않았습니다.") from error
        if known != FORMAT:
            raise BackupRefused(f"이 판이 읽을 수 없는 백업 형식입니다({known}).")

    def verify(self) -> None:
        """Read all of it once, before anything is written anywhere."""
        names = set(self._packed.namelist()) - {MANIFEST}
        if names != set(self.members):
            raise BackupRefused("백업 파일의 차례와 내용이 다릅니다.")
        for name, digest in self.members.items():
            try:
                found = self._digest(name)
            except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
                raise BackupRefused(f"백업 파일이 상했습니다: {name}") from error
            if found != digest:
                raise BackupRefused(f"백업 파일이 상했습니다: {name}")

    def _digest(self, name: str) -> str:
        digest = hashlib.sha256()
        with self._packed.open(name) as member:
            while chunk := member.read(_CHUNK):
                digest.update(chunk)
        return digest.hexdigest()

    def lines(self, name: str) -> Iterator[Row]:
        with self._packed.open(name) as member:
            for line in member:
                yield json.loads(line.decode("utf-8", "surrogatepass"))

    def file(self, name: str) -> IO[bytes]:
        return self._packed.open(name)


@contextmanager
def reading(path: Path) -> Iterator[Reader]:
    """The archive at the path, verified."""
    try:
        packed = zipfile.ZipFile(path)
    except (OSError, zipfile.BadZipFile) as error:
        raise BackupRefused(f"{path}: 백업 파일을 읽을 수 없습니다.") from error
    with packed:
        found = Reader(packed)
        found.verify()
        yield found
