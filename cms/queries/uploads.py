"""What the desk shows of a municipality's datasets and of a table on its way."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from cms.models import ColumnKind, DataIndexPage, DatasetPage, Resource, TableUpload, UploadState
from cms.models.upload import FINISHED
from cms.tenancy import municipality_root_path
from coalition.members.models import Municipality

_UPLOADS_SHOWN = 20
_CHANGE_NAMES = {"added": "더함", "changed": "바뀜", "removed": "뺌"}


@dataclass(frozen=True, slots=True)
class ShownChange:
    """One differing row: its cells as (text before or None, text now)."""

    kind: str
    number: int
    cells: list[tuple[str | None, str]]


@dataclass(frozen=True, slots=True)
class Preview:
    """A table that was read, as the confirmation screen shows it."""

    columns: list[dict[str, str]]
    rows: list[list[str]]
    row_count: int
    rows_hidden: int
    two_line_header: bool
    held: list[str]
    held_count: int
    held_hidden: int
    difference: dict[str, Any] | None
    changes: list[ShownChange]


def datasets_of(place: Municipality) -> QuerySet[DatasetPage]:
    """Every dataset of the municipality, drafts too, newest first, with its newest version's number and rows."""
    newest = Resource.objects.filter(page=OuterRef("pk")).order_by("-number")
    return (
        DatasetPage.objects.filter(url_path__startswith=municipality_root_path(place.slug))
        .annotate(
            newest=Subquery(newest.values("number")[:1]),
            row_count=Subquery(newest.values("row_count")[:1]),
        )
        .order_by("-latest_revision_created_at", "-pk")
    )


def open_uploads(place: Municipality) -> list[TableUpload]:
    """Uploads that wait for the worker or for somebody of this municipality."""
    rows = TableUpload.objects.filter(municipality=place).exclude(state__in=FINISHED)
    return list(rows.select_related("uploaded_by", "page")[:_UPLOADS_SHOWN])


def has_place(place: Municipality) -> bool:
    """Whether the municipality was given its 자료 list."""
    root = municipality_root_path(place.slug)
    return DataIndexPage.objects.filter(url_path__startswith=root).exists()


def preview_of(upload: TableUpload) -> Preview | None:
    """None until the table was read."""
    if upload.state != UploadState.READY:
        return None
    report = upload.report
    columns = [
        {
            **column,
            "kind": str(ColumnKind(column["kind"]).label),
            "right": column["kind"] == "number",
        }
        for column in report["columns"]
    ]
    return Preview(
        columns=columns,
        rows=report["rows"],
        row_count=report["row_count"],
        rows_hidden=report["row_count"] - len(report["rows"]),
        two_line_header=report["header_lines"] == 2,
        held=report["held"],
        held_count=report["held_count"],
        held_hidden=report["held_count"] - len(report["held"]),
        difference=report.get("difference"),
        changes=[
            ShownChange(_CHANGE_NAMES[c["kind"]], c["number"], [tuple(cell) for cell in c["cells"]])
            for c in report.get("changes", [])
        ],
    )
