"""English that somebody reads or hears on a screen, but for names of things that have no other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser

NAMES = re.compile(
    r"https?://\S+|[\w.+-]+@[\w.-]+|\bWagtail v?[\d.]+|\b(?:PDF|URL|HTML|CSV|XLSX|CC BY)\b|\b\d*[KM]B\b"
    r"|\b(?:UTF-8|CP949|KOSIS)\b|\.(?:go|or)\.kr\b|\.(?:csv|docx|hwpx?|pdf|png|txt|xlsx|zip)\b|\b\d+x\d+\b|\bn(?:=\d+)?\b"
    r"|\b(?:AVIF|GIF|JPE?G|PNG|WEBP|DOCX|HWPX?|TXT|ZIP)\b|\b(?:Ctrl|Alt|Shift|Esc|Enter)\b(?: \+ .$)?",
    re.ASCII,
)
# Texts that Wagtail 8.0.1 writes without gettext, and where; no catalogue can reach them.
HARD_CODED = {
    "Search",  # wagtailadmin/home.html, shared/header.html: a button that only a screen reader meets
    "None",  # shared/side_panel_toggles.html: a counter that stays hidden until a script fills it
}
OURS = {
    "N",  # the number of cases or people behind a figure
}
ALLOWED = HARD_CODED | OURS
SPOKEN = (
    "placeholder",
    "title",
    "aria-label",
    "alt",
    "aria-description",
    "data-w-tooltip-content-value",
)


class _Screen(HTMLParser):
    """Collects what is read or heard. Code, scripts and a user's languages and time zones are not."""

    def __init__(self) -> None:
        super().__init__()
        self.texts: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        values = dict(attrs)
        if tag in {"script", "style", "code"} or (
            tag == "select" and (values.get("name") or "").startswith("locale-")
        ):
            self._silent += 1
        self.texts += [values[name] or "" for name in SPOKEN if name in values]
        if tag == "input" and values.get("type") in {"submit", "button"}:
            self.texts.append(values.get("value") or "")

    def handle_endtag(self, tag: str) -> None:
        if self._silent and tag in {"script", "style", "code", "select"}:
            self._silent -= 1

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.texts.append(data)


def english(html: str) -> Iterator[str]:
    """Texts of the screen with a Latin letter that is no name."""
    screen = _Screen()
    screen.feed(html)
    for text in (" ".join(text.split()) for text in screen.texts):
        if text not in ALLOWED and re.search("[A-Za-z]", NAMES.sub("", text)):
            yield text
