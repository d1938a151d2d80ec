"""The formats that a version is offered in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from coalition.drafts.exports import akoma_ntoso, printing, text, tree, word
from coalition.drafts.exports.edition import Edition

#: How long a PDF may take: while a reader waits, and in the background.
SECONDS_WAITING, SECONDS_BEHIND = 20.0, 120.0


@dataclass(frozen=True, slots=True)
class Format:
    """`revision` rises when the same edition gives other bytes than before: old files are made anew."""

    extension: str
    name: str
    media_type: str
    revision: int
    write: Callable[[Edition], bytes]
    is_possible: Callable[[], bool] = lambda: True
    is_slow: bool = False


def _pdf(edition: Edition) -> bytes:
    return printing.print_pdf(edition, seconds=SECONDS_BEHIND)


FORMATS: dict[str, Format] = {
    each.extension: each
    for each in (
        Format("txt", "글(TXT)", "text/plain; charset=utf-8", 1, text.write),
        Format(
            "docx",
            "워드(DOCX)",
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
            1,
            word.write,
        ),
        Format(
            "pdf", "PDF", "application/pdf", 1, _pdf, is_possible=printing.can_print, is_slow=True
        ),
        Format("json", "JSON", "application/json", 1, tree.write),
        Format("xml", "Akoma Ntoso(XML)", "application/akn+xml", 1, akoma_ntoso.write),
    )
}
