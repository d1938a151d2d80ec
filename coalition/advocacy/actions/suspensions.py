"""Writes of 임시조치 요청: asked, confirmed by mail, answered by the secretariat, forgotten.

No Event holds an address or what was claimed.
"""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from coalition.advocacy.intake import (
    ASKED,
    DAYS_ASKED,
    DAYS_KEPT,
    DAYS_TO_CONFIRM,
    place_of,
    refuse_personal_data,
)
from coalition.advocacy.limits import SUSPENSIONS, count_sending
from coalition.advocacy.models import (
    ModerationKind,
    Opinion,
    OpinionModeration,
    SuspensionOutcome,
    SuspensionRequest,
)
from coalition.advocacy.moderating import moderate, what_was_done
from coalition.advocacy.opinions import veil_today
from coalition.advocacy.persons import empty, keep_until, new_person
from coalition.advocacy.suspending import confirm_link, looked_over_claim, readable_opinion
from coalition.members.queries import today
from coalition.particles import subject
from coalition.record.actions import record_event
from coalition.record.mail import write_mail
from coalition.record.models import User


@transaction.atomic
def ask_suspension(
    *,
    opinion: Opinion,
    right: str,
    claim: str,
    email: str,
    by: User | None,
    sent_from: str = "",
) -> SuspensionRequest:
    """Somebody whose rights an opinion violates asks that it be taken out of sight; a mail asks whether it was
    they. Raises ValidationError, by field, for what can't be taken, and TooMany."""
    address = email.strip()
    validate_email(address)
    said = looked_over_claim(claim)
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if not readable_opinion(opinion):
        raise ValidationError("지금은 누구에게도 보이지 않는 의견입니다.")
    count_sending(SUSPENSIONS, address, sent_from)
    request = SuspensionRequest(
        opinion=opinion,
        person=new_person(ASKED, DAYS_TO_CONFIRM, email=address),
        right=right,
        claim=said,
    )
    request.full_clean()
    request.save()
    write_mail(
        key=f"suspension-confirm:{request.pk}",
        to=request.person,
        subject="[연대 허브] 임시조치 요청을 확인해 주세요",
        text=f"{place_of(opinion)}에 실린 {subject(f'의견 {opinion.pk}')} 권리를 침해한다고 알려 주셨다면 아래 주소를 "
        f"열어 확인 단추를 눌러 주세요. 그래야 사무국이 살펴봅니다.\n\n{confirm_link(request)}\n\n"
        f"{DAYS_TO_CONFIRM}일 안에 확인하지 않으면 쓰신 글과 이 주소를 지웁니다. "
        "보낸 적이 없으면 아무것도 하지 않으셔도 됩니다.\n",
    )
    record_event("suspension.asked", request, by=by, after="", opinion=opinion.pk)
    return request


@transaction.atomic
def confirm_suspension_request(*, request: SuspensionRequest, by: User | None) -> SuspensionRequest:
    """It was they: the secretariat sees it from now on. Confirmed again, it stays as it is."""
    request = SuspensionRequest.objects.select_for_update().get(pk=request.pk)
    if request.confirmed_at is None:
        request.confirmed_at = timezone.now()
        request.save(update_fields=["confirmed_at"])
        keep_until(request.person, today() + dt.timedelta(days=DAYS_KEPT))
    record_event("suspension.confirmed", request, by=by, after="", opinion=request.opinion_id)
    return request


@transaction.atomic
def answer_suspension_request(
    *,
    request: SuspensionRequest,
    outcome: str,
    answer: str,
    by: User | None,
    reason: str = "",
    on: dt.date | None = None,
) -> SuspensionRequest:
    """Carry out 임시조치, hide for good, or leave it: whoever asked is told by mail, with the reason.

    `reason` stands where the opinion stood, for all to read; `answer` is for the asker alone. What is out of
    sight already is not hidden a second time. Raises ValidationError, by field, for what can't be done.
    """
    request = SuspensionRequest.objects.select_for_update().get(pk=request.pk)
    if request.confirmed_at is None or request.answered_at or request.forgotten_on:
        raise ValidationError("이미 답했거나 답할 것이 없는 요청입니다.")
    if outcome not in SuspensionOutcome.values:
        raise ValidationError({"outcome": "임시조치, 가림, 조치하지 않음 가운데 고르세요."})
    said = refuse_personal_data(answer, "answer")
    if not said:
        raise ValidationError({"answer": "청한 사람에게 보낼 답을 쓰세요."})
    done = _carried_out(request.opinion, outcome, reason, by, on)
    request.outcome, request.answer, request.moderation = outcome, said, done
    request.answered_at, request.answered_by = timezone.now(), by
    request.full_clean()
    request.save()
    keep_until(request.person, today() + dt.timedelta(days=DAYS_ASKED))
    _tell_asker(request)
    record_event(
        "suspension.answered",
        request,
        by=by,
        after="",
        opinion=request.opinion_id,
        outcome=outcome,
    )
    return request


@transaction.atomic
def forget_suspension_request(*, request: SuspensionRequest, by: User | None) -> None:
    """The address and the claim go. What was never confirmed goes whole; of others it stays that there was a
    request and what became of it."""
    record_event("suspension.forgotten", request, by=by, after="", opinion=request.opinion_id)
    person = request.person
    if request.confirmed_at is None:
        SuspensionRequest.objects.filter(pk=request.pk).delete()
        person.delete()
        return
    request.claim, request.forgotten_on = "", today()
    request.save(update_fields=["claim", "forgotten_on"])
    empty(person)


def _carried_out(
    opinion: Opinion, outcome: str, reason: str, by: User | None, on: dt.date | None
) -> OpinionModeration | None:
    """The moderation that this outcome is, made now unless it stands there already."""
    if outcome == SuspensionOutcome.DECLINED:
        return None
    kind = ModerationKind(outcome)
    veil = veil_today(opinion)
    if veil is not None and veil.kind == kind:
        return veil
    return moderate(opinion, kind, reason, by, on)


def _tell_asker(request: SuspensionRequest) -> None:
    done = request.moderation
    what = (
        f"말씀하신 의견을 {what_was_done(done)}." if done else "말씀하신 의견을 그대로 두었습니다."
    )
    open_end = "그동안 정해지지 않으면 다시 보입니다.\n" if done and done.until else ""
    write_mail(
        key=f"suspension-answered:{request.pk}",
        to=request.person,
        subject=f"[연대 허브] 임시조치 요청에 답합니다: {request.get_outcome_display()}",
        text=f"{place_of(request.opinion)}, 의견 {request.opinion_id}\n\n{what}\n{open_end}\n{request.answer}\n\n"
        "의견을 쓴 사람에게는 누가 청했는지 알리지 않습니다. 이 결정에 이의가 있으면 이 누리집의 오류 신고에 "
        "적힌 곳으로 알려 주세요. "
        f"쓰신 글과 이 이메일은 {DAYS_ASKED}일 뒤에 지웁니다.\n",
    )
