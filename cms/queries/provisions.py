"""What the page of one provision shows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from cms.queries.bills import cite, quoted
from cms.queries.clauses import put_beside
from cms.queries.histories import stages
from cms.queries.law import HEADINGS, Article, Heading, law_text, provision_address
from cms.queries.opinions import clause_opinions, put_opinions
from cms.queries.positions import clause_positions
from cms.queries.reasons import clause_ledger, ledgers, put_reasons
from coalition.drafts.kinship import kinship
from coalition.drafts.links import LINKED_KINDS
from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import where_eid_stands
from coalition.drafts.text.address import korean_from_eid


@dataclass(frozen=True, slots=True)
class Stand:
    """Where a provision stands in one version."""

    version: Version
    provision: Provision
    address: str
    is_here: bool
    korean: str


def _stand(provision: Provision, here: Version) -> Stand:
    return Stand(
        provision.version,
        provision,
        provision_address(provision.version, provision.eid),
        provision.version_id == here.pk,
        korean_from_eid(provision.eid) or provision.label,
    )


def provision_details(
    version: Version,
    eid: str,
    on: dt.date | None = None,
    versions: Sequence[Version] | None = None,
) -> dict[str, Any] | None:
    """Everything of one provision's page (as of a day), or None when this version has no such provision.
    `versions` are the bill's published ones, when they are at hand."""
    law = law_text(version, marked=eid)
    provision = law.provisions.get(eid)
    if provision is None:
        return None
    pairs = law.pairs
    # The article whole with the item marked; a heading shows all that stands under it.
    top = eid if provision.kind in HEADINGS else _article_eid(pairs, eid)
    shown = [h for h in law.headings if h.provision is not None and h.provision.eid == top]
    articles = [article for _, article in pairs]
    net = kinship(version.bill, *{*LINKED_KINDS, provision.kind})
    put_beside(version, articles, net, on)
    reasons = ledgers(version, on, net, only="" if shown else top)
    put_reasons(articles, reasons)
    if shown:
        put_opinions(version, articles, net, on)
    at = next((i for i, (_, a) in enumerate(pairs) if a.provision.eid == top), None)
    return {
        "bill": version.bill,
        "version": version,
        "provision": provision,
        "korean": korean_from_eid(eid),
        "is_heading": bool(shown),
        "opinions": clause_opinions(pairs[at][1], provision, version, net, on)
        if at is not None and not shown
        else None,
        "beside": pairs[at][1] if at is not None and not shown else None,
        "articles": shown[0].articles if shown else [pairs[at][1]] if at is not None else [],
        "heading": shown[0].provision
        if shown
        else pairs[at][0].provision
        if at is not None
        else None,
        "previous": pairs[at - 1][1] if at else None,
        "next": pairs[at + 1][1] if at is not None and at + 1 < len(pairs) else None,
        "citation": cite(version, eid),
        "history_address": f"{provision_address(version, eid)}history/",
        "pattern": quoted(version, "{}"),
        "cited_by": law.cited_by(eid),
        "positions": clause_positions(law.provisions.get(top), version, on, net),
        "stages": stages(version, provision, net, on, versions),
        "ledger": clause_ledger(eid, reasons) if at is not None and not shown else None,
    }


def _article_eid(pairs: list[tuple[Heading, Article]], eid: str) -> str:
    return next(
        (
            article.provision.eid
            for _, article in pairs
            if article.provision.eid == eid or any(unit.eid == eid for unit in article.units)
        ),
        eid,
    )


def elsewhere(version: Version, eid: str) -> list[Stand]:
    """For the 404 page of a provision that is gone in this version: where it is in others."""
    found = {p.version_id: p for p in where_eid_stands(version.bill, eid)}
    return [_stand(p, version) for p in found.values() if p.version_id != version.pk]
