"""녹서 → 백서 → 청서: what a body of social dialogue publishes, and the core questions it drew together."""

from __future__ import annotations

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q

from coalition.dialogue.models.body import Body, Division
from coalition.record.models import Source

PAPER_KEY = r"[a-z0-9]+(?:-[a-z0-9]+)*"


class PaperKind(models.TextChoices):
    """What the paper does in the dialogue. 청서 is a body's plan of action."""

    GREEN = "green", "녹서"
    WHITE = "white", "백서"
    BLUE = "blue", "청서"


class Paper(models.Model):
    """A paper of a body. Its key is part of every question's address and never changes.

    A paper without a body is one whose body the hub doesn't know (yet); it states nothing of a municipality.
    """

    key = models.CharField(
        "열쇠",
        max_length=60,
        unique=True,
        validators=[RegexValidator(rf"^{PAPER_KEY}\Z", "영문 소문자, 숫자, 붙임표로 씁니다.")],
    )
    kind = models.CharField("종류", max_length=8, choices=PaperKind.choices)
    body = models.ForeignKey(
        Body,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="papers",
        verbose_name="일자리회",
    )
    title = models.CharField("제목", max_length=200)
    date = models.DateField("펴낸 날", null=True, blank=True)
    fictional = models.BooleanField("가상", default=False)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "녹서·백서·청서"
        verbose_name_plural = "녹서·백서·청서"
        ordering = ("body", "date", "key")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=PaperKind.values), name="a paper has a known kind"
            ),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(key=""), name="a paper has a title and a key"
            ),
            models.CheckConstraint(
                condition=Q(fictional=False) | Q(body__isnull=False),
                name="an invented paper belongs to a body",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CoreQuestion(models.Model):
    """핵심 질문: what many questions ask in common. Without a text while only its number is known."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="core_questions", verbose_name="녹서·백서·청서"
    )
    number = models.PositiveIntegerField("번호")
    text = models.CharField("핵심 질문", max_length=500, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="분과"
    )
    division_name = models.CharField("분과 이름", max_length=40, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "핵심 질문"
        verbose_name_plural = "핵심 질문"
        ordering = ("paper", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("paper", "number"), name="a core question has its number once"
            ),
        ]

    def __str__(self) -> str:
        return self.text or f"핵심 질문 {self.number}"
