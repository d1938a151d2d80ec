"""대화: the bodies of social dialogue and their divisions, as of any day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from cms.as_of import as_of
from cms.queries.bodies import body_details, find_body, shares
from cms.queries.dialogue import dialogue_counts
from coalition.dialogue.queries import bodies


def body_list(request: HttpRequest) -> HttpResponse:
    """`/dialogue/`."""
    day = as_of(request)
    rows = bodies(day.day).order_by("municipality__fictional", "municipality__code", "name")
    counts = {} if day.asked else dialogue_counts()
    shown = [(body, *counts.get(body.pk, (0, 0))) for body in rows]
    context = {"bodies": shown, "on": day.day, "as_of": day}
    return render(request, "records/body_list.html", context)


def body(request: HttpRequest, slug: str) -> HttpResponse:
    """`/dialogue/<body>/`."""
    day = as_of(request)
    found = find_body(slug, day.day)
    if found is None:
        raise Http404("이날에는 없던 일자리회입니다." if day.asked else "그런 일자리회가 없습니다.")
    details = body_details(found, day.day, day.until)
    details["shares"] = shares(details["composition"])
    return render(request, "records/body_detail.html", {"as_of": day, **details})
