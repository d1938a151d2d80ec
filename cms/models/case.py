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

from cms.blocks import (
    ConditionBlock,
    DialogueBlock,
    DifferenceBlock,
    LaidOutBlock,
    StepBlock,
    StoryBlock,
)
from cms.forms import CaseForm
from cms.meter import CompletenessPanel
from cms.models.base import HubPage
from cms.models.frame import IndexPage
from cms.publication import refuse_unfinished
from coalition.dialogue.models import Division
from coalition.evidence.suppression import is_share, shows, tells_few

TEXT = ["bold", "italic", "ol", "ul", "link", "document-link"]


class Phase(models.TextChoices):
    """How far the thing is. A stop is a result."""

    PLANNED = "planned", "준비"
    RUNNING = "running", "실행 중"
    ENDED = "ended", "마침"
    STOPPED = "stopped", "중단"


class Target(models.TextChoices):
    """대상: whose work it was first of all; a facet of the search."""

    YOUTH = "youth", "청년"
    MIDDLE = "middle", "중장년"
    OLDER = "older", "어르신"
    WOMEN = "women", "경력이 끊긴 여성"
    CARERS = "carers", "돌봄 노동자"
    DISABLED = "disabled", "장애인"
    MIGRANTS = "migrants", "이주민"
    PRECARIOUS = "precarious", "불안정 노동자"
    FARMERS = "farmers", "농어민"
    RESIDENTS = "residents", "주민 누구나"


class BarrierKind(models.TextChoices):
    """Where a 제도적 장애 comes from: that decides who could take it away."""

    LAW = "law", "법률·시행령"
    GUIDELINE = "guideline", "지침·사업 기준"
    BUDGET = "budget", "예산·회계"
    STAFF = "staff", "조직·인력"
    OTHER = "other", "그 밖"


