"""원본 파일: the document of a word processor from which a version's text was taken."""

from __future__ import annotations

from django.db import models

from coalition.drafts.models.version import Version
from coalition.record.models import Attachment


class Original(models.Model):
    """A file beside a version. It is never read: the version's text is the law text, this is its witness.

    That is how a legacy .hwp finds its place, whose text can't be read here (design/drafts.md).
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="originals")
    attachment = models.OneToOneField(Attachment, models.PROTECT, related_name="original")

    class Meta:
        verbose_name = "원본 파일"
        verbose_name_plural = "원본 파일"
        ordering = ("pk",)

    def __str__(self) -> str:
        return self.attachment.title
