"""Exports of stored versions: made by the worker after publication, or when somebody asks first.

A PDF is made while a reader waits only if nobody else makes one on this machine and the text is not too
long; else the reader is told to come back. So readers can bind one process of the machine at most, for at
most SECONDS_WAITING, and never twice for the same version, while a hub without a worker still has PDFs.
"""

from __future__ import annotations

import datetime as dt
import logging
from pathlib import Path

from django.conf import settings
from django.db.models import Min

from coalition.drafts.exports import FORMATS, Edition, Format, printing
from coalition.drafts.exports.formats import SECONDS_BEHIND, SECONDS_WAITING
from coalition.drafts.exports.shelf import Shelf
from coalition.drafts.models import Version
from coalition.record.queries import mark_read, unread_events

logger = logging.getLogger(__name__)

READER = "exports"
#: About 300 articles: set in some five seconds.
LONGEST_WHILE_WAITING = 400_000
_PORTION = 100


class ExportBusy(Exception):
    """The file is being made, or has to be made by the worker. Come back after `seconds`."""

    def __init__(self, seconds: int) -> None:
        super().__init__("만드는 중입니다.")
        self.seconds = seconds


def shelf() -> Shelf:
    return Shelf(Path(settings.EXPORT_ROOT))


def edition_of(version: Version, begun: dt.date | None = None) -> Edition:
    """What the exports of a published version are made from. One query unless `begun` is known."""
    if begun is None:
        published = Version.objects.filter(bill=version.bill, published_at__isnull=False)
        begun = published.aggregate(begun=Min("date"))["begun"]
    # The public contract of addresses (design/architecture.md); who serves it is not known here.
    address = f"/bills/{version.bill.slug}/v{version.no}/"
    return Edition(
        bill=version.bill.slug,
        title=version.bill.title,
        no=version.no,
        date=version.date,
        begun=begun or version.date,
        summary=version.summary,
        sha256=version.sha256,
        previous_sha256=version.prev_sha256,
        fictional=version.bill.fictional,
        address=f"{settings.HUB_BASE_URL}{address}",
        source=version.source_text,
    )


def export(edition: Edition, format_: Format) -> bytes:
    """The file for a reader who waits.

    Raises ExportBusy when it has to be asked for again, PrintingFailed when it can't be made.
    """
    kept = shelf().take(edition, format_)
    if kept is not None:
        return kept
    if not format_.is_slow:
        return _made(edition, format_)
    if not format_.is_possible():
        raise printing.PrintingFailed(printing.CANNOT)
    if len(edition.source) > LONGEST_WHILE_WAITING:
        raise ExportBusy(60)
    return _made_alone(edition, format_, SECONDS_WAITING)


def prepare_exports() -> int:
    """The worker's job: every format of what was published since the last look."""
    events = unread_events(READER, limit=_PORTION)
    for event in events:
        if event.verb == "version.published":
            version = Version.objects.select_related("bill").filter(pk=event.object_id).first()
            if version is not None:
                _prepare(version)
    mark_read(READER, events)
    return len(events)


def _prepare(version: Version) -> None:
    """What can't be made is logged and left to readers: one broken text must not stop the others."""
    edition = edition_of(version)
    for format_ in FORMATS.values():
        if not format_.is_possible() or shelf().size(edition, format_) is not None:
            continue
        try:
            if format_.is_slow:
                _made_alone(edition, format_, SECONDS_BEHIND)
            else:
                _made(edition, format_)
        except (ExportBusy, printing.PrintingFailed) as error:
            logger.warning("%s의 %s: %s", version, format_.name, error)


def _made_alone(edition: Edition, format_: Format, seconds: float) -> bytes:
    with shelf().alone(format_.extension) as is_alone:
        if not is_alone:
            raise ExportBusy(5)
        kept = shelf().take(edition, format_)  # made while we came here
        if kept is not None:
            return kept
        return _kept(edition, format_, printing.print_pdf(edition, seconds=seconds))


def _made(edition: Edition, format_: Format) -> bytes:
    return _kept(edition, format_, format_.write(edition))


def _kept(edition: Edition, format_: Format, data: bytes) -> bytes:
    """A full disk costs the next reader some time, and this one nothing."""
    try:
        shelf().put(edition, format_, data)
    except OSError:
        logger.warning("내보낸 파일을 %s에 둘 수 없습니다", settings.EXPORT_ROOT, exc_info=True)
    return data
