"""Meetings as calendars (RFC 5545): all of them, of a body, of a division, or one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from icalendar import Calendar, Event

from coalition.dialogue.gatherings import meeting_address
from coalition.dialogue.models import Meeting

SEOUL = ZoneInfo("Asia/Seoul")
MEDIA_TYPE = "text/calendar; charset=utf-8"


def calendar_of(meetings: Iterable[Meeting], name: str) -> bytes:
    """The calendar of these meetings, the same bytes for the same rows."""
    calendar = Calendar()
    calendar.add("prodid", f"-//{settings.WAGTAIL_SITE_NAME}//meetings//KO")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "Asia/Seoul")
    for meeting in meetings:
        calendar.add_component(_event(meeting))
    if any(component.name == "VEVENT" for component in calendar.subcomponents):
        calendar.add_missing_timezones()
    made: bytes = calendar.to_ical()
    return made


def _event(meeting: Meeting) -> Event:
    event = Event()
    place = meeting.body.municipality
    mark = "[가상] " if place.fictional else ""
    address = f"{settings.HUB_BASE_URL}{meeting_address(meeting)}"
    event.add("uid", f"meeting-{meeting.body.slug}-{meeting.number}@{_host()}")
    event.add("dtstamp", meeting.changed_at)
    event.add("last-modified", meeting.changed_at)
    event.add("sequence", meeting.sequence)
    event.add("summary", f"{mark}{meeting.body.name} {meeting.title}")
    if meeting.begins is None:
        event.add("dtstart", meeting.on)
        event.add("dtend", meeting.on + dt.timedelta(days=1))
    else:
        event.add("dtstart", dt.datetime.combine(meeting.on, meeting.begins, SEOUL))
        if meeting.ends is not None:
            event.add("dtend", dt.datetime.combine(meeting.on, meeting.ends, SEOUL))
    if meeting.place:
        event.add("location", meeting.place)
    if meeting.notice:
        event.add("description", f"{meeting.notice}\n\n{address}")
    event.add("url", address)
    event.add("categories", [str(meeting.get_kind_display())])
    event.add("status", "CANCELLED" if meeting.cancelled_on else "CONFIRMED")
    return event


def _host() -> str:
    return urlsplit(settings.HUB_BASE_URL).hostname or "localhost"
