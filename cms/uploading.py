"""표 올리기: what a person does with an upload, and what the worker does with it behind.

Reading and storing are one step each and are repeated from their beginning when a worker dies: an upload is
worked on under a lease of its own, nothing of a table is stored before all of it is, and `storing` ends in the
same transaction in which the 자료 판 is written.
"""

from __future__ import annotations

import datetime as dt
import logging
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from cms.actions import find_dataset, free_dataset_slug, import_dataset
from cms.models import DatasetPage, Licence, TableUpload, UploadState
from cms.models.upload import UPLOADS
from cms.previews import report_of
from cms.sheets import LARGEST_FILE, Sheet, read_sheet
from cms.tables import Description
from coalition.members.models import Municipality
from coalition.record.actions import record_event
from coalition.record.fingerprint import fingerprint
from coalition.record.jobs import drop_lease, holder, take_lease
from coalition.record.models import User
from coalition.record.models.attachment import private_storage
from coalition.record.privacy import find_personal_data
from coalition.record.tables import TableRefused

logger = logging.getLogger(__name__)

#: Up to this size the request itself reads and stores: some 5,000 lines, well under a second.
SMALL = 300 * 1024
KEPT = dt.timedelta(days=7)
MOST_ATTEMPTS = 3
_SWEPT_EVERY = 3600.0  # seconds
_BROKEN = (
    "파일을 읽다가 멈췄습니다. CSV(UTF-8)로 다시 저장해 올려 주세요. 거듭되면 사무국에 알려 주세요."
)
_swept = [time.monotonic()]


@dataclass(frozen=True, slots=True)
class Told:
    """What a person fills in before a table is brought in. `title` is only asked for a new dataset."""

    title: str = ""
    licence: str = ""
    source: str = ""
    period: str = ""
    reason: str = ""
    columns: dict[str, list[str]] = field(default_factory=dict)  # name → [unit, meaning]


@transaction.atomic
def take_upload(
    *, file: File[bytes], municipality: Municipality, page: DatasetPage | None, by: User
) -> TableUpload:
    """Keep a table file in the private folder until somebody looked at what is in it.

    Raises ValidationError when it is empty, too large, or the dataset is another municipality's.
    """
    if not file.size:
        raise ValidationError("빈 파일입니다.")
    if file.size > LARGEST_FILE:
        raise ValidationError(
            f"파일이 너무 큽니다. {LARGEST_FILE // 1024 // 1024} MB까지 올릴 수 있습니다."
        )
    if page is not None and find_dataset(municipality, page.slug) != page:
        raise ValidationError("다른 지방정부의 자료입니다.")
    name = (file.name or "").rpartition("/")[2]
    upload = TableUpload(
        municipality=municipality,
        page=page,
        # A file can be called after a person; only a harmless name is shown again.
        filename="표" if find_personal_data(name) or not name else name[-120:],
        uploaded_by=by,
    )
    upload.file.save(name, file, save=False)
    upload.save()
    record_event("upload.taken", upload, by=by, municipality=municipality.code, size=file.size)
    return upload


@transaction.atomic
def confirm_upload(*, upload: TableUpload, told: Told, by: User) -> TableUpload:
    """Say that the table is to be brought in as it was shown; the worker does so.

    Raises ValidationError when it was not read yet or is settled, when a new dataset lacks its title or
    licence, or when cells that look like a way to reach somebody have no reason.
    """
    upload = TableUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.state != UploadState.READY:
        raise ValidationError("이미 들였거나 그만둔 표입니다.")
    if upload.page_id is None and not told.title.strip():
        raise ValidationError("새 자료의 제목을 쓰세요.")
    if told.licence not in Licence.values:
        raise ValidationError("이용 조건을 고르세요.")
    if upload.report["held_count"] and not told.reason.strip():
        raise ValidationError("개인정보로 보이는 칸이 있습니다. 공개해도 되는 까닭을 적으세요.")
    before = fingerprint(upload)
    upload.state, upload.told, upload.confirmed_by = UploadState.STORING, asdict(told), by
    upload.attempts = upload.done = 0
    upload.save()
    record_event("upload.confirmed", upload, by=by, before=before)
    return upload


@transaction.atomic
def discard_upload(*, upload: TableUpload, by: User | None) -> TableUpload:
    """Take the file away without bringing it in. Raises ValidationError when it was brought in already."""
    upload = TableUpload.objects.select_for_update().get(pk=upload.pk)
    if upload.state in (UploadState.STORING, UploadState.DONE):
        raise ValidationError("이미 들이고 있는 표입니다.")
    before = fingerprint(upload)
    if upload.state in (UploadState.READING, UploadState.READY):
        _finish(upload, UploadState.DISCARDED)
    record_event("upload.discarded", upload, by=by, before=before)
    return upload


