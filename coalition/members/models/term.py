"""민선 N기: the elected term, to which a municipality's positions belong."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Term(models.Model):
    """Four years from 1 July after a local election (「공직선거법」 제14조제3항)."""

    number = models.PositiveSmallIntegerField("민선", unique=True)
    begins = models.DateField("시작")
    ends = models.DateField("끝")

    class Meta:
        verbose_name = "민선 기"
        verbose_name_plural = "민선 기"
        ordering = ("number",)
        constraints = [
            models.CheckConstraint(
                condition=Q(begins__lt=F("ends")), name="a term ends after it begins"
            ),
        ]

    def __str__(self) -> str:
        return f"민선 {self.number}기"
