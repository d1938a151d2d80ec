"""Exports that were made once: files under var/exports, named after all that they are made from.

A file is complete or absent (written aside, then renamed). A change of the title, of the address or of a
format's revision gives another name; the file of before is taken away then. Nothing here is a record: the
folder may be emptied at any time.
"""

from __future__ import annotations

import contextlib
import dataclasses
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

from coalition.drafts.exports.edition import Edition
from coalition.drafts.exports.formats import Format


def key_of(edition: Edition, format_: Format) -> str:
    """One key for one content: everything printed (the hash stands for the source), and the revision."""
    printed = dataclasses.replace(edition, source="").to_json()
    written = f"{format_.extension} {format_.revision}\n{printed}"
    return hashlib.sha256(written.encode("utf-8", "replace")).hexdigest()[:32]


class Shelf:
    """The folder of made files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, edition: Edition, format_: Format) -> bytes | None:
        """The file, or None when it was not made yet."""
        try:
            return self._path(edition, format_).read_bytes()
        except OSError:
            return None

    def size(self, edition: Edition, format_: Format) -> int | None:
        try:
            return self._path(edition, format_).stat().st_size
        except OSError:
            return None

    def put(self, edition: Edition, format_: Format, data: bytes) -> None:
        """Keep a file, and drop what stood for this version and format before. Raises OSError."""
        path = self._path(edition, format_)
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor, aside = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
        try:
            os.fchmod(descriptor, 0o644)  # web and worker may be two users
            with os.fdopen(descriptor, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            Path(aside).replace(path)
        except OSError:
            Path(aside).unlink(missing_ok=True)
            raise
        for old in path.parent.glob(f"*.{format_.extension}"):
            if old != path:
                old.unlink(missing_ok=True)

    @contextlib.contextmanager
    def alone(self, work: str) -> Iterator[bool]:
        """True for one process of the machine at a time; False for the others, at once."""
        self._folder.mkdir(parents=True, exist_ok=True)
        with (self._folder / f".{work}.lock").open("wb") as file:
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                yield False
                return
            yield True

    def _path(self, edition: Edition, format_: Format) -> Path:
        name = f"{key_of(edition, format_)}.{format_.extension}"
        return self._folder / edition.bill / f"v{edition.no}" / name
