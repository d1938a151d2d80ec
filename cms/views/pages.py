"""Public pages of Wagtail's tree, served in two queries instead of six.

Anything out of the ordinary (a restricted page, a page that is not there) goes Wagtail's own way, with its
hooks. Routing, site and restrictions are otherwise answered by one look-up of the whole address.
"""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.models import Page
from wagtail.views import serve as serve_by_wagtail

from cms.visibility import is_restricted

HOME = "/home/"


def serve(request: HttpRequest, path: str) -> HttpResponse:
    """Every address that no record has."""
    found = Page.objects.filter(url_path=f"{HOME}{path}", live=True, alias_of__isnull=True)
    page = found.annotate(restricted=is_restricted()).first()
    if page is None or page.restricted:
        return serve_by_wagtail(request, path)
    if page.expire_at is not None and page.expire_at <= timezone.now():
        raise Http404("게시 기간이 끝난 쪽입니다.")
    return page.specific.serve(request)