def work_uploads() -> int:
    """The worker's job: the next upload that waits; how many were worked on."""
    _forget()
    waiting = (UploadState.READING, UploadState.STORING)
    for upload in TableUpload.objects.filter(state__in=waiting).order_by("pk")[:20]:
        if carry_on(upload):
            return 1
    return 0


def carry_on(upload: TableUpload) -> bool:
    """Read or store this upload. False when somebody else is at it.

    What goes wrong unexpectedly is tried MOST_ATTEMPTS times, a worker's death counting as one. The log
    names the class of the error only: its words may hold a cell.
    """
    work, name = f"upload:{upload.pk}", holder()
    if not take_lease(work, name):
        return False
    try:
        upload.refresh_from_db()
        if not upload.waits_for_worker:
            return False
        upload.attempts += 1
        upload.save(update_fields=["attempts"])
        try:
            _step(upload, work, name)
        except TableRefused as refused:
            _refuse(upload, [str(fault) for fault in refused.faults])
        except ValidationError as error:
            _refuse(upload, error.messages)
        except Exception as error:
            logger.error("표 %s을(를) 들이지 못했습니다: %s", upload.pk, type(error).__name__)  # noqa: TRY400 (see above)
            if upload.attempts >= MOST_ATTEMPTS:
                _refuse(upload, [_BROKEN])
        return True
    finally:
        drop_lease(work, name)


def _step(upload: TableUpload, work: str, name: str) -> None:
    if upload.attempts > MOST_ATTEMPTS:  # a worker died over it each time
        raise ValidationError(_BROKEN)
    sheet = read_sheet(Path(upload.file.path), told=_progress(upload, work, name))
    if upload.state == UploadState.READING:
        _keep_report(upload, report_of(sheet, upload.page))
    else:
        _store(upload, sheet)


def _progress(upload: TableUpload, work: str, name: str) -> Callable[[int, int], None]:
    def tell(done: int, of: int) -> None:
        take_lease(work, name)
        TableUpload.objects.filter(pk=upload.pk).update(done=done, total=of)

    return tell


@transaction.atomic
def _keep_report(upload: TableUpload, report: dict[str, Any]) -> None:
    row = TableUpload.objects.select_for_update().get(pk=upload.pk)
    if row.state == UploadState.READING:
        row.state, row.report, row.attempts = UploadState.READY, report, 0
        row.done = row.total = report["row_count"]
        row.save()


@transaction.atomic
def _store(upload: TableUpload, sheet: Sheet) -> None:
    row = TableUpload.objects.select_for_update().get(pk=upload.pk)
    if row.state != UploadState.STORING:
        return  # done meanwhile by somebody whose lease ran out
    told = Told(**row.told)
    slug = row.page.slug if row.page else free_dataset_slug(row.municipality, told.title)
    result = import_dataset(
        sheet=sheet,
        municipality=row.municipality,
        slug=slug,
        by=row.confirmed_by,
        title=told.title,
        licence=told.licence,
        source=told.source,
        period=told.period,
        description=Description(
            licence=told.licence,
            source=told.source,
            period=told.period,
            columns={key: (unit, meaning) for key, (unit, meaning) in told.columns.items()},
        ),
        reason=told.reason,
    )
    row.page = find_dataset(row.municipality, slug)
    row.report = {**row.report, "stored": {"is_new": result.is_new}}
    _finish(row, UploadState.DONE)


def _refuse(upload: TableUpload, said: list[str]) -> None:
    with transaction.atomic():
        row = TableUpload.objects.select_for_update().get(pk=upload.pk)
        if row.waits_for_worker:
            row.report = {"faults": said}
            _finish(row, UploadState.REFUSED)


def _finish(upload: TableUpload, state: UploadState) -> None:
    """The file goes when the transaction stands; what a crash leaves behind is swept."""
    kept = str(upload.file.name)
    upload.state, upload.file = state, ""
    upload.save()
    transaction.on_commit(lambda: private_storage().delete(kept))


def _forget() -> None:
    """Give up what nobody came back for, and once an hour take away files that no row names."""
    old = TableUpload.objects.filter(state=UploadState.READY, uploaded_at__lt=timezone.now() - KEPT)
    for upload in old[:20]:
        discard_upload(upload=upload, by=None)
    if time.monotonic() - _swept[0] > _SWEPT_EVERY:
        _swept[0] = time.monotonic()
        sweep()


def sweep() -> int:
    """Delete files of the private upload folder that no upload names; how many there were."""
    storage = private_storage()
    folder = Path(storage.path(UPLOADS))
    named = set(TableUpload.objects.exclude(file="").values_list("file", flat=True))
    gone = 0
    for path in folder.iterdir() if folder.is_dir() else ():
        # A file is written before its row is committed.
        is_old = time.time() - path.stat().st_mtime > _SWEPT_EVERY
        if is_old and f"{UPLOADS}/{path.name}" not in named:
            path.unlink(missing_ok=True)
            gone += 1
    return gone
