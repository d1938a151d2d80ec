"""Files of records: private, with a hash, served by a checked view and never by the web server."""

from __future__ import annotations

import uuid
from pathlib import PurePath

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db import models


def private_storage() -> FileSystemStorage:
    """The folder that no web server knows."""
    return FileSystemStorage(location=settings.PRIVATE_ROOT, base_url=None)


def stored_name(attachment: Attachment, filename: str) -> str:
    """A random name: what the uploader called the file is data and never a path."""
    return f"attachments/{uuid.uuid4().hex}{PurePath(filename).suffix.lower()[:10]}"


class Attachment(models.Model):
    """A document behind a record: a council's resolution, an agreement, minutes."""

    title = models.CharField("제목", max_length=200)
    file = models.FileField("파일", upload_to=stored_name, storage=private_storage)
    filename = models.CharField("파일 이름", max_length=255)
    media_type = models.CharField("형식", max_length=100)
    size = models.PositiveBigIntegerField("크기(바이트)")
    sha256 = models.CharField(max_length=64)
    # Nobody's: it came with a public form.
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="올린 사람",
    )
    uploaded_at = models.DateTimeField("올린 때", auto_now_add=True)
    public_since = models.DateTimeField("공개한 때", null=True, blank=True)

    class Meta:
        verbose_name = "첨부 문서"
        verbose_name_plural = "첨부 문서"
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(sha256=""), name="an attachment has its hash"
            ),
        ]

    def __str__(self) -> str:
        return self.title
