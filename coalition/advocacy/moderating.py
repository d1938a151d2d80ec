"""What actions about opinions out of sight share: the row of a moderation, and the mail to who wrote the opinion."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.utils.formats import date_format

from coalition.advocacy.intake import DAYS_SUSPENDED, own_link, place_of, refuse_personal_data
from coalition.advocacy.models import ModerationKind, Opinion, OpinionModeration
from coalition.members.queries import today
from coalition.record.mail import write_mail
from coalition.record.models import Person, User


def moderate(
    opinion: Opinion,
    kind: ModerationKind,
    reason: str,
    by: User | None,
    on: dt.date | None = None,
    *,
    asker: Person | None = None,
) -> OpinionModeration:
    """One step more. Raises ValidationError without a reason, and for what is no longer to be moderated."""
    opinion = Opinion.objects.select_for_update().get(pk=opinion.pk)
    said = refuse_personal_data(reason, "reason")
    if not said and kind != ModerationKind.SHOWN:
        raise ValidationError({"reason": "까닭을 쓰세요. 의견이 있던 자리에 실립니다."})
    if opinion.on is None or opinion.withdrawn_on is not None:
        raise ValidationError("거둔 의견입니다.")
    last = opinion.moderations.order_by("-pk").first()
    shown = last is None or last.kind == ModerationKind.SHOWN
    if kind == ModerationKind.SHOWN and shown:
        raise ValidationError("이미 보이는 의견입니다.")
    until = None
    if kind == ModerationKind.SUSPENDED:
        refuse_second_suspension(opinion)
        until = (on or today()) + dt.timedelta(days=DAYS_SUSPENDED)
    row = OpinionModeration(
        opinion=opinion,
        kind=kind,
        reason=said,
        until=until,
        asker=asker,
        on=max(on or today(), opinion.on),
        moderated_by=by,
    )
    row.full_clean()
    row.save()
    if kind != ModerationKind.SHOWN:
        _tell_author(row)
    return row


def refuse_second_suspension(opinion: Opinion) -> None:
    """The thirty days are given once; then it has to be decided."""
    if opinion.moderations.filter(kind=ModerationKind.SUSPENDED).exists():
        raise ValidationError("임시조치는 한 번만 합니다. 가리거나 그대로 두도록 정하세요.")


def what_was_done(row: OpinionModeration) -> str:
    """In the words of a mail."""
    if row.until is None:
        return "보이지 않게 했습니다"
    return f"{date_format(row.until)}까지 {DAYS_SUSPENDED}일 동안 보이지 않게 했습니다(임시조치)"


def _tell_author(row: OpinionModeration) -> None:
    write_mail(
        key=f"opinion-{row.kind}:{row.pk}",
        to=row.opinion.person,
        subject=f"[연대 허브] 의견이 보이지 않습니다: {place_of(row.opinion)}",
        text=f"주신 의견을 {what_was_done(row)}.\n까닭: {row.reason}\n\n그렇지 않다고 생각하시면 이 누리집의 "
        f"오류 신고에 적힌 곳으로 알려 주세요. 의견은 아래에서 보실 수 있습니다.\n\n{own_link(row.opinion)}\n",
    )
