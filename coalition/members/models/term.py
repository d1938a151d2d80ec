"""민선 N기: the elected term, to which a municipality's positions belong."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from coalition.members.models.municipality import Municipality


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


class TermOpening(models.Model):
    """The day on which the secretariat went through a municipality's posts for a new term. Append-only.

    When a term is over is a matter of its days alone; this says who was asked to go on, and that it was asked.
    """

    term = models.ForeignKey(Term, models.PROTECT, related_name="openings", verbose_name="민선 N기")
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="term_openings", verbose_name="지방정부"
    )
    on = models.DateField("연 날")
    renewed = models.PositiveSmallIntegerField("이어 맡은 담당")
    ended = models.PositiveSmallIntegerField("끝난 담당")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="연 사람"
    )
    opened_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "민선 기 열기"
        verbose_name_plural = "민선 기 열기"
        ordering = ("term", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("term", "municipality"), name="a term opens once in a municipality"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.term}"
