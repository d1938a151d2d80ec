"""Text that was pasted or comes from a file: what was mended in it, before anybody takes it over."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import asdict, dataclass
from typing import Any

from coalition.drafts.files import LawFile, text_of_html
from coalition.drafts.text.clean import Change, clean
from coalition.drafts.text.lines import BLANKS, UNSEEN

#: More are not listed one by one.
MOST_LISTED = 100
_BLANK = re.compile(f"[{BLANKS}]")
_UNSEEN = re.compile(f"[{UNSEEN}]")
_DOTS = re.compile("[・･•‧∙⋅]")


@dataclass(frozen=True, slots=True)
class Mended:
    """One change that cleaning made, in words."""

    line: int
    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Brought:
    """The text as it came, the text as it would be taken over, and what lies between them."""

    raw: str
    text: str
    mended: list[Mended]
    more: int
    notes: list[str]
    joined: int

    @property
    def has_news(self) -> bool:
        """Whether there is anything that a person should look at."""
        return bool(self.mended or self.notes)

    def as_json(self) -> dict[str, Any]:
        return asdict(self)


def bring(source: LawFile) -> Brought:
    """Clean the text of a file or of the clipboard, with its notes."""
    cleaned = clean(source.text)
    listed = [_in_words(change) for change in cleaned.changes[:MOST_LISTED]]
    return Brought(
        raw=source.text,
        text=cleaned.text,
        mended=listed,
        more=len(cleaned.changes) - len(listed),
        notes=[str(note) for note in source.notes],
        joined=sum(change.kind == "joined" for change in cleaned.changes),
    )


def bring_text(text: str) -> Brought:
    """Clean a text that stands in the text area."""
    return bring(LawFile(text.replace("\r\n", "\n")))


def bring_paste(html: str, plain: str) -> Brought:
    """Clean what was on the clipboard: the HTML that 한글 puts there, else plain text.

    Raises FileRefused for HTML that can't be read.
    """
    return bring(text_of_html(html)) if html.strip() else bring_text(plain)


def _in_words(change: Change) -> Mended:
    if change.kind == "joined":
        what = f"끊긴 줄 {change.last_line - change.line + 1}개를 이음"
        return Mended(change.line, what, change.before, change.after)
    found = []
    if unicodedata.normalize("NFC", change.before) != change.before:
        found.append("자모로 풀린 글자를 모음")
    if _BLANK.search(change.before):
        found.append("특수한 빈칸을 보통 빈칸으로")
    if _UNSEEN.search(change.before):
        found.append("보이지 않는 글자를 뺌")
    if _DOTS.search(change.before):
        found.append("다른 나라 점을 가운뎃점으로")
    return Mended(change.line, ", ".join(found) or "글자를 고침", change.before, change.after)
