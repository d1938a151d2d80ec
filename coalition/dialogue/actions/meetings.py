"""Writes about meetings: notice, agenda, minutes from draft to confirmed, decisions, follow-ups, documents."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from coalition.dialogue.actions.bodies import require_source
from coalition.dialogue.models import (
    AgendaItem,
    Body,
    Decision,
    Division,
    FollowUp,
    Meeting,
    MeetingDocument,
    MeetingKind,
    Minutes,
)
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.attachments import store_attachment
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Source, User
from coalition.record.privacy import stops

LARGEST_DOCUMENT = 20 * 1024 * 1024
DOCUMENT_ENDINGS = frozenset({"pdf", "hwp", "hwpx", "docx", "xlsx", "csv", "txt", "odt"})
# What calendars have to hear of again (RFC 5545, SEQUENCE).
_MOVES = frozenset({"on", "begins", "ends", "place"})


@dataclass(frozen=True, slots=True)
class When:
    """Day, hours and place of a meeting, as far as they are known."""

    on: dt.date
    begins: dt.time | None = None
    ends: dt.time | None = None
    place: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """An 안건 to be put on the agenda."""

    title: str
    text: str = ""
    brought_by: str = ""


@dataclass(frozen=True, slots=True)
class Vote:
    """찬성, 반대, 기권: counted whole or not at all."""

    for_: int
    against: int
    abstained: int


def _refuse_numbers(*texts: str) -> None:
    if any(stops(text) for text in texts):
        raise ValidationError("고유식별정보로 보이는 번호가 있습니다. 지우고 다시 저장하세요.")


def _refuse_locked(meeting: Meeting) -> None:
    if Minutes.objects.filter(meeting=meeting, confirmed_at__isnull=False).exists():
        raise ValidationError("회의록이 확정된 회의는 고칠 수 없습니다.")


def _lock(meeting: Meeting) -> Meeting:
    rows = Meeting.objects.select_related("body__municipality").select_for_update(of=("self",))
    return rows.get(pk=meeting.pk)


@transaction.atomic
def plan_meeting(
    *,
    body: Body,
    kind: str,
    title: str,
    when: When,
    division: Division | None = None,
    source: Source | None = None,
    by: User | None,
) -> Meeting:
    """Enter a meeting that nobody outside knows of yet; it gets the body's next number."""
    require_source(body, source, "회의는")
    if (kind == MeetingKind.DIVISION) != (division is not None):
        raise ValidationError("분과회의만, 그리고 분과회의는 반드시 분과를 고릅니다.")
    if division is not None and division.body_id != body.pk:
        raise ValidationError("다른 일자리회의 분과입니다.")
    last = Meeting.objects.filter(body=body).aggregate(n=Max("number"))["n"] or 0
    meeting = Meeting(
        body=body, kind=kind, title=title.strip(), division=division, number=last + 1,
        on=when.on, begins=when.begins, ends=when.ends, place=when.place.strip(), source=source,
    )  # fmt: skip
    meeting.full_clean()
    meeting.save()
    record_event("meeting.planned", meeting, by=by, body=body.pk)
    return meeting


@transaction.atomic
def revise_meeting(*, meeting: Meeting, title: str, when: When, by: User | None) -> Meeting:
    """Change name, day, hours or place before the minutes are confirmed; calendars hear of a move."""
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    if meeting.cancelled_on is not None:
        raise ValidationError("취소된 회의입니다.")
    before = fingerprint(meeting)
    told: dict[str, Any] = {
        "title": title.strip(), "on": when.on, "begins": when.begins, "ends": when.ends,
        "place": when.place.strip(),
    }  # fmt: skip
    moved = {name for name, value in told.items() if getattr(meeting, name) != value} & _MOVES
    for name, value in told.items():
        setattr(meeting, name, value)
    meeting.sequence += bool(moved)
    meeting.full_clean()
    meeting.save()
    record_event("meeting.revised", meeting, by=by, before=before, moved=sorted(moved))
    return meeting


