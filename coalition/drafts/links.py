"""Where links to clauses stand in a version, and whether they still hold there.

The rule (design/drafts.md): a link hangs on a uid + the version whose text was looked at. It is carried silently
while the clause is the same or only its number, its citations' numbers or its place changed; else it is 재확인
필요, shown with both texts, until somebody confirms it for the new one. When the clause went it stays reachable.
Nothing of this is stored: a corrected lineage, a withdrawn link and a new version change every page at once.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import groupby

from django.db.models import Q
from django.utils import timezone

from coalition.drafts.beside import SILENT
from coalition.drafts.comparisons import compared
from coalition.drafts.kinship import Kinship, kinship
from coalition.drafts.models import (
    Bill,
    ClauseLink,
    LinkState,
    LinkStep,
    Provision,
    Relation,
    Version,
)
from coalition.drafts.text.tree import Node, index, walk

#: What a link may be tied to.
LINKED_KINDS = ("article", "paragraph")
_ENDS = frozenset({LinkState.DECLINED, LinkState.WITHDRAWN})
_BELOW_ARTICLE = re.compile(r"__(?:para|item|subitem|subsubitem)_")
_BLANKS = re.compile(r"\s+")


class Standing(StrEnum):
    """How a link stands in one version."""

    PROPOSED = "proposed"
    CONFIRMED = "confirmed"
    STALE = "stale"  # 재확인 필요
    GONE = "gone"  # the clause is no more; the link stays reachable


@dataclass(frozen=True, slots=True)
class Placed:
    """A link as it stands in one version.

    `seen` is the provision whose text was looked at last, `eids` where that clause is in the version (several
    after 나뉨, none when it went), `reviews` the agreements that count, `pending` those of a review not done yet.
    """

    link: ClauseLink
    standing: Standing
    seen: Provision
    eids: tuple[str, ...]
    proposed: LinkStep
    reviews: tuple[LinkStep, ...]
    pending: tuple[LinkStep, ...]

    @property
    def is_public(self) -> bool:
        """Proposals are nobody's business but the desk's."""
        return self.standing != Standing.PROPOSED

    @property
    def is_reason(self) -> bool:
        """Whether the ledger of the clause counts it: 무관 was looked at and says nothing of the clause."""
        return self.is_public and self.link.relation != Relation.UNRELATED


@dataclass(frozen=True, slots=True)
class History:
    """A link with everything that people did to it, oldest first."""

    link: ClauseLink
    steps: tuple[LinkStep, ...]


def histories(where: Q) -> list[History]:
    """Links with what `placed` needs, in one query whatever their number. `where` is said of LinkStep."""
    rows = (
        LinkStep.objects.filter(where)
        .select_related(
            "link__provision__version__bill",
            "link__municipality__region",
            "link__linked_by",
            "provision__version__bill",
        )
        .defer("link__provision__version__source_text", "provision__version__source_text")
        .order_by("link", "pk")
    )
    return [
        History(steps[0].link, tuple(steps))
        for steps in (list(group) for _, group in groupby(rows, lambda step: step.link_id))
    ]


def links_in(
    version: Version, on: dt.date | None = None, net: Kinship | None = None
) -> list[Placed]:
    """Every link of the bill that stands in this version, proposals too; with `on` as of that day."""
    where = Q(link__provision__version__bill=version.bill_id)
    return placed(histories(where), version, on, net)


def placed(
    told: Iterable[History],
    version: Version,
    on: dt.date | None = None,
    net: Kinship | None = None,
) -> list[Placed]:
    """These links of one bill as they stand in a version. Rows written for a later text are not told.

    `net` is the bill's net of LINKED_KINDS, when it is at hand.
    """
    found, places = [], Net(version.bill, net)
    for history in told:
        by_day = [step for step in history.steps if _by_day(step, on)]
        steps = [step for step in by_day if _until(step, version)]
        if steps and not any(step.state in _ENDS for step in by_day):
            found.append(_placed(history.link, steps, version, places))
    return found


def _until(step: LinkStep, version: Version) -> bool:
    return (step.provision.version.order or 0) <= (version.order or 0)


def _by_day(step: LinkStep, on: dt.date | None) -> bool:
    return on is None or timezone.localdate(step.at) <= on


def _placed(link: ClauseLink, steps: Sequence[LinkStep], version: Version, net: Net) -> Placed:
    last = max((i for i, s in enumerate(steps) if s.state == LinkState.CONFIRMED), default=None)
    confirmed = steps[last] if last is not None else None
    seen = confirmed.provision if confirmed else steps[-1].provision
    agreed = [step for step in steps if step.state in (LinkState.SECONDED, LinkState.CONFIRMED)]
    reviews = tuple(s for s in agreed if confirmed and s.provision_id == confirmed.provision_id)
    after = steps[last + 1 :] if last is not None else steps
    pending = tuple(step for step in after if step.state == LinkState.SECONDED)
    eids = net.places(seen, version)
    if confirmed is None:
        standing = Standing.PROPOSED
    elif not eids:
        standing = Standing.GONE
    elif all(still_holds(seen, version, eid) for eid in eids):
        standing = Standing.CONFIRMED
    else:
        standing = Standing.STALE
    return Placed(link, standing, seen, eids, steps[0], reviews, pending)


class Net:
    """Who comes from whom in one bill, asked for once and only when a link was made for an older text."""

    def __init__(self, bill: Bill, known: Kinship | None = None) -> None:
        self._bill = bill
        self._kinship = known

    def places(self, seen: Provision, version: Version) -> tuple[str, ...]:
        """eIds in the version of what came of a clause; of a 항 that went, of the 조 around it."""
        if seen.version_id == version.pk:
            return (seen.eid,)
        if self._kinship is None:
            self._kinship = kinship(self._bill, *LINKED_KINDS)
        net = self._kinship
        for start in _itself_then_article(seen, net):
            reached = net.at(net.forth(start), version)
            if reached:
                return tuple(member.eid for member in reached)
        return ()


def _itself_then_article(seen: Provision, net: Kinship) -> list[int]:
    whole = article_of(seen.eid)
    if whole == seen.eid:
        return [seen.pk]
    around = (
        pk for pk, m in net.members.items() if (m.version_id, m.eid) == (seen.version_id, whole)
    )
    return [seen.pk, *around]


def article_of(eid: str) -> str:
    """The 조 in which a 항 stands, by eId."""
    return _BELOW_ARTICLE.split(eid, maxsplit=1)[0]


def still_holds(seen: Provision, version: Version, eid: str) -> bool:
    """Whether what was said of `seen` may be said of that provision of a later version without looking again.

    The article decides. A 항 whose every word stayed holds also where only other 항 of its article changed.
    """
    if seen.version_id == version.pk:
        return seen.eid == eid
    found = compared(seen.version, version)
    was, now = article_of(seen.eid), article_of(eid)
    for change in found.comparison.changes:
        if [unit.node.eid for unit in change.b] == [now]:
            if [unit.node.eid for unit in change.a] != [was] or (seen.eid == was) != (eid == now):
                return False
            kinds = {*change.kinds}
            if kinds <= SILENT:
                return True
            a, b = index(found.a_tree).get(seen.eid), index(found.b_tree).get(eid)
            part_stayed = seen.eid != was and kinds <= SILENT | {"text"}
            return bool(part_stayed and a and b and _words(a) == _words(b))
    return False


def _words(node: Node) -> str:
    """Every word of a 항 but its own number."""
    return _BLANKS.sub(
        "", "".join(each.text if each is node else f"{each.lead}{each.text}" for each in walk(node))
    )


def lines_then(seen: Provision, version: Version) -> tuple[str, ...]:
    """The words that were looked at, for a link that has to be looked at again."""
    return _lines(index(compared(seen.version, version).a_tree).get(seen.eid))


def lines_now(seen: Provision, version: Version, eid: str) -> tuple[str, ...]:
    """The words that stand there now, to be held beside those."""
    return _lines(index(compared(seen.version, version).b_tree).get(eid))


def _lines(node: Node | None) -> tuple[str, ...]:
    return tuple(
        f"{each.lead.strip() if each is not node else ''} {each.text}".strip()
        for each in (walk(node) if node else ())
        if each.text
    )
