"""Puts the golden library into the index, through the projector and with a Source of its own."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cms.models import Tag
from search.models import Kind, SearchDocument
from search.projection import project
from search.source import Document, Label, Source
from tests.search.golden import LIBRARY, REGIONS, Text


def shelve() -> dict[int, Text]:
    """Project the library; row id → Text. Every text belongs to a row of its own (a tag, as it happens)."""
    tags = Tag.objects.bulk_create(
        [Tag(name=f"책 {text.key}", slug=f"book-{text.key}") for text in LIBRARY]
    )
    owners = dict(zip((tag.pk for tag in tags), LIBRARY, strict=True))

    def build(pks: Sequence[int]) -> Iterator[Document]:
        return (_document(pk, owners[pk]) for pk in pks)

    source = Source(
        name="golden",
        verbs=frozenset(),
        affected=lambda event: (),
        build=build,
        readable=lambda: Tag.objects.filter(slug__startswith="book-"),
        everything=lambda: list(owners),
    )
    project(source, list(owners))
    rows = SearchDocument.objects.filter(owner_kind="golden")
    return {row.pk: owners[row.owner_id] for row in rows}


def _document(owner: int, text: Text) -> Document:
    return Document(
        kind=Kind(text.kind),
        key=text.key,
        owner=owner,
        url=f"/{text.key}/",
        title=text.title,
        body=text.body,
        tags=(*text.tags, *filter(None, (REGIONS.get(text.region), text.division))),
        codes=text.codes,
        labels=labels_of(text),
        current=text.current,
    )


def labels_of(text: Text) -> tuple[Label, ...]:
    """The facets of a text."""
    made = [Label("kind", text.kind, Kind(text.kind).label)]
    if text.region:
        made += [
            Label("region", text.region[:2], "시도"),
            Label("region", text.region, REGIONS[text.region]),
        ]
    if text.division:
        made.append(Label("division", text.division, text.division))
    if text.year:
        made.append(Label("year", text.year, f"{text.year}년"))
    made += [Label("tag", tag, tag) for tag in text.tags]
    return tuple(made)
