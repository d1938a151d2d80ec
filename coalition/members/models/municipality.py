"""The registry of local governments. A row is an identity; names and codes change around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.auth.models import Group
from django.db import models
from django.db.models import F, Q

from coalition.record.models import Source

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from coalition.members.models.fact import Fact


class Level(models.TextChoices):
    """Where a local government stands in the order of 「지방자치법」 제2조."""

    METRO = "metro", "광역"
    BASIC = "basic", "기초"
    # 제주시와 서귀포시: offices of the province, not local governments; they can't join.
    ADMIN_CITY = "admin-city", "행정시"


class Region(models.Model):
    """시도: the first level of every list, facet and map. Its code has two characters."""

    code = models.CharField("행정코드", max_length=2, unique=True)
    name = models.CharField("이름", max_length=40, unique=True)
    fictional = models.BooleanField("가상", default=False)

    class Meta:
        verbose_name = "시도"
        verbose_name_plural = "시도"
        ordering = ("code",)

    def __str__(self) -> str:
        return self.name


class Municipality(models.Model):
    """A local government of today's map, or a fictional one for the demo.

    Names are not unique (중구 stands five times): the key is `code`, and a list shows `full_name`.
    """

    code = models.CharField("행정코드", max_length=5, unique=True)
    name = models.CharField("이름", max_length=40)
    name_en = models.CharField("영문 이름", max_length=60, blank=True)
    region = models.ForeignKey(
        Region, models.PROTECT, related_name="municipalities", verbose_name="시도"
    )
    kind = models.CharField("종류", max_length=20, help_text="시, 군, 구, 특별시, 광역시, 도 …")
    level = models.CharField("단위", max_length=12, choices=Level.choices)
    slug = models.SlugField("주소", max_length=60, unique=True)
    can_join = models.BooleanField("참여할 수 있음", default=True)
    fictional = models.BooleanField("가상", default=False)
    valid_from = models.DateField("생긴 날", null=True, blank=True)
    valid_to = models.DateField("없어진 날", null=True, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    # Plain groups of Django: the desk grants them rights (cms), membership of users comes from
    # Appointment alone (members.actions.appoint).
    editors = models.OneToOneField(
        Group, models.PROTECT, null=True, blank=True, related_name="edits_for", editable=False
    )
    approvers = models.OneToOneField(
        Group, models.PROTECT, null=True, blank=True, related_name="approves_for", editable=False
    )

    if TYPE_CHECKING:
        predecessors: RelatedManager[Succession]
        facts: RelatedManager[Fact]

    class Meta:
        verbose_name = "지방정부"
        verbose_name_plural = "지방정부"
        ordering = ("region__code", "level", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(fictional=True, code__startswith="X")
                | (Q(fictional=False) & ~Q(code__startswith="X")),
                name="only fictional codes begin with X",
            ),
            models.CheckConstraint(
                condition=~Q(level="admin-city") | Q(can_join=False),
                name="an administrative city cannot join",
            ),
            models.CheckConstraint(
                condition=Q(fictional=True) | Q(source__isnull=False),
                name="a real municipality has a source",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True)
                | Q(valid_from__isnull=True)
                | Q(valid_from__lt=F("valid_to")),
                name="a municipality ends after it begins",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """`전남광주통합특별시 광산구`: the name that is unique. A 광역 is its own region."""
        return self.name if self.level == Level.METRO else f"{self.region.name} {self.name}"


class Succession(models.Model):
    """What a municipality was before: another code, name or 시도, until the day of the change.

    Append-only. 광산구 was 29200 of 광주광역시 until it became 12330 of 전남광주통합특별시 on 2026-07-01.
    """

    successor = models.ForeignKey(
        Municipality, models.PROTECT, related_name="predecessors", verbose_name="지금"
    )
    predecessor = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="successors",
        verbose_name="이 명부에 있던 앞선 지방정부",
    )
    old_code = models.CharField("앞선 코드", max_length=5)
    old_name = models.CharField("앞선 이름", max_length=40)
    old_region_name = models.CharField("앞선 시도", max_length=40)
    on = models.DateField("바뀐 날")
    kind = models.CharField("바뀐 모양", max_length=20)
    event = models.CharField("까닭", max_length=120)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "승계"
        verbose_name_plural = "승계"
        ordering = ("-on", "old_code")
        constraints = [
            models.UniqueConstraint(
                fields=("successor", "old_code", "on"), name="a succession is told once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_region_name} {self.old_name} → {self.successor}"


class CarriedSuccession(models.Model):
    """A succession that the secretariat carried out: from then on the successor keeps the pages. Append-only."""

    succession = models.OneToOneField(
        Succession, models.PROTECT, related_name="carried", verbose_name="승계"
    )
    pages = models.PositiveIntegerField("옮긴 쪽")
    carried_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="옮긴 사람"
    )
    carried_at = models.DateTimeField("옮긴 때", auto_now_add=True)

    class Meta:
        verbose_name = "옮긴 승계"
        verbose_name_plural = "옮긴 승계"

    def __str__(self) -> str:
        return str(self.succession)
