"""Writes of the road of a bill and of what ties it to 국정과제: they add rows and never change one."""

from __future__ import annotations

import datetime as dt
import uuid

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.advocacy.models import AssemblyBill, RoadStage, RoadStep, TaskLink
from coalition.drafts.models import Bill, Provision, Version
from coalition.drafts.queries import uid_of
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.models import Source, User
from coalition.record.sources import Cited


@transaction.atomic
def enter_assembly_bill(
    *,
    bill: Bill,
    number: str,
    title: str,
    cited: Cited,
    by: User | None,
    proposer: str = "",
    version: Version | None = None,
) -> AssemblyBill:
    """Enter a bill before the Assembly that serves the same purpose, with its number and its Source.

    Raises ValidationError when the number is taken, and when `version` is of another bill.
    """
    if version is not None and version.bill_id != bill.pk:
        raise ValidationError("이 법안의 판을 고르세요.")
    row = AssemblyBill(
        bill=bill,
        number=number.strip(),
        title=title.strip(),
        proposer=proposer.strip(),
        version=version,
        source=_source(cited),
        entered_by=by,
    )
    row.full_clean()
    row.save()
    record_event("assembly-bill.entered", row, by=by, bill=bill.slug, number=row.number)
    return row


@transaction.atomic
def record_road_step(
    *,
    bill: Bill,
    stage: str,
    happened_on: dt.date,
    cited: Cited,
    by: User | None,
    assembly_bill: AssemblyBill | None = None,
    note: str = "",
    into: AssemblyBill | None = None,
    replaces: RoadStep | None = None,
    on: dt.date | None = None,
) -> RoadStep:
    """Say where a bill came to on which day, and where that is written.

    Raises ValidationError without a Source, for another bill's 의안, for a circle of alternatives, and when
    the row to be replaced was replaced before.
    """
    found = RoadStage.objects.filter(pk=stage).first()
    if found is None:
        raise ValidationError({"stage": "없는 단계입니다."})
    for other in (assembly_bill, into):
        if other is not None and other.bill_id != bill.pk:
            raise ValidationError("이 법안과 목적이 같은 의안을 고르세요.")
    if replaces is not None and (
        replaces.bill_id != bill.pk or RoadStep.objects.filter(replaces=replaces).exists()
    ):
        raise ValidationError("그 사이 고쳐 적었거나 다른 법안의 걸음입니다.")
    _refuse_circle(assembly_bill, into)
    row = RoadStep(
        bill=bill,
        assembly_bill=assembly_bill,
        stage=found,
        happened_on=happened_on,
        note=note.strip(),
        into=into,
        source=_source(cited),
        replaces=replaces,
        on=on or today(),
        entered_by=by,
    )
    row.full_clean()
    row.save()
    record_event("road.stepped", row, by=by, bill=bill.slug, stage=stage)
    return row


@transaction.atomic
def link_task(
    *,
    bill: Bill,
    task: str,
    quote: str,
    cited: Cited,
    by: User | None,
    provision: Provision | None = None,
    status: str = "",
    replaces: TaskLink | None = None,
    on: dt.date | None = None,
) -> TaskLink:
    """Tie a 국정과제, quoted word for word, to a clause or to the whole bill; or say it anew."""
    if provision is not None and (
        provision.version.bill_id != bill.pk
        or not provision.version.is_published
        or provision.kind != "article"
    ):
        raise ValidationError("이 법안의 발행된 판의 조를 고르세요.")
    if replaces is not None and TaskLink.objects.filter(replaces=replaces).exists():
        raise ValidationError("그 사이 고쳐 적었습니다. 지금 것을 보고 다시 적으세요.")
    row = TaskLink(
        bill=bill,
        provision=provision,
        uid=(uid_of(provision) or uuid.uuid4()) if provision is not None else None,
        task=task.strip(),
        quote=quote.strip(),
        status=status.strip(),
        source=_source(cited),
        replaces=replaces,
        on=on or today(),
        entered_by=by,
    )
    row.full_clean()
    row.save()
    record_event("task.linked", row, by=by, bill=bill.slug)
    return row


@transaction.atomic
def withdraw_task_link(*, link: TaskLink, by: User | None) -> TaskLink:
    """Show a tie no longer. It stays in the ledger."""
    if link.withdrawn or TaskLink.objects.filter(replaces=link).exists():
        raise ValidationError("이미 거두었거나 고쳐 적은 고리입니다.")
    row = TaskLink(
        bill_id=link.bill_id,
        provision_id=link.provision_id,
        uid=link.uid,
        task=link.task,
        quote=link.quote,
        status=link.status,
        source_id=link.source_id,
        replaces=link,
        withdrawn=True,
        on=max(today(), link.on),
        entered_by=by,
    )
    row.save()
    record_event("task.unlinked", row, by=by)
    return row


def _source(cited: Cited) -> Source:
    if not (cited.title.strip() and cited.publisher.strip() and cited.published_on):
        raise ValidationError("출처의 제목과 펴낸 곳과 펴낸 날을 모두 쓰세요.")
    return cited.source()


def _refuse_circle(assembly_bill: AssemblyBill | None, into: AssemblyBill | None) -> None:
    """A taken up by B must not be what B was taken up by."""
    seen = set()
    while into is not None and into.pk not in seen:
        if assembly_bill is not None and into.pk == assembly_bill.pk:
            raise ValidationError("대안이 서로를 반영할 수는 없습니다.")
        seen.add(into.pk)
        step = RoadStep.objects.filter(
            assembly_bill=into, into__isnull=False, replaced_by__isnull=True
        ).first()
        into = step.into if step is not None else None
