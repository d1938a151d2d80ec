"""An invitation to a post: sent by mail, taken up once by setting a password."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.members.models.appointment import Appointment, Role
from coalition.members.models.municipality import Municipality


class Invitation(models.Model):
    """`user` is the account made for it (no password yet), `replaces` the post that ends when it is taken up."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="invitations", verbose_name="사용자"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="invitations", verbose_name="지방정부"
    )
    role = models.CharField("역할", max_length=20, choices=Role.choices)
    replaces = models.ForeignKey(
        Appointment,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="앞선 담당",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="초대한 사람"
    )
    invited_at = models.DateTimeField("초대한 때", auto_now_add=True)
    expires_at = models.DateTimeField("기한")
    accepted_at = models.DateTimeField("받아들인 때", null=True, blank=True)
    withdrawn_at = models.DateTimeField("거둔 때", null=True, blank=True)

    class Meta:
        verbose_name = "초대"
        verbose_name_plural = "초대"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(role__in=Role.values), name="an invitation is to a known role"
            ),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(withdrawn_at__isnull=True),
                name="an invitation is accepted or withdrawn",
            ),
            models.UniqueConstraint(
                fields=("user", "municipality", "role"),
                condition=Q(accepted_at__isnull=True, withdrawn_at__isnull=True),
                name="an invitation waits once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_role_display()} {self.user}"
