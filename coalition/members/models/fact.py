"""What may be said of a municipality, with where it was said."""

from __future__ import annotations

import re

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from coalition.members.models.municipality import Municipality
from coalition.record.models import Source

_AS_OF = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


def validate_as_of(value: str) -> None:
    """A date as exact as the source gives it: 2025, 2025-03 or 2025-03-31."""
    if not _AS_OF.fullmatch(value):
        raise ValidationError("기준은 2025, 2025-03, 2025-03-31 가운데 한 꼴로 씁니다.")


class Fact(models.Model):
    """One sentence that a publication says of a municipality. All that is shown of a real one."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="facts", verbose_name="지방정부"
    )
    key = models.SlugField("열쇠", max_length=60)
    subject = models.CharField("무엇에 대한 것인가", max_length=100)
    statement = models.CharField("내용", max_length=500)
    value = models.CharField("값", max_length=60, blank=True, help_text="쓰인 그대로")
    number = models.DecimalField(
        "수치", max_digits=16, decimal_places=4, null=True, blank=True, editable=False
    )
    unit = models.CharField("단위", max_length=20, blank=True)
    as_of = models.CharField("기준", max_length=10, validators=[validate_as_of])
    source = models.ForeignKey(Source, models.PROTECT, related_name="facts", verbose_name="출처")

    class Meta:
        verbose_name = "공표된 사실"
        verbose_name_plural = "공표된 사실"
        ordering = ("municipality", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "key"), name="a fact has one key per municipality"
            ),
            models.CheckConstraint(
                condition=~Q(statement="") & ~Q(as_of=""), name="a fact says something of some day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality}: {self.statement}"

    @property
    def sentence(self) -> str:
        """The statement with its value: a number with its unit, a day as a day, else as written."""
        if self.number is not None:
            return f"{self.statement}: {self.number:,.0f}{self.unit}"
        if not self.value or self.value in self.statement:
            return self.statement
        is_day = self.unit in ("일", "월") and _AS_OF.fullmatch(self.value)
        value = (
            " ".join(f"{int(part)}." for part in self.value.split("-")) if is_day else self.value
        )
        return f"{self.statement}: {value}"


class PublishedFigureManager(models.Manager["PublishedFigure"]):
    def get_queryset(self) -> models.QuerySet[PublishedFigure]:
        return super().get_queryset().filter(number__isnull=False)


class PublishedFigure(Fact):
    """발표 수치: a Fact with a number. Headline numbers come from here or from a live count, and say which."""

    objects = PublishedFigureManager()  # type: ignore[misc]

    class Meta:
        proxy = True
        verbose_name = "발표 수치"
        verbose_name_plural = "발표 수치"
