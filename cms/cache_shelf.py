"""Pages as they were sent, in files that all processes of a machine share.

The shelf has a fixed number of places, and the key's hash says which: a page takes the place of what stood there
before. So it can't grow without end, however many addresses are asked for, and nobody ever has to tidy it.
"""

from __future__ import annotations

import contextlib
import gzip
import hashlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

PLACES = 4096
LARGEST = 1024 * 1024
_WORTH_PACKING = 1024


@dataclass(frozen=True, slots=True)
class Kept:
    """An answer: whose it is (`key`), as of when (`stamp`, and until `until`), what its headers and its bytes are."""

    key: str
    stamp: str
    until: float | None
    etag: str
    headers: list[list[str]]
    plain: bytes
    packed: bytes = b""

    @classmethod
    def of(
        cls, key: str, stamp: str, until: float | None, headers: list[list[str]], body: bytes
    ) -> Kept:
        """Packed once here, so that no reader waits for it."""
        packed = gzip.compress(body, 6, mtime=0) if len(body) >= _WORTH_PACKING else b""
        etag = hashlib.sha256(body).hexdigest()[:32]
        return cls(
            key, stamp, until, etag, headers, body, packed if len(packed) < len(body) else b""
        )


class Shelf:
    """Where they lie. A file is replaced whole: nobody reads half a page."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def get(self, key: str, stamp: str, now: float) -> Kept | None:
        """What is kept under the key, if it is of this stamp and its time is not over."""
        try:
            raw = self._place(key).read_bytes()
            head, _, bodies = raw.partition(b"\n")
            told: dict[str, Any] = json.loads(head)
            size = told.pop("size")
            if told["key"] != key or told["stamp"] != stamp or len(bodies) < size:
                return None
            if told["until"] is not None and told["until"] <= now:
                return None
            return Kept(**told, plain=bodies[:size], packed=bodies[size:])
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def put(self, kept: Kept) -> None:
        """Keep it. Where the disk is full or not ours, the page is simply made again next time."""
        told = asdict(kept)
        plain, packed = told.pop("plain"), told.pop("packed")
        head = json.dumps({**told, "size": len(plain)}, ensure_ascii=False).encode()
        written = ""
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            handle, written = tempfile.mkstemp(prefix="new-", dir=self.folder)
            with os.fdopen(handle, "wb") as file:
                file.write(b"\n".join((head, plain)) + packed)
            os.replace(written, self._place(kept.key))  # noqa: PTH105
        except OSError:
            with contextlib.suppress(OSError):
                Path(written).unlink(missing_ok=True)

    def _place(self, key: str) -> Path:
        digest = hashlib.sha256(key.encode("utf-8", "surrogatepass")).digest()
        return self.folder / f"{int.from_bytes(digest[:4]) % PLACES:04x}"
