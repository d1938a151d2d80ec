"""Writes of joint statements: they add rows and never change one."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction

from coalition.advocacy.filing import kept_document
from coalition.advocacy.models import Statement, StatementAct, StatementJoin, StatementStep
from coalition.drafts.models import Bill
from coalition.members.models import Municipality
from coalition.members.queries import members, today
from coalition.record.actions import record_event
from coalition.record.models import Source, User
from coalition.record.privacy import stops


@transaction.atomic
def write_statement(
    *,
    title: str,
    text: str,
    by: User | None,
    bill: Bill | None = None,
    fictional: bool = False,
    on: dt.date | None = None,
) -> Statement:
    """Lay a text before the members, who may put their names under it. Nobody else sees it yet."""
    if stops(f"{title} {text}"):
        raise ValidationError("고유식별정보로 보이는 숫자가 있습니다. 지우고 쓰세요.")
    row = Statement(
        bill=bill,
        title=title.strip(),
        text=text.strip().replace("\r\n", "\n"),
        fictional=fictional or bool(bill and bill.fictional),
        on=on or today(),
        entered_by=by,
    )
    row.full_clean()
    row.save()
    record_event("statement.written", row, by=by)
    return row


@transaction.atomic
def release_statement(
    *, statement: Statement, by: User | None, on: dt.date | None = None
) -> StatementStep:
    """발표: everybody may read it from now on. Raises ValidationError without a name under it."""
    Statement.objects.select_for_update().get(pk=statement.pk)
    acts = set(statement.steps.values_list("act", flat=True))
    if StatementAct.WITHDRAWN in acts:
        raise ValidationError("거둔 성명은 발표할 수 없습니다.")
    if StatementAct.RELEASED in acts:
        raise ValidationError("이미 발표한 성명입니다.")
    last = StatementJoin.objects.filter(statement=statement, replaced_by__isnull=True)
    if not last.filter(withdrawn=False).exists():
        raise ValidationError("함께한 지방정부가 아직 없습니다.")
    step = _step(statement, StatementAct.RELEASED, by, on)
    record_event("statement.released", step, by=by, statement=statement.pk)
    return step


@transaction.atomic
def withdraw_statement(
    *, statement: Statement, reason: str, by: User | None, on: dt.date | None = None
) -> StatementStep:
    """거둠: after its release it stays readable, marked, with the reason."""
    Statement.objects.select_for_update().get(pk=statement.pk)
    if statement.steps.filter(act=StatementAct.WITHDRAWN).exists():
        raise ValidationError("이미 거둔 성명입니다.")
    if not reason.strip():
        raise ValidationError("거두는 까닭을 쓰세요.")
    step = _step(statement, StatementAct.WITHDRAWN, by, on, reason.strip())
    record_event("statement.withdrawn", step, by=by, statement=statement.pk)
    return step


def _step(
    statement: Statement, act: str, by: User | None, on: dt.date | None, note: str = ""
) -> StatementStep:
    step = StatementStep(
        statement=statement,
        act=act,
        note=note[:300],
        on=max(on or today(), statement.on),
        entered_by=by,
    )
    step.full_clean()
    step.save()
    return step


@transaction.atomic
def join_statement(
    *,
    statement: Statement,
    municipality: Municipality,
    by: User | None,
    file: File[bytes] | None = None,
    source: Source | None = None,
    on: dt.date | None = None,
) -> StatementJoin:
    """Put a member's name under a statement.

    Raises ValidationError when it is no member on that day, stands there already, when the statement was
    withdrawn, and for a real municipality without a document or a Source.
    """
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    day = max(on or today(), statement.on)
    if statement.fictional != municipality.fictional:
        raise ValidationError("가상 지방정부는 시연용 성명에만 함께합니다.")
    if statement.steps.filter(act=StatementAct.WITHDRAWN).exists():
        raise ValidationError("거둔 성명에는 함께할 수 없습니다.")
    if not members(day).filter(pk=municipality.pk).exists():
        raise ValidationError("이날 참여하고 있는 지방정부만 함께할 수 있습니다.")
    last = _last(statement, municipality)
    if last is not None and not last.withdrawn:
        raise ValidationError("이미 함께한 성명입니다.")
    document = kept_document(file, statement.title, by)
    if not municipality.fictional and document is None and source is None:
        raise ValidationError("실제 지방정부가 함께하려면 문서가 있어야 합니다.")
    row = StatementJoin(
        statement=statement,
        municipality=municipality,
        document=document,
        source=source,
        replaces=last,
        on=max(day, last.on) if last else day,
        joined_by=by,
    )
    row.full_clean()
    row.save()
    record_event("statement.joined", row, by=by, municipality=municipality.code)
    return row


@transaction.atomic
def leave_statement(
    *,
    statement: Statement,
    municipality: Municipality,
    reason: str,
    by: User | None,
    on: dt.date | None = None,
) -> StatementJoin:
    """Take the name back from a day on, with the reason; what stood there until then is not undone."""
    Municipality.objects.select_for_update().get(pk=municipality.pk)
    last = _last(statement, municipality)
    if last is None or last.withdrawn:
        raise ValidationError("함께하지 않은 성명입니다.")
    if not reason.strip():
        raise ValidationError("이름을 거두는 까닭을 쓰세요.")
    row = StatementJoin.objects.create(
        statement=statement,
        municipality=municipality,
        withdrawn=True,
        note=reason.strip()[:300],
        document_id=last.document_id,
        source_id=last.source_id,
        replaces=last,
        on=max(on or today(), last.on),
        joined_by=by,
    )
    record_event("statement.left", row, by=by, municipality=municipality.code)
    return row


def _last(statement: Statement, municipality: Municipality) -> StatementJoin | None:
    rows = StatementJoin.objects.filter(statement=statement, municipality=municipality)
    return rows.filter(replaced_by__isnull=True).first()
