"""지방정부: one page per municipality, root of all that it publishes here."""

from __future__ import annotations

from typing import Any

from django.db import models
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Collection

from cms.models.base import HubPage
from coalition.members.models import Municipality


class MunicipalityIndexPage(HubPage):
    """`/municipalities/`: who takes part, as a list first and as a map second."""

    template = "pages/municipality_index_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types = ["cms.MunicipalityPage"]
    max_count = 1
    slug_follows_title = False

    class Meta:
        verbose_name = "지방정부 목록"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.as_of import as_of
        from cms.queries import membership_overview

        day = as_of(request)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "as_of": day, **membership_overview(day.until)}


class MunicipalityPage(HubPage):
    """A municipality's own front page. Made by `provision_municipality`, never by hand."""

    template = "pages/municipality_page.html"
    parent_page_types = ["cms.MunicipalityIndexPage"]
    subpage_types = ["cms.CaseIndexPage", "cms.NewsIndexPage", "cms.DataIndexPage"]
    slug_follows_title = False

    municipality = models.OneToOneField(
        Municipality, models.PROTECT, related_name="page", verbose_name="지방정부", editable=False
    )
    collection = models.OneToOneField(
        Collection, models.PROTECT, related_name="+", verbose_name="모음", editable=False
    )
    intro = models.CharField(
        "한 문장 소개",
        max_length=240,
        blank=True,
        help_text="우리 지역이 무엇을 하고 있는지 한 문장으로 씁니다.",
    )
    contact_post = models.CharField(
        "담당 부서", max_length=100, blank=True, help_text="사람 이름이 아니라 부서를 씁니다."
    )
    contact_phone = models.CharField(
        "전화", max_length=40, blank=True, help_text="부서의 대표 전화. 휴대전화는 쓰지 않습니다."
    )
    website = models.URLField("누리집", blank=True)

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("intro"),
        MultiFieldPanel(
            [FieldPanel("contact_post"), FieldPanel("contact_phone"), FieldPanel("website")],
            heading="문의",
        ),
    ]

    class Meta:
        verbose_name = "지방정부"
        verbose_name_plural = "지방정부"

    @property
    def owning_municipality(self) -> Municipality:
        """The page's own municipality, without asking by its address."""
        return self.municipality

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.as_of import as_of
        from cms.queries import municipality_details

        context = super().get_context(request, *args, **kwargs)
        return {**context, **municipality_details(self, as_of(request))}
