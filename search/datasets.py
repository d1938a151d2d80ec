"""자료 as documents: a dataset by its words, and its rows one by one while the table is small.

A hit of a row leads to the page with that row on screen. Of a large table the columns, units and what the
columns of text say stand in the dataset's own document.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db.models import F
from wagtail.models import Page

from cms.addresses import address_of
from cms.models import ColumnKind, DatasetPage, Resource
from cms.tenancy import municipality_slug
from coalition.members.models import Municipality
from coalition.record.models import Event
from search.models import Kind
from search.pages import PAGE_ALONE, WHOLE_TREE, day, lines, readable_pages
from search.source import Document, Label, Source, place_labels, year_label

MOST_ROWS = 5_000  # of a table whose rows are found one by one
_MOST_VALUES = 2_000  # different texts of a large table
_TITLE_CELLS = 3
_LONGEST_TITLE = 120


def readable_datasets() -> Any:
    """Datasets that anybody may read now."""
    return DatasetPage.objects.filter(pk__in=readable_pages().values("pk"))


def _everything() -> list[int]:
    return list(DatasetPage.objects.order_by("pk").values_list("pk", flat=True))


def _affected(event: Event) -> Iterable[int]:
    datasets = DatasetPage.objects.order_by("pk").values_list("pk", flat=True)
    if event.verb == "registry.imported":
        return list(datasets)
    pk = int(event.object_id)
    if event.verb in PAGE_ALONE:
        return list(datasets.filter(pk=pk))
    page = Page.objects.filter(pk=pk).first()
    # Of a page that is gone nobody knows any more what it was.
    return list(datasets.filter(path__startswith=page.path)) if page else [pk]


def _build(pks: Sequence[int]) -> Iterator[Document]:
    pages = list(readable_datasets().filter(pk__in=pks).order_by("pk"))
    places = {
        m.slug: m
        for m in Municipality.objects.select_related("region").filter(
            slug__in={municipality_slug(page) for page in pages}
        )
    }
    shown = {
        resource.page_id: resource
        for resource in Resource.objects.filter(page__in=pages, number=F("page__version"))
    }
    for page in pages:
        place = places.get(municipality_slug(page) or "")
        resource = shown.get(page.pk)
        yield _dataset(page, resource, place)
        if resource is not None and resource.row_count <= MOST_ROWS:
            yield from _rows(page, resource, place)


def _dataset(page: DatasetPage, resource: Resource | None, place: Municipality | None) -> Document:
    columns = [f"{c.name} {c.unit} {c.meaning}" for c in page.dictionary.all()]
    values = _values(resource) if resource and resource.row_count > MOST_ROWS else ()
    note = page.period or (f"자료 v{resource.number}" if resource else "")
    return Document(
        kind=Kind.DATASET,
        key=str(page.pk),
        title=page.title,
        body=lines(page.summary, page.description, page.source, page.period, *columns, *values),
        note=note,
        **_common(page, place, Kind.DATASET),
        url=address_of(page),
    )


def _rows(page: DatasetPage, resource: Resource, place: Municipality | None) -> Iterator[Document]:
    common = _common(page, place, Kind.DATASET_ROW)
    for row in resource.rows.order_by("number").iterator(chunk_size=1_000):
        told = [(c, cell) for c, cell in zip(resource.columns, row.cells, strict=True) if cell]
        names = [cell for c, cell in told if c["kind"] != ColumnKind.NUMBER][:_TITLE_CELLS]
        title = " · ".join(names)[:_LONGEST_TITLE] or f"{page.title} {row.number}째 줄"
        yield Document(
            kind=Kind.DATASET_ROW,
            key=f"{page.pk}/{row.number}",
            title=title,
            body="\n".join(f"{c['name']}: {cell}" for c, cell in told),
            note=page.title,
            **common,
            url=f"{address_of(page)}?row={row.number}#row-{row.number}",
        )


def _common(page: DatasetPage, place: Municipality | None, kind: Kind) -> dict[str, Any]:
    published = day(page.first_published_at)
    labels = (
        Label("kind", kind.value, str(kind.label)),
        *place_labels(place),
        *year_label(published.year if published else None),
    )
    return {
        "owner": page.pk,
        "labels": labels,
        "tags": tuple(label.name for label in labels if label.facet == "region"),
        "municipality": place,
        "date": published,
        "fictional": place is not None and place.fictional,
        "visible_until": page.expire_at,
    }


def _values(resource: Resource) -> list[str]:
    """What the columns of text say, each once, in the order of the rows."""
    texts = [at for at, c in enumerate(resource.columns) if c["kind"] == ColumnKind.TEXT]
    found: dict[str, None] = {}
    cells_of_rows = resource.rows.order_by("number").values_list("cells", flat=True)
    for cells in cells_of_rows.iterator(chunk_size=2_000):
        found.update(dict.fromkeys(cells[at] for at in texts if cells[at]))
        if len(found) >= _MOST_VALUES:
            break
    return list(found)[:_MOST_VALUES]


DATASETS = Source(
    name="dataset",
    verbs=WHOLE_TREE | PAGE_ALONE | {"registry.imported"},
    affected=_affected,
    build=_build,
    readable=readable_datasets,
    everything=_everything,
    kinds=frozenset({Kind.DATASET, Kind.DATASET_ROW}),
)
