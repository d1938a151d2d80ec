"""소식."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.utils import timezone
from modelcluster.contrib.taggit import ClusterTaggableManager
from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import StoryBlock
from cms.models.base import HubPage
from cms.models.frame import IndexPage


class NewsIndexPage(IndexPage):
    """`…/news/` of a municipality, and `/news/` of the coalition itself."""

    template = "pages/news_index_page.html"
    parent_page_types = ["cms.MunicipalityPage", "cms.HomePage"]
    subpage_types = ["cms.NewsPage"]
    is_creatable = False  # laid with its parent (cms.actions, cms.foundation), and counted nowhere

    class Meta:
        verbose_name = "소식 목록"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries import news_below

        page = request.GET.get("page", "1")
        return {**super().get_context(request, *args, **kwargs), "news": news_below(self, page)}


class NewsPage(HubPage):
    """A piece of news, with its day."""

    template = "pages/news_page.html"
    parent_page_types = ["cms.NewsIndexPage"]
    subpage_types: list[str] = []

    date = models.DateField("날짜", default=timezone.localdate)
    body = StreamField(StoryBlock(), blank=True, verbose_name="내용")
    tags = ClusterTaggableManager(
        through="cms.NewsTag", blank=True, verbose_name="주제어", help_text="목록에서 고릅니다."
    )

    content_panels = [
        *HubPage.content_panels,
        FieldPanel("date"),
        FieldPanel("body"),
        FieldPanel("tags"),
    ]

    class Meta:
        verbose_name = "소식"
        verbose_name_plural = "소식"
