"""What became of a clause's words between the version that somebody looked at and another one.

The rule of design/drafts.md: what hangs on a clause is carried silently while the clause is the same or only
its number, its citations' numbers or its place changed; after every other change it is 재확인 필요.
"""

from __future__ import annotations

from coalition.drafts.beside import SILENT
from coalition.drafts.compare import Change
from coalition.drafts.comparisons import compared, counts
from coalition.drafts.models import Version


def change_of(eid: str, seen: Version, now: Version) -> Change | None:
    """What became of the article of `seen` on the way to `now`; None when the comparison knows none."""
    for change in compared(seen, now).comparison.changes:
        if any(unit.node.eid == eid for unit in change.a):
            return change
    return None


def is_carried(eid: str, seen: Version, now: Version) -> bool:
    """Whether the words that were looked at still stand there. No eid: the whole bill."""
    if seen.pk == now.pk:
        return True
    if not eid:
        return counts([(seen, now)])[0].touched == 0
    change = change_of(eid, seen, now)
    if change is None or len(change.a) != 1 or len(change.b) != 1:
        return False
    return set(change.kinds) <= SILENT
