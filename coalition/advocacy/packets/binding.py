"""Packets that were made once: files under var/packets, named after bill, day and content hash.

Asked for twice, the same file is given. A file is complete or absent. Nothing here is a record: when the folder is
emptied a packet is made again, with equal text and page count.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
import tempfile
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from django.conf import settings

from coalition.advocacy.letters import zipped
from coalition.advocacy.packets.sheet import print_sheet

#: Rises when the same contents give another file than before.
REVISION = 2
SECONDS = 90.0
SHEET, SUMS = "packet.pdf", "SHA256SUMS.txt"


class PacketBusy(Exception):
    """Another process makes one just now; come back after `seconds`."""

    seconds = 10


def content_hash(members: Mapping[str, bytes], html: str) -> str:
    """One hash for all that goes in."""
    digest = hashlib.sha256(f"{REVISION}\n{html}".encode("utf-8", "replace"))
    for name in sorted(members):
        digest.update(f"\n{name} {hashlib.sha256(members[name]).hexdigest()}".encode())
    return digest.hexdigest()


def packet(bill: str, day: str, members: Mapping[str, bytes], html: str) -> bytes:
    """The ZIP with the printed sheet and a list of hashes.

    Raises PacketBusy, or PrintingFailed when no PDF can be made.
    """

    def bind() -> bytes:
        whole = {**members, SHEET: print_sheet(html, seconds=SECONDS)}
        sums = "".join(
            f"{hashlib.sha256(whole[name]).hexdigest()}  {name}\n" for name in sorted(whole)
        )
        return zipped({**whole, SUMS: sums.encode()})

    return _once(bill, f"{day}-{content_hash(members, html)[:32]}.zip", bind)


def leaf(kind: str, name: str, html: str) -> bytes:
    """One printed page, kept under its kind and named after its contents.

    Raises PacketBusy, or PrintingFailed when no PDF can be made.
    """
    told = f"{name}-{content_hash({}, html)[:32]}.pdf"
    return _once(kind, told, lambda: print_sheet(html, seconds=SECONDS, leaf=True))


def _once(kind: str, name: str, make: Callable[[], bytes]) -> bytes:
    """The kept file; made when there is none, by one process of the machine at a time."""
    folder = Path(settings.VAR_DIR) / "packets" / kind
    path = folder / name
    with contextlib.suppress(OSError):
        return path.read_bytes()
    folder.mkdir(parents=True, exist_ok=True)
    with _alone(folder.parent) as is_alone:
        if not is_alone:
            raise PacketBusy("다른 것을 만드는 중입니다. 잠시 뒤에 다시 여세요.")
        with contextlib.suppress(OSError):
            return path.read_bytes()  # made while we came here
        data = make()
        _put(path, data)
        return data


def _put(path: Path, data: bytes) -> None:
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


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[bool]:
    with (folder / ".packet.lock").open("wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        yield True
