"""의원실 묶음: one ZIP of a bill on a day; made once and kept, so that asked twice it is the same file."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.as_of import as_of
from cms.queries.packets import packet_of
from cms.views.attachments import as_attachment
from coalition.advocacy.packets.binding import PacketBusy
from coalition.drafts.exports.printing import PrintingFailed, can_print
from coalition.drafts.models import Bill
from coalition.drafts.queries import newest_published
from coalition.members.queries import today


@require_safe
def packet(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/packet.zip`: 200, 404, or 503 while another one is being made."""
    bill, day = get_object_or_404(Bill, slug=slug), as_of(request)
    if day.day > today():
        raise Http404("아직 오지 않은 날의 묶음은 만들지 않습니다.")
    if not can_print():
        raise Http404("이 서버는 PDF를 만들 수 없어 묶음도 만들지 못합니다.")
    try:
        data = packet_of(bill, day)
    except (PacketBusy, PrintingFailed) as error:
        newest = newest_published(bill)
        details = {
            "reason": str(error),
            "seconds": PacketBusy.seconds,
            "slug": slug,
            "no": newest.no if newest else "",
        }
        response = render(request, "records/export_waiting.html", details, status=503)
        response["Retry-After"] = str(PacketBusy.seconds)
        response["Cache-Control"] = "no-store"
        return response
    if data is None:
        raise Http404("그날에는 발행된 판이 없습니다.")
    response = HttpResponse(data, content_type="application/zip")
    as_attachment(response, f"{slug}-packet-{day.day.isoformat()}.zip")
    return response
