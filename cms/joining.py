"""Into the coalition and out of it, as chains of actions: each writes its own Event, all of them or none."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from cms.actions import provision_municipality
from coalition.drafts.originals import refuse_what_is_no_original
from coalition.members.actions import (
    answer_application,
    invite,
    leave_coalition,
    record_membership,
)
from coalition.members.models import (
    Application,
    Ask,
    Membership,
    MembershipState,
    Municipality,
    Role,
)
from coalition.members.queries import today
from coalition.record.actions import keep_attachment
from coalition.record.models import Attachment, User


@dataclass(frozen=True, slots=True)
class FirstApprover:
    """Who is invited as the first 결재자."""

    name: str
    email: str
    post: str = ""


@transaction.atomic
def accept(
    application: Application,
    *,
    on: dt.date,
    by: User,
    answer: str = "",
    approver: FirstApprover | None = None,
    file: File[bytes] | None = None,
) -> Membership:
    """Yes: the ledger's steps, and for a 신청 the place here and the invitation of the first 결재자.

    The 의향 or 신청 is told of the day on which its mail was confirmed, the 승인 of `on`. Raises ValidationError
    when a step can't be recorded or the invitation can't be sent; then nothing happened.
    """
    application = answer_application(application=application, accepted=True, answer=answer, by=by)
    place = application.municipality
    asked_on = timezone.localdate(application.confirmed_at)
    document = kept(file, f"{place} 참여", by) or application.document
    step = record_membership(
        municipality=place,
        state=MembershipState(application.asks),
        on=asked_on,
        document=document,
        by=by,
    )
    if application.asks == Ask.INTENT:
        return step
    if not asked_on <= on <= today():
        raise ValidationError(
            {"on": f"승인한 날은 신청한 날({asked_on})부터 오늘까지 가운데 하나입니다."}
        )
    if approver is None:
        raise ValidationError({"email": "첫 결재자의 메일 주소를 쓰세요."})
    step = record_membership(
        municipality=place, state=MembershipState.APPROVED, on=on, document=document, by=by
    )
    provision_municipality(municipality=place, by=by)
    invite_first(place, approver, by)
    return step


def invite_first(place: Municipality, approver: FirstApprover, by: User) -> None:
    """The invitation of the first 결재자; what is wrong with it is said beside the address."""
    try:
        invite(
            email=approver.email,
            name=approver.name,
            post=approver.post,
            municipality=place,
            role=Role.APPROVER,
            by=by,
        )
    except ValidationError as error:
        raise ValidationError({"email": error.messages[0]}) from None


@transaction.atomic
def leave(
    municipality: Municipality,
    *,
    on: dt.date,
    by: User,
    note: str = "",
    file: File[bytes] | None = None,
) -> Membership:
    """탈퇴, with the document that says so."""
    document = kept(file, f"{municipality} 탈퇴", by)
    if document is None and not municipality.fictional:
        raise ValidationError({"document": "탈퇴를 알린 공문을 붙이세요."})
    return leave_coalition(municipality=municipality, on=on, note=note, document=document, by=by)


def kept(file: File[bytes] | None, title: str, by: User) -> Attachment | None:
    """The document of a step, stored. Raises ValidationError beside the file for what is no document."""
    if file is None:
        return None
    try:
        refuse_what_is_no_original((file.name or "").rpartition("/")[2], file.size, file)
    except ValidationError as error:
        raise ValidationError({"document": error.messages[0]}) from None
    return keep_attachment(file=file, title=title[:200], by=by)
