"""조례 and 현행법 beside a clause: what stands in the other two columns."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.drafts.models.provision import Provision
from coalition.members.models import Municipality
from coalition.record.models import Source


class CounterpartKind(models.TextChoices):
    """Which column."""

    ORDINANCE = "ordinance", "조례"
    STATUTE = "statute", "현행법"


class Counterpart(models.Model):
    """A text in force that belongs beside an article: append-only, quoted word for word with its Source.

    Only an ordinance of a fictional municipality may be without one; a trigger keeps real ones from it. A row
    that `replaces` another takes its place; without words it takes it away.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="counterparts")
    uid = models.UUIDField("정체", db_index=True)
    kind = models.CharField("갈래", max_length=10, choices=CounterpartKind.choices)
    name = models.CharField("이름", max_length=200, help_text="지방자치법, 가람시 일자리회 조례")
    article = models.CharField("조문", max_length=60, help_text="제130조제1항")
    text = models.TextField("글", blank=True)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counterparts",
        verbose_name="어느 지방정부의 조례",
    )
    source = models.ForeignKey(
        Source,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="counterparts",
        verbose_name="출처",
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="넣은 사람",
    )
    entered_at = models.DateTimeField("넣은 때", auto_now_add=True)

    class Meta:
        verbose_name = "나란히 볼 글"
        verbose_name_plural = "나란히 볼 글"
        ordering = ("provision", "kind", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="statute", municipality__isnull=True, source__isnull=False)
                | Q(kind="ordinance", municipality__isnull=False),
                name="a statute has its source, an ordinance its municipality",
            ),
            models.CheckConstraint(
                condition=~Q(text="") | Q(replaces__isnull=False),
                name="a counterpart says something or takes another away",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(article=""), name="a counterpart is named"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.article}"
