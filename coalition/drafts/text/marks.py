"""`<개정 2025. 10. 1.>` and its kin: editors' marks that stand in the text but are not law."""

from __future__ import annotations

import re

_CANDIDATE = re.compile(r"<[^<>]{4,4000}>|\[[^\[\]]{6,400}\]")
_DATE = r"\d{4}[.ㆍ·]\d{1,2}[.ㆍ·]\d{1,2}[.]?"
_KIND = r"(?:전문|일부|전부|본조|본항|후단|단서|각호|제목)?(?:개정|신설|삭제)|시행일:?"
_MARK = re.compile(rf"<(?:{_KIND}|{_DATE}|[,/])+>|\[(?:{_KIND})(?:{_DATE},?)+\]")
_HOLDS_DATE = re.compile(_DATE)
_BLANK = re.compile(r"\s+")
_SUPPLEMENT_NUMBER = re.compile(r"[<〈]([^<>〈〉]*제\s*\d+\s*호[^<>〈〉]*)[>〉]")


def split(text: str) -> tuple[str, tuple[str, ...]]:
    """The text without its marks, and the marks in order, each on one line.

    Only brackets that hold a date (and 개정, 신설, 삭제, 전문개정 …) count: `<단서 생략>` and
    `<아래>` belong to the text.
    """
    if "<" not in text and "[" not in text:
        return text, ()
    found: list[str] = []
    kept: list[str] = []
    end = 0
    for match in _CANDIDATE.finditer(text):
        compact = _BLANK.sub("", match.group())
        if _MARK.fullmatch(compact) and _HOLDS_DATE.search(compact):
            kept.append(text[end : match.start()].rstrip())
            found.append(_BLANK.sub(" ", match.group()))
            end = match.end()
    if not found:
        return text, ()
    kept.append(text[end:])
    return "".join(kept).strip(), tuple(found)


def spans(text: str) -> list[tuple[int, int]]:
    """What `split` cuts out of a text, blanks before each mark included (blanks around the whole are not)."""
    if "<" not in text and "[" not in text:
        return []
    found: list[tuple[int, int]] = []
    end = 0
    for match in _CANDIDATE.finditer(text):
        compact = _BLANK.sub("", match.group())
        if _MARK.fullmatch(compact) and _HOLDS_DATE.search(compact):
            found.append((end + len(text[end : match.start()].rstrip()), match.end()))
            end = match.end()
    return found


def strip(text: str) -> str:
    """The text without its marks."""
    return split(text)[0]


def promulgation(text: str) -> str:
    """`<제15522호,2018.3.20>` behind a 부칙, or ''."""
    match = _SUPPLEMENT_NUMBER.search(text)
    return match.group() if match else ""
