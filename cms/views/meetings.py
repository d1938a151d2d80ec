"""회의와 대화: pages, calendars and documents."""

from __future__ import annotations

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cms.calendars import MEDIA_TYPE, calendar_of
from cms.queries import meetings as reading
from cms.views.attachments import as_attachment
from coalition.dialogue.gatherings import public_events, public_meetings
from coalition.dialogue.models import Body, Division, Meeting, MeetingDocument

# What one calendar holds at most: the newest.
MOST_IN_A_CALENDAR = 500


def meeting_list(request: HttpRequest) -> HttpResponse:
    """`/meetings/`: of all bodies."""
    details = reading.meeting_list(public_meetings(), request.path, request.GET)
    bodies = list(Body.objects.select_related("municipality__region").order_by("name"))
    return render(request, "records/meeting_list.html", {"bodies": bodies, **details})


def body_meetings(request: HttpRequest, slug: str) -> HttpResponse:
    """`/meetings/<body>/`."""
    body = get_object_or_404(Body.objects.select_related("municipality__region"), slug=slug)
    rows = public_meetings().filter(body=body)
    details = reading.meeting_list(rows, request.path, request.GET)
    divisions = list(body.divisions.order_by("-valid_from", "order"))
    context = {"body": body, "divisions": divisions, **details}
    return render(request, "records/meeting_list.html", context)


def _found(slug: str, number: int) -> Meeting:
    rows = public_meetings().filter(body__slug=slug, number=number)
    found = rows.first() if number < 2**31 else None
    if found is None:
        raise Http404("그런 회의가 없거나 아직 공고되지 않았습니다.")
    return found


def meeting(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/meetings/<body>/<no>/`: for ever the meeting of that number, from its notice on."""
    details = reading.meeting_details(_found(slug, number))
    return render(request, "records/meeting_detail.html", details)


def _calendar(rows: list[Meeting], name: str, plain: str) -> HttpResponse:
    answer = HttpResponse(calendar_of(rows, name), content_type=MEDIA_TYPE)
    answer["Content-Disposition"] = f'inline; filename="{plain}.ics"'
    return answer


@require_safe
def all_calendar(request: HttpRequest) -> HttpResponse:
    """`/meetings.ics`."""
    rows = list(public_meetings()[:MOST_IN_A_CALENDAR])
    return _calendar(rows, "일자리회 회의", "meetings")


@require_safe
def body_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """`/meetings/<body>.ics`."""
    body = get_object_or_404(Body, slug=slug)
    rows = list(public_meetings().filter(body=body)[:MOST_IN_A_CALENDAR])
    return _calendar(rows, f"{body.name} 회의", f"meetings-{slug}")


@require_safe
def division_calendar(request: HttpRequest, slug: str, division: int) -> HttpResponse:
    """`/meetings/<body>/divisions/<id>.ics`: a division's own meetings."""
    rows = Division.objects.filter(body__slug=slug, pk=division).select_related("body")
    found = rows.first() if division < 2**63 else None
    if found is None:
        raise Http404("그런 분과가 없습니다.")
    meetings = list(public_meetings().filter(division=found)[:MOST_IN_A_CALENDAR])
    name = f"{found.body.name} {found.name} 분과 회의"
    return _calendar(meetings, name, f"meetings-{slug}-{division}")


@require_safe
def meeting_calendar(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/meetings/<body>/<no>.ics`: one meeting."""
    found = _found(slug, number)
    return _calendar([found], found.title, f"meeting-{slug}-{number}")


@require_safe
def document(request: HttpRequest, slug: str, number: int, pk: int) -> FileResponse:
    """`/meetings/<body>/<no>/documents/<id>/`: for everybody once the meeting is public."""
    found = (
        MeetingDocument.objects.select_related("attachment")
        .filter(meeting=_found(slug, number), pk=pk)
        .first()
        if pk < 2**63
        else None
    )
    if found is None:
        raise Http404("그런 문서가 없습니다.")
    kept = found.attachment
    answer = FileResponse(kept.file.open("rb"), content_type="application/octet-stream")
    ending = kept.filename.rpartition(".")[2]
    as_attachment(answer, f"meeting-{slug}-{number}-{pk}.{ending}", kept.filename)
    return answer


def event(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """`/dialogue/<body>/events/<no>/`."""
    rows = public_events().filter(body__slug=slug, number=number)
    found = rows.first() if number < 2**31 else None
    if found is None:
        raise Http404("그런 대화가 없습니다.")
    return render(request, "records/event_detail.html", reading.event_details(found))
