"""쉬운 말 풀이 and 입법 의도: what people say about a clause. Never part of the law text."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.drafts.models.provision import Provision


class NoteKind(models.TextChoices):
    """What a note is for."""

    PLAIN = "plain", "쉬운 말 풀이"
    INTENT = "intent", "입법 의도"


class ProvisionNote(models.Model):
    """A note on an article as it stood in one version: append-only, the newest of its kind counts.

    It hangs on the uid and on the provision whose text its writer looked at; whether it still holds for a later
    text is worked out (coalition.drafts.beside), never copied. A row without words takes the note away.
    """

    provision = models.ForeignKey(Provision, models.PROTECT, related_name="notes")
    uid = models.UUIDField("정체", db_index=True)
    kind = models.CharField("갈래", max_length=8, choices=NoteKind.choices)
    text = models.TextField("글", blank=True)
    withdrawn = models.BooleanField("거둠", default=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="쓴 사람",
    )
    written_at = models.DateTimeField("쓴 때", auto_now_add=True)

    class Meta:
        verbose_name = "조문 풀이"
        verbose_name_plural = "조문 풀이"
        ordering = ("provision", "kind", "pk")
        constraints = [
            models.CheckConstraint(
                condition=(Q(withdrawn=True) & Q(text="")) | (Q(withdrawn=False) & ~Q(text="")),
                name="a note says something or is withdrawn",
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["plain", "intent"]), name="a note has a known kind"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provision} {self.get_kind_display()}"
