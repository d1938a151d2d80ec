"""Followed searches: the worker looks at what the projection has anew and tells of it by an Event.

What a search has found since it is followed is remembered (SearchWatch), so that a thing is new once: a page
that is moved, or taken back and published again, is told of no second time.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from itertools import groupby, pairwise

import numpy as np
from django.conf import settings
from django.db.models import Exists, OuterRef, Q, Subquery
from django.http import QueryDict
from django.utils import timezone

from coalition.advocacy.following import active
from coalition.advocacy.models import FollowKind
from coalition.advocacy.telling import Told
from coalition.drafts.beside import SILENT
from coalition.drafts.comparisons import compared
from coalition.drafts.models import Version
from coalition.record.models import Event
from search import korean
from search.actions import note_results
from search.facets import Ids
from search.finding import find_all
from search.forms import BadParameter, read
from search.models import Kind, SearchClock, SearchDocument, SearchWatch
from search.names import registry_names
from search.results import readable_rows

#: New results of one search are gathered for so long, so that a busy day does not fill a mailbox.
PAUSE = dt.timedelta(hours=1)
_PORTION = 20


def begin(key: str) -> None:
    """Somebody follows this search: what is there by now is no news."""
    clock = SearchClock.objects.values_list("value", flat=True).first() or 0
    SearchWatch.objects.get_or_create(key=key, defaults={"seq": clock})


def watch_searches() -> int:
    """The worker's job: look again at followed searches after the projection changed; how many were looked at.

    One query while nothing changed. What nobody follows any more is forgotten.
    """
    clock = SearchClock.objects.order_by("pk").values("value")[:1]
    rested = Q(told_at__isnull=True) | Q(told_at__lte=timezone.now() - PAUSE)
    followers = active(FollowKind.SEARCH).filter(key=OuterRef("key"))
    watches = list(
        SearchWatch.objects.annotate(followed=Exists(followers))
        .filter(Q(followed=False) | Q(seq__lt=Subquery(clock)) & rested | Q(seen__isnull=True))
        .order_by("seq")[:_PORTION]
    )
    for watch in watches:
        if watch.followed:
            look(watch)
        else:
            watch.delete()
    return len(watches)


def look(watch: SearchWatch) -> None:
    """Find what is new, and note it. Killed before the end, it begins again and nothing is told twice."""
    korean.load(registry_names)
    ids, clock = _found(watch.key)
    known = _unpacked(watch.seen) if watch.seen is not None else _from_before(ids, watch.seq)
    fresh = worth_telling(ids[~np.isin(ids, known)])
    seen, seq = np.union1d(known, ids).astype(np.int64).tobytes(), max(clock, watch.seq)
    if fresh:
        note_results(watch=watch, fresh=fresh, seen=seen, seq=seq, by=None)
    else:
        SearchWatch.objects.filter(pk=watch.pk).update(seen=seen, seq=seq)


def _found(key: str) -> tuple[Ids, int]:
    """Newest first. A search that was right once and is not now finds nothing."""
    try:
        asked = read(QueryDict(key))
    except BadParameter:
        return np.zeros(0, np.int64), 0
    ids, clock = find_all(asked.wanted)
    return np.array(ids, np.int64), clock


def _from_before(ids: Ids, seq: int) -> Ids:
    """Of these what stood in the index when it was first followed."""
    after = SearchDocument.objects.filter(seq__gt=seq).values_list("pk", flat=True)
    return np.setdiff1d(ids, np.array(list(after), np.int64))


def _unpacked(seen: bytes | memoryview) -> Ids:
    return np.frombuffer(bytes(seen), np.int64)


def worth_telling(ids: Sequence[int] | Ids) -> list[int]:
    """Without articles that a new version only carried on: design/drafts.md tells nobody of those."""
    wanted = [int(pk) for pk in ids]
    carried: set[int] = set()
    rows = SearchDocument.objects.filter(kind=Kind.PROVISION, pk__in=wanted).order_by("owner_id")
    for bill, own in groupby(rows.only("key", "owner_id"), lambda row: row.owner_id):
        carried |= _carried(bill, list(own))
    return [pk for pk in wanted if pk not in carried]


def _carried(bill: int, rows: Iterable[SearchDocument]) -> set[int]:
    """Of these articles of one bill those whose words stood in the version before theirs."""
    versions = Version.objects.filter(bill=bill, published_at__isnull=False).order_by("order")
    every = list(versions)
    kept = {now.no: _kept(old, now) for old, now in pairwise(every)}
    found = set()
    for row in rows:
        no, _, eid = row.key.partition("/v")[2].partition("/")
        if eid in kept.get(no, ()):
            found.add(row.pk)
    return found


def _kept(old: Version, now: Version) -> set[str]:
    """The eIds in `now` of what came over with the same words."""
    return {
        change.b[0].node.eid
        for change in compared(old, now).comparison.changes
        if len(change.a) == len(change.b) == 1 and set(change.kinds) <= SILENT
    }


def tell(event: Event) -> list[Told]:
    """What a `search.found` means to those who follow the search: only what anybody may still read."""
    watch = SearchWatch.objects.filter(pk=event.object_id).first()
    rows = readable_rows(event.data.get("documents", ()))
    if watch is None or not rows:
        return []
    lines = ["", *(line for row in rows for line in _lines(row)), ""]
    count = int(event.data["count"])
    if count > len(rows):
        lines += [f"모두 {count:,}건입니다. 나머지는 아래 주소에서 보세요.", ""]
    follows = active(FollowKind.SEARCH).filter(key=watch.key)
    return [(follow, f"{follow.label}: 새 결과 {count:,}건", lines) for follow in follows]


def _lines(row: SearchDocument) -> list[str]:
    beside = [str(Kind(row.kind).label), row.municipality_name, row.note]
    beside += ["가상"] if row.fictional else []
    about = ", ".join(dict.fromkeys(filter(None, beside)))
    return [f"- {row.title} ({about})", f"  {settings.HUB_BASE_URL}{row.url}"]
