"""`/review/<token>/`: a draft for somebody without an account, until the link's day."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from cms.reviews import link_of_token


@never_cache
@require_safe
def review(request: HttpRequest, token: str) -> HttpResponse:
    """The page as it will be seen, 410 after the link's day, 404 for what never was a link."""
    link = link_of_token(token)
    if link is None:
        raise Http404("없는 검토 링크입니다.")
    if not link.is_open:
        response = render(request, "records/review_over.html", {"link": link}, status=410)
    else:
        page = link.page.specific_class.objects.get(pk=link.page_id)
        draft = page.get_latest_revision_as_object()
        context = {**draft.get_context(request), "review_link": link}
        response = render(request, draft.get_template(request), context)
    response["X-Robots-Tag"] = "noindex, nofollow"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response
