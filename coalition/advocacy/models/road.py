"""법안의 길: from the coalition's draft to the promulgated Act, by way of one or several bills of the Assembly."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from coalition.drafts.models import Bill, Provision, Version
from coalition.record.models import Source


class RoadStage(models.Model):
    """A stage of a bill's road, as data. `ends` takes a bill off the road; the keys are fixed."""

    DRAFT, INTRODUCED, ABSORBED = "draft", "introduced", "absorbed"

    key = models.SlugField("열쇠", max_length=20, primary_key=True)
    name = models.CharField("이름", max_length=40, unique=True)
    order = models.PositiveSmallIntegerField("차례", unique=True)
    ends = models.BooleanField("여기에서 끝남", default=False)

    class Meta:
        verbose_name = "법안의 길의 단계"
        verbose_name_plural = "법안의 길의 단계"
        ordering = ("order",)

    def __str__(self) -> str:
        return self.name


class AssemblyBill(models.Model):
    """의안: a bill before the National Assembly with the same purpose as a bill of the coalition."""

    bill = models.ForeignKey(
        Bill, models.PROTECT, related_name="assembly_bills", verbose_name="법안"
    )
    number = models.CharField("의안번호", max_length=20, unique=True)
    title = models.CharField("이름", max_length=200)
    proposer = models.CharField("제안자", max_length=120, blank=True)
    version = models.ForeignKey(
        Version,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="assembly_bills",
        verbose_name="옮겨 간 초안 판",
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="출처")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "의안"
        verbose_name_plural = "의안"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(number="") & ~Q(title=""), name="an assembly bill has its number"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}({self.number})"


class RoadStep(models.Model):
    """A dated step with its Source. Append-only. Without `assembly_bill` it is the coalition's own draft's.

    대안반영폐기 names the alternative that took the bill up (`into`), so that the road goes on there.
    """

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="road", verbose_name="법안")
    assembly_bill = models.ForeignKey(
        AssemblyBill,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="steps",
        verbose_name="의안",
    )
    stage = models.ForeignKey(RoadStage, models.PROTECT, related_name="+", verbose_name="단계")
    happened_on = models.DateField("날짜")
    note = models.CharField("무엇이", max_length=500, blank=True)
    into = models.ForeignKey(
        AssemblyBill,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="absorbed_steps",
        verbose_name="반영한 대안",
    )
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="출처")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    on = models.DateField("등록한 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "법안의 걸음"
        verbose_name_plural = "법안의 걸음"
        ordering = ("happened_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(stage="draft", assembly_bill__isnull=True)
                | (~Q(stage="draft") & Q(assembly_bill__isnull=False)),
                name="after the draft every step is of an assembly bill",
                violation_error_message="초안이 아닌 단계는 의안을 골라야 합니다.",
            ),
            models.CheckConstraint(
                condition=Q(stage="absorbed", into__isnull=False)
                | (~Q(stage="absorbed") & Q(into__isnull=True)),
                name="an absorbed bill names the alternative",
                violation_error_message="대안반영폐기에는 반영한 대안을 고릅니다.",
            ),
            models.CheckConstraint(
                condition=Q(into__isnull=True) | ~Q(into=models.F("assembly_bill")),
                name="a bill is not absorbed by itself",
                violation_error_message="자기 자신을 대안으로 고를 수 없습니다.",
            ),
            models.CheckConstraint(
                condition=Q(on__gte=models.F("happened_on")),
                name="a road step is entered after it happened",
                violation_error_message="그 일의 날짜가 등록하는 날보다 늦습니다.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.assembly_bill or self.bill} {self.stage_id}"


class TaskLink(models.Model):
    """국정과제 ↔ clause: what the government promised, in its own words, and what it is tied to. Append-only."""

    bill = models.ForeignKey(Bill, models.PROTECT, related_name="task_links", verbose_name="법안")
    provision = models.ForeignKey(
        Provision,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="task_links",
        verbose_name="조문",
    )
    uid = models.UUIDField("조문의 정체", null=True, blank=True)
    task = models.CharField("국정과제", max_length=200)
    quote = models.CharField("쓰인 그대로", max_length=1000)
    status = models.CharField("지금", max_length=120, blank=True)
    source = models.ForeignKey(Source, models.PROTECT, related_name="+", verbose_name="출처")
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by"
    )
    withdrawn = models.BooleanField("거둠", default=False)
    on = models.DateField("등록한 날")
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    entered_at = models.DateTimeField("적은 때", auto_now_add=True)

    class Meta:
        verbose_name = "국정과제 고리"
        verbose_name_plural = "국정과제 고리"
        ordering = ("pk",)
        constraints = [
            models.CheckConstraint(
                condition=~Q(task="") & ~Q(quote=""), name="a task link quotes what was promised"
            ),
            models.CheckConstraint(
                condition=Q(provision__isnull=True, uid__isnull=True)
                | Q(provision__isnull=False, uid__isnull=False),
                name="a task link on a clause has its identity",
            ),
        ]

    def __str__(self) -> str:
        return self.task
