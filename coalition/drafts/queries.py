"""Reads of bills, versions and provisions."""

from __future__ import annotations

import datetime as dt
import uuid

from django.db.models import Prefetch, QuerySet

from coalition.drafts.models import Bill, Lineage, Provision, Version


def published_versions(bill: Bill, on: dt.date | None = None) -> QuerySet[Version]:
    """Published versions of the bill, newest first; with `on`, those that were there on that day."""
    versions = bill.versions.filter(published_at__isnull=False).select_related("bill")
    if on is not None:
        versions = versions.filter(date__lte=on)
    return versions.order_by("-order")


def newest_published(bill: Bill, on: dt.date | None = None) -> Version | None:
    """The version that counts."""
    return published_versions(bill, on).first()


def bills_with_versions() -> QuerySet[Bill]:
    """Bills of which a version is published, each with `published`, newest first."""
    published = Version.objects.filter(published_at__isnull=False).order_by("-order")
    return (
        Bill.objects.filter(versions__published_at__isnull=False)
        .distinct()
        .prefetch_related(
            Prefetch("versions", queryset=published.defer("source_text"), to_attr="published")
        )
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
