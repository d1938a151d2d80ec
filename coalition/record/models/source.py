"""Where a fact comes from."""

from __future__ import annotations

from django.db import models


class Source(models.Model):
    """A publication that anybody can look up: a newspaper article, a notice, a code table.

    A real municipality carries only facts with a Source (docs/architecture.md, Fiction and fact).
    """

    title = models.CharField("제목", max_length=300)
    publisher = models.CharField("펴낸 곳", max_length=200)
    address = models.URLField("주소", max_length=500, blank=True)
    published_on = models.DateField("펴낸 날", null=True, blank=True)
    note = models.CharField("덧붙임", max_length=300, blank=True)

    class Meta:
        verbose_name = "출처"
        verbose_name_plural = "출처"
        ordering = ("-published_on", "title")
        constraints = [
            models.UniqueConstraint(
                fields=("title", "publisher", "published_on"), name="a source is named once"
            ),
            models.UniqueConstraint(
                fields=("title", "publisher"),
                condition=models.Q(published_on__isnull=True),
                name="a source without a day is named once",
            ),
            models.CheckConstraint(
                condition=~models.Q(title="") & ~models.Q(publisher=""),
                name="a source has a title and a publisher",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.publisher})"
