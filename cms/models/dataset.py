"""자료: a table that a municipality publishes, in versions that nobody changes afterwards.

The page is what editors write and approvers publish; its `version` says up to which 자료 판 it shows, so that
a new table waits for the approval of a new revision like every other text.
"""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils import timezone
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Orderable

from cms.models.base import HubPage
from cms.models.media import Licence

TEXT = ["bold", "italic", "ol", "ul", "link"]


class ColumnKind(models.TextChoices):
    """What the cells of a column are; guessed when the table is read."""

    NUMBER = "number", "수"
    DATE = "date", "날짜"
    TEXT = "text", "글"


class DatasetPage(HubPage):
    """One table with what a reader needs to use and cite it. Made by `import_dataset`, then edited."""

    template = "pages/dataset_page.html"
    parent_page_types = ["cms.DataIndexPage"]
    subpage_types: list[str] = []
    is_creatable = False  # a page without a table would say nothing

    description = RichTextField(
        "설명",
        blank=True,
        features=TEXT,
        help_text="누가 왜 어떻게 잰 것인지, 무엇을 말할 수 없는지",
    )
    source = models.CharField("출처", max_length=200, help_text="이 표를 낸 곳과 문서의 이름")
    period = models.CharField(
        "언제의 자료", max_length=60, blank=True, help_text="보기: 2025년 하반기"
    )
    licence = models.CharField("이용 조건", max_length=12, choices=Licence.choices)
    version = models.PositiveIntegerField("자료 판", default=0, editable=False)

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("description"),
        MultiFieldPanel(
            [
                FieldPanel("source"),
                FieldRowPanel([FieldPanel("period"), FieldPanel("licence")]),
            ],
            heading="출처와 이용 조건",
        ),
        InlinePanel("dictionary", heading="열의 뜻", label="열"),
    ]

    class Meta:
        verbose_name = "자료"
        verbose_name_plural = "자료"
        constraints = [
            models.CheckConstraint(
                condition=Q(licence__in=Licence.values), name="a dataset has a known licence"
            ),
        ]

    def _slug_may_follow_title(self) -> bool:
        """Its address was named when it was brought in (`--dataset`), and the next import finds it by it."""
        return False

    def doubts(self) -> list[str]:
        """Cells of the shown version that look like a way to reach somebody: for author and approver."""
        shown = self.resources.filter(number=self.version).only("warnings", "reason").first()
        if shown is None or not shown.warnings:
            return []
        said = [f"표 {place}" for place in shown.warnings]
        return [*said, f"표를 올린 사람이 적은 까닭: {shown.reason}"] if shown.reason else said

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries import dataset_details

        return {
            **super().get_context(request, *args, **kwargs),
            **dataset_details(self, request.GET.get("row", "")),
        }


class DatasetColumn(Orderable):
    """What a column means. Names that the shown version lacks are kept for when they come back."""

    page = ParentalKey(DatasetPage, on_delete=models.CASCADE, related_name="dictionary")
    name = models.CharField("열 이름", max_length=120)
    unit = models.CharField("단위", max_length=20, blank=True)
    meaning = models.CharField("뜻", max_length=300, blank=True)

    panels = [FieldRowPanel([FieldPanel("name"), FieldPanel("unit")]), FieldPanel("meaning")]

    class Meta(Orderable.Meta):
        verbose_name = "열"
        verbose_name_plural = "열"
        constraints = [
            models.UniqueConstraint(
                fields=["page", "name"], name="a dataset column is explained once"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Resource(models.Model):
    """자료 판: a table as it was brought in. Neither it nor its rows ever change (cms.triggers).

    `columns` are `{name, kind}` in the order of the cells; `added`, `changed` and `removed` count rows
    against the version before; `sha256` is over names and cells (cms.sheets.digest). Who brought it in is the
    actor of its Event: a link to a person would have to change when the person goes.
    """

    page = models.ForeignKey(DatasetPage, models.CASCADE, related_name="resources")
    number = models.PositiveIntegerField("판")
    columns = models.JSONField("열")
    sha256 = models.CharField("해시", max_length=64)
    row_count = models.PositiveIntegerField("줄 수")
    added = models.PositiveIntegerField("더한 줄")
    changed = models.PositiveIntegerField("바뀐 줄")
    removed = models.PositiveIntegerField("뺀 줄")
    warnings = models.JSONField("확인할 칸", default=list)
    reason = models.CharField("공개해도 되는 까닭", max_length=300, blank=True)
    stored_at = models.DateTimeField("들인 때", default=timezone.now)

    class Meta:
        verbose_name = "자료 판"
        verbose_name_plural = "자료 판"
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["page", "number"], name="a dataset version has its own number"
            ),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(sha256=""),
                name="a dataset version has a number and a hash",
            ),
        ]

    def __str__(self) -> str:
        return f"v{self.number}"


class ResourceRow(models.Model):
    """One line of a 자료 판: its cells as texts, exactly as they were read."""

    resource = models.ForeignKey(Resource, models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField("줄")
    cells = models.JSONField("칸")

    class Meta:
        verbose_name = "자료 속 줄"
        verbose_name_plural = "자료 속 줄"
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(
                fields=["resource", "number"], name="a dataset row stands in one place"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number}째 줄"
