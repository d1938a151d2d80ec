"""브리핑 of a municipality: a page to print, and the same as PDF of one page."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from cms.as_of import as_of
from cms.queries.briefings import briefing_details, briefing_html
from cms.views.attachments import as_attachment
from coalition.advocacy.packets.binding import PacketBusy, leaf
from coalition.drafts.exports.printing import PrintingFailed, can_print
from coalition.members.queries import today


def _details(request: HttpRequest, place: str) -> dict[str, Any]:
    details = briefing_details(place, as_of(request))
    if details is None:
        raise Http404("없는 지방정부이거나 공개된 쪽이 없습니다.")
    return details


@require_safe
def briefing(request: HttpRequest, place: str) -> HttpResponse:
    """`/municipalities/<slug>/briefing/`."""
    details = _details(request, place)
    return render(request, "records/briefing.html", {**details, "can_print": can_print()})


@require_safe
def briefing_file(request: HttpRequest, place: str) -> HttpResponse:
    """`/municipalities/<slug>/briefing.pdf`: 200, 404, or 503 while another file is being made."""
    details = _details(request, place)
    day = details["as_of"].day
    if day > today():
        raise Http404("아직 오지 않은 날의 브리핑은 만들지 않습니다.")
    if not can_print():
        raise Http404("이 서버는 PDF를 만들 수 없습니다.")
    try:
        data = leaf("briefings", f"{place}-{day.isoformat()}", briefing_html(details))
    except (PacketBusy, PrintingFailed) as error:
        told = {**details, "reason": str(error), "seconds": PacketBusy.seconds}
        response = render(request, "records/briefing_waiting.html", told, status=503)
        response["Retry-After"] = str(PacketBusy.seconds)
        response["Cache-Control"] = "no-store"
        return response
    response = HttpResponse(data, content_type="application/pdf")
    as_attachment(response, f"{place}-briefing-{day.isoformat()}.pdf")
    return response
