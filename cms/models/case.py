"""사례: what a municipality tried, what came of it, and what can't be said of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from modelcluster.contrib.taggit import ClusterTaggableManager
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField
from wagtail.models import Orderable

from cms.blocks import DifferenceBlock, StepBlock, StoryBlock
from cms.forms import CaseForm
from cms.models.base import HubPage
from cms.models.frame import IndexPage
from coalition.dialogue.models import Division

SMALLEST_SHOWN = 5
TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Phase(models.TextChoices):
    """How far the thing is. A stop is a result."""

    PLANNED = "planned", "준비"
    RUNNING = "running", "실행 중"
    ENDED = "ended", "마침"
    STOPPED = "stopped", "중단"


class CaseIndexPage(IndexPage):
    """`…/cases/`: the cases of one municipality."""

    template = "pages/case_index_page.html"
    parent_page_types = ["cms.MunicipalityPage"]
    subpage_types = ["cms.CasePage"]

    class Meta:
        verbose_name = "사례 목록"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries import cases_below

        owner = self.owning_municipality
        cases = cases_below(self, owner) if owner else []
        return {**super().get_context(request, *args, **kwargs), "cases": cases}


class CasePage(HubPage):
    """A practice case. The verdict stands first, the limits are never folded away."""

    template = "pages/case_page.html"
    parent_page_types = ["cms.CaseIndexPage"]
    subpage_types: list[str] = []
    base_form_class = CaseForm

    result_line = models.CharField(
        "결과 한 문장",
        max_length=220,
        blank=True,
        help_text="무엇이 얼마나 달라졌는지, 또는 달라지지 않았는지. 쪽의 맨 앞에 섭니다.",
    )
    phase = models.CharField("단계", max_length=10, choices=Phase.choices, default=Phase.RUNNING)
    period_from = models.DateField("시작한 날", null=True, blank=True)
    period_to = models.DateField("끝난 날", null=True, blank=True)
    division = models.ForeignKey(
        Division, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="분과"
    )
    photo = models.ForeignKey(
        "cms.HubImage",
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="대표 그림",
    )
    problem = RichTextField(
        "문제", blank=True, features=TEXT, help_text="무엇이 문제였고 누가 겪었는가"
    )
    process = StreamField([("step", StepBlock())], blank=True, verbose_name="과정")
    result = RichTextField(
        "결과", blank=True, features=TEXT, help_text="나아진 것과 나아지지 않은 것을 함께 적습니다."
    )
    limits = RichTextField(
        "한계", blank=True, features=TEXT, help_text="이 결과로 말할 수 없는 것. 늘 보입니다."
    )
    differences = StreamField(
        [("difference", DifferenceBlock())], blank=True, verbose_name="기존 공공일자리와 다른 점"
    )
    story = StreamField(StoryBlock(), blank=True, verbose_name="더 할 이야기")
    tags = ClusterTaggableManager(
        through="cms.CaseTag", blank=True, verbose_name="주제어", help_text="목록에서 고릅니다."
    )

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("result_line"),
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phase"), FieldPanel("division")]),
                FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_to")]),
                FieldPanel("tags"),
                FieldPanel("photo"),
            ],
            heading="한눈에",
        ),
        FieldPanel("problem"),
        FieldPanel("process"),
        FieldPanel("result"),
        InlinePanel("numbers", heading="핵심 수치", label="수치", max_num=6),
        FieldPanel("limits"),
        FieldPanel("differences"),
        FieldPanel("story"),
    ]

    class Meta:
        verbose_name = "사례"
        verbose_name_plural = "사례"
        constraints = [
            models.CheckConstraint(
                condition=Q(period_from__isnull=True)
                | Q(period_to__isnull=True)
                | Q(period_from__lte=F("period_to")),
                name="a case ends after it begins",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.period_from and self.period_to and self.period_from > self.period_to:
            raise ValidationError({"period_to": "끝난 날이 시작한 날보다 이릅니다."})

    @property
    def year(self) -> int | None:
        """The year a reader files the case under: when it ended, else began, else was published."""
        day = self.period_to or self.period_from or self.first_published_at
        return day.year if day else None

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries import case_details

        return {**super().get_context(request, *args, **kwargs), **case_details(self)}


class CaseNumber(Orderable):
    """A number of a case. It never goes alone: n, who was asked, when, and the source stand with it."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="numbers")
    label = models.CharField("무엇을 쟀나", max_length=60)
    before = models.DecimalField(
        "앞선 값",
        max_digits=14,
        decimal_places=2,
        null=True,
        blank=True,
        help_text="견줄 값이 있을 때만",
    )
    value = models.DecimalField("값", max_digits=14, decimal_places=2)
    unit = models.CharField("단위", max_length=20)
    n = models.PositiveIntegerField("n", help_text="이 수를 낸 사람이나 사례의 수")
    respondents = models.CharField("누구에게서", max_length=60, blank=True)
    measured = models.CharField("언제", max_length=60, blank=True)
    source = models.CharField("출처", max_length=200)

    panels = [
        FieldPanel("label"),
        FieldRowPanel([FieldPanel("before"), FieldPanel("value"), FieldPanel("unit")]),
        FieldRowPanel([FieldPanel("n"), FieldPanel("respondents"), FieldPanel("measured")]),
        FieldPanel("source"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "수치"
        verbose_name_plural = "수치"
        constraints = [
            models.CheckConstraint(
                condition=Q(n__gte=1) & ~Q(source=""), name="a case number has n and a source"
            ),
        ]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        super().clean()
        if self.n == 0:
            raise ValidationError({"n": "1 이상의 수를 쓰세요."})

    @property
    def hides_n(self) -> bool:
        """Fewer than five people could be recognised: the page says n<5."""
        return self.n < SMALLEST_SHOWN
