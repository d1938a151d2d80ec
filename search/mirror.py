"""Keeps the search server equal to the projection: rows by `seq`, one cursor per index, nothing in a queue.

What is sent is always a row's present state with its `seq` as version, so that nothing older can win. A new
index is filled beside the serving one and takes its place when it has caught up. Every step may be killed
and done again.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from coalition.record import jobs
from search.backends import elastic
from search.backends.elastic import Server, Unavailable
from search.models import DeadLetter, Mirror, SearchDocument

logger = logging.getLogger(__name__)

PORTION = 500
LEASE = "mirror"
_LOOK_EVERY = (
    5.0  # seconds between two looks whether the serving index is still there and still ours
)
_PAUSES = (1.0, 2.0, 5.0, 15.0, 30.0)  # seconds after the first, second … failure in a row


class Pace:
    """When this process looks again, and how often it failed in a row."""

    failures = 0
    not_before = 0.0
    looked_at = float("-inf")

    @classmethod
    def failed(cls) -> None:
        pause = _PAUSES[min(cls.failures, len(_PAUSES) - 1)]
        cls.failures += 1
        cls.not_before = time.monotonic() + pause

    @classmethod
    def reset(cls) -> None:
        cls.failures, cls.not_before, cls.looked_at = 0, 0.0, float("-inf")


def sync_patiently() -> int:
    """The worker's job: a portion of what waits; nothing while the server rests."""
    if not elastic.configured() or time.monotonic() < Pace.not_before:
        return 0
    try:
        done = sync()
    except Unavailable as error:
        Pace.failed()
        logger.warning("검색 서버에 옮기지 못했습니다. 잠시 뒤에 다시 합니다: %s", error)
        return 0
    Pace.failures = 0
    return done


def sync(*, look: bool = False) -> int:
    """One portion for every index; how many things were done. Raises Unavailable.

    Under a lease: two at once would race with rows that change between reading and sending.
    """
    if not jobs.take_lease(LEASE, jobs.holder()):
        return 0
    server = Server()
    done = 0
    if look or time.monotonic() - Pace.looked_at > _LOOK_EVERY:
        done += _look(server)
        Pace.looked_at = time.monotonic()
    for mirror in Mirror.objects.order_by("pk"):
        done += _copy(server, mirror)
    building = Mirror.objects.filter(serving=False).order_by("-pk").first()
    if building is not None and not behind(building, 1):
        _take_over(server, building)
        done += 1
    return done


def rebuild() -> Mirror:
    """Begin a new index; the serving one goes on serving until the new one has caught up."""
    Mirror.objects.filter(serving=False).delete()
    name = f"{elastic.prefix()}-{elastic.schema()}-{time.time_ns() // 1000}"
    return Mirror.objects.create(name=name, schema=elastic.schema())


def _look(server: Server) -> int:
    """Are the indices there, and ours? What is missing is begun anew; what nobody knows goes."""
    done = 0
    for mirror in Mirror.objects.all():
        if server.index_is_ours(mirror.name):
            if (
                mirror.serving
                and not Mirror.objects.filter(serving=False)
                and _lacks(server, mirror)
            ):
                logger.warning("색인 %s에서 문서가 사라졌습니다. 새로 만듭니다.", mirror.name)
                server.create(rebuild().name)
                done += 1
            continue
        if mirror.serving or mirror.schema != elastic.schema():
            logger.warning("색인 %s이(가) 없거나 달라졌습니다. 새로 만듭니다.", mirror.name)
            mirror.delete()
        else:
            server.create(mirror.name)
            Mirror.objects.filter(pk=mirror.pk).update(seq=0)
            mirror.dead_letters.all().delete()
        done += 1
    if not Mirror.objects.exists():
        server.create(rebuild().name)
        done += 1
    known = set(Mirror.objects.values_list("name", flat=True))
    for stranger in sorted(server.names() - known):
        server.delete(stranger)
    return done


