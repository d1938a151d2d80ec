"""확인: the secretariat held a document against what was filed."""

from __future__ import annotations

from django.conf import settings
from django.db import models


class Verification(models.Model):
    """One look at one row of a ledger. Append-only: of several looks the last counts."""

    accepted = models.BooleanField("확인함")
    note = models.CharField("까닭", max_length=300, blank=True)
    on = models.DateField("확인한 날")
    verified_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="확인한 사람",
    )
    verified_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        abstract = True