@transaction.atomic
def notice_meeting(
    *, meeting: Meeting, notice: str, on: dt.date | None = None, by: User | None
) -> Meeting:
    """공고: from now on the meeting is public. A later notice replaces the text and keeps the first day."""
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    if meeting.cancelled_on is not None:
        raise ValidationError("취소된 회의입니다.")
    if not notice.strip():
        raise ValidationError("공고의 글을 쓰세요.")
    _refuse_numbers(notice)
    before = fingerprint(meeting)
    meeting.notice = notice.strip()
    meeting.noticed_on = meeting.noticed_on or on or today()
    meeting.save()
    record_event("meeting.noticed", meeting, by=by, before=before)
    return meeting


@transaction.atomic
def cancel_meeting(*, meeting: Meeting, because: str, by: User | None) -> Meeting:
    """The meeting does not take place; its page stays and says why."""
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    if meeting.cancelled_on is not None:
        raise ValidationError("이미 취소된 회의입니다.")
    if not because.strip():
        raise ValidationError("취소하는 까닭을 쓰세요.")
    before = fingerprint(meeting)
    meeting.cancelled_on, meeting.cancelled_because = today(), because.strip()
    meeting.sequence += 1
    meeting.full_clean()
    meeting.save()
    record_event("meeting.cancelled", meeting, by=by, before=before)
    return meeting


@transaction.atomic
def set_agenda(*, meeting: Meeting, items: Iterable[Item], by: User | None) -> Meeting:
    """The agenda is these items in this order. What a decision names already can't be taken away."""
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    wanted = [item for item in items if item.title.strip()]
    if not wanted:
        raise ValidationError("안건을 하나 넘게 쓰세요.")
    _refuse_numbers(*(f"{item.title}\n{item.text}" for item in wanted))
    beyond = meeting.agenda.filter(order__gt=len(wanted))
    if beyond.filter(decisions__isnull=False).exists():
        raise ValidationError("의결 사항이 달린 안건은 뺄 수 없습니다.")
    beyond.delete()
    for order, item in enumerate(wanted, start=1):
        values = {
            "title": item.title.strip(), "text": item.text.strip(), "brought_by": item.brought_by.strip(),
            "source": meeting.source,
        }  # fmt: skip
        row = meeting.agenda.filter(order=order).first() or AgendaItem(meeting=meeting, order=order)
        for name, value in values.items():
            setattr(row, name, value)
        row.full_clean()
        row.save()
    record_event("meeting.agenda_set", meeting, by=by, items=len(wanted))
    return meeting


@transaction.atomic
def draft_minutes(
    *,
    meeting: Meeting,
    text: str,
    present: int | None = None,
    seats: int | None = None,
    by: User | None,
) -> Minutes:
    """회의록 초안: only the body's desk reads it, and may write it anew until it is confirmed."""
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    if meeting.noticed_on is None or meeting.cancelled_on is not None:
        raise ValidationError("공고하고 연 회의에만 회의록을 씁니다.")
    if not text.strip():
        raise ValidationError("회의록의 글을 쓰세요.")
    _refuse_numbers(text)
    minutes = Minutes.objects.filter(meeting=meeting).first() or Minutes(meeting=meeting)
    before = fingerprint(minutes) if minutes.pk else ""
    minutes.text, minutes.present, minutes.seats = text.strip(), present, seats
    minutes.source = meeting.source
    minutes.full_clean()
    minutes.save()
    record_event("minutes.drafted", minutes, by=by, before=before, meeting=meeting.pk)
    return minutes


@transaction.atomic
def record_decision(
    *,
    meeting: Meeting,
    text: str,
    result: str,
    item: AgendaItem | None = None,
    vote: Vote | None = None,
    decision: Decision | None = None,
    by: User | None,
) -> Decision:
    """의결 사항, new or written anew. Public once the minutes are confirmed.

    Raises ValidationError for an item of another meeting, and for more votes than were present.
    """
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError("이 회의의 안건이 아닙니다.")
    if decision is not None and decision.meeting_id != meeting.pk:
        raise ValidationError("이 회의의 의결 사항이 아닙니다.")
    _refuse_numbers(text)
    before = fingerprint(decision) if decision is not None else ""
    if decision is None:
        last = meeting.decisions.aggregate(n=Max("number"))["n"] or 0
        decision = Decision(meeting=meeting, number=last + 1)
    decision.text, decision.result, decision.item = text.strip(), result, item
    decision.votes_for = vote.for_ if vote else None
    decision.votes_against = vote.against if vote else None
    decision.abstentions = vote.abstained if vote else None
    decision.source = meeting.source
    decision.full_clean()
    decision.save()
    record_event("decision.recorded", decision, by=by, before=before, meeting=meeting.pk)
    return decision


