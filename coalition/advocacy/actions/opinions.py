"""Writes of 의견: sent, confirmed, taken back by its author; moderated and answered by the secretariat.

No Event holds an address, a name or the words.
"""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from coalition.advocacy.intake import (
    ASKED,
    DAYS_AFTER_REPLY,
    DAYS_ASKED,
    DAYS_KEPT,
    DAYS_SIGNED,
    DAYS_TO_CONFIRM,
    PURPOSE,
    SIGNED,
    confirm_link,
    looked_over,
    own_link,
    place_of,
    refuse_personal_data,
    refuse_wrong_place,
)
from coalition.advocacy.limits import OPINIONS, count_sending
from coalition.advocacy.models import (
    ModerationKind,
    Opinion,
    OpinionModeration,
    OpinionReply,
    Verdict,
)
from coalition.advocacy.moderating import moderate, refuse_second_suspension, what_was_done
from coalition.advocacy.persons import empty, keep_until, new_person
from coalition.drafts.models import Provision, Version
from coalition.drafts.queries import uid_of
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.mail import write_mail
from coalition.record.models import User
from coalition.record.privacy import find_personal_data

_HELD = "연락처로 보이는 글이 있어 사무국이 살펴보고 있습니다."


@transaction.atomic
def send_opinion(
    *,
    version: Version,
    provision: Provision | None,
    author_kind: str,
    text: str,
    email: str,
    of_age: bool,
    by: User | None,
    name: str = "",
    acknowledged: bool = False,
    sent_from: str = "",
) -> Opinion:
    """Somebody sends an opinion; a mail asks whether it was they. Nobody reads it before.

    `name` is given only by who consents to its being shown. Raises ValidationError, by field, for what can't be
    taken, and TooMany when too many came from there.
    """
    address = email.strip()
    validate_email(address)
    refuse_wrong_place(version, provision)
    words = looked_over(text, acknowledged=acknowledged)
    signed = refuse_personal_data(name, "name")[:100]
    if not of_age:
        raise ValidationError({"of_age": "만 14세 이상이어야 의견을 남길 수 있습니다."})
    count_sending(OPINIONS, address, sent_from)
    opinion = Opinion(
        version=version,
        provision=provision,
        uid=(uid_of(provision) or uuid.uuid4()) if provision is not None else None,
        author_kind=author_kind,
        person=new_person(PURPOSE, DAYS_TO_CONFIRM, email=address),
        signature=new_person(SIGNED, DAYS_SIGNED, name=signed) if signed else None,
        of_age=of_age,
        text=words,
    )
    opinion.full_clean()
    opinion.save()
    place = place_of(opinion)
    write_mail(
        key=f"opinion-confirm:{opinion.pk}",
        to=opinion.person,
        subject=f"[연대 허브] 의견을 확인해 주세요: {place}",
        text=f"{place}에 의견을 보내셨다면 아래 주소를 열어 확인 단추를 눌러 주세요. 그래야 실립니다.\n\n"
        f"{confirm_link(opinion)}\n\n{DAYS_TO_CONFIRM}일 안에 확인하지 않으면 의견과 이 주소를 지웁니다. "
        "보낸 적이 없으면 아무것도 하지 않으셔도 됩니다.\n",
    )
    record_event("opinion.sent", opinion, by=by, after="", bill=version.bill.slug)
    return opinion


@transaction.atomic
def confirm_opinion(*, opinion: Opinion, by: User | None, on: dt.date | None = None) -> Opinion:
    """It was they: the opinion is told from today. What the gate warned of waits for the secretariat.

    Confirmed again, it stays as it is.
    """
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if opinion.confirmed_at is None:
        opinion.confirmed_at, opinion.on = timezone.now(), on or today()
        opinion.save(update_fields=["confirmed_at", "on"])
        keep_until(opinion.person, opinion.on + dt.timedelta(days=DAYS_KEPT))
        if find_personal_data(opinion.text):
            OpinionModeration.objects.create(
                opinion=opinion, kind=ModerationKind.HELD, reason=_HELD, on=opinion.on
            )
        write_mail(
            key=f"opinion-received:{opinion.pk}",
            to=opinion.person,
            subject=f"[연대 허브] 의견을 받았습니다: {place_of(opinion)}",
            text="답변이 나오면 한 번 알려 드립니다. 의견을 거두거나 이메일을 지우려면 아래 주소를 쓰세요. "
            f"로그인하지 않아도 됩니다.\n\n{own_link(opinion)}\n",
        )
    record_event("opinion.confirmed", opinion, by=by, after="")
    return opinion


@transaction.atomic
def drop_opinion(*, opinion: Opinion, by: User | None) -> None:
    """Delete what nobody confirmed, with the address. A confirmed one is refused by the database."""
    pk, person, signature = opinion.pk, opinion.person, opinion.signature
    opinion.delete()
    opinion.pk = pk
    for one in (person, signature):
        if one is not None:
            one.delete()
    record_event("opinion.dropped", opinion, by=by, after="")


