"""Reads of meetings and dialogue events: only what anybody may read, unless a name says otherwise."""

from __future__ import annotations

import datetime as dt

from django.db.models import Prefetch, Q, QuerySet

from coalition.dialogue.models import (
    AgendaItem,
    Body,
    Decision,
    DialogueEvent,
    FollowUp,
    Meeting,
    MeetingDocument,
    Minutes,
)
from coalition.members.queries import today


def public_meetings(until: dt.date | None = None) -> QuerySet[Meeting]:
    """Meetings whose notice is out, the newest first; with `until`, those noticed by that day."""
    rows = Meeting.objects.filter(noticed_on__isnull=False)
    if until is not None:
        rows = rows.filter(noticed_on__lte=until)
    return rows.select_related(
        "body__municipality__region", "division", "minutes", "source"
    ).order_by("-on", "-pk")


def upcoming(rows: QuerySet[Meeting], on: dt.date | None = None) -> QuerySet[Meeting]:
    """Those of them that are still to come, the next first."""
    return rows.filter(on__gte=on or today(), cancelled_on__isnull=True).order_by(
        "on", "begins", "pk"
    )


def public_minutes() -> QuerySet[Minutes]:
    """회의록 that are confirmed."""
    return Minutes.objects.filter(confirmed_at__isnull=False, meeting__noticed_on__isnull=False)


def public_decisions() -> QuerySet[Decision]:
    """의결 사항 of confirmed minutes, with their meetings."""
    return Decision.objects.filter(
        meeting__minutes__confirmed_at__isnull=False, meeting__noticed_on__isnull=False
    ).select_related("meeting__body__municipality")


def of_meeting(meeting: Meeting) -> tuple[list[AgendaItem], list[Decision], list[MeetingDocument]]:
    """Agenda, decisions with their follow-ups, and documents, drafts included."""
    told = Prefetch("follow_ups", FollowUp.objects.select_related("source"))
    return (
        list(meeting.agenda.order_by("order")),
        list(meeting.decisions.select_related("item").prefetch_related(told).order_by("number")),
        list(meeting.documents.select_related("attachment")),
    )


def public_events(
    body: Body | None = None, until: dt.date | None = None
) -> QuerySet[DialogueEvent]:
    """대화, the newest first; with `until`, those begun by that day."""
    rows = DialogueEvent.objects.select_related("body__municipality__region", "division", "source")
    if body is not None:
        rows = rows.filter(body=body)
    if until is not None:
        rows = rows.filter(Q(begins_on__isnull=True) | Q(begins_on__lte=until))
    return rows.order_by("-begins_on", "-pk")


def meeting_address(meeting: Meeting) -> str:
    """`/meetings/<body>/<no>/`."""
    return f"/meetings/{meeting.body.slug}/{meeting.number}/"


def decision_address(decision: Decision) -> str:
    """The decision's place on its meeting's page."""
    return f"{meeting_address(decision.meeting)}#decision-{decision.number}"


def event_address(event: DialogueEvent) -> str:
    """`/dialogue/<body>/events/<no>/`."""
    return f"/dialogue/{event.body.slug}/events/{event.number}/"
