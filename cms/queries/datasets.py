"""자료: a table's page, its list, and its versions as files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import OuterRef, Subquery

from cms.models import ColumnKind, DatasetPage, Licence, MunicipalityPage, Resource
from cms.queries.dataset_citations import LICENCE_ADDRESSES, cited
from cms.sheets import is_number
from cms.tenancy import municipality_slug
from cms.visibility import public
from coalition.members.queries import left_on
from coalition.record.tables import guarded

ROWS_SHOWN = 50
_LONGEST_NUMBER = 9  # digits of a row number that somebody may ask for


@dataclass(frozen=True, slots=True)
class ShownColumn:
    """A column of the dictionary."""

    name: str
    kind: str
    unit: str
    meaning: str
    is_number: bool


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of the preview; each cell with whether it is a number."""

    number: int
    cells: list[tuple[str, bool]]
    asked: bool


@dataclass(frozen=True, slots=True)
class Window:
    """The stretch of rows that is shown, and where the neighbouring ones begin (0: there are none)."""

    first: int
    last: int
    before: int
    after: int


def datasets_below(path: str, on: dt.date | None = None) -> list[Any]:
    """Public datasets below the page of this tree path (out by that day), newest first, each with `row_count` of
    what it shows."""
    shown = Resource.objects.filter(page=OuterRef("pk"), number=OuterRef("version"))
    pages = DatasetPage.objects.filter(path__startswith=path)
    if on is not None:
        pages = pages.filter(first_published_at__date__lte=on)
    return list(
        public(pages)
        .annotate(row_count=Subquery(shown.values("row_count")))
        .only("title", "url_path", "summary", "period", "licence", "last_published_at")
        .order_by("-first_published_at", "-pk")
    )


def dataset_details(page: DatasetPage, asked: str = "") -> dict[str, Any]:
    """What a dataset's own page shows. `asked` is the number of a row, as somebody wrote it."""
    desk = (
        MunicipalityPage.objects.select_related("municipality__region")
        .filter(slug=municipality_slug(page))
        .annotate(left_on=left_on("municipality"))
        .first()
    )
    municipality = desk.municipality if desk else None
    versions = list(page.resources.filter(number__lte=page.version))
    shown = versions[0] if versions else None
    columns = _columns(page, shown)
    rows, window = _rows(shown, columns, asked)
    return {
        "municipality": municipality,
        "municipality_page": desk,
        "versions": versions,
        "shown": shown,
        "columns": columns,
        "rows": rows,
        "window": window,
        "citation": cited(page, shown, municipality) if shown else "",
        "licence_address": LICENCE_ADDRESSES.get(Licence(page.licence), ""),
    }


def public_version(place: str, slug: str, number: int) -> tuple[DatasetPage, Resource] | None:
    """A version that anybody may take away: of a public page, and not newer than what the page shows."""
    pages = DatasetPage.objects.filter(
        url_path__endswith=f"/municipalities/{place}/data/{slug}/", version__gte=number
    )
    page = public(pages).first()
    resource = page.resources.filter(number=number).first() if page else None
    return (page, resource) if resource is not None else None


def file_lines(resource: Resource) -> Iterator[list[str]]:
    """Header and rows as a spreadsheet may open them: what begins like a formula is text."""
    yield [guarded(column["name"]) for column in resource.columns]
    rows = resource.rows.order_by("number").values_list("cells", flat=True)
    for cells in rows.iterator(chunk_size=2_000):
        yield [cell if is_number(cell) else guarded(cell) for cell in cells]


def _columns(page: DatasetPage, shown: Resource | None) -> list[ShownColumn]:
    told = {column.name: column for column in page.dictionary.all()}
    found = []
    for column in shown.columns if shown else ():
        known = told.get(column["name"])
        found.append(
            ShownColumn(
                column["name"],
                str(ColumnKind(column["kind"]).label),
                known.unit if known else "",
                known.meaning if known else "",
                column["kind"] == ColumnKind.NUMBER,
            )
        )
    return found


def _rows(
    shown: Resource | None, columns: list[ShownColumn], asked: str
) -> tuple[list[ShownRow], Window | None]:
    if shown is None:
        return [], None
    plain = asked.isascii() and asked.isdigit() and len(asked) <= _LONGEST_NUMBER
    wanted = min(int(asked), shown.row_count) if plain else 0
    first = max(wanted - 1, 0) // ROWS_SHOWN * ROWS_SHOWN + 1
    last = min(first + ROWS_SHOWN - 1, shown.row_count)
    stored = shown.rows.filter(number__range=(first, last)).order_by("number")
    rows = [
        ShownRow(
            row.number,
            [(cell, column.is_number) for cell, column in zip(row.cells, columns, strict=True)],
            row.number == wanted,
        )
        for row in stored
    ]
    after = last + 1 if last < shown.row_count else 0
    return rows, Window(first, last, max(first - ROWS_SHOWN, 0), after)
