"""법안: a proposed Act, through all its versions."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models

#: Words that stand in the place of a bill's address: /bills/compare/.
RESERVED = frozenset({"compare"})


class Bill(models.Model):
    """A draft that the coalition works on. Its address is for ever once a version is published."""

    slug = models.SlugField("주소", max_length=40, unique=True)
    title = models.CharField("이름", max_length=200)
    short_title = models.CharField("짧은 이름", max_length=80, blank=True)
    summary = models.TextField("무엇을 바꾸려는 법안인가", blank=True)
    fictional = models.BooleanField("시연용", default=False)

    class Meta:
        verbose_name = "법안"
        verbose_name_plural = "법안"
        ordering = ("slug",)
        constraints = [
            models.CheckConstraint(condition=~models.Q(title=""), name="a bill has a title"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def name(self) -> str:
        """What a citation and a list call it."""
        return self.short_title or self.title

    def clean(self) -> None:
        """Refuse an address that means something else."""
        if self.slug in RESERVED:
            raise ValidationError({"slug": "다른 쪽이 쓰는 주소입니다. 다른 말을 고르십시오."})
