"""지지 대장: who stands behind which clause, on any day."""

from __future__ import annotations

import csv
import io
from typing import Any

from django.conf import settings
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.as_of import as_of
from cms.queries.positions import FILTERS, positions_details, rows_to_export
from cms.views.attachments import as_attachment, shown_document
from coalition.advocacy.models import Position
from coalition.drafts.models import Bill
from coalition.drafts.queries import newest_published
from coalition.members.access import Access
from coalition.record.tables import guarded


@require_safe
def position_list(request: HttpRequest, slug: str) -> HttpResponse:
    """`/bills/<slug>/positions/`."""
    bill, asked = get_object_or_404(Bill, slug=slug), _asked(request)
    details = positions_details(bill, as_of(request), asked)
    if details is None:
        raise Http404("그날에는 발행된 판이 없습니다.")
    return render(request, "records/position_list.html", details)


@require_safe
def export(request: HttpRequest, slug: str, extension: str) -> HttpResponse:
    """`/bills/<slug>/positions/export.{csv,json}`: the filtered ledger to take along."""
    bill, day = get_object_or_404(Bill, slug=slug), as_of(request)
    version = newest_published(bill, day.day)
    if version is None or extension not in ("csv", "json"):
        raise Http404("그런 형식은 없습니다.")
    rows = rows_to_export(bill, day, _asked(request))
    name = f"{slug}-positions-{day.day.isoformat()}.{extension}"
    if extension == "csv":
        response = csv_of(rows)
    else:
        body: dict[str, Any] = {
            "bill": bill.slug,
            "on": day.day.isoformat(),
            "version": version.no,
            "sha256": version.sha256,
            "fictional": bill.fictional,
            "positions": [
                {**row, "문서": f"{settings.HUB_BASE_URL}{row['문서']}" if row["문서"] else ""}
                for row in rows
            ],
        }
        response = JsonResponse(body, json_dumps_params={"ensure_ascii": False, "indent": 1})
    as_attachment(response, name)
    return response


def csv_of(rows: list[dict[str, Any]]) -> HttpResponse:
    """Rows with one set of columns as a file that a spreadsheet opens and runs nothing of."""
    written = io.StringIO()
    writer = csv.writer(written)
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow([guarded(cell) for cell in row.values()])
    return HttpResponse(
        written.getvalue().encode("utf-8-sig"), content_type="text/csv; charset=utf-8"
    )


@require_safe
def document(request: HttpRequest, slug: str, pk: int) -> FileResponse:
    """`/bills/<slug>/positions/<pk>/document/`: for everybody once the secretariat showed it."""
    found = (
        Position.objects.select_related("document", "municipality")
        .filter(version__bill__slug=slug, pk=pk, document__isnull=False)
        .first()
    )
    own = found is not None and Access.of(request.user).may_state_position(found.municipality)
    kept = found.document if found else None
    return shown_document(request, kept, f"{slug}-position-{pk}", own=own)


def _asked(request: HttpRequest) -> dict[str, str]:
    return {name: request.GET.get(name, "").strip()[:80] for name in FILTERS}
