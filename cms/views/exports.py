"""내려받기: a published version as a file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cms.queries.downloads import file_names
from cms.queries.law import get_version
from cms.views.attachments import as_attachment
from coalition.drafts.exporting import ExportBusy, edition_of
from coalition.drafts.exporting import export as make_export
from coalition.drafts.exports import FORMATS
from coalition.drafts.exports.printing import PrintingFailed
from coalition.drafts.exports.shelf import key_of

_WAIT_AFTER_FAILURE = 60


@require_safe
def export(request: HttpRequest, slug: str, no: str, extension: str) -> HttpResponseBase:
    """`/bills/<slug>/v<no>/export.<extension>`: 200, 304, 404, or 503 while a PDF is being made."""
    format_ = FORMATS.get(extension)
    if format_ is None:
        raise Http404("그런 형식은 없습니다.")
    version = get_version(slug, no)
    edition = edition_of(version)
    etag = f'"{version.sha256}-{key_of(edition, format_)[:8]}"'
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return unchanged
    try:
        data = make_export(edition, format_)
    except ExportBusy as busy:
        return _come_back(request, str(busy), busy.seconds, slug, no)
    except PrintingFailed as failed:
        if not format_.is_possible():
            raise Http404(str(failed)) from failed
        return _come_back(request, "PDF를 만들지 못했습니다.", _WAIT_AFTER_FAILURE, slug, no)
    response = HttpResponse(data, content_type=format_.media_type)
    as_attachment(response, *file_names(version, extension))
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=300"
    return response


def _come_back(request: HttpRequest, reason: str, seconds: int, slug: str, no: str) -> HttpResponse:
    details = {"reason": reason, "seconds": seconds, "slug": slug, "no": no}
    response = render(request, "records/export_waiting.html", details, status=503)
    response["Retry-After"] = str(seconds)
    response["Cache-Control"] = "no-store"
    return response
