"""공동 사례집: the editions, their contents, and the file that was made once."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.queries.case_book import edition_numbered, editions
from cms.views.attachments import as_attachment


@require_safe
def edition_list(request: HttpRequest) -> HttpResponse:
    """`/case-book/`."""
    return render(request, "records/edition_list.html", {"editions": editions()})


@require_safe
def edition(request: HttpRequest, number: int) -> HttpResponse:
    """`/case-book/<number>/`: what stands in it."""
    found = edition_numbered(number)
    if found is None:
        raise Http404("없는 판입니다.")
    return render(request, "records/edition_detail.html", {"edition": found})


@require_safe
def edition_file(request: HttpRequest, number: int) -> FileResponse:
    """`/case-book/<number>.pdf`: the same bytes each time, while every case in it may be read."""
    found = edition_numbered(number)
    if found is None:
        raise Http404("없는 판입니다.")
    if not found.is_whole:
        raise Http404("실은 사례 가운데 내려간 것이 있어 이 판은 내려받을 수 없습니다.")
    answer = FileResponse(found.row.document.file.open("rb"), content_type="application/pdf")
    as_attachment(answer, f"case-book-{number}.pdf")
    return answer
