"""Reads of bills, versions and provisions."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from coalition.drafts.models import (
    Bill,
    Carriage,
    Forebear,
    Lineage,
    Original,
    Provision,
    Version,
)


def published_versions(bill: Bill, on: dt.date | None = None) -> QuerySet[Version]:
    """Published versions of the bill, newest first; with `on`, those that were there on that day."""
    versions = bill.versions.filter(published_at__isnull=False).select_related("bill")
    if on is not None:
        versions = versions.filter(date__lte=on)
    return versions.order_by("-order")


def newest_published(bill: Bill, on: dt.date | None = None) -> Version | None:
    """The version that counts."""
    return published_versions(bill, on).first()


def originals_of(version: Version) -> QuerySet[Original]:
    """The word processor's files beside a version, in the order in which they came."""
    return version.originals.select_related("attachment")


def bills_with_versions(on: dt.date | None = None) -> QuerySet[Bill]:
    """Bills of which a version is published, each with `published`, newest first; with `on`, until that day."""
    published = Version.objects.filter(published_at__isnull=False).order_by("-order")
    if on is not None:
        published = published.filter(date__lte=on)
    return Bill.objects.filter(pk__in=published.order_by().values("bill")).prefetch_related(
        Prefetch("versions", queryset=published.defer("source_text"), to_attr="published")
    )


def provisions_in_order(version: Version) -> list[Provision]:
    """The whole version in the order of the text, in one query; `nested` makes a tree of it."""
    return list(version.provisions.order_by("order"))


def current_lineages(version: Version) -> dict[str, Lineage]:
    """The identity that counts of every provision, by eid. Later rows override earlier ones."""
    rows = Lineage.objects.filter(provision__version=version).select_related("provision")
    return {row.provision.eid: row for row in rows.order_by("pk")}


def uid_of(provision: Provision) -> uuid.UUID | None:
    """The provision's identity over versions."""
    newest = provision.lineages.order_by("-pk").first()
    return newest.uid if newest else None


def same_provision_elsewhere(bill: Bill, uid: uuid.UUID) -> list[Provision]:
    """Where this identity stands in the bill's published versions, newest first."""
    rows = (
        Lineage.objects.filter(
            uid=uid, provision__version__bill=bill, provision__version__published_at__isnull=False
        )
        .select_related("provision__version__bill")
        .order_by("-provision__version__order", "-pk")
    )
    newest: dict[int, Provision] = {}
    for row in rows:
        newest.setdefault(row.provision.version_id, row.provision)
    return [p for p in newest.values() if uid_of(p) == uid]


def where_eid_stands(bill: Bill, eid: str) -> list[Provision]:
    """Published versions in which this number exists, newest first: for a page that is gone in one."""
    return list(
        Provision.objects.filter(version__bill=bill, version__published_at__isnull=False, eid=eid)
        .select_related("version__bill")
        .order_by("-version__order")
    )


# Who comes from whom


@dataclass(frozen=True, slots=True)
class Kin:
    """A provision of a neighbouring version that this one comes from, or that came of it.

    `keeps_identity`: both have one uid. Otherwise it was split off, merged into another, or both.
    """

    provision: Provision
    how: Carriage
    score: float
    keeps_identity: bool


def newest_lineages() -> QuerySet[Lineage]:
    """The rows that count: of each provision the one recorded last."""
    later = Lineage.objects.filter(provision=OuterRef("provision"), pk__gt=OuterRef("pk"))
    return Lineage.objects.filter(~Exists(later))


def predecessors(provision: Provision) -> list[Kin]:
    """What this provision comes from: none for a new one, several after 합침, its own line first."""
    row = (
        provision.lineages.select_related("predecessor__version__bill")
        .prefetch_related(
            Prefetch("forebears", Forebear.objects.select_related("provision__version__bill"))
        )
        .order_by("-pk")
        .first()
    )
    if row is None or row.predecessor is None:
        return []
    how = Carriage(row.how)
    merged = [Kin(one.provision, how, one.score, False) for one in row.forebears.all()]
    return [Kin(row.predecessor, how, row.score, uid_of(row.predecessor) == row.uid), *merged]


def successors(provision: Provision) -> list[Kin]:
    """What came of this provision: none yet or deleted, several after 나뉨, its own line first."""
    rows = (
        newest_lineages()
        .filter(Q(predecessor=provision) | Q(forebears__provision=provision))
        .distinct()
        .select_related("provision__version__bill")
        .prefetch_related("forebears")
        .order_by("provision__order")
    )
    uid = uid_of(provision)
    kin = []
    for row in rows:
        scores = {one.provision_id: one.score for one in row.forebears.all()}
        score = scores.get(provision.pk, row.score)
        kin.append(Kin(row.provision, Carriage(row.how), score, row.uid == uid))
    return sorted(kin, key=lambda one: not one.keeps_identity)


def predecessors_in(version: Version) -> dict[str, list[str]]:
    """For every provision of a version the eIds it comes from, by its own eId, in two queries."""
    rows = (
        newest_lineages()
        .filter(provision__version=version, predecessor__isnull=False)
        .select_related("provision", "predecessor")
        .prefetch_related(Prefetch("forebears", Forebear.objects.select_related("provision")))
    )
    return {
        row.provision.eid: [
            *([row.predecessor.eid] if row.predecessor else []),
            *(one.provision.eid for one in row.forebears.all()),
        ]
        for row in rows
    }


def identity_now(uid: uuid.UUID) -> uuid.UUID:
    """The uid under which an identity goes today: a corrected lineage may have given it another.

    A ledger keeps the uid that it was written with and asks here.
    """
    seen = {uid}
    while True:
        holder = Lineage.objects.filter(uid=uid).order_by("provision__order", "pk").first()
        now = uid_of(holder.provision) if holder else None
        if now is None or now in seen:
            return uid
        seen.add(now)
        uid = now
