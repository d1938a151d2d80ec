"""조문: what was parsed from a version's text, and who is who from version to version."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from coalition.drafts.models.version import Version


class Provision(models.Model):
    """One unit of a version's text: 편 … 목, 부칙 and its articles. As unchangeable as its version.

    `eid` is computed from the numbers and is the address (docs/architecture.md); the identity over
    versions is the uid of the Lineage.
    """

    version = models.ForeignKey(Version, models.PROTECT, related_name="provisions")
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children"
    )
    order = models.PositiveIntegerField("차례")
    kind = models.CharField("단위", max_length=12)
    num = models.PositiveIntegerField("번호", null=True, blank=True)
    branch = models.CharField("가지번호", max_length=20, blank=True, help_text="제5조의2의3 → 2-3")
    label = models.CharField("이름표", max_length=60, blank=True)
    marker = models.CharField("글에 쓰인 표", max_length=120, blank=True, help_text="①, 1., 가.")
    title = models.CharField("제목", max_length=300, blank=True)
    text = models.TextField("글", blank=True)
    marks = models.JSONField("개정 표시", default=list, blank=True)
    deleted = models.BooleanField("삭제", default=False)
    eid = models.CharField("주소", max_length=200)
    line = models.PositiveIntegerField("첫 줄")
    last_line = models.PositiveIntegerField("끝 줄")

    class Meta:
        verbose_name = "조문"
        verbose_name_plural = "조문"
        ordering = ("version", "order")
        constraints = [
            models.UniqueConstraint(
                fields=("version", "eid"),
                condition=~models.Q(eid=""),  # a note after an article has no address
                name="a provision has its own eid",
            ),
            models.UniqueConstraint(
                fields=("version", "order"), name="provisions stand one after another"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}({self.title})" if self.title else self.label


class Carriage(models.TextChoices):
    """Why a provision has the uid that it has."""

    NEW = "new", "처음 나옴"
    SAME_TEXT = "text", "글이 같음"
    SAME_TITLE = "title", "하나뿐인 제목이 같음"
    ALIKE = "alike", "글이 닮음"
    ACCEPTED = "accepted", "제안대로 받아들임"
    CONFIRMED = "confirmed", "사람이 확인함"


class Lineage(models.Model):
    """The identity of a provision: append-only, outside the hash; the newest row of a provision counts.

    Ledgers of reasons, positions and opinions hang on (uid, version). Numbers are display. A provision
    with a predecessor but another uid than it is the smaller part of one that was split; what was
    merged into one besides its predecessor are its Forebears.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="lineages")
    uid = models.UUIDField("정체", db_index=True)
    predecessor = models.ForeignKey(
        Provision, models.PROTECT, null=True, blank=True, related_name="successor_lineages"
    )
    how = models.CharField("어떻게 이어졌나", max_length=12, choices=Carriage.choices)
    score = models.FloatField("닮은 정도", default=1.0)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="확인한 사람",
    )
    recorded_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "조문의 이어짐"
        verbose_name_plural = "조문의 이어짐"
        ordering = ("provision", "pk")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(how="new", predecessor__isnull=True)
                | (~models.Q(how="new") & models.Q(predecessor__isnull=False))
                | models.Q(how="confirmed"),
                name="only a new provision has no predecessor",
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=1), name="a score is between 0 and 1"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.get_how_display()}"


class Forebear(models.Model):
    """합침: a provision that went into this one besides the predecessor of its Lineage. Append-only."""

    lineage = models.ForeignKey(Lineage, models.PROTECT, related_name="forebears")
    provision = models.ForeignKey(Provision, models.PROTECT, related_name="merged_into")
    score = models.FloatField("닮은 정도", default=1.0)

    class Meta:
        verbose_name = "합쳐진 조문"
        verbose_name_plural = "합쳐진 조문"
        ordering = ("lineage", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("lineage", "provision"), name="a forebear is named once"
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=1),
                name="a forebear's score is between 0 and 1",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision} 합침"
