"""What somebody wrote into the search box, taken apart. Plain Python: it knows no analyser and no engine.

Understood are words, "phrases", -exclusions and fields such as 지역:가람시 or year:2026. Everything else is
text: no writing raises an error, and no sign reaches an engine as syntax.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

LONGEST = 500  # characters; more is refused where the question comes in (search.forms)
MOST_PARTS = 32

FIELDS = {
    "지역": "region",
    "분과": "division",
    "연도": "year",
    "주제어": "tag",
    "종류": "kind",
    "판": "version",
}
_NAMES = {**FIELDS, **{name: name for name in FIELDS.values()}}

_CONTROL = re.compile(
    "[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff\ufffd\ud800-\udfff]"
)
_QUOTES = str.maketrans("“”„‟«»＂", '"' * 7)
_PART = re.compile(
    r'(?P<minus>-?)(?:(?P<name>[^\s:："]{1,12})[:：])?"(?P<phrase>[^"]*)"|(?P<word>\S+)'
)


@dataclass(frozen=True, slots=True)
class Field:
    """`지역:가람시`: a facet narrowed in words. `name` is the facet's; `excluded` for `-지역:…`."""

    name: str
    value: str
    excluded: bool = False


@dataclass(frozen=True, slots=True)
class Query:
    """A question. `text` are its free words in the order in which they were written."""

    written: str
    text: str = ""
    phrases: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()
    fields: tuple[Field, ...] = ()

    @property
    def asks(self) -> bool:
        """Whether there is something to find, and not only something to narrow by."""
        return bool(self.text or self.phrases)

    def values(self, name: str) -> frozenset[str]:
        """What the question says for one field."""
        return frozenset(f.value for f in self.fields if f.name == name and not f.excluded)


def parse(written: str) -> Query:
    """Take a question apart. Never raises; of a very long one only the beginning counts."""
    cleaned = _CONTROL.sub(" ", written[: LONGEST * 4]).translate(_QUOTES)
    words: list[str] = []
    phrases: list[str] = []
    excluded: list[str] = []
    fields: list[Field] = []
    for match in list(_PART.finditer(cleaned))[:MOST_PARTS]:
        name, value, minus = _read(match)
        if not value:
            continue
        if name:
            fields.append(Field(name, value, excluded=minus))
        elif minus:
            excluded.append(value)
        elif match["phrase"] is not None:
            phrases.append(value)
        else:
            words.append(value)
    return Query(
        written=" ".join(cleaned.split()),
        text=" ".join(words),
        phrases=tuple(dict.fromkeys(phrases)),
        excluded=tuple(dict.fromkeys(excluded)),
        fields=tuple(dict.fromkeys(fields)),
    )


def _read(match: re.Match[str]) -> tuple[str, str, bool]:
    """Field name (empty for none), value, and whether it is excluded."""
    if match["phrase"] is not None:
        value, minus = " ".join(match["phrase"].split()), bool(match["minus"])
        written = match["name"] or ""
        name = _NAMES.get(written.lower(), "")
        return name, value if name or not written else f"{written} {value}", minus
    word = match["word"].replace('"', " ").strip()
    minus = len(word) > 1 and word[0] == "-" and word[1] != "-"
    word = word[1:].strip() if minus else word
    before, colon, after = word.replace("：", ":").partition(":")
    name = _NAMES.get(before.lower(), "") if colon else ""
    return (name, after.strip(), minus) if name else ("", word, minus)
