"""본보기 to begin a case from: the parts that such a case usually has, with nothing said in them yet."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from django.conf import settings

from cms.blocks.laid_out import is_untouched, stream_of

if TYPE_CHECKING:
    from cms.models import CasePage

_STREAMS = {
    "dialogue": "dialogue",
    "differences": "difference",
    "process": "step",
    "conditions": "condition",
}


@dataclass(frozen=True, slots=True)
class Beginning:
    """One 본보기 of data/case_beginnings.json."""

    key: str
    label: str
    text: str
    told: dict[str, Any]


@cache
def beginnings() -> tuple[Beginning, ...]:
    """All of them; the file is part of the program."""
    rows = json.loads((settings.BASE_DIR / "data" / "case_beginnings.json").read_text("utf-8"))
    return tuple(Beginning(row["key"], row["label"], row["text"], row) for row in rows)


def begin(page: CasePage, key: str) -> None:
    """Lay the parts of this 본보기 out on a new page. An unknown key begins with an empty page."""
    found = next((one for one in beginnings() if one.key == key), None)
    if found is None:
        return
    for name, value in found.told["fields"].items():
        setattr(page, name, value)
    for name, kind in _STREAMS.items():
        setattr(page, name, [(kind, row) for row in found.told[name]])


@cache
def laid_out(kind: str) -> tuple[dict[str, Any], ...]:
    """Every part of this kind that a 본보기 lays out."""
    names = [name for name, one in _STREAMS.items() if one == kind]
    return tuple(row for one in beginnings() for name in names for row in one.told[name])


def leave_out_untouched(page: CasePage) -> int:
    """Take the parts away that nobody filled in; how many."""
    gone = 0
    for name in _STREAMS:
        stream = getattr(page, name)
        kept = [child for child in stream if not is_untouched(child)]
        if len(kept) < len(stream):
            gone += len(stream) - len(kept)
            setattr(page, name, stream_of(stream.stream_block, kept))
    return gone
