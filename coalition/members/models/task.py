"""할 일: what somebody of the coalition has to do by a day, with everything that became of it."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.members.models.municipality import Municipality


class TaskState(models.TextChoices):
    """How it stands."""

    OPEN = "open", "할 일"
    DONE = "done", "마침"
    DROPPED = "dropped", "그만둠"


class Task(models.Model):
    """One thing to do: of a municipality's people, or of the secretariat (no municipality).

    Append-only. Who does it, by when, and how it stands is told by the newest of its steps.
    """

    municipality = models.ForeignKey(
        Municipality,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="tasks",
        verbose_name="지방정부",
    )
    title = models.CharField("할 일", max_length=120)
    text = models.CharField("자세히", max_length=1000, blank=True)
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
        verbose_name = "할 일"
        verbose_name_plural = "할 일"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(condition=~Q(title=""), name="a task says what is to do"),
        ]

    def __str__(self) -> str:
        return self.title


class TaskStep(models.Model):
    """What was said of a task on a day: its state, who has it, by when. Append-only; the newest counts."""

    task = models.ForeignKey(Task, models.PROTECT, related_name="steps", verbose_name="할 일")
    state = models.CharField("상태", max_length=8, choices=TaskState.choices)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="tasks", verbose_name="맡은 사람"
    )
    due = models.DateField("기한")
    note = models.CharField("덧붙임", max_length=500, blank=True)
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
        verbose_name = "할 일의 걸음"
        verbose_name_plural = "할 일의 걸음"
        ordering = ("pk",)
        indexes = [models.Index(fields=("task", "on"), name="task_as_of")]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=TaskState.values), name="a task step has a known state"
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | ~Q(note=""),
                name="a dropped task says why",
                violation_error_message="그만두는 까닭을 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.task} {self.get_state_display()}"
