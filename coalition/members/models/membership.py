"""참여: a ledger, not a state. What was true on any past day can be read again."""

from __future__ import annotations

from django.conf import settings
from django.db import models

from coalition.members.models.municipality import Municipality
from coalition.record.models import Attachment, Source


class MembershipState(models.TextChoices):
    """The road into the coalition and out of it."""

    INTENT = "intent", "의향"
    APPLIED = "applied", "신청"
    APPROVED = "approved", "승인"
    LEFT = "left", "탈퇴"


class Membership(models.Model):
    """One step of a municipality's participation. Append-only: a mistake is mended by a later step."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="memberships", verbose_name="지방정부"
    )
    state = models.CharField("참여", max_length=10, choices=MembershipState.choices)
    on = models.DateField("날짜")
    note = models.CharField("덧붙임", max_length=300, blank=True)
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="문서"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="적은 사람",
    )
    recorded_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "참여 기록"
        verbose_name_plural = "참여 기록"
        ordering = ("on", "pk")
        indexes = [
            models.Index(fields=("municipality", "on", "id"), name="membership_as_of"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=MembershipState.values),
                name="a membership has a known state",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_state_display()} {self.on}"
