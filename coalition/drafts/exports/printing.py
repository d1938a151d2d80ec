"""Making the PDF in a process of its own.

The libraries behind it take 150 MB and half a second to load; a web worker must not carry them, a text that
breaks them must not end it, and one that takes too long is stopped.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.util
import subprocess
import sys
from pathlib import Path

from coalition.drafts.exports.edition import Edition

CANNOT = "이 서버는 PDF를 만들 수 없습니다."
#: What weasyprint loads; the names are those of Debian's libpango-1.0-0, libpangoft2-1.0-0 and below.
_LIBRARIES = ("libpango-1.0.so.0", "libpangoft2-1.0.so.0", "libharfbuzz.so.0", "libfontconfig.so.1")
_ROOT = Path(__file__).resolve().parents[3]


class PrintingFailed(Exception):
    """No PDF came out: the message says why, in Korean."""


@functools.cache
def can_print() -> bool:
    """Whether this machine has the library and a Korean font. Asked once per process."""
    if importlib.util.find_spec("weasyprint") is None:
        return False
    try:
        for name in _LIBRARIES:
            ctypes.CDLL(name)
        return _count_korean_fonts() > 0
    except (OSError, AttributeError):
        return False


def _count_korean_fonts() -> int:
    """How many fonts of this machine know Korean, by fontconfig itself (`fc-list :lang=ko`)."""
    fontconfig = ctypes.CDLL("libfontconfig.so.1")
    fontconfig.FcNameParse.restype = ctypes.c_void_p
    fontconfig.FcObjectSetBuild.restype = ctypes.c_void_p
    fontconfig.FcFontList.restype = ctypes.c_void_p
    fontconfig.FcFontList.argtypes = [ctypes.c_void_p] * 3
    pattern = fontconfig.FcNameParse(b":lang=ko")
    wanted = fontconfig.FcObjectSetBuild(b"family", None)
    found = fontconfig.FcFontList(None, pattern, wanted)
    # struct FcFontSet begins with its count.
    count = ctypes.cast(found, ctypes.POINTER(ctypes.c_int)).contents.value if found else 0
    for free, made in (
        (fontconfig.FcFontSetDestroy, found),
        (fontconfig.FcObjectSetDestroy, wanted),
        (fontconfig.FcPatternDestroy, pattern),
    ):
        if made:
            free(ctypes.c_void_p(made))
    return count


def print_pdf(edition: Edition, *, seconds: float) -> bytes:
    """The edition as PDF. Raises PrintingFailed when it can't be made, or not in this time."""
    if not can_print():
        raise PrintingFailed(CANNOT)
    try:
        done = subprocess.run(
            [sys.executable, "-m", "coalition.drafts.exports.paper"],
            input=edition.to_json().encode("utf-8", "replace"),
            capture_output=True,
            timeout=seconds,
            cwd=_ROOT,
            check=False,
        )
    except (subprocess.TimeoutExpired, OSError) as error:
        raise PrintingFailed("PDF를 제때 만들지 못했습니다.") from error
    if done.returncode or not done.stdout.startswith(b"%PDF"):
        reason = done.stderr.decode("utf-8", "replace").strip().rpartition("\n")[2]
        raise PrintingFailed(f"PDF를 만들지 못했습니다: {reason[:300]}")
    return done.stdout
