"""대비표: choosing two versions, and what changed between them."""

from __future__ import annotations

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    JsonResponse,
)
from django.shortcuts import redirect, render

from cms.queries import comparisons as reading
from cms.queries.comparison_triples import triple_details

MOST_IN_PAIRS = 2


def choose(request: HttpRequest, slug: str = "") -> HttpResponse:
    """`/bills/compare/?a=sjsa:0.2&b=sjsa:0.3` → the permanent address; without both, the form."""
    values = {side: request.GET.get(side, "")[:80] for side in ("a", "b", "c")}
    if not values["a"] or not values["b"]:
        return _form(request, values, "", slug)
    wanted = [value for value in values.values() if value]
    named = [name for name in map(reading.chosen, wanted) if name is not None]
    if len(named) != len(wanted):
        return _form(request, values, "견줄 판을 목록에서 골라 주십시오.", slug)
    try:
        versions = reading.published(named)
    except Http404 as refused:
        return _form(request, values, str(refused), slug)
    return redirect(reading.address(versions))


def _form(request: HttpRequest, values: dict[str, str], fault: str, slug: str) -> HttpResponse:
    details = reading.form_details(values, slug)
    status = 400 if fault else 200
    return render(
        request, "records/comparison_form.html", {**details, "fault": fault}, status=status
    )


def comparison(request: HttpRequest, slug: str, versions: str) -> HttpResponse:
    """`/bills/<slug>/compare/v<a>...v<b>/`, `v<a>...<other>/v<b>` for a version of another bill, or three."""
    found = reading.published(reading.written(slug, versions))
    if request.path != reading.address(found):
        permanent = reading.address(found, request.META.get("QUERY_STRING", ""))
        return HttpResponsePermanentRedirect(permanent)
    if len(found) > MOST_IN_PAIRS:
        return render(request, "records/comparison_three.html", triple_details(found))
    a, b = found
    if a.pk == b.pk:
        return render(request, "records/comparison_same.html", reading.same_details(a))
    details = reading.comparison_details(
        a,
        b,
        view=request.GET.get("view", "table"),
        kinds=request.GET.getlist("kind"),
        form=request.GET.get("form", ""),
    )
    return render(request, "records/comparison_detail.html", details)


def comparison_json(request: HttpRequest, slug: str, versions: str) -> HttpResponse:
    """Two versions as data, with both texts."""
    named = reading.written(slug, versions)
    if len(named) > MOST_IN_PAIRS:
        raise Http404("JSON은 두 판을 견준 것만 있습니다.")
    a, b = reading.published(named)
    return JsonResponse(
        reading.comparison_json(a, b), json_dumps_params={"ensure_ascii": False, "indent": 1}
    )
