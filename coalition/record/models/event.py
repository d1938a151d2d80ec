"""The audit log, which is also the one outbox.

Every action writes exactly one Event in its own transaction. Search projection, page cache, mail and
feeds read the same rows, each with a Cursor of its own.
"""

from __future__ import annotations

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models


class Event(models.Model):
    """Who did what to what, and when. Append-only: triggers refuse UPDATE and DELETE."""

    at = models.DateTimeField("때", auto_now_add=True, db_index=True)
    actor = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="events",
        verbose_name="한 사람",
    )
    verb = models.CharField("한 일", max_length=60)
    content_type = models.ForeignKey(ContentType, models.PROTECT, related_name="+")
    object_id = models.CharField(max_length=40)
    hash_before = models.CharField(max_length=64, blank=True)
    hash_after = models.CharField(max_length=64, blank=True)
    data = models.JSONField(default=dict, blank=True)
    # PostgreSQL's number of the writing transaction, set by a trigger; 0 on SQLite, where one writer
    # at a time makes the order of ids the order of commits.
    xact = models.BigIntegerField(default=0, editable=False)

    class Meta:
        verbose_name = "한 일의 기록"
        verbose_name_plural = "한 일의 기록"
        ordering = ("id",)
        indexes = [
            models.Index(fields=("content_type", "object_id"), name="event_of_object"),
            models.Index(fields=("xact", "id"), name="event_in_commit_order"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(verb__contains="."), name="an event's verb is noun.verb"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.object_id}"


class Cursor(models.Model):
    """How far one reader of Events has come (queries.unread_events).

    Everything below `horizon` is read. On PostgreSQL a transaction may commit after one that began
    later, so ids alone would skip rows: `seen` names what was read at or above the horizon.
    """

    reader = models.CharField(max_length=60, primary_key=True)
    horizon = models.BigIntegerField(default=0)
    seen = models.JSONField(default=list)
    moved_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = "읽은 자리"
        verbose_name_plural = "읽은 자리"

    def __str__(self) -> str:
        return f"{self.reader}: {self.horizon}"
