"""Writes of the notices to members: they add rows and never change one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from coalition.members.models import Notice, NoticeDocument
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.attachments import store_attachment
from coalition.record.models import User
from coalition.record.privacy import stops


@transaction.atomic
def post_notice(
    *,
    title: str,
    text: str,
    by: User,
    files: Iterable[File[bytes]] = (),
    replaces: Notice | None = None,
    on: dt.date | None = None,
) -> Notice:
    """Tell all members something, with files; or tell it anew in the place of an earlier notice.

    The files of the earlier one go along. Raises ValidationError when it was replaced before.
    """
    _refuse_replaced(replaces)
    if stops(f"{title} {text}"):
        raise ValidationError("고유식별정보로 보이는 숫자가 있습니다. 지우고 쓰세요.")
    notice = Notice(
        title=title.strip(),
        text=text.strip(),
        replaces=replaces,
        on=on or today(),
        entered_by=by,
    )
    notice.full_clean()
    notice.save()
    kept = [row.document for row in replaces.documents.all()] if replaces is not None else []
    kept += [
        store_attachment(file=file, title=(file.name or notice.title)[:200], uploader=by)
        for file in files
    ]
    NoticeDocument.objects.bulk_create(
        NoticeDocument(notice=notice, document=document) for document in kept
    )
    record_event("notice.posted", notice, by=by, documents=len(kept))
    return notice


@transaction.atomic
def withdraw_notice(*, notice: Notice, by: User, on: dt.date | None = None) -> Notice:
    """Take a notice back: a row more, none less. Raises ValidationError when it was replaced before."""
    _refuse_replaced(notice)
    if notice.withdrawn:
        raise ValidationError("이미 거둔 알림입니다.")
    row = Notice.objects.create(
        title=notice.title,
        text=notice.text,
        replaces=notice,
        withdrawn=True,
        on=max(on or today(), notice.on),
        entered_by=by,
    )
    record_event("notice.withdrawn", row, by=by, notice=notice.pk)
    return row


def _refuse_replaced(notice: Notice | None) -> None:
    if notice is not None and Notice.objects.filter(replaces=notice).exists():
        raise ValidationError("그 사이 고치거나 거둔 알림입니다. 지금 것을 보고 다시 하세요.")
