"""우리 누리집에 싣기: a municipality's status for a frame on its own site.

No cookie, no script, and the only addresses of the hub that other sites may frame. The address carries a
version: what stands in a town hall's pages for years keeps its shape.
"""

from __future__ import annotations

from csp.decorators import csp_replace, csp_update
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from cms.models import MunicipalityPage
from cms.queries.embeds import embed_status, place_of, snippet
from cms.redirects import page_of_old_address
from cms.tenancy import MUNICIPALITIES

KEPT = 300  # seconds


@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@require_safe
def municipality(request: HttpRequest, slug: str) -> HttpResponse:
    """`/embed/v1/municipalities/<slug>/`; an old address of the municipality leads to the new one."""
    page = place_of(slug)
    if page is None:
        return _moved(slug)
    response = render(request, "embed/municipality.html", {"status": embed_status(page)})
    response["Cache-Control"] = f"public, max-age={KEPT}"
    response["X-Robots-Tag"] = "noindex"
    return response


@csp_update({"frame-src": ["'self'"]})
@require_safe
def help_page(request: HttpRequest, slug: str) -> HttpResponse:
    """`/embed/help/<slug>/`: what to paste, and how it looks."""
    page = place_of(slug)
    if page is None:
        raise Http404("없는 지방정부입니다.")
    own = page.municipality
    context = {
        "municipality": own,
        "snippet": snippet(own),
        "address": reverse("embed", args=[own.slug]),
    }
    return render(request, "records/embed_help.html", context)


def _moved(slug: str) -> HttpResponse:
    page = page_of_old_address(f"/{MUNICIPALITIES}/{slug}/")
    found = MunicipalityPage.objects.filter(pk=page.pk).first() if page is not None else None
    if found is None or found.slug == slug:
        raise Http404("없는 지방정부입니다.")
    return HttpResponsePermanentRedirect(reverse("embed", args=[found.slug]))
