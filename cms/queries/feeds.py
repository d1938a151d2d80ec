"""What the feeds of one case and of one municipality hold: only what anybody may read at this moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from cms.addresses import address_of
from cms.models import CasePage, DatasetPage, MunicipalityPage, NewsPage
from cms.visibility import public
from coalition.advocacy.models import PositionVerification
from coalition.advocacy.resolutions import resolutions_until, tracked
from coalition.members.models import Municipality
from coalition.members.queries import today
from coalition.record.models import Event

_KINDS = (CasePage, NewsPage, DatasetPage)


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing that happened. `guid` stays the same when the title is mended."""

    title: str
    text: str
    address: str
    at: dt.datetime
    guid: str


def case_entries(page: CasePage, most: int) -> list[Entry]:
    """Each time the case was published, as it stands now: what it said before is not told."""
    published = Event.objects.filter(
        content_type=ContentType.objects.get_for_model(CasePage),
        object_id=str(page.pk),
        verb="page.published",
    ).order_by("-pk")[:most]
    address, text = address_of(page), page.result_line or page.summary
    first = len(published) - 1 if len(published) < most else None
    return [
        Entry(
            f"{page.title}: {'실렸습니다' if place == first else '바뀌었습니다'}",
            text,
            address,
            event.at,
            f"{address}#{event.pk}",
        )
        for place, event in enumerate(published)
    ]


def municipality_entries(page: MunicipalityPage, most: int) -> list[Entry]:
    """New pages, confirmed positions and steps of council resolutions, the newest first."""
    place = page.municipality
    found = [*_pages(page, most), *_positions(place, most), *_steps(place)]
    return sorted(found, key=lambda entry: entry.at, reverse=True)[:most]


def _pages(root: MunicipalityPage, most: int) -> Iterator[Entry]:
    for model in _KINDS:
        pages = public(model.objects.descendant_of(root)).only(
            "title", "summary", "url_path", "first_published_at"
        )
        for page in pages.filter(first_published_at__isnull=False).order_by(
            "-first_published_at", "-pk"
        )[:most]:
            label = str(model._meta.verbose_name)
            yield Entry(
                f"{label}: {page.title}",
                page.summary,
                address_of(page),
                page.first_published_at,
                f"{model._meta.model_name}-{page.pk}",
            )


def _positions(place: Municipality, most: int) -> Iterator[Entry]:
    looks = PositionVerification.objects.filter(position__municipality=place, accepted=True)
    rows = looks.select_related("position__version__bill").defer("position__version__source_text")
    for look in rows.order_by("-pk")[:most]:
        position = look.position
        bill = position.version.bill
        yield Entry(
            f"「{bill.name}」 입장 확인: {position.get_stance_display()}",
            position.reason,
            reverse("positions", args=[bill.slug]),
            look.verified_at,
            f"position-{look.pk}",
        )


def _steps(place: Municipality) -> Iterator[Entry]:
    for one in tracked(resolutions_until(today()).filter(municipality=place)):
        for step in one.steps:
            yield Entry(
                f"{one.row.council} {one.row.title}: {step.stage.name}",
                step.note,
                reverse("resolution", args=[one.row.bill.slug, one.row.pk]),
                step.entered_at,
                f"resolution-step-{step.pk}",
            )
