"""Law text as the reading pages need it: headings, articles, and under them flat units in reading order."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.formats import date_format

from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import (
    provisions_in_order,
    published_versions,
    same_provision_elsewhere,
    uid_of,
    where_eid_stands,
)
from coalition.drafts.text.address import korean_from_eid

HEADINGS = frozenset({"part", "chapter", "section", "subsection", "supplement", "annex"})
DEPTH = {"article": 0, "paragraph": 1, "item": 2, "subitem": 3, "subsubitem": 4, "note": 1}


@dataclass(frozen=True, slots=True)
class Unit:
    """One 항·호·목, or the text of an article that has no 항. `depth` says how far it hangs in."""

    eid: str
    kind: str
    marker: str
    lines: list[str]
    marks: list[str]
    depth: int
    marked: bool
    deleted: bool


@dataclass(slots=True)
class Article:
    """제N조 with its units. A 부칙 of one sentence is shown like an article without a number."""

    provision: Provision
    units: list[Unit] = field(default_factory=list)
    address: str = ""

    @property
    def has_paragraphs(self) -> bool:
        return any(unit.kind == "paragraph" for unit in self.units)


@dataclass(slots=True)
class Heading:
    """편·장·절·관, 부칙, 별표, and the articles until the next heading."""

    provision: Provision | None
    articles: list[Article] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Citation:
    """How a provision is quoted, and its permanent address."""

    text: str
    address: str


def get_version(slug: str, no: str) -> Version:
    """A published version, or 404."""
    version = (
        Version.objects.select_related("bill")
        .filter(bill__slug=slug, no=no, published_at__isnull=False)
        .first()
    )
    if version is None:
        raise Http404("발행되지 않은 판입니다.")
    return version


def version_address(version: Version) -> str:
    return reverse("version", args=[version.bill.slug, version.no])


def provision_address(version: Version, eid: str) -> str:
    return reverse("provision", args=[version.bill.slug, version.no, eid])


def law_text(version: Version, marked: str = "") -> list[Heading]:
    """The whole version, ready to be read. `marked` is the eId that the reader asked for."""
    headings: list[Heading] = []
    article: Article | None = None
    for provision in provisions_in_order(version):
        if provision.kind in HEADINGS:
            headings.append(Heading(provision))
            article = None
            if provision.text:
                article = _begin(headings, provision, version)
                article.units.append(_unit(provision, marked, depth=0))
        elif provision.kind == "article" or article is None:
            article = _begin(headings, provision, version)
            if provision.text or provision.deleted:
                article.units.append(_unit(provision, marked, depth=0))
        else:
            article.units.append(_unit(provision, marked, depth=DEPTH[provision.kind]))
    return headings


def _begin(headings: list[Heading], provision: Provision, version: Version) -> Article:
    if not headings:
        headings.append(Heading(None))
    address = provision_address(version, provision.eid) if provision.eid else ""
    article = Article(provision, address=address)
    headings[-1].articles.append(article)
    return article


def _unit(provision: Provision, marked: str, *, depth: int) -> Unit:
    return Unit(
        eid=provision.eid,
        kind=provision.kind,
        marker=provision.marker,
        lines=provision.text.split("\n"),
        marks=provision.marks,
        depth=depth,
        marked=bool(marked) and provision.eid == marked,
        deleted=provision.deleted,
    )


def bill_details(bill: Bill) -> dict[str, Any]:
    """Everything of `/bills/<slug>/`: the versions and the contents of the newest."""
    versions = list(published_versions(bill).defer("source_text"))
    if not versions:
        raise Http404("발행된 판이 없습니다.")
    return {
        "bill": bill,
        "versions": versions,
        "newest": versions[0],
        "headings": law_text(versions[0]),
    }


def version_details(version: Version) -> dict[str, Any]:
    """Everything of the reading page."""
    headings = law_text(version)
    counts: dict[str, int] = {}
    for heading in headings:
        if heading.provision is not None:
            counts[heading.provision.kind] = counts.get(heading.provision.kind, 0) + 1
        if heading.provision is None or heading.provision.kind != "supplement":
            real = [a for a in heading.articles if a.provision.kind == "article"]
            counts["article"] = counts.get("article", 0) + len(real)
    return {
        "bill": version.bill,
        "version": version,
        "versions": list(published_versions(version.bill).defer("source_text")),
        "headings": headings,
        "counts": counts,
        "citation": cite(version),
    }


def cite(version: Version, eid: str = "") -> Citation:
    """「지속가능 일자리 지원법안」 v0.3 제15조제2항제1호 (2026. 9. 1.)."""
    place = f" {korean_from_eid(eid)}" if eid else ""
    fictional = " [시연용 초안]" if version.bill.fictional else ""
    text = f"(가칭)「{version.bill.title}」 v{version.no}{place} ({date_format(version.date)}){fictional}"
    address = provision_address(version, eid) if eid else version_address(version)
    return Citation(text, address)


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


def provision_details(version: Version, eid: str) -> dict[str, Any] | None:
    """Everything of one provision's page, or None when this version has no such provision."""
    provision = version.provisions.filter(eid=eid).first()
    if provision is None:
        return None
    headings = law_text(version, marked=eid)
    pairs = [(h, a) for h in headings for a in h.articles]
    # The article whole with the item marked; a heading shows all that stands under it.
    top = eid if provision.kind in HEADINGS else _article_eid(pairs, eid)
    shown = [h for h in headings if h.provision is not None and h.provision.eid == top]
    at = next((i for i, (_, a) in enumerate(pairs) if a.provision.eid == top), None)
    uid = uid_of(provision)
    stands = same_provision_elsewhere(version.bill, uid) if uid else [provision]
    return {
        "bill": version.bill,
        "version": version,
        "provision": provision,
        "korean": korean_from_eid(eid),
        "articles": shown[0].articles if shown else [pairs[at][1]] if at is not None else [],
        "heading": shown[0].provision
        if shown
        else pairs[at][0].provision
        if at is not None
        else None,
        "previous": pairs[at - 1][1] if at else None,
        "next": pairs[at + 1][1] if at is not None and at + 1 < len(pairs) else None,
        "citation": cite(version, eid),
        "history": [_stand(p, version) for p in stands],
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
