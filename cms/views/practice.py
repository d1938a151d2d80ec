"""모델, 시범 사업, 확산, and how everything is counted."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from cms.queries.methods import RULES
from cms.queries.pilots import pilot_page
from cms.queries.practice import model_list, model_page, pilot_items
from cms.queries.spread import place_spread, spread
from coalition.members.models import Municipality
from coalition.practice.queries import pilots


def models(request: HttpRequest) -> HttpResponse:
    """`/models/`."""
    return render(request, "records/model_list.html", {"places": model_list()})


def model(request: HttpRequest, slug: str) -> HttpResponse:
    """`/models/<slug>/`."""
    page = model_page(slug)
    if page is None:
        raise Http404
    return render(request, "records/model_detail.html", {"page": page, "model": page.model})


def pilot_list(request: HttpRequest) -> HttpResponse:
    """`/pilots/`."""
    return render(request, "records/pilot_list.html", {"items": pilot_items(pilots())})


def pilot(request: HttpRequest, slug: str) -> HttpResponse:
    """`/pilots/<slug>/`."""
    page = pilot_page(slug)
    if page is None:
        raise Http404
    return render(request, "records/pilot_detail.html", {"page": page, "pilot": page.pilot})


def spread_list(request: HttpRequest) -> HttpResponse:
    """`/spread/`."""
    return render(request, "records/spread_list.html", spread())


def place(request: HttpRequest, slug: str) -> HttpResponse:
    """`/spread/<municipality>/`."""
    found = get_object_or_404(Municipality.objects.select_related("region"), slug=slug)
    return render(request, "records/spread_place.html", place_spread(found))


def methods(request: HttpRequest) -> HttpResponse:
    """`/methods/`."""
    return render(request, "records/methods.html", {"rules": RULES})
