"""The text of an uploaded file, read by a process of its own that may use so much time and memory.

A PDF is a program that a stranger wrote: what reads it may hang or grow without end, so it is a child that is
stopped. Personal data is looked for there too: text with a number that identifies for life never comes out,
only what kind of number stands on which page. No Django.
"""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath

SECONDS = 60
LARGEST = 30 * 1024 * 1024  # what may be uploaded at all (WAGTAILDOCS_MAX_UPLOAD_SIZE)
MOST_TEXT = 400_000  # characters of a file that are found; what stands behind them is not
LONGEST_PART = 8_000
_MEMORY = 1024 * 1024 * 1024
_ROOT = Path(__file__).resolve().parent.parent
_STRANGE = re.compile("[\x00-\x08\x0b-\x1f\x7f\ud800-\udfff]")

TOO_LONG = "정해진 시간과 크기 안에 읽지 못했습니다."
NO_TEXT = "글이 없습니다. 그림만 든 파일일 수 있습니다."
_LOCKED = "암호가 걸려 있습니다."
_DAMAGED = "파일이 망가졌거나 읽을 수 없는 형식입니다."


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of a file. `page` is its page as a PDF viewer counts, 0 where a file has no pages."""

    page: int
    text: str


@dataclass(frozen=True, slots=True)
class Stopped:
    """A number that identifies for life stands on this page. Never the number."""

    kind: str
    page: int


@dataclass(frozen=True, slots=True)
class Extract:
    """What a file gave: its parts, or why there are none (`refused`), or what stands in the way (`stopped`)."""

    parts: tuple[Part, ...] = ()
    stopped: tuple[Stopped, ...] = ()
    refused: str = ""


def extract(name: str, data: bytes, *, seconds: float = SECONDS) -> Extract:
    """The text of a file called `name`. Never raises for what is in the file."""
    if len(data) > LARGEST:
        return Extract(refused=TOO_LONG)
    command = [sys.executable, "-m", "search.extraction", PurePath(name).name[-100:] or "-"]
    try:
        done = subprocess.run(  # noqa: S603 (our own module)
            command, input=data, capture_output=True, timeout=seconds, cwd=_ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        return Extract(refused=TOO_LONG)
    if done.returncode != 0:
        return Extract(refused=TOO_LONG)
    said = json.loads(done.stdout)
    return Extract(
        tuple(Part(page, text) for page, text in said["parts"]),
        tuple(Stopped(kind, page) for kind, page in said["stopped"]),
        said["refused"],
    )


# ---- in the child --------------------------------------------------------------------------------------


class _Refused(Exception):
    """The file gives no text; the message says why."""


def _read(name: str, data: bytes) -> Extract:
    from coalition.drafts.files import FileRefused
    from coalition.record.privacy import stops

    try:
        pages = list(_pages(name, data))
    except (FileRefused, _Refused) as refused:
        return Extract(refused=str(refused))
    except MemoryError:
        return Extract(refused=TOO_LONG)
    except Exception:  # whatever a reader of a stranger's file may raise
        return Extract(refused=_DAMAGED)
    found = {(hit.kind, page): None for page, text in pages for hit in stops(text)}
    if found:
        return Extract(stopped=tuple(Stopped(*each) for each in found))
    parts = tuple(Part(page, piece) for page, text in pages for piece in _cut(text))
    return Extract(parts) if parts else Extract(refused=NO_TEXT)


def _pages(name: str, data: bytes) -> Iterator[tuple[int, str]]:
    """Page and text, up to MOST_TEXT characters."""
    left = MOST_TEXT
    for page, raw in _raw_pages(name, data):
        lines = (" ".join(_STRANGE.sub(" ", line).split()) for line in raw.splitlines())
        text = "\n".join(line for line in lines if line)[:left]
        left -= len(text)
        if text:
            yield page, text
        if left <= 0:
            return


def _raw_pages(name: str, data: bytes) -> Iterator[tuple[int, str]]:
    from coalition.drafts.files import read_law_file

    if not data.startswith(b"%PDF"):
        yield 0, read_law_file(name, data).text
        return
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise _Refused(_LOCKED)
    for number, page in enumerate(reader.pages, start=1):
        yield number, page.extract_text()


def _cut(text: str) -> Iterator[str]:
    """Pieces of at most LONGEST_PART characters, cut at the end of a line or word."""
    while len(text) > LONGEST_PART:
        end = text.rfind("\n", LONGEST_PART // 2, LONGEST_PART)
        end = end if end > 0 else text.rfind(" ", LONGEST_PART // 2, LONGEST_PART)
        end = end if end > 0 else LONGEST_PART
        yield text[:end].strip()
        text = text[end:].strip()
    if text:
        yield text


def _limit() -> None:
    """So much memory and CPU and no more, where the system knows such limits."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))


def main() -> None:
    """The child: a file on standard input, what it gave as JSON on standard output."""
    _limit()
    made = _read(sys.argv[1], sys.stdin.buffer.read())
    said = {
        "parts": [[part.page, part.text] for part in made.parts],
        "stopped": [[each.kind, each.page] for each in made.stopped],
        "refused": made.refused,
    }
    sys.stdout.buffer.write(json.dumps(said, ensure_ascii=False).encode())


if __name__ == "__main__":
    main()
