"""Tables, brought in by the action that everybody uses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cms.actions import find_dataset, import_dataset
from cms.models import DatasetPage
from cms.sheets import read_sheet
from tests.factories.pages import publish

TABLE = "동,날짜,돌봄 이용(명)\n가람1동,2026-03-02,12\n가람2동,2026-03-02,7\n가람3동,2026-03-02,9\n"


def make_dataset(
    municipality: Any,
    folder: Path,
    text: str = TABLE,
    *,
    slug: str = "dolbom",
    live: bool = True,
    **fields: Any,
) -> DatasetPage:
    """A dataset with this table as its newest version; a published one unless told."""
    file = folder / f"{slug}.csv"
    file.write_text(text, encoding="utf-8")
    told = {"title": "동별 돌봄 이용", "licence": "kogl-1", "source": "가람시 돌봄과", **fields}
    import_dataset(sheet=read_sheet(file), municipality=municipality, slug=slug, by=None, **told)
    page = find_dataset(municipality, slug)
    assert page is not None
    if live:
        publish(page.get_latest_revision_as_object())
        page.refresh_from_db()
    return page
