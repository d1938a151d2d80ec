"""자료 판: what a table says that the version before did not, and how it is stored."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.utils import timezone

from cms.models import DatasetColumn, DatasetPage, Resource, ResourceRow
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


@dataclass(frozen=True, slots=True)
class RowChange:
    """One row that is not as it was; `number` is where it stands, of a row that went where it stood."""

    kind: str  # added, changed, removed
    number: int
    before: tuple[str, ...]
    after: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Description:
    """What a person says of a table before it is brought in; what is empty leaves the page as it is."""

    licence: str = ""
    source: str = ""
    period: str = ""
    columns: Mapping[str, tuple[str, str]] = field(default_factory=dict)  # name → (unit, meaning)


@dataclass(frozen=True, slots=True)
class RowPlace:
    """A row that two stored versions do not share: where it stands in each; 0 where it does not."""

    before: int
    after: int

    @property
    def kind(self) -> str:
        if not self.before:
            return "added"
        return "changed" if self.after else "removed"


@dataclass(frozen=True, slots=True)
class _Pair:
    """Both tables in the columns of the new one. `width` first columns tell rows apart; 0: none do."""

    before: list[tuple[str, ...]]
    after: list[tuple[str, ...]]
    width: int
    dropped_column: bool


def difference(page: DatasetPage, sheet: Sheet) -> Difference:
    """The sheet held against the newest version of the page.

    Rows are the same row when their first columns say the same, as few columns as tell all rows apart;
    where none do, a row that is not there word for word is a new one.
    """
    said = digest(sheet.names, sheet.rows)
    newest = page.resources.first()
    if newest is None:
        return Difference(said, is_new=True, added=len(sheet.rows))
    if newest.sha256 == said:
        return Difference(said, is_new=False, unchanged=len(sheet.rows))
    pair = _paired(newest, sheet.names, sheet.rows)
    if not pair.width:
        return _counted(said, pair.before, pair.after)
    known = {row[: pair.width]: row for row in pair.before}
    same = sum(known.get(row[: pair.width]) == row for row in pair.after)
    met = sum(row[: pair.width] in known for row in pair.after)
    changed = met if pair.dropped_column else met - same
    return Difference(
        said,
        is_new=True,
        added=len(pair.after) - met,
        changed=changed,
        removed=len(pair.before) - met,
        unchanged=met - changed,
    )


def row_changes(page: DatasetPage, sheet: Sheet, most: int) -> list[RowChange]:
    """The first rows that differ from the newest version, in the order of the new table; those that went last."""
    newest = page.resources.first()
    if newest is None:
        return []
    pair = _paired(newest, sheet.names, sheet.rows)
    found = list(islice(_changes_now(pair), most))
    if len(found) < most:
        found += islice(_changes_gone(pair), most - len(found))
    return found


def places_of_changes(older: Resource, newer: Resource) -> list[RowPlace]:
    """What `newer` says that `older` did not: in the order of the new table, those that went last."""
    now = list(newer.rows.values_list("cells", flat=True).iterator(chunk_size=_AT_ONCE))
    pair = _paired(older, [column["name"] for column in newer.columns], now)
    width = pair.width
    if not width:
        added = [RowPlace(0, change.number) for change in _changes_now(pair)]
        return added + [RowPlace(change.number, 0) for change in _changes_gone(pair)]
    at = {row[:width]: number for number, row in enumerate(pair.before, 1)}
    found = [
        RowPlace(at.get(row[:width], 0), number)
        for number, row in enumerate(pair.after, 1)
        if row[:width] not in at or pair.before[at[row[:width]] - 1] != row
    ]
    return found + [RowPlace(change.number, 0) for change in _changes_gone(pair)]


def _changes_now(pair: _Pair) -> Iterator[RowChange]:
    if not pair.width:
        left = Counter(pair.before)
        for number, row in enumerate(pair.after, 1):
            if left[row]:
                left[row] -= 1
            else:
                yield RowChange("added", number, (), row)
        return
    known = {row[: pair.width]: row for row in pair.before}
    for number, row in enumerate(pair.after, 1):
        was = known.get(row[: pair.width])
        if was is None:
            yield RowChange("added", number, (), row)
        elif was != row:
            yield RowChange("changed", number, was, row)


def _changes_gone(pair: _Pair) -> Iterator[RowChange]:
    if not pair.width:
        left = Counter(pair.after)
        for number, row in enumerate(pair.before, 1):
            if left[row]:
                left[row] -= 1
            else:
                yield RowChange("removed", number, row, ())
        return
    kept = {row[: pair.width] for row in pair.after}
    for number, row in enumerate(pair.before, 1):
        if row[: pair.width] not in kept:
            yield RowChange("removed", number, row, ())


def _paired(newest: Resource, names: Sequence[str], rows: Sequence[Sequence[str]]) -> _Pair:
    old_names = [column["name"] for column in newest.columns]
    width = 0
    old = list(newest.rows.values_list("cells", flat=True).iterator(chunk_size=_AT_ONCE))
    if old_names[:1] == list(names[:1]):
        width = _key_width(old, rows, _alike(old_names, names))
    places = [old_names.index(name) if name in old_names else -1 for name in names]
    return _Pair(
        before=[tuple(row[at] if at >= 0 else "" for at in places) for row in old],
        after=[tuple(row) for row in rows],
        width=width,
        dropped_column=not set(old_names) <= set(names),
    )


def store_version(
    page: DatasetPage,
    sheet: Sheet,
    told: Difference,
    stored_at: dt.datetime | None = None,
    reason: str = "",
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
        warnings=[*map(str, sheet.held), *_more(sheet)],
        reason=reason,
        stored_at=stored_at or timezone.now(),
    )
    ResourceRow.objects.bulk_create(_rows(resource, sheet.rows), batch_size=_AT_ONCE)
    return resource


def describe(draft: DatasetPage, sheet: Sheet, told: Description) -> None:
    """Write into the draft what is known of its columns, and what the person said of the table."""
    known = {column.name: column for column in draft.dictionary.all()}
    for column in sheet.columns:
        unit, meaning = told.columns.get(column.name, ("", ""))
        row = known.get(column.name)
        if row is None:
            order = draft.dictionary.count()
            row = DatasetColumn(name=column.name, unit=column.unit, sort_order=order)
        row.unit, row.meaning = unit or row.unit, meaning or row.meaning
        draft.dictionary.add(row)
    draft.licence = told.licence or draft.licence
    draft.source = told.source or draft.source
    draft.period = told.period or draft.period


def _more(sheet: Sheet) -> list[str]:
    more = sheet.held_count - len(sheet.held)
    return [f"이런 칸이 {more:,}개 더 있습니다."] if more > 0 else []


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
