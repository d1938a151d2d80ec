"""Who works for a municipality here, from when to when. Rights follow from these rows alone."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from coalition.members.models.municipality import Municipality


class Role(models.TextChoices):
    """What somebody may do for one municipality."""

    EDITOR = "editor", "담당자"
    APPROVER = "approver", "결재자"
    POSITION_OFFICER = "position-officer", "입장 등록자"


class Appointment(models.Model):
    """A post at a municipality's desk, held by one user for a time. `until` is the first day after it."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="appointments", verbose_name="사용자"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="appointments", verbose_name="지방정부"
    )
    role = models.CharField("역할", max_length=20, choices=Role.choices)
    since = models.DateField("맡은 날")
    until = models.DateField("놓은 날", null=True, blank=True)
    appointed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="맡긴 사람",
    )

    class Meta:
        verbose_name = "담당"
        verbose_name_plural = "담당"
        ordering = ("municipality", "role", "since")
        constraints = [
            models.UniqueConstraint(
                fields=("user", "municipality", "role"),
                condition=Q(until__isnull=True),
                name="a post is held once at a time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="an appointment ends after it begins",
            ),
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="an appointment has a known role"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_role_display()} {self.user}"


class Deputation(models.Model):
    """A municipality named the secretariat its deputy: only then may it edit and approve there."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="deputations", verbose_name="지방정부"
    )
    since = models.DateField("맡긴 날")
    until = models.DateField("거둔 날", null=True, blank=True)
    reason = models.CharField("까닭", max_length=200)
    named_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="맡긴 사람"
    )

    class Meta:
        verbose_name = "대행"
        verbose_name_plural = "대행"
        ordering = ("municipality", "since")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality",),
                condition=Q(until__isnull=True),
                name="a municipality has one deputy at a time",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")),
                name="a deputation ends after it begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} 대행 {self.since}"
