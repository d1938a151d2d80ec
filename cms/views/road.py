"""법안의 길: from the draft to the promulgated Act, with a day and a source for each step."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.as_of import as_of
from cms.queries.road import road_details
from coalition.drafts.models import Bill


@require_safe
def road(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/road/`."""
    details = road_details(get_object_or_404(Bill, slug=slug), as_of(request))
    return render(request, "records/road_detail.html", details)
