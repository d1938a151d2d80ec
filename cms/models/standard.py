"""Pages that the law and decency ask for: privacy, terms, copyright, accessibility, report of errors."""

from __future__ import annotations

from wagtail.admin.panels import FieldPanel
from wagtail.fields import StreamField

from cms.blocks import StoryBlock
from cms.models.base import HubPage

# Stands in seeded texts where only the operator knows the answer; `check --deploy` fails while one remains.
TO_BE_CONFIRMED = "운영 전 확인 필요"


class StandardPage(HubPage):
    """A page of running text."""

    template = "pages/standard_page.html"
    parent_page_types = ["cms.HomePage"]
    subpage_types: list[str] = []
    slug_follows_title = False

    body = StreamField(StoryBlock(), blank=True, verbose_name="내용")

    content_panels = [*HubPage.content_panels, FieldPanel("body")]

    class Meta:
        verbose_name = "안내"
        verbose_name_plural = "안내"
