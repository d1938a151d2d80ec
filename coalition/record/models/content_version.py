"""What the public site says now, as one token that readers compare."""

from __future__ import annotations

from django.db import models


class ContentVersion(models.Model):
    """One row. Triggers draw a new token in the transaction of every change that readers could see.

    A token is random and never comes back: a database that was restored, or made anew in the same folder,
    can't meet a page that was kept under an older one.
    """

    token = models.CharField(max_length=32)

    class Meta:
        verbose_name = "내용의 판"
        verbose_name_plural = "내용의 판"

    def __str__(self) -> str:
        return self.token
