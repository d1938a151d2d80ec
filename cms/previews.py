"""What is kept and shown of a table before it is brought in: its header, first lines and changed lines.

Whatever looks like personal data is blotted out here, so that a number stands neither in the row of an
upload nor on a screen; the places are told by line and column.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from cms.models import DatasetPage
from cms.sheets import Sheet
from cms.tables import RowChange, difference, row_changes
from coalition.record.privacy import find_personal_data

ROWS_SHOWN = 8
CHANGES_SHOWN = 20
LONGEST_SHOWN = 80  # letters of a cell
BLOT = "●●●"


def report_of(sheet: Sheet, page: DatasetPage | None) -> dict[str, Any]:
    """The sheet as JSON for TableUpload.report, held against the newest version of its page."""
    report: dict[str, Any] = {
        "columns": [{"name": c.name, "kind": c.kind, "unit": c.unit} for c in sheet.columns],
        "header_lines": sheet.header_lines,
        "rows": [_blotted_row(row) for row in sheet.rows[:ROWS_SHOWN]],
        "row_count": len(sheet.rows),
        "held": [str(fault) for fault in sheet.held],
        "held_count": sheet.held_count,
    }
    if page is not None:
        told = difference(page, sheet)
        report["difference"] = {
            "is_new": told.is_new,
            "added": told.added,
            "changed": told.changed,
            "removed": told.removed,
            "unchanged": told.unchanged,
        }
        report["changes"] = [_change(c) for c in row_changes(page, sheet, CHANGES_SHOWN)]
    return report


def blotted(text: str) -> str:
    """The text with every stretch that looks like personal data replaced, and cut to a readable length."""
    for hit in reversed(find_personal_data(text)):
        text = f"{text[: hit.start]}{BLOT}{text[hit.end :]}"
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _blotted_row(cells: Iterable[str]) -> list[str]:
    return [blotted(cell) for cell in cells]


def _change(change: RowChange) -> dict[str, Any]:
    """Of a changed row, both texts of the cells that differ; of another, its cells."""
    cells: Sequence[Any]
    if change.kind == "changed":
        pairs = zip(change.before, change.after, strict=True)
        cells = [
            [blotted(was), blotted(now)] if was != now else [None, blotted(now)]
            for was, now in pairs
        ]
    else:
        cells = [[None, blotted(cell)] for cell in change.after or change.before]
    return {"kind": change.kind, "number": change.number, "cells": cells}
