"""공동 성명: what municipalities say together, and who put their name under it on which day."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.drafts.models import Bill
from coalition.members.models import Municipality
from coalition.record.models import Attachment, Source


class Statement(models.Model):
    """The text of a joint statement. It is never changed: another text is another statement."""

    bill = models.ForeignKey(
        Bill,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="statements",
        verbose_name="법안",
    )
    title = models.CharField("이름", max_length=150)
    text = models.TextField("글", max_length=10_000)
    fictional = models.BooleanField("가상", default=False)
    on = models.DateField("적은 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="적은 사람",
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "공동 성명"
        verbose_name_plural = "공동 성명"
        ordering = ("-pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(text=""), name="a statement says something"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class StatementAct(models.TextChoices):
    """What the secretariat does with a statement."""

    RELEASED = "released", "발표"
    WITHDRAWN = "withdrawn", "거둠"


class StatementStep(models.Model):
    """발표 or 거둠, each once. Before the first, only members know of it; the second is told with its reason."""

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="steps", verbose_name="공동 성명"
    )
    act = models.CharField("무엇을", max_length=10, choices=StatementAct.choices)
    note = models.CharField("까닭", max_length=300, blank=True)
    on = models.DateField("날짜")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="적은 사람",
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "공동 성명의 걸음"
        verbose_name_plural = "공동 성명의 걸음"
        ordering = ("pk",)
        constraints = [
            models.UniqueConstraint(
                fields=("statement", "act"), name="a statement is released and withdrawn once"
            ),
            models.CheckConstraint(
                condition=Q(act__in=StatementAct.values), name="a statement's act is known"
            ),
            models.CheckConstraint(
                condition=~Q(act="withdrawn") | ~Q(note=""),
                name="a withdrawn statement says why",
                violation_error_message="거두는 까닭을 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.statement} {self.get_act_display()}"


class StatementJoin(models.Model):
    """A municipality's name under a statement, from a day on. Append-only.

    Taking the name back is a later row that `replaces` this one; leaving the coalition takes nothing back.
    """

    statement = models.ForeignKey(
        Statement, models.PROTECT, related_name="joins", verbose_name="공동 성명"
    )
    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="statement_joins", verbose_name="지방정부"
    )
    withdrawn = models.BooleanField("이름을 거둠", default=False)
    note = models.CharField("까닭", max_length=300, blank=True)
    document = models.ForeignKey(
        Attachment, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="문서"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    on = models.DateField("함께한 날")
    joined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="적은 사람",
    )
    joined_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "공동 성명에 함께함"
        verbose_name_plural = "공동 성명에 함께함"
        ordering = ("pk",)
        indexes = [models.Index(fields=("statement", "on"), name="joined_as_of")]
        constraints = [
            models.UniqueConstraint(
                fields=("statement", "municipality"),
                condition=Q(replaces__isnull=True),
                name="a municipality joins a statement once",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn=False) | (Q(replaces__isnull=False) & ~Q(note="")),
                name="a name that is taken back was given, and says why",
                violation_error_message="이름을 거두는 까닭을 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.municipality} – {self.statement}"
