"""Mail that waits to be sent, is sent, or could not be sent."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from coalition.record.models.person import Person


class MailOut(models.Model):
    """One mail to one recipient. Written by whoever reads the Events, sent by the worker.

    `key` names the event and the recipient, so that a reader that starts again writes no second mail.
    The address is looked up when the mail goes out: it stands nowhere but with its User or Person.
    """

    key = models.CharField(max_length=200)
    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="받는 사람",
    )
    person = models.ForeignKey(
        Person,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="mails",
        verbose_name="받는 시민",
    )
    subject = models.CharField("제목", max_length=200)
    text = models.TextField("글")
    queued_at = models.DateTimeField("쓴 때", auto_now_add=True)
    due_at = models.DateTimeField("보낼 때", default=timezone.now)
    attempts = models.PositiveSmallIntegerField("보내 본 횟수", default=0)
    sent_at = models.DateTimeField("보낸 때", null=True, blank=True)
    given_up_at = models.DateTimeField("그만둔 때", null=True, blank=True)
    error = models.CharField("까닭", max_length=200, blank=True)

    class Meta:
        verbose_name = "메일"
        verbose_name_plural = "메일"
        ordering = ("-pk",)
        indexes = [
            models.Index(fields=("sent_at", "given_up_at", "due_at"), name="mail_that_waits")
        ]
        constraints = [
            models.UniqueConstraint(fields=("key",), name="a mail is written once"),
            models.CheckConstraint(
                condition=Q(recipient__isnull=True) ^ Q(person__isnull=True),
                name="a mail has one recipient",
            ),
            models.CheckConstraint(
                condition=Q(sent_at__isnull=True) | Q(given_up_at__isnull=True),
                name="a mail is sent or given up",
            ),
        ]

    def __str__(self) -> str:
        return self.subject

    @property
    def address(self) -> str:
        """Where it goes now; empty when the recipient has none any more."""
        holder = self.recipient or self.person
        return holder.email if holder is not None else ""
