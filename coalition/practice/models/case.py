"""A case as this room knows it: a row of another room, by its type and number (coalition.practice.cases)."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models


class OfCase(models.Model):
    """What may point to a case."""

    case_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    case_id = models.PositiveBigIntegerField(null=True, blank=True)

    class Meta:
        abstract = True


class Withdrawable(models.Model):
    """What can be taken back with a reason: it counts nowhere any more, and its row stays."""

    withdrawn_at = models.DateTimeField("거둔 때", null=True, blank=True, editable=False)
    withdrawn_because = models.CharField("거둔 까닭", max_length=200, blank=True, editable=False)

    class Meta:
        abstract = True
