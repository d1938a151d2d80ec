"""What the pages of a bill and of a version show, and how law text is quoted."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import Http404
from django.utils.formats import date_format

from cms.queries.clauses import put_beside
from cms.queries.downloads import downloads_of
from cms.queries.law import contents, law_text, provision_address, version_address
from cms.queries.opinions import put_opinions
from cms.queries.reasons import put_reasons, tallies
from coalition.drafts.kinship import kinship
from coalition.drafts.links import LINKED_KINDS
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import published_versions
from coalition.drafts.text.address import korean_from_eid


@dataclass(frozen=True, slots=True)
class Citation:
    """How a provision is quoted, and its permanent address as a path and whole."""

    text: str
    address: str
    url: str


def bill_details(bill: Bill, on: dt.date | None = None) -> dict[str, Any]:
    """Everything of `/bills/<slug>/`: the versions until that day and the contents of the newest.

    On a day before the first version the bill has none, and the page says so.
    """
    versions = list(published_versions(bill, on).defer("source_text"))
    if not versions and (on is None or not published_versions(bill).exists()):
        raise Http404("발행된 판이 없습니다.")
    if not versions:
        return {"bill": bill, "versions": [], "newest": None, "headings": []}
    return {
        "bill": bill,
        "versions": versions,
        "newest": versions[0],
        "headings": contents(versions[0]),
    }


def version_details(version: Version, on: dt.date | None = None) -> dict[str, Any]:
    """Everything of the reading page; with `on` what stood beside the text on that day."""
    law = law_text(version)
    headings = law.headings
    articles = [article for _, article in law.pairs]
    net = kinship(version.bill, *LINKED_KINDS)
    has_columns = put_beside(version, articles, net, on)
    put_reasons(articles, tallies(version, net, on))
    put_opinions(version, articles, net, on)
    counts: dict[str, int] = {}
    for heading in headings:
        if heading.provision is not None:
            counts[heading.provision.kind] = counts.get(heading.provision.kind, 0) + 1
        if heading.provision is None or heading.provision.kind != "supplement":
            real = [a for a in heading.articles if a.provision.kind == "article"]
            counts["article"] = counts.get("article", 0) + len(real)
    versions = list(published_versions(version.bill, on).defer("source_text"))
    return {
        "bill": version.bill,
        "version": version,
        "versions": versions,
        "downloads": downloads_of(version, versions),
        "headings": headings,
        "has_columns": has_columns,
        "counts": counts,
        "citation": cite(version),
        "pattern": quoted(version, "{}"),
    }


def cite(version: Version, eid: str = "") -> Citation:
    """「지속가능 일자리 지원법안」 v0.3 제15조제2항제1호 (2026. 9. 1.)."""
    address = provision_address(version, eid) if eid else version_address(version)
    text = quoted(version, korean_from_eid(eid) or "" if eid else "")
    return Citation(text, address, f"{settings.HUB_BASE_URL}{address}")


def quoted(version: Version, place: str) -> str:
    """The words of a citation of this place; {} makes a pattern of it for the script that copies."""
    fictional = " [시연용 초안]" if version.bill.fictional else ""
    words = f"(가칭)「{version.bill.title}」 v{version.no} {place}".rstrip()
    return f"{words} ({date_format(version.date)}){fictional}"