@transaction.atomic
def withdraw_opinion(*, opinion: Opinion, by: User | None) -> Opinion:
    """The author takes it back: the words, the address and the name are gone, that there was one stays.

    Raises ValidationError when it is withdrawn already.
    """
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    if opinion.confirmed_at is None or opinion.withdrawn_on is not None:
        raise ValidationError("이미 거둔 의견입니다.")
    opinion.text, opinion.withdrawn_on = "", today()
    opinion.save(update_fields=["text", "withdrawn_on"])
    for person in (opinion.person, opinion.signature):
        if person is not None:
            empty(person)
    record_event("opinion.withdrawn", opinion, by=by, after="")
    return opinion


@transaction.atomic
def hide_opinion(
    *, opinion: Opinion, reason: str, by: User | None, on: dt.date | None = None
) -> OpinionModeration:
    """Take the words out of sight; the reason stands in their place."""
    row = moderate(opinion, ModerationKind.HIDDEN, reason, by, on)
    record_event("opinion.hidden", row, by=by, opinion=opinion.pk)
    return row


@transaction.atomic
def show_opinion(
    *, opinion: Opinion, by: User | None, reason: str = "", on: dt.date | None = None
) -> OpinionModeration:
    """Let everybody read it (again): after a look at what was held, or when hiding was a mistake."""
    row = moderate(opinion, ModerationKind.SHOWN, reason, by, on)
    record_event("opinion.shown", row, by=by, opinion=opinion.pk)
    return row


@transaction.atomic
def suspend_opinion(
    *,
    opinion: Opinion,
    reason: str,
    by: User | None,
    asker: str = "",
    on: dt.date | None = None,
) -> OpinionModeration:
    """임시조치: out of sight for thirty days, or until it is decided before. Once for an opinion.

    `asker` is the mail address of who says that their rights are violated: kept apart, told what was done.
    """
    refuse_second_suspension(opinion)
    person = None
    if asker.strip():
        validate_email(asker.strip())
        person = new_person(ASKED, DAYS_ASKED, email=asker.strip())
    row = moderate(opinion, ModerationKind.SUSPENDED, reason, by, on, asker=person)
    if person is not None:
        write_mail(
            key=f"opinion-suspended:{row.pk}:asker",
            to=person,
            subject=f"[연대 허브] 임시조치를 했습니다: {place_of(opinion)}",
            text=f"말씀하신 의견을 {what_was_done(row)}. 누가 청했는지는 알리지 않습니다. 그동안 정해지지 않으면 "
            "다시 보입니다.\n",
        )
    record_event("opinion.suspended", row, by=by, opinion=opinion.pk)
    return row


@transaction.atomic
def reply_to_opinion(
    *, opinion: Opinion, verdict: str, reason: str, by: User | None, on: dt.date | None = None
) -> OpinionReply:
    """Close an opinion by 반영, 일부 반영 or 미반영 with its reason; a second reply corrects the first.

    The author is told once. Raises ValidationError without a verdict or reason, and when nothing changes.
    """
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    said = refuse_personal_data(reason, "reason")
    if verdict not in Verdict.values:
        raise ValidationError({"verdict": "반영, 일부 반영, 미반영 가운데 고르세요."})
    if not said:
        raise ValidationError({"reason": "까닭을 쓰세요. 까닭이 없으면 닫을 수 없습니다."})
    if opinion.confirmed_at is None or opinion.withdrawn_on is not None:
        raise ValidationError("거둔 의견에는 답하지 않습니다.")
    before = opinion.replies.order_by("-pk").first()
    if before is not None and (before.verdict, before.reason) == (verdict, said):
        raise ValidationError("이미 그렇게 답했습니다.")
    row = OpinionReply(
        opinion=opinion,
        verdict=verdict,
        reason=said,
        replaces=before,
        on=max(filter(None, (on or today(), opinion.on, before.on if before else None))),
        replied_by=by,
    )
    row.full_clean()
    row.save()
    if before is None:
        write_mail(
            key=f"quiet:opinion-reply:{opinion.pk}",
            to=opinion.person,
            subject=f"[연대 허브] 의견에 답했습니다: {row.get_verdict_display()}",
            text=f"{place_of(opinion)}에 주신 의견에 답했습니다.\n\n{row.get_verdict_display()}\n{said}\n\n"
            f"{own_link(opinion)}\n\n이 이메일은 {DAYS_AFTER_REPLY}일 뒤에 지웁니다.\n",
        )
        over = today() + dt.timedelta(days=DAYS_AFTER_REPLY)
        keep_until(opinion.person, min(over, opinion.person.retain_until))
    record_event("opinion.replied", row, by=by, opinion=opinion.pk, verdict=verdict)
    return row
