"""Who is at which work right now. A worker that dies leaves a lease that runs out."""

from __future__ import annotations

from django.db import models


class Lease(models.Model):
    """One kind of work is done by one worker at a time; after `until` anybody may take it."""

    work = models.CharField(max_length=60, primary_key=True)
    holder = models.CharField(max_length=60)
    until = models.DateTimeField()

    class Meta:
        verbose_name = "맡은 일"
        verbose_name_plural = "맡은 일"

    def __str__(self) -> str:
        return f"{self.work}: {self.holder}"
