"""Wagtail's screens for our pages, where the hub wants more of them than Wagtail gives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.models import CasePage
from cms.models.base import HubPage
from cms.queries.beginnings import begin
from cms.viewsets.conflict import HubEditView


class CaseCreateView(CreateView):
    """A new case, perhaps begun from a 본보기 (`?begin=care`)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        begin(self.page, request.GET.get("begin", ""))
        return super().get(request)


class PagesDesk(PageViewSet):
    """The screens of all our pages."""

    model = HubPage
    edit_view_class = HubEditView


class CasesDesk(PagesDesk):
    """The screens of cases."""

    model = CasePage
    add_view_class = CaseCreateView
