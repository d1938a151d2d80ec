"""Wagtail's screens for our pages, where the hub wants more of them than Wagtail gives."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.viewsets.pages import PageViewSet

from cms.models import CasePage
from cms.queries.beginnings import begin


class CaseCreateView(CreateView):
    """A new case, perhaps begun from a 본보기 (`?begin=care`)."""

    def get(self, request: HttpRequest) -> HttpResponse:
        begin(self.page, request.GET.get("begin", ""))
        return super().get(request)


class CasesDesk(PageViewSet):
    """The screens of cases."""

    model = CasePage
    add_view_class = CaseCreateView
