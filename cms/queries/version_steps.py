"""What changed from one version of a bill to the next: beside the list of versions, beside a clause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from cms.queries.comparison_rows import LOOK, anchor_of
from cms.queries.comparisons import address
from coalition.drafts.compare import KOREAN
from coalition.drafts.compare.counting import is_touched, told
from coalition.drafts.comparisons import Counted, compared, counts
from coalition.drafts.models import Version
from coalition.particles import with_

#: So many of the newest versions say how much changed: each costs a comparison once per process.
COUNTED = 6
#: The margin of so many versions is remembered.
REMEMBERED = 32
#: What is only mentioned in the margin, not marked.
FAINT = frozenset({"title", "order"})


@dataclass(frozen=True, slots=True)
class Step:
    """A version and what changed in it since the one before; the oldest has no address to compare."""

    version: Version
    label: str = ""
    address: str = ""
    counted: str = ""


@dataclass(frozen=True, slots=True)
class Changed:
    """What was done to an article since the version before."""

    words: str
    look: str
    label: str
    address: str


def steps(versions: Sequence[Version]) -> list[Step]:
    """The published versions of a bill, newest first as they come, with what changed in each."""
    pairs = list(zip(versions[1:], versions, strict=False))
    figures = counts(pairs[:COUNTED])
    found = [
        Step(
            newer,
            f"{with_(f'v{older.no}')} 견주기",
            address([older, newer]),
            _figures(figures[at]) if at < len(figures) else "",
        )
        for at, (older, newer) in enumerate(pairs)
    ]
    return found + [Step(oldest) for oldest in versions[-1:]]


def _figures(counted: Counted) -> str:
    """신설 1, 삭제 1, 바뀜 3, 번호만 11."""
    kinds = [f"{KOREAN[kind]} {n}" for kind, n in counted.kinds.items() if kind != "same"]
    return ", ".join(kinds) or "바뀐 조문 없음"


def changed_since(version: Version, eid: str) -> Changed | None:
    """What was done to an article of a published version since the one before, if anything."""
    return _since(version.sha256).get(eid) if version.is_published else None


@lru_cache(REMEMBERED)
def _since(sha256: str) -> dict[str, Changed]:
    """By eId; which version came before never changes either."""
    newer = Version.objects.select_related("bill").defer("source_text").get(sha256=sha256)
    older = (
        Version.objects.select_related("bill")
        .defer("source_text")
        .filter(bill=newer.bill_id, order=(newer.order or 0) - 1)
        .first()
    )
    if older is None:
        return {}
    place, label = address([older, newer]), f"{with_(f'v{older.no}')} 견준 곳"
    found: dict[str, Changed] = {}
    for change in filter(is_touched, compared(older, newer).comparison.changes):
        kinds = told(change)
        look = "quiet" if FAINT.issuperset(kinds) else LOOK.get(kinds[0], "")
        words = "ㆍ".join(KOREAN[kind] for kind in kinds)
        for unit in change.b:
            where = f"{place}#{anchor_of(change)}"
            found[unit.node.eid] = Changed(words, look, label, where)
    return found
