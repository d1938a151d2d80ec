"""자료 from data/demo, brought in by the action that everybody uses and then published."""

from __future__ import annotations

from typing import Any

from django.conf import settings

from cms.actions import find_dataset, import_dataset
from cms.demo.stories import moment_of, publish_as_of
from cms.sheets import read_sheet
from coalition.members.models import Municipality
from coalition.record.models import User


def make_dataset(told: dict[str, Any], by: User) -> None:
    """One dataset, unless its address is taken."""
    municipality = Municipality.objects.get(slug=told["municipality"])
    if find_dataset(municipality, told["slug"]) is not None:
        return
    for edition in [*told.get("earlier", ()), told]:
        _make_edition(told, edition, municipality, by)


def _make_edition(
    told: dict[str, Any], edition: dict[str, Any], municipality: Municipality, by: User
) -> None:
    """One 자료 판, published as of its day."""
    import_dataset(
        sheet=read_sheet(settings.DATA_DIR / "demo" / edition["file"]),
        municipality=municipality,
        slug=told["slug"],
        title=told["title"],
        licence=told["licence"],
        source=told["source"],
        period=told["period"],
        stored_at=moment_of(edition["published_on"]),
        by=by,
    )
    page = find_dataset(municipality, told["slug"])
    assert page is not None  # noqa: S101 (for mypy: it was made above)
    draft = page.get_latest_revision_as_object()
    draft.owner = by
    draft.summary, draft.description = told["summary"], told["description"]
    for column in draft.dictionary.all():
        column.meaning = told["meanings"][column.name]
        draft.dictionary.add(column)
    publish_as_of(draft, edition["published_on"], by)
