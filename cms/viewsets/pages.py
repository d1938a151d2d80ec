"""Wagtail's screens for our pages, where the hub wants more of them than Wagtail gives."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.viewsets.pages import PageViewSet
from wagtail.models import get_page_models

from cms.menu import Footer
from cms.models import CasePage
from cms.models.base import HubPage
from cms.publication import say_what_was_left_out
from cms.queries.beginnings import begin
from cms.viewsets.conflict import HubEditView


class HubCreateView(CreateView):
    """Wagtail's screen of a new page with the hub's footer."""

    def form_valid(self, form: Any) -> HttpResponse:
        say_what_was_left_out(self.request, form)
        return super().form_valid(form)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        footer = Footer(
            self.request,
            view="create",
            parent_page=self.parent_page,
            lock=None,
            locked_for_user=False,
        )
        return {**super().get_context_data(**kwargs), "action_menu": footer}


class CaseCreateView(HubCreateView):
    """A new case, perhaps begun from a 본보기 (`?begin=care`)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        begin(self.page, request.GET.get("begin", ""))
        return super().get(request)


class HubListing(ExplorableIndexView):
    """What stands below a page; each row costs, and 240 municipalities are 240 rows (tests/bench/desk.py)."""

    paginate_by = 30


class PagesDesk(PageViewSet):
    """The screens of our pages."""

    index_view_class = HubListing
    add_view_class = HubCreateView
    edit_view_class = HubEditView


class CasesDesk(PagesDesk):
    """The screens of cases."""

    model = CasePage
    add_view_class = CaseCreateView


def page_desks() -> list[PagesDesk]:
    """One for each kind of page: Wagtail asks the database by the model of the desk, an abstract one has no rows."""
    kinds = [kind for kind in get_page_models() if issubclass(kind, HubPage)]
    return [CasesDesk() if kind is CasePage else PagesDesk(model=kind) for kind in kinds]
