"""주제어: a vocabulary that the secretariat keeps. Editors choose from it and propose new words."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from taggit.models import ItemBase, TagBase

from coalition.members.models import Municipality


class Tag(TagBase):
    """A word of the vocabulary. `free_tagging` is off: typing an unknown word makes no tag."""

    free_tagging = False

    class Meta:
        verbose_name = "주제어"
        verbose_name_plural = "주제어"
        ordering = ("name",)


class TagAlias(models.Model):
    """A word that was merged into another: its address goes on working."""

    slug = models.SlugField("주소", max_length=100, unique=True, allow_unicode=True)
    name = models.CharField("이름", max_length=100, unique=True)
    tag = models.ForeignKey(
        Tag, models.CASCADE, related_name="aliases", verbose_name="이 주제어로 보냄"
    )
    merged_at = models.DateTimeField("합친 때", auto_now_add=True)

    class Meta:
        verbose_name = "합쳐진 주제어"
        verbose_name_plural = "합쳐진 주제어"
        ordering = ("name",)

    def __str__(self) -> str:
        return f"{self.name} → {self.tag}"


class ProposalState(models.TextChoices):
    """What became of a proposed word."""

    WAITING = "waiting", "기다림"
    ACCEPTED = "accepted", "받아들임"
    DECLINED = "declined", "받아들이지 않음"


class TagProposal(models.Model):
    """A word that an editor misses."""

    name = models.CharField("주제어", max_length=40)
    reason = models.CharField("까닭", max_length=200)
    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="지방정부",
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="제안한 사람"
    )
    proposed_at = models.DateTimeField("제안한 때", auto_now_add=True)
    state = models.CharField(
        "처리", max_length=10, choices=ProposalState.choices, default=ProposalState.WAITING
    )
    answer = models.CharField("답", max_length=200, blank=True)

    class Meta:
        verbose_name = "주제어 제안"
        verbose_name_plural = "주제어 제안"
        ordering = ("-proposed_at",)

    def __str__(self) -> str:
        return self.name


class CaseTag(ItemBase):
    """A tag on a case."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="case_tags")
    content_object = ParentalKey("cms.CasePage", on_delete=models.CASCADE, related_name="case_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("tag", "content_object"), name="a case has a tag once"),
        ]


class NewsTag(ItemBase):
    """A tag on a piece of news."""

    tag = models.ForeignKey(Tag, models.CASCADE, related_name="news_tags")
    content_object = ParentalKey("cms.NewsPage", on_delete=models.CASCADE, related_name="news_tags")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=("tag", "content_object"), name="news has a tag once"),
        ]
