"""표 올리기: a table file on its way to becoming a 자료 판, while somebody looks at it.

The row is what the worker reads (decision 10) and what the screen shows. Of the table it keeps the header, the
first lines with what looks like personal data blotted out, and places; the file itself lies in the private
folder and goes as soon as the upload is finished, refused or forgotten.
"""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import Q

from cms.models.dataset import DatasetPage
from coalition.members.models import Municipality
from coalition.record.models.attachment import private_storage

UPLOADS = "uploads"  # folder under the private root


class UploadState(models.TextChoices):
    """How far an upload is. `reading` and `storing` wait for the worker, `ready` for a person."""

    READING = "reading", "읽는 중"
    READY = "ready", "확인을 기다림"
    STORING = "storing", "들이는 중"
    DONE = "done", "들임"
    REFUSED = "refused", "물리침"
    DISCARDED = "discarded", "그만둠"


FINISHED = (UploadState.DONE, UploadState.REFUSED, UploadState.DISCARDED)


def upload_name(upload: TableUpload, filename: str) -> str:
    """A random name: what the uploader called the file is data and never a path."""
    return f"{UPLOADS}/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:10]}"


class TableUpload(models.Model):
    """One file, from upload to 자료 판. `page` is empty until a new dataset has its page.

    `report` is what reading it found (cms.previews says its shape), `told` what a person filled in.
    """

    municipality = models.ForeignKey(Municipality, models.PROTECT, related_name="+")
    page = models.ForeignKey(
        DatasetPage, models.CASCADE, null=True, blank=True, related_name="uploads"
    )
    file = models.FileField("파일", upload_to=upload_name, storage=private_storage, blank=True)
    filename = models.CharField("파일 이름", max_length=120)
    state = models.CharField(
        "상태", max_length=10, choices=UploadState.choices, default=UploadState.READING
    )
    attempts = models.PositiveSmallIntegerField("해 본 횟수", default=0)
    done = models.PositiveIntegerField("살핀 줄", default=0)
    total = models.PositiveIntegerField("모든 줄", default=0)
    report = models.JSONField("읽은 것", default=dict)
    told = models.JSONField("적은 것", default=dict)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="올린 사람"
    )
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="들이게 한 사람",
    )
    uploaded_at = models.DateTimeField("올린 때", auto_now_add=True)

    class Meta:
        verbose_name = "표 올리기"
        verbose_name_plural = "표 올리기"
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=UploadState.values), name="an upload has a known state"
            ),
            models.CheckConstraint(
                condition=(Q(state__in=FINISHED) & Q(file=""))
                | (~Q(state__in=FINISHED) & ~Q(file="")),
                name="an upload keeps its file until it is finished",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.filename} ({self.get_state_display()})"

    @property
    def waits_for_worker(self) -> bool:
        return self.state in (UploadState.READING, UploadState.STORING)
