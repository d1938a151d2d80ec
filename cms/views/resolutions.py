"""의회 결의: what councils resolved about a bill, and who has not answered yet."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.as_of import as_of
from cms.queries.resolutions import model_text, resolution_details, resolutions_details
from cms.views.attachments import as_attachment, shown_document
from coalition.advocacy.letters import docx_of, text_of
from coalition.advocacy.models import ResolutionStep
from coalition.drafts.models import Bill
from coalition.drafts.queries import newest_published
from coalition.members.access import Access

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "txt": "text/plain; charset=utf-8",
}


@require_safe
def resolution_list(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/resolutions/`."""
    details = resolutions_details(get_object_or_404(Bill, slug=slug), as_of(request))
    return render(request, "records/resolution_list.html", details)


@require_safe
def resolution(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """`/bills/<slug>/resolutions/<pk>/`."""
    details = resolution_details(get_object_or_404(Bill, slug=slug), pk, as_of(request))
    if details is None:
        raise Http404("그런 의회 결의가 없거나, 그날에는 없었습니다.")
    return render(request, "records/resolution_detail.html", details)


@require_safe
def template(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """`/bills/<slug>/resolutions/template.{docx,txt}`: 건의안 본보기."""
    version = newest_published(get_object_or_404(Bill, slug=slug))
    if version is None or extension not in _TYPES:
        raise Http404("그런 본보기는 없습니다.")
    text = model_text(version)
    write = docx_of if extension == "docx" else text_of
    response = HttpResponse(
        write(text.title, text.lines, text.notice), content_type=_TYPES[extension]
    )
    as_attachment(response, f"{slug}-resolution.{extension}", f"{slug} 건의안 본보기.{extension}")
    return response


@require_safe
def document(request: HttpRequest, slug: str, pk: int, step: int) -> FileResponse:
    """`/bills/<slug>/resolutions/<pk>/<step>/document/`: for everybody once it was accepted."""
    found = (
        ResolutionStep.objects.select_related("document", "resolution__municipality")
        .filter(pk=step, resolution=pk, resolution__bill__slug=slug, document__isnull=False)
        .first()
    )
    own = found is not None and Access.of(request.user).may_state_position(
        found.resolution.municipality
    )
    kept = found.document if found else None
    return shown_document(request, kept, f"{slug}-resolution-{step}", own=own)