def minutes_digest(minutes: Minutes) -> str:
    """What the confirmation holds on to: the text, who was there, and every decision with its vote."""
    rows = minutes.meeting.decisions.order_by("number").values_list(
        "number", "text", "result", "votes_for", "votes_against", "abstentions"
    )
    told = [minutes.text, minutes.present, minutes.seats, *map(list, rows)]
    return hashlib.sha256(repr(told).encode()).hexdigest()


@transaction.atomic
def confirm_minutes(*, meeting: Meeting, by: User) -> Minutes:
    """확정: minutes, agenda and decisions are public from now on, and locked by the database.

    Raises ValidationError before the meeting's day, without minutes, and for more votes than were present.
    """
    meeting = _lock(meeting)
    _refuse_locked(meeting)
    minutes = Minutes.objects.filter(meeting=meeting).first()
    if minutes is None:
        raise ValidationError("회의록 초안을 먼저 쓰세요.")
    if meeting.on > today():
        raise ValidationError("아직 열리지 않은 회의입니다.")
    for decision in meeting.decisions.all():
        cast = (
            (decision.votes_for or 0) + (decision.votes_against or 0) + (decision.abstentions or 0)
        )
        if minutes.present is not None and cast > minutes.present:
            raise ValidationError(f"의결 사항 {decision.number}의 표가 출석보다 많습니다.")
    before = fingerprint(minutes)
    minutes.confirmed_at, minutes.confirmed_by = timezone.now(), by
    minutes.sha256 = minutes_digest(minutes)
    minutes.save()
    record_event("minutes.confirmed", minutes, by=by, before=before, meeting=meeting.pk)
    return minutes


@transaction.atomic
def follow_up(
    *,
    decision: Decision,
    state: str,
    on: dt.date,
    note: str,
    source: Source | None = None,
    by: User | None,
) -> FollowUp:
    """후속: what came of a decision of confirmed minutes."""
    meeting = decision.meeting
    require_source(meeting.body, source, "후속은")
    minutes = Minutes.objects.filter(meeting=meeting, confirmed_at__isnull=False)
    if not minutes.exists():
        raise ValidationError("회의록을 확정한 뒤에 후속을 적습니다.")
    if on < meeting.on:
        raise ValidationError("회의보다 앞선 날입니다.")
    _refuse_numbers(note)
    row = FollowUp(decision=decision, state=state, on=on, note=note.strip(), source=source)
    row.full_clean()
    row.save()
    record_event("decision.followed_up", row, by=by, meeting=meeting.pk)
    return row


@transaction.atomic
def attach_document(
    *,
    meeting: Meeting,
    file: File[bytes],
    title: str,
    kind: str,
    source: Source | None = None,
    by: User,
) -> MeetingDocument:
    """A document beside the meeting, public with it. A later one does not replace an earlier one."""
    require_source(meeting.body, source, "회의 문서는")
    ending = (file.name or "").rpartition(".")[2].lower()
    if ending not in DOCUMENT_ENDINGS:
        raise ValidationError(f"{', '.join(sorted(DOCUMENT_ENDINGS))} 파일만 올립니다.")
    if not file.size or file.size > LARGEST_DOCUMENT:
        raise ValidationError("비어 있지 않은 20MB까지의 파일만 올립니다.")
    attachment = store_attachment(file=file, title=title.strip() or "회의 문서", uploader=by)
    row = MeetingDocument(meeting=meeting, kind=kind, attachment=attachment, source=source)
    row.full_clean()
    row.save()
    record_event("meeting.document_attached", row, by=by, meeting=meeting.pk)
    return row
