"""자료 판: what a table says that the version before did not, and how it is stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils import timezone

from cms.models import DatasetPage, Resource, ResourceRow
from cms.sheets import Sheet, digest

_AT_ONCE = 2_000
_WIDEST_KEY = 4  # columns


@dataclass(frozen=True, slots=True)
class Difference:
    """Rows against the newest version. `is_new` is False when the table says just the same."""

    sha256: str
    is_new: bool
    added: int = 0
    changed: int = 0
    removed: int = 0
    unchanged: int = 0


def difference(page: DatasetPage, sheet: Sheet) -> Difference:
    """The sheet held against the newest version of the page.

    Rows are the same row when their first columns say the same, as few columns as tell all rows apart;
    where none do, a row that is not there word for word is a new one.
    """
    names, said = sheet.names, digest(sheet.names, sheet.rows)
    newest = page.resources.first()
    if newest is None:
        return Difference(said, is_new=True, added=len(sheet.rows))
    if newest.sha256 == said:
        return Difference(said, is_new=False, unchanged=len(sheet.rows))
    old_names = [column["name"] for column in newest.columns]
    width = 0
    old = list(newest.rows.values_list("cells", flat=True).iterator(chunk_size=_AT_ONCE))
    if old_names[:1] == names[:1]:
        width = _key_width(old, sheet.rows, _alike(old_names, names))
    places = [old_names.index(name) if name in old_names else -1 for name in names]
    before = [tuple(row[at] if at >= 0 else "" for at in places) for row in old]
    after = [tuple(row) for row in sheet.rows]
    dropped_column = not set(old_names) <= set(names)
    if not width:
        return _counted(said, before, after)
    known = {row[:width]: row for row in before}
    same = sum(known.get(row[:width]) == row for row in after)
    met = sum(row[:width] in known for row in after)
    changed = met if dropped_column else met - same
    return Difference(
        said,
        is_new=True,
        added=len(after) - met,
        changed=changed,
        removed=len(before) - met,
        unchanged=met - changed,
    )


def store_version(
    page: DatasetPage, sheet: Sheet, told: Difference, stored_at: dt.datetime | None = None
) -> Resource:
    """The sheet as the next version of the page."""
    newest = page.resources.first()
    resource = Resource.objects.create(
        page=page,
        number=newest.number + 1 if newest else 1,
        columns=[{"name": column.name, "kind": column.kind} for column in sheet.columns],
        sha256=told.sha256,
        row_count=len(sheet.rows),
        added=told.added,
        changed=told.changed,
        removed=told.removed,
        warnings=[str(fault) for fault in sheet.held],
        stored_at=stored_at or timezone.now(),
    )
    ResourceRow.objects.bulk_create(_rows(resource, sheet.rows), batch_size=_AT_ONCE)
    return resource


def _rows(resource: Resource, rows: Sequence[Sequence[str]]) -> Iterator[ResourceRow]:
    for number, cells in enumerate(rows, 1):
        yield ResourceRow(resource=resource, number=number, cells=list(cells))


def _counted(
    said: str, before: Sequence[tuple[str, ...]], after: Sequence[tuple[str, ...]]
) -> Difference:
    there, now = Counter(before), Counter(after)
    kept = (there & now).total()
    return Difference(
        said, is_new=True, added=len(after) - kept, removed=len(before) - kept, unchanged=kept
    )


def _alike(old: Sequence[str], new: Sequence[str]) -> int:
    """How many columns both tables begin with."""
    alike = 0
    for one, other in zip(old, new, strict=False):
        if one != other:
            break
        alike += 1
    return alike


def _key_width(old: Sequence[Sequence[str]], new: Sequence[Sequence[str]], most: int) -> int:
    """How many first columns tell all rows apart, in both; 0 when none do or only whole rows would."""
    widest = min(_WIDEST_KEY, most, len(new[0]) - 1)
    for width in range(1, widest + 1):
        if all(len({tuple(row[:width]) for row in rows}) == len(rows) for rows in (old, new)):
            return width
    return 0
