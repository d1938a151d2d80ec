"""우리 누리집에 싣기: the piece of HTML that a municipality's webmaster pastes."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import path, reverse
from django.views.decorators.http import require_safe

from cms.models import MunicipalityPage
from cms.queries.embeds import snippet
from cms.tenancy import DeskRequest
from cms.viewsets.desk import MunicipalityDesk, editable_place
from coalition.members.access import Access


@require_safe
def index(request: DeskRequest) -> HttpResponse:
    """One's own; others have none."""
    place = Access.of(request.user).municipality
    return redirect("embed_desk:snippet", place.slug) if place else redirect("wagtailadmin_home")


@require_safe
def show(request: DeskRequest, slug: str) -> HttpResponse:
    """What to paste, and where to look at it."""
    place = editable_place(request, slug)
    context = {
        "place": place,
        "snippet": snippet(place),
        "is_public": MunicipalityPage.objects.filter(municipality=place, live=True).exists(),
        "preview": reverse("embed_help", args=[place.slug]),
    }
    return render(request, "admin/embedding/snippet.html", context)


class EmbedDesk(MunicipalityDesk):
    """누리집에 싣기 in the menu."""

    name = "embed_desk"
    url_prefix = "embed"
    menu_label = "누리집에 싣기"
    icon = "code"
    menu_order = 520

    def get_urlpatterns(self) -> list[Any]:
        return [
            path("", index, name="index"),
            path("<slug:slug>/", show, name="snippet"),
        ]
