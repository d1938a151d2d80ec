"""The front door."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.http import Http404
from wagtail.admin.panels import FieldPanel
from wagtail.models import Page

from cms.models.base import HubPage


class HomePage(HubPage):
    """What the hub is in one sentence, and where each of its three readers goes. The rest is counted live."""

    template = "pages/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = ["cms.MunicipalityIndexPage", "cms.NewsIndexPage", "cms.StandardPage"]
    max_count = 1
    slug_follows_title = False

    headline = models.CharField("머리말", max_length=120)
    lede = models.CharField("한 문장 소개", max_length=240)

    content_panels = [*HubPage.content_panels, FieldPanel("headline"), FieldPanel("lede")]

    class Meta:
        verbose_name = "처음"

    def route(self, request: Any, path_components: list[str]) -> Any:
        """Find the page by its whole address in one look-up; Wagtail would ask twice per segment."""
        if not path_components:
            return super().route(request, path_components)
        url_path = f"{self.url_path}{'/'.join(path_components)}/"
        page = Page.objects.filter(url_path=url_path).specific().first()
        if page is None:
            raise Http404("없는 쪽입니다.")
        return page.route(request, [])

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.as_of import as_of
        from cms.queries import home_details

        context = super().get_context(request, *args, **kwargs)
        return {**context, **home_details(as_of(request))}
