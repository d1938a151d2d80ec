"""The sizes in which a picture is shown, made once when it is uploaded.

Stock Wagtail makes a size when a reader first asks for it, which is a write in a public GET: it fails on
a read-only database and takes SQLite's lock (docs/architecture.md, decision 9).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.models.media import HubImage, HubRendition

WIDTHS = (400, 800, 1200)


@dataclass(frozen=True, slots=True)
class Source:
    """One size of a picture."""

    url: str
    width: int
    height: int


def specification(width: int) -> str:
    return f"width-{width}|format-webp"


def make_renditions(image: HubImage) -> None:
    """Make every size that is missing; a damaged file leaves the picture without sizes, not an error."""
    for width in WIDTHS:
        image.get_rendition(specification(width))


def sources(image: HubImage) -> list[Source]:
    """The sizes that are there, small to large; the original when there is none."""
    wanted = {specification(width) for width in WIDTHS}
    found: list[HubRendition] = [r for r in image.renditions.all() if r.filter_spec in wanted]
    made = sorted({(r.width, r.height, r.url) for r in found})
    if not made:
        return [Source(image.file.url, image.width, image.height)]
    return [Source(url, width, height) for width, height, url in made]


def make_after_upload(instance: HubImage, **kwargs: Any) -> None:
    """Receiver of post_save; `get_rendition` finds what is there already."""
    make_renditions(instance)
