"""The frame: index pages that provisioning makes and that editors neither rename nor delete."""

from __future__ import annotations

from typing import Any

from cms.models.base import HubPage


class IndexPage(HubPage):
    """The abstract ground of the lists inside a municipality's subtree."""

    slug_follows_title = False
    max_count_per_parent = 1

    class Meta:
        abstract = True


class DataIndexPage(IndexPage):
    """`…/data/`: the datasets of one municipality."""

    template = "pages/data_index_page.html"
    parent_page_types = ["cms.MunicipalityPage"]
    subpage_types = ["cms.DatasetPage"]
    is_creatable = False  # laid with its parent (cms.actions, cms.foundation), and counted nowhere

    class Meta:
        verbose_name = "자료 목록"

    def get_context(self, request: Any, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from cms.queries import datasets_below

        return {
            **super().get_context(request, *args, **kwargs),
            "datasets": datasets_below(self.path),
        }
