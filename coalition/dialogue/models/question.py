"""Citizens' questions, their answers, and what became of each question."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.dialogue.models.body import Division
from coalition.dialogue.models.paper import CoreQuestion, Paper
from coalition.record.models import Source


def _both_or_neither() -> Q:
    return Q(reviewed_at__isnull=True, reviewed_by__isnull=True) | Q(
        reviewed_at__isnull=False, reviewed_by__isnull=False
    )


class Contribution(models.Model):
    """What somebody said, as it stands in a paper. The number is unique in its paper and never given again.

    `division_name` is the division as the table wrote it; `division` the body's own row of that name.
    `origin` is where the table says it was said or written down; `source` is the publication it stands in.
    """

    number = models.PositiveIntegerField("번호")
    text = models.TextField("글")
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="분과"
    )
    division_name = models.CharField("분과 이름", max_length=40, blank=True)
    origin = models.CharField("어디에서", max_length=200, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )
    imported_at = models.DateTimeField("실은 때", auto_now_add=True)
    # 비식별 검토: nobody outside the secretariat reads it before.
    reviewed_at = models.DateTimeField("비식별 검토를 마친 때", null=True, blank=True)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="검토한 사람",
    )
    withheld_at = models.DateTimeField("내린 때", null=True, blank=True)
    withheld_because = models.CharField("내린 까닭", max_length=200, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.number}. {self.text[:40]}"


class Question(Contribution):
    """질문. Public at once when the personal-data gate had nothing to say of it, else after the review."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="questions", verbose_name="녹서·백서·청서"
    )
    core_question = models.ForeignKey(
        CoreQuestion,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="questions",
        verbose_name="핵심 질문",
    )
    received_on = models.DateField("접수일", null=True, blank=True)
    held = models.BooleanField("비식별 검토가 필요함", default=False)

    class Meta:
        verbose_name = "질문"
        verbose_name_plural = "질문"
        ordering = ("paper", "number")
        constraints = [
            models.UniqueConstraint(
                fields=("paper", "number"), name="a question has its number once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="a question says something"),
            models.CheckConstraint(
                condition=_both_or_neither(), name="a reviewed question has its reviewer"
            ),
            models.CheckConstraint(
                condition=Q(withheld_at__isnull=True) | ~Q(withheld_because=""),
                name="a withheld question has its reason",
            ),
        ]


class RespondentType(models.TextChoices):
    """Who answers. The first four are those of Gwangsan-gu's white paper (data/facts.csv)."""

    CITIZEN = "citizen", "시민"
    WORKER = "worker", "노동자"
    COMPANY = "company", "기업"
    EXPERT = "expert", "전문가"
    GROUP = "group", "단체"
    OFFICE = "office", "행정"
    OTHER = "other", "기타"


class Answer(Contribution):
    """답변. Public only after the review."""

    paper = models.ForeignKey(
        Paper, models.PROTECT, related_name="answers", verbose_name="녹서·백서·청서"
    )
    question = models.ForeignKey(
        Question, models.PROTECT, related_name="answers", verbose_name="질문"
    )
    respondent = models.CharField("응답자 유형", max_length=8, choices=RespondentType.choices)

    class Meta:
        verbose_name = "답변"
        verbose_name_plural = "답변"
        ordering = ("paper", "number")
        indexes = [models.Index(fields=("question", "number"), name="answers_of_a_question")]
        constraints = [
            models.UniqueConstraint(
                fields=("paper", "number"), name="an answer has its number once"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="an answer says something"),
            models.CheckConstraint(
                condition=Q(respondent__in=RespondentType.values),
                name="an answer has a known respondent",
            ),
            models.CheckConstraint(
                condition=_both_or_neither(), name="a reviewed answer has its reviewer"
            ),
            models.CheckConstraint(
                condition=Q(withheld_at__isnull=True) | ~Q(withheld_because=""),
                name="a withheld answer has its reason",
            ),
        ]


class StepState(models.TextChoices):
    """What became of a question, as far as a person has to say it.

    접수, 묶임 and 답변 are not here: they are read from the question, its core question and its answers.
    """

    MODEL = "model", "모델 반영"
    PILOT = "pilot", "시범"
    MEASURED = "measured", "측정"
    CLAUSE = "clause", "조문 반영"
    DECLINED = "declined", "미반영"


class QuestionStep(models.Model):
    """One dated step of a question. Append-only: what came later is a later row."""

    question = models.ForeignKey(
        Question, models.PROTECT, related_name="steps", verbose_name="질문"
    )
    state = models.CharField("상태", max_length=8, choices=StepState.choices)
    on = models.DateField("날짜")
    note = models.CharField("무엇에, 또는 까닭", max_length=300, blank=True)
    address = models.CharField("이어지는 쪽", max_length=300, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "질문의 걸음"
        verbose_name_plural = "질문의 걸음"
        ordering = ("question", "on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=StepState.values), name="a step has a known state"
            ),
            models.CheckConstraint(
                condition=~Q(note=""), name="a step says to what it led or why not"
            ),
            models.UniqueConstraint(
                fields=("question", "state", "on", "note"), name="a step is told once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()} {self.on}"
