"""Meetings as documents: found by their notice and agenda, and by minutes and decisions once these are confirmed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from django.db.models import Prefetch, QuerySet

from coalition.dialogue.gatherings import meeting_address, public_decisions, public_meetings
from coalition.dialogue.models import Decision, Meeting
from coalition.record.models import Event
from search.models import Kind
from search.source import Document, Label, Source, place_labels, year_label

_OF_MEETING = frozenset(
    {"meeting.noticed", "meeting.revised", "meeting.cancelled", "meeting.agenda_set"}
)
_BESIDE = frozenset({"minutes.confirmed", "decision.followed_up"})


def _affected(event: Event) -> Iterable[int]:
    if event.verb in _BESIDE:
        return [int(event.data["meeting"])]
    return [int(event.object_id)]


def _build(pks: Sequence[int]) -> Iterator[Document]:
    decided = Prefetch("decisions", public_decisions(), to_attr="decided")
    rows = public_meetings().filter(pk__in=pks).prefetch_related("agenda", decided)
    for meeting in rows.order_by("pk"):
        place = meeting.body.municipality
        division = meeting.division.name if meeting.division else ""
        labels = [Label("kind", Kind.MEETING.value, str(Kind.MEETING.label)), *place_labels(place)]
        if division:
            labels.append(Label("division", division, division))
        yield Document(
            kind=Kind.MEETING,
            key=str(meeting.pk),
            owner=meeting.pk,
            url=meeting_address(meeting),
            title=f"{meeting.body.name} {meeting.title}",
            body=_told(meeting),
            tags=tuple(
                dict.fromkeys(
                    [lb.name for lb in labels if lb.facet in ("region", "division")]
                    + [str(meeting.get_kind_display()), meeting.place]
                )
            ),
            labels=(*labels, *year_label(meeting.on.year)),
            municipality=place,
            note="취소" if meeting.cancelled_on else "",
            date=meeting.on,
            fictional=place.fictional,
        )


def _told(meeting: Meeting) -> str:
    """Notice and agenda; of the minutes only what is confirmed."""
    minutes = getattr(meeting, "minutes", None)
    confirmed = minutes.text if minutes is not None and minutes.is_confirmed else ""
    decided: list[Decision] = getattr(meeting, "decided", [])
    agenda = [f"{item.title}\n{item.text}".strip() for item in meeting.agenda.all()]
    parts = [meeting.notice, *agenda, *(one.text for one in decided), confirmed]
    return "\n".join(part for part in parts if part)


def _readable() -> QuerySet[Meeting]:
    return Meeting.objects.filter(noticed_on__isnull=False)


MEETINGS = Source(
    name="meeting",
    verbs=_OF_MEETING | _BESIDE,
    affected=_affected,
    build=_build,
    readable=_readable,
    everything=lambda: list(Meeting.objects.order_by("pk").values_list("pk", flat=True)),
    kinds=frozenset({Kind.MEETING}),
)
