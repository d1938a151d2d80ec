"""대상·단가·기간·주체: what a place can change when it takes a model over."""

from __future__ import annotations

from django.db import models


class Parameters(models.Model):
    """The four parameters of a model, as written. An empty one is not told (in an adoption: not changed)."""

    target = models.CharField("대상", max_length=160, blank=True)
    unit_price = models.CharField("단가", max_length=160, blank=True)
    period = models.CharField("기간", max_length=160, blank=True)
    lead = models.CharField("주체", max_length=160, blank=True)

    class Meta:
        abstract = True


class TargetGroup(models.TextChoices):
    """Whom it is for, in few words, so that places can be compared."""

    YOUTH = "youth", "청년"
    MIDDLE = "middle", "중장년"
    SENIOR = "senior", "노년"
    CARE = "care", "돌봄 종사자"
    WORKER = "worker", "취약 노동자"
    RESIDENT = "resident", "마을 주민"


# The parameters in their order, as the forms, tables and differences show them.
PARAMETERS = ("target", "unit_price", "period", "lead")