def _copy(server: Server, mirror: Mirror) -> int:
    """The next rows of one index. The cursor moves only after the server has answered for each of them."""
    rows = list(SearchDocument.objects.filter(seq__gt=mirror.seq).order_by("seq")[:PORTION])
    if not rows:
        return 0
    refused = server.send(mirror.name, rows)
    if refused and not server.index_is_ours(mirror.name):
        raise Unavailable("색인의 모양이 달라졌습니다")
    by_pk = {row.pk: row for row in rows}
    for one in refused:
        server.drop(mirror.name, one.pk, by_pk[one.pk].seq)
    if mirror.serving:
        server.refresh(mirror.name)
    with transaction.atomic():
        DeadLetter.objects.filter(mirror=mirror, document__in=by_pk).delete()
        DeadLetter.objects.bulk_create(
            DeadLetter(mirror=mirror, document_id=r.pk, seq=by_pk[r.pk].seq, reason=r.reason)
            for r in refused
        )
        moved = Mirror.objects.filter(pk=mirror.pk, seq=mirror.seq)
        moved.update(seq=rows[-1].seq, told_at=timezone.now())
    return len(rows)


def _take_over(server: Server, mirror: Mirror) -> None:
    """Let the finished index serve, if it has every document; the one before it goes."""
    if not server.index_is_ours(mirror.name):
        mirror.delete()
        return
    server.refresh(mirror.name)
    if _lacks(server, mirror):
        logger.warning("새 색인 %s에 빠진 것이 있어 처음부터 다시 옮깁니다.", mirror.name)
        Mirror.objects.filter(pk=mirror.pk).update(seq=0)
        return
    server.point_alias(mirror.name)
    with transaction.atomic():
        before = list(Mirror.objects.select_for_update().exclude(pk=mirror.pk))
        for old in before:
            old.delete()
        Mirror.objects.filter(pk=mirror.pk).update(serving=True, told_at=timezone.now())
    # The indices before it go at a later look: a reader may be asking one of them at this moment.


def _lacks(server: Server, mirror: Mirror) -> bool:
    """Whether an index that knows everything has another number of documents than it should."""
    refused = mirror.dead_letters.filter(document__deleted=False).count()
    visible = SearchDocument.objects.filter(deleted=False).count()
    return server.count(mirror.name) + refused != visible and not behind(mirror, 1)


def behind(mirror: Mirror, most: int) -> list[int]:
    """At most so many rows that changed after what this index knows."""
    newer = SearchDocument.objects.filter(seq__gt=mirror.seq)
    return list(newer.order_by("seq").values_list("pk", flat=True)[:most])


def sync_all(told: Callable[[int], None] = lambda _: None) -> int:
    """Until nothing is due; waits while another worker is at it. Raises Unavailable."""
    total, looked = 0, False
    try:
        while True:
            if not jobs.take_lease(LEASE, jobs.holder()):
                time.sleep(0.5)
                continue
            done = sync(look=not looked)
            looked = True
            if not done:
                return total
            total += done
            told(total)
    finally:
        jobs.drop_lease(LEASE, jobs.holder())


# ---- what is shown -------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Standing:
    """Where the mirror stands: `lag` rows are still to be sent."""

    name: str
    serving: bool
    lag: int
    refused: int
    told_at: object


def standings() -> list[Standing]:
    """Every index, the serving one first. Asks the database only."""
    return [
        Standing(
            mirror.name,
            mirror.serving,
            SearchDocument.objects.filter(seq__gt=mirror.seq).count(),
            mirror.dead_letters.count(),
            mirror.told_at,
        )
        for mirror in Mirror.objects.order_by("-serving", "pk")
    ]


def drift() -> Iterator[str]:
    """What the serving index says otherwise than the projection, row by row. Raises Unavailable."""
    mirror = Mirror.objects.filter(serving=True).first()
    if mirror is None:
        yield "색인이 없음"
        return
    there = dict(Server().versions(mirror.name))
    rows = SearchDocument.objects.values_list("pk", "seq", "deleted")
    refused = set(mirror.dead_letters.values_list("document_id", flat=True))
    for pk, seq, deleted in rows.iterator():
        version = there.pop(pk, None)
        if pk in refused:
            yield f"{pk}: 검색 서버가 물리침"
        elif deleted and version is not None:
            yield f"{pk}: 없어야 하는데 있음"
        elif not deleted and version != seq:
            yield f"{pk}: {'없음' if version is None else '옛 판'}"
    yield from (f"{pk}: 알 수 없는 문서" for pk in there)
