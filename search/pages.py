"""Pages of the desk as documents: cases, news, municipalities, and the pages of plain text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from django.utils import timezone
from wagtail.models import Page
from wagtail.rich_text import get_text_for_indexing

from cms.addresses import address_of
from cms.blocks import METHOD_LABELS
from cms.models import CaseNumber, CasePage, MunicipalityPage, NewsPage, StandardPage
from cms.queries.verdicts import verdict_of
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.dialogue.queries import bodies
from coalition.evidence.models import Finding
from coalition.evidence.queries import findings
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.record.models import Event
from search.models import Kind
from search.source import Document, Label, Source, place_labels, year_label

FINDABLE_PAGES = (CasePage, NewsPage, StandardPage, MunicipalityPage)
WHOLE_TREE = frozenset(
    {"page.moved", "page.renamed", "page.restricted", "page.unrestricted", "page.deleted"}
)
PAGE_ALONE = frozenset({"page.published", "page.unpublished", "municipality.provisioned"})
# Rows that a page shows beside its own text.
_MUNICIPALITIES_TOO = frozenset(
    {"body.founded", "facts.imported", "membership.recorded", "membership.left"}
)
_PAGES_ALL = frozenset({"registry.imported"})
_FINDINGS = frozenset({"finding.recorded", "finding.withdrawn"})


def readable_pages() -> Any:
    """Pages that anybody may read now."""
    return public(Page.objects.all())


def _all_pages() -> list[int]:
    return list(Page.objects.type(*FINDABLE_PAGES).order_by("pk").values_list("pk", flat=True))


def _affected_pages(event: Event) -> Iterable[int]:
    if event.verb in _PAGES_ALL:
        return _all_pages()
    if event.verb in _MUNICIPALITIES_TOO:
        return list(MunicipalityPage.objects.values_list("pk", flat=True))
    if event.verb == "tag.merged":
        cases = CasePage.objects.filter(case_tags__tag=event.object_id).values_list("pk", flat=True)
        news = NewsPage.objects.filter(news_tags__tag=event.object_id).values_list("pk", flat=True)
        return [*cases, *news]
    pk = int(event.object_id)
    if event.verb in _FINDINGS:
        found = Finding.objects.filter(pk=pk).first()
        return [found.case_id] if found is not None and found.case_id is not None else []
    if event.verb in PAGE_ALONE:
        return [pk]
    page = Page.objects.filter(pk=pk).first()
    return list(page.get_descendants(inclusive=True).values_list("pk", flat=True)) if page else [pk]


def _build_pages(pks: Sequence[int]) -> Iterator[Document]:
    pages = list(readable_pages().filter(pk__in=pks).specific().order_by("pk"))
    owners = {slug for page in pages if (slug := municipality_slug(page))}
    municipalities = {
        m.slug: m
        for m in Municipality.objects.select_related("region")
        .prefetch_related("predecessors")
        .filter(slug__in=owners)
    }
    for page in pages:
        build = _PAGE_BUILDERS.get(type(page))
        if build is not None:
            yield build(page, municipalities.get(municipality_slug(page) or ""))


def _case(page: CasePage, municipality: Municipality | None) -> Document:
    numbers = [_number(n) for n in page.numbers.all()]
    body = lines(
        page.result_line,
        page.summary,
        page.problem,
        *(f"{barrier.text} {barrier.rule} {barrier.proof}" for barrier in page.barriers.all()),
        *_stream(page.dialogue),
        page.approach,
        page.get_target_display(),
        page.target_note,
        *_stream(page.process),
        page.result,
        *numbers,
        page.limits,
        *_stream(page.differences),
        *_stream(page.conditions),
        *_stream(page.story),
    )
    published = day(page.first_published_at)
    labels = [Label("phase", page.phase, page.get_phase_display())]
    if page.division is not None:
        labels.append(Label("division", page.division.name, page.division.name))
    if page.target:
        labels.append(Label("target", page.target, page.get_target_display()))
    labels += [Label("method", method, METHOD_LABELS[method]) for method in page.methods]
    return _page_document(
        Kind.CASE,
        page,
        municipality,
        body,
        labels=[*labels, *year_label(page.year), *_tag_labels(page)],
        date=published,
        note=page.get_phase_display() if page.phase == "stopped" else "",
        evidence_level=_level(page),
    )


def _number(number: CaseNumber) -> str:
    """What was measured; not the value where it would tell of fewer than five people."""
    value = "" if number.hides_value else f"{_amount(number.value)}{number.unit}"
    return f"{number.label} {value} {number.respondents} {number.measured} {number.source}"


def _level(page: CasePage) -> int:
    """As the page itself says it (coalition.evidence.level)."""
    found = findings().filter(case_type=page.content_type_id, case_id=page.pk)
    return verdict_of(page, page.numbers.all(), found, today()).level.number


def _news(page: NewsPage, municipality: Municipality | None) -> Document:
    return _page_document(
        Kind.PAGE,
        page,
        municipality,
        lines(page.summary, *_stream(page.body)),
        labels=[*year_label(page.date.year), *_tag_labels(page)],
        date=page.date,
        note="소식",
    )


def _standard(page: StandardPage, municipality: Municipality | None) -> Document:
    body = lines(page.summary, *_stream(page.body))
    return _page_document(Kind.PAGE, page, municipality, body, note="안내")


def _municipality(page: MunicipalityPage, municipality: Municipality | None) -> Document:
    """A municipality's front page: found by today's name and by every name that it had."""
    own = page.municipality
    former = [f"{s.old_region_name} {s.old_name}" for s in own.predecessors.all()]
    dialogue = [
        f"{body.name}: {', '.join(f'{d.name} 분과' for d in body.current)} {body.summary}"  # type: ignore[attr-defined]
        for body in bodies().filter(municipality=own)
    ]
    facts = [f"{fact.subject} {fact.statement}" for fact in own.facts.all()]
    body = lines(page.intro, page.summary, *dialogue, *facts)
    found = _page_document(Kind.PAGE, page, own, body, note="지방정부", title=own.full_name)
    return replace(found, tags=(*found.tags, own.name, *filter(None, (own.name_en,)), *former))


_PAGE_BUILDERS: dict[type, Callable[[Any, Municipality | None], Document]] = {
    CasePage: _case,
    NewsPage: _news,
    StandardPage: _standard,
    MunicipalityPage: _municipality,
}


def page_text(page: Any) -> Document | None:
    """What a page says, published or not; None for pages that have no text of their own."""
    build = _PAGE_BUILDERS.get(type(page))
    if build is None:
        return None
    slug = municipality_slug(page)
    found = Municipality.objects.select_related("region").filter(slug=slug) if slug else None
    return build(page, found.first() if found else None)


def _page_document(
    kind: Kind,
    page: Any,
    municipality: Municipality | None,
    body: str,
    *,
    labels: Iterable[Label] = (),
    date: dt.date | None = None,
    note: str = "",
    title: str = "",
    evidence_level: int | None = None,
) -> Document:
    every = [*place_labels(municipality), *labels]
    spoken = [lb.name for lb in every if lb.facet in ("region", "division", "tag", "phase")]
    if municipality is not None:  # by the name of before, too
        spoken += [row.old_name for row in municipality.predecessors.all()]
    return Document(
        kind=kind,
        key=str(page.pk),
        owner=page.pk,
        url=address_of(page),
        title=title or page.title,
        body=body,
        tags=tuple(dict.fromkeys(spoken)),
        labels=(Label("kind", kind.value, kind.label), *every),
        municipality=municipality,
        note=note,
        date=date,
        evidence_level=evidence_level,
        fictional=municipality is not None and municipality.fictional,
        visible_until=page.expire_at,
    )


def _tag_labels(page: Any) -> list[Label]:
    return [Label("tag", tag.slug, tag.name) for tag in page.tags.all()]


def day(moment: dt.datetime | None) -> dt.date | None:
    """The day of that moment in Seoul."""
    return timezone.localtime(moment).date() if moment else None


def _stream(value: Any) -> list[str]:
    """Everything that is written in a StreamField."""
    return [str(text) for text in value.stream_block.get_searchable_content(value)]


def _amount(number: Decimal) -> str:
    """3.10 → 3.1, 9.00 → 9."""
    written = f"{number:f}"
    return written.rstrip("0").rstrip(".") if "." in written else written


def lines(*texts: str) -> str:
    """Pieces of text, with or without markup, one per line; what is said twice stands once."""
    plain = (get_text_for_indexing(text) if "<" in text else text for text in texts)
    return "\n".join(dict.fromkeys(line for text in plain if (line := " ".join(text.split()))))


PAGES = Source(
    name="page",
    verbs=WHOLE_TREE | PAGE_ALONE | _MUNICIPALITIES_TOO | _PAGES_ALL | _FINDINGS | {"tag.merged"},
    affected=_affected_pages,
    build=_build_pages,
    readable=readable_pages,
    everything=_all_pages,
    kinds=frozenset({Kind.PAGE, Kind.CASE}),
)