class CaseIndexPage(IndexPage):
    """`…/cases/`: the cases of one municipality."""

    template = "pages/case_index_page.html"
    parent_page_types = ["cms.MunicipalityPage"]
    subpage_types = ["cms.CasePage"]
    is_creatable = False  # laid with its parent (cms.actions, cms.foundation), and counted nowhere

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
    target = models.CharField("대상", max_length=12, choices=Target.choices, blank=True)
    target_note = models.CharField(
        "누구와 몇 사람",
        max_length=120,
        blank=True,
        help_text="보기: 여섯 동에서 뽑은 돌봄 코디 24명",
    )
    budget = models.PositiveBigIntegerField(
        "예산(원)", null=True, blank=True, help_text="쉼표 없이. 보기: 320000000"
    )
    budget_note = models.CharField(
        "재원", max_length=120, blank=True, help_text="보기: 국비 50 %, 시비 50 %, 인건비 제외"
    )
    problem = RichTextField(
        "문제", blank=True, features=TEXT, help_text="무엇이 문제였고 누가 겪었는가"
    )
    dialogue = StreamField(
        LaidOutBlock([("dialogue", DialogueBlock())]),
        blank=True,
        verbose_name="대화",
        help_text="누구에게 어떻게 물었고 무엇을 들었는가",
    )
    approach = RichTextField(
        "모델",
        blank=True,
        features=TEXT,
        help_text="대화를 거쳐 무엇을 어떻게 하기로 했는가",
    )
    process = StreamField(LaidOutBlock([("step", StepBlock())]), blank=True, verbose_name="과정")
    result = RichTextField(
        "결과", blank=True, features=TEXT, help_text="나아진 것과 나아지지 않은 것을 함께 적습니다."
    )
    limits = RichTextField(
        "한계", blank=True, features=TEXT, help_text="이 결과로 말할 수 없는 것. 늘 보입니다."
    )
    differences = StreamField(
        LaidOutBlock([("difference", DifferenceBlock())]),
        blank=True,
        verbose_name="기존 공공일자리와 다른 점",
    )
    conditions = StreamField(
        LaidOutBlock([("condition", ConditionBlock())]),
        blank=True,
        verbose_name="전이조건",
        help_text="다른 곳에서도 되려면 무엇이 있어야 하는가",
    )
    story = StreamField(StoryBlock(), blank=True, verbose_name="더 할 이야기")
    in_case_book = models.BooleanField(
        "공동 사례집에 냄",
        default=False,
        help_text="공개된 뒤 사무국이 사례집에 실을지 확인합니다. 공개는 우리 결재만으로 됩니다.",
    )
    tags = ClusterTaggableManager(
        through="cms.CaseTag", blank=True, verbose_name="주제어", help_text="목록에서 고릅니다."
    )

    # The steps of a case, in the order in which it is told (E3); cms.queries.completeness counts them.
    content_panels = [
        HubPage.content_panels[0],
        CompletenessPanel(),
        *HubPage.content_panels[1:],
        MultiFieldPanel(
            [
                FieldRowPanel([FieldPanel("phase"), FieldPanel("division")]),
                FieldRowPanel([FieldPanel("period_from"), FieldPanel("period_to")]),
                FieldPanel("tags"),
                FieldPanel("photo"),
            ],
            heading="한눈에",
        ),
        MultiFieldPanel(
            [
                FieldPanel("problem"),
                InlinePanel("barriers", heading="제도적 장애", label="장애", max_num=8),
            ],
            heading="1. 문제",
        ),
        MultiFieldPanel([FieldPanel("dialogue")], heading="2. 대화"),
        MultiFieldPanel([FieldPanel("approach"), FieldPanel("differences")], heading="3. 모델"),
        MultiFieldPanel(
            [
                FieldPanel("process"),
                FieldRowPanel([FieldPanel("target"), FieldPanel("target_note")]),
                FieldRowPanel([FieldPanel("budget"), FieldPanel("budget_note")]),
            ],
            heading="4. 실행",
        ),
        MultiFieldPanel(
            [
                FieldPanel("result_line"),
                FieldPanel("result"),
                InlinePanel("numbers", heading="핵심 수치", label="수치", max_num=6),
            ],
            heading="5. 결과",
        ),
        MultiFieldPanel([FieldPanel("limits")], heading="6. 한계"),
        MultiFieldPanel([FieldPanel("conditions")], heading="7. 전이조건"),
        MultiFieldPanel([FieldPanel("story"), FieldPanel("in_case_book")], heading="덧붙임"),
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

    def save(self, clean: bool = True, **kwargs: Any) -> None:
        """The last door: whatever publishes a finished case without result or limits, it doesn't go out."""
        if clean and self.live:
            refuse_unfinished(self)
            # Pages are named by the desk's queries, so those know them first.
            from cms.queries.beginnings import leave_out_untouched

            leave_out_untouched(self)
        super().save(clean=clean, **kwargs)

    @property
    def is_finished(self) -> bool:
        """마침 or 중단: the story has an end, so it has to tell what came of it and what it can't tell."""
        return self.phase in (Phase.ENDED, Phase.STOPPED)

    @property
    def methods(self) -> list[str]:
        """How people were asked (대화 방식), each once, in the order in which it was done."""
        asked = (block.value.get("method") for block in self.dialogue)
        return list(dict.fromkeys(method for method in asked if method))

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
        FieldRowPanel(
            [
                FieldPanel("before"),
                FieldPanel("value"),
                FieldPanel(
                    "unit",
                    help_text="%는 n명 가운데 몇 %인지로 봅니다. 늘거나 준 정도는 ‘% 늘어남’처럼 씁니다.",
                ),
            ]
        ),
        FieldRowPanel([FieldPanel("n"), FieldPanel("respondents"), FieldPanel("measured")]),
        # A draft may be half-filled, but a number without its source is not even kept.
        FieldPanel("source", required_on_save=True),
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
        """Fewer than five people could be recognised: the page says n<5 and no value."""
        return not shows(self.n)

    @property
    def hides_value(self) -> bool:
        """Of so few nothing is said; nor a share that would tell of so few, before or after."""
        if self.hides_n or not is_share(self.unit):
            return self.hides_n
        shares = [share for share in (self.before, self.value) if share is not None]
        return any(tells_few(share, self.n) for share in shares)


class CaseBarrier(Orderable):
    """제도적 장애: what stood in the way, which rule it was, and what proves it."""

    page = ParentalKey(CasePage, on_delete=models.CASCADE, related_name="barriers")
    kind = models.CharField("갈래", max_length=12, choices=BarrierKind.choices)
    text = models.CharField("무엇이 막았나", max_length=300)
    rule = models.CharField(
        "걸린 규정", max_length=160, blank=True, help_text="보기: 「고용정책 기본법」 제34조"
    )
    proof = models.CharField(
        "무엇으로 확인했나",
        max_length=200,
        help_text="문서의 이름과 날짜: 질의 회신, 반려 공문, 회의록",
    )
    address = models.URLField("확인할 주소", blank=True)

    panels = [
        FieldRowPanel([FieldPanel("kind"), FieldPanel("rule")]),
        FieldPanel("text"),
        FieldRowPanel([FieldPanel("proof"), FieldPanel("address")]),
    ]

    class Meta(Orderable.Meta):
        verbose_name = "제도적 장애"
        verbose_name_plural = "제도적 장애"

    def __str__(self) -> str:
        return self.text
