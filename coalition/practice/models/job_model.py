"""모델: what came of the dialogue, before anybody tries it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from coalition.dialogue.models import CoreQuestion, Division, Paper
from coalition.members.models import Municipality
from coalition.practice.models.parameters import Parameters, TargetGroup
from coalition.record.models import Source

# The four criteria of 「광주광역시 광산구 지속가능 일자리 지원 조례」 as it was reported (data/facts.csv: ordinance).
CRITERIA = ("quality", "inclusion", "ecology", "dialogue")
HIGHEST_SCORE = 5


def _score(name: str) -> models.PositiveSmallIntegerField[int | None, int | None]:
    return models.PositiveSmallIntegerField(name, null=True, blank=True)


class JobModel(Parameters):
    """지속가능 일자리 모델 of a municipality. Its address never changes.

    The scores are those that the body gave, or nothing: what no source tells stays empty.
    """

    municipality = models.ForeignKey(
        Municipality, models.PROTECT, related_name="job_models", verbose_name="지방정부"
    )
    slug = models.SlugField("주소", max_length=60, unique=True)
    name = models.CharField("이름", max_length=100)
    summary = models.CharField("무엇을 하는가", max_length=300, blank=True)
    agenda = models.CharField("의제", max_length=60, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="분과"
    )
    target_group = models.CharField(
        "대상 집단", max_length=10, choices=TargetGroup.choices, blank=True
    )
    paper = models.ForeignKey(
        Paper,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="job_models",
        verbose_name="실린 글",
    )
    core_questions = models.ManyToManyField(
        CoreQuestion, blank=True, related_name="job_models", verbose_name="핵심 질문"
    )
    chosen_on = models.DateField("정한 날", null=True, blank=True)
    quality = _score("일자리의 질")
    inclusion = _score("사회통합성")
    ecology = _score("생태지향성")
    dialogue = _score("사회적 대화")
    scored_by = models.CharField("누가 매겼나", max_length=100, blank=True)
    source = models.ForeignKey(
        Source, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="출처"
    )

    class Meta:
        verbose_name = "일자리 모델"
        verbose_name_plural = "일자리 모델"
        ordering = ("municipality__code", "name")
        constraints = [
            models.UniqueConstraint(
                fields=("municipality", "name"),
                name="a model has its name once",
                violation_error_message="같은 이름의 모델이 이미 있습니다.",
            ),
            models.CheckConstraint(
                condition=~Q(name="") & ~Q(slug=""), name="a model has a name and an address"
            ),
            *(
                models.CheckConstraint(
                    condition=Q(**{f"{one}__isnull": True})
                    | Q(**{f"{one}__gte": 1, f"{one}__lte": HIGHEST_SCORE}),
                    name=f"a model's score of {one} is 1 to 5",
                )
                for one in CRITERIA
            ),
        ]

    def __str__(self) -> str:
        return self.name
