"""참여 신청: a municipality asks to take part, on a public form, proven by a mail to its office."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.members.models.municipality import Municipality
from coalition.record.models import Attachment, Person


class Ask(models.TextChoices):
    """Which step is asked for."""

    INTENT = "intent", "의향"
    APPLY = "applied", "신청"


class Application(models.Model):
    """Whoever wrote is a `person`; the row itself names an office and nobody."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="applications", verbose_name="지방정부"
    )
    asks = models.CharField("무엇을", max_length=10, choices=Ask.choices)
    post = models.CharField("담당 부서", max_length=100)
    note = models.TextField("하고 싶은 말", max_length=1000, blank=True)
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="문서"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, related_name="applications", verbose_name="쓴 사람"
    )
    # Which machine it came from, as a keyed hash: for the limit, and emptied when the mail is confirmed.
    client = models.CharField(max_length=64, blank=True, editable=False)
    asked_at = models.DateTimeField("쓴 때", auto_now_add=True)
    confirmed_at = models.DateTimeField("메일을 확인한 때", null=True, blank=True)
    accepted = models.BooleanField("받아들임", null=True, blank=True)
    answer = models.CharField("답", max_length=500, blank=True)
    answered_at = models.DateTimeField("답한 때", null=True, blank=True)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="답한 사람",
    )

    class Meta:
        verbose_name = "참여 신청"
        verbose_name_plural = "참여 신청"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=Q(asks__in=Ask.values), name="an application asks for a known step"
            ),
            models.UniqueConstraint(
                fields=("municipality",),
                condition=Q(confirmed_at__isnull=False, answered_at__isnull=True),
                name="an application waits once",
            ),
            models.CheckConstraint(
                condition=Q(
                    accepted__isnull=True, answered_at__isnull=True, answered_by__isnull=True
                )
                | Q(
                    accepted__isnull=False,
                    answered_at__isnull=False,
                    answered_by__isnull=False,
                    confirmed_at__isnull=False,
                ),
                name="an answered application was confirmed and has its answerer",
            ),
            models.CheckConstraint(
                condition=Q(accepted__isnull=True) | Q(accepted=True) | ~Q(answer=""),
                name="a declined application has its reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} {self.get_asks_display()}"
