"""Bills as documents: one per article of every published version, with its 항·호·목, and per 부칙, 별표."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from cms.queries.law import provision_address
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.record.models import Event
from search.models import Kind
from search.signs import plain_term
from search.source import Document, Label, Source, year_label

_HEADINGS = frozenset({"part", "chapter", "section", "subsection", "supplement", "annex"})
# Headings that may have a text of their own: a 부칙 of one sentence, a 별표.
_WITH_TEXT = frozenset({"supplement", "annex"})


@dataclass(slots=True)
class Article:
    """An article, or a heading with a text of its own, and what stands below it in the order of the text."""

    provision: Provision
    heading: str
    units: list[Provision] = field(default_factory=list)


def readable_bills() -> QuerySet[Bill]:
    """Bills of which a version is published. What is published stays so: triggers keep it."""
    published = Version.objects.filter(bill=OuterRef("pk"), published_at__isnull=False)
    return Bill.objects.filter(Exists(published))


def _affected_bills(event: Event) -> Iterable[int]:
    versions = Version.objects.filter(pk=event.object_id)
    return versions.values_list("bill_id", flat=True)


def _all_bills() -> list[int]:
    return list(Bill.objects.order_by("pk").values_list("pk", flat=True))


def _build_bills(pks: Sequence[int]) -> Iterator[Document]:
    """Every article of every published version; those of a bill's newest version are current."""
    versions = Version.objects.filter(bill__in=pks, published_at__isnull=False)
    newest: dict[int, int] = {}
    for version in versions.select_related("bill").defer("source_text").order_by("-order"):
        newest.setdefault(version.bill_id, version.pk)
        for article in _articles(version):
            yield _document(version, article, current=newest[version.bill_id] == version.pk)


def _articles(version: Version) -> list[Article]:
    found: list[Article] = []
    heading = ""
    for provision in version.provisions.order_by("order"):
        if provision.kind in _HEADINGS:
            heading = f"{provision.label} {provision.title}".strip()
            if provision.kind in _WITH_TEXT:
                found.append(Article(provision, ""))
        elif provision.kind == "article" or not found:
            found.append(Article(provision, heading))
        else:
            found[-1].units.append(provision)
    return [a for a in found if a.provision.eid and (a.provision.kind == "article" or _text(a))]


def _document(version: Version, article: Article, *, current: bool) -> Document:
    bill, provision = version.bill, article.provision
    supplement = provision.eid.startswith("supp") and provision.kind == "article"
    title = str(provision)
    labels = [
        Label("kind", Kind.PROVISION.value, Kind.PROVISION.label),
        Label("version", version.no, f"v{version.no}"),
        Label("clause", provision.eid, provision.label),
        *year_label(version.date.year),
    ]
    return Document(
        kind=Kind.PROVISION,
        key=f"{bill.slug}/v{version.no}/{provision.eid}",
        owner=bill.pk,
        url=provision_address(version, provision.eid),
        title=f"부칙 {title}" if supplement else title,
        body=_text(article),
        tags=tuple(filter(None, (bill.title, bill.short_title, f"v{version.no}", article.heading))),
        codes=tuple(_codes(article)),
        labels=tuple(labels),
        note=f"{bill.name} v{version.no}",
        date=version.date,
        fictional=bill.fictional,
        current=current,
    )


def _text(article: Article) -> str:
    """The article as it reads: one line per unit, each with its sign."""
    lines = [f"{p.marker} {_own_text(p)}".strip() for p in (article.provision, *article.units)]
    return "\n".join(line for line in lines if line)


def _own_text(provision: Provision) -> str:
    return provision.text or ("삭제" if provision.deleted else "")


def _codes(article: Article) -> Iterator[str]:
    """제5조의2제1항제3호, and so on for every unit: asked for, the article that has it is found.

    Not so in a 부칙: who writes 제1조 means that of the body.
    """
    if article.provision.kind != "article" or article.provision.eid.startswith("supp"):
        return
    for provision in (article.provision, *article.units):
        if provision.eid and (korean := korean_from_eid(provision.eid)):
            yield plain_term(korean)


BILLS = Source(
    name="bill",
    verbs=frozenset({"version.published"}),
    affected=_affected_bills,
    build=_build_bills,
    readable=readable_bills,
    everything=_all_bills,
    kinds=frozenset({Kind.PROVISION}),
)
