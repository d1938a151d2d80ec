"""How a private file is stored. The action that needs it writes the Event; storing alone is none."""

from __future__ import annotations

import hashlib
import mimetypes

from django.core.files.base import File

from coalition.record.models import Attachment, User


def store_attachment(*, file: File[bytes], title: str, uploader: User | None) -> Attachment:
    """Keep a file under a random name, with its size, type and sha256. `uploader` None: from a public form."""
    digest = hashlib.sha256()
    for chunk in file.chunks():
        digest.update(chunk)
    name = (file.name or "").rpartition("/")[2]
    attachment = Attachment(
        title=title,
        filename=name[:255],
        media_type=mimetypes.guess_type(name)[0] or "application/octet-stream",
        size=file.size,
        sha256=digest.hexdigest(),
        uploaded_by=uploader,
    )
    attachment.file.save(name, file, save=False)
    attachment.save()
    return attachment
