"""What was said, and in which body: the 일자리회 and its divisions."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from coalition.members.models import Municipality
from coalition.record.models import Source


class Body(models.Model):
    """일자리회: a municipality's standing body of social dialogue."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="bodies", verbose_name="지방정부"
    )
    name = models.CharField("이름", max_length=100)
    slug = models.SlugField("주소", max_length=60, unique=True)
    summary = models.CharField("무엇을 하는가", max_length=300, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "일자리회"
        verbose_name_plural = "일자리회"
        ordering = ("municipality__code", "name")

    def __str__(self) -> str:
        return self.name


class Division(models.Model):
    """분과: a part of a body, from when to when as far as a source says. `valid_to` is exclusive."""

    body = models.ForeignKey(
        Body, models.PROTECT, related_name="divisions", verbose_name="일자리회"
    )
    name = models.CharField("이름", max_length=40)
    order = models.PositiveSmallIntegerField("차례", default=0)
    valid_from = models.DateField("생긴 날", null=True, blank=True)
    valid_to = models.DateField("없어진 날", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "분과"
        verbose_name_plural = "분과"
        ordering = ("body", "order", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("body", "name", "valid_from"), name="a division begins once"
            ),
            models.UniqueConstraint(
                fields=("body", "name"),
                condition=Q(valid_from__isnull=True),
                name="a division of unknown beginning stands once",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="a division ends after it begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name
