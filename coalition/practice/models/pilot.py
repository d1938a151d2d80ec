"""시범 사업: a model that is tried, with its plan, its milestones and what happened."""

from __future__ import annotations

from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import F, Q

from coalition.dialogue.models import Division
from coalition.members.models import Municipality
from coalition.practice.models.job_model import JobModel
from coalition.practice.models.parameters import TargetGroup
from coalition.record.models import Source


class PilotState(models.TextChoices):
    """How far a pilot is. A stop is a result."""

    PLANNED = "planned", "준비"
    RUNNING = "running", "실행 중"
    ENDED = "ended", "마침"
    STOPPED = "stopped", "중단"


class Pilot(models.Model):
    """A trial of a model. Its state is the newest of its events, never a field of its own."""

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="pilots", verbose_name="지방정부"
    )
    model = models.ForeignKey(
        JobModel, models.PROTECT, related_name="pilots", verbose_name="일자리 모델"
    )
    slug = models.SlugField("주소", max_length=60, unique=True)
    name = models.CharField("이름", max_length=100)
    summary = models.CharField("무엇을 시험하는가", max_length=300, blank=True)
    division = models.ForeignKey(
        Division,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="맡은 분과",
    )
    owner = models.CharField("맡은 부서", max_length=100, blank=True)
    target_group = models.CharField(
        "대상 집단", max_length=10, choices=TargetGroup.choices, blank=True
    )
    budget = models.PositiveBigIntegerField("예산(원)", null=True, blank=True)
    planned_from = models.DateField("시작할 날", null=True, blank=True)
    planned_to = models.DateField("마칠 날", null=True, blank=True)
    planned_as = models.CharField(
        "시기", max_length=60, blank=True, help_text="날을 모를 때 쓰인 그대로. 보기: 2026 하반기"
    )
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "시범 사업"
        verbose_name_plural = "시범 사업"
        ordering = ("municipality__code", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "name"),
                name="a pilot has its name once",
                violation_error_message="같은 이름의 시범 사업이 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=Q(planned_from__isnull=True)
                | Q(planned_to__isnull=True)
                | Q(planned_from__lte=F("planned_to")),
                name="a pilot is planned to end after it begins",
                violation_error_message="끝나는 날은 시작하는 날보다 앞설 수 없습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PilotEvent(models.Model):
    """What happened to a pilot on a day. Append-only: what came later is a later row."""

    pilot = models.ForeignKey(
        Pilot, models.PROTECT, related_name="events", verbose_name="시범 사업"
    )
    state = models.CharField("상태", max_length=10, choices=PilotState.choices)
    on = models.DateField("날짜")
    note = models.CharField("무슨 일이 있었나", max_length=300)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "시범 사업 기록"
        verbose_name_plural = "시범 사업 기록"
        ordering = ("pilot", "on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=PilotState.values), name="a pilot's event has a known state"
            ),
            models.CheckConstraint(
                condition=~Q(note=""),
                name="a pilot's event says what happened",
                violation_error_message="무슨 일이 있었는지 쓰세요.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"


class PilotMilestone(models.Model):
    """이정표: what is to be reached by when, and when it was. Progress is counted from these alone."""

    pilot = models.ForeignKey(
        Pilot, models.PROTECT, related_name="milestones", verbose_name="시범 사업"
    )
    name = models.CharField("이정표", max_length=120)
    planned_on = models.DateField("계획한 날")
    reached_on = models.DateField("이룬 날", null=True, blank=True)
    note = models.CharField("덧붙임", max_length=200, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "이정표"
        verbose_name_plural = "이정표"
        ordering = ("pilot", "planned_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=("pilot", "name"),
                name="a milestone is set once",
                violation_error_message="같은 이름의 이정표가 이미 있습니다.",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PilotPlan(models.Model):
    """실행계획: one version of what is to be done. Append-only; later ones say what changed them.

    `cause` is the dialogue event or decision that changed it (a row of coalition.dialogue), `because` the
    same in words.
    """

    pilot = models.ForeignKey(Pilot, models.PROTECT, related_name="plans", verbose_name="시범 사업")
    number = models.PositiveSmallIntegerField("판")
    on = models.DateField("날짜")
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="만든 분과"
    )
    because = models.CharField("무엇이 바꾸었나", max_length=300, blank=True)
    cause_type = models.ForeignKey(
        ContentType, models.PROTECT, null=True, blank=True, related_name="+"
    )
    cause_id = models.PositiveBigIntegerField(null=True, blank=True)
    goal = models.TextField("목표")
    target = models.CharField("대상", max_length=200)
    activities = models.TextField("하는 일", help_text="한 줄에 하나씩")
    budget = models.PositiveBigIntegerField("예산(원)", null=True, blank=True)
    period = models.CharField("기간", max_length=100)
    evaluation = models.TextField("평가 방법", blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "실행계획"
        verbose_name_plural = "실행계획"
        ordering = ("pilot", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("pilot", "number"), name="a plan's version has its number once"
            ),
            models.CheckConstraint(
                condition=Q(number=1) | ~Q(because=""),
                name="a later plan says what changed it",
                violation_error_message="무엇이 계획을 바꾸었는지 쓰세요.",
            ),
            models.CheckConstraint(
                condition=Q(cause_type__isnull=True, cause_id__isnull=True)
                | Q(cause_type__isnull=False, cause_id__isnull=False),
                name="a plan's cause is named whole",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.pilot} 실행계획 {self.number}판"
