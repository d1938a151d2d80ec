"""Writes of what there is to do: they add rows and never change one."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import transaction

from coalition.members.models import Municipality, Task, TaskState, TaskStep
from coalition.members.queries import today
from coalition.members.tasks import history, possible_owners
from coalition.record.actions import record_event
from coalition.record.models import User
from coalition.record.privacy import stops


@transaction.atomic
def open_task(
    *,
    municipality: Municipality | None,
    title: str,
    owner: User,
    due: dt.date,
    by: User | None,
    text: str = "",
    on: dt.date | None = None,
) -> Task:
    """Give somebody something to do by a day. Without a municipality it is the secretariat's.

    Raises ValidationError when the owner has no post there, or the day is over.
    """
    day = on or today()
    task = Task(
        municipality=municipality,
        title=title.strip(),
        text=text.strip(),
        on=day,
        entered_by=by,
    )
    _refuse(task, title, text, owner=owner, due=due, day=day)
    task.full_clean()
    task.save()
    TaskStep.objects.create(
        task=task, state=TaskState.OPEN, owner=owner, due=due, on=day, entered_by=by
    )
    record_event("task.opened", task, by=by, municipality=municipality and municipality.code)
    return task


@transaction.atomic
def step_task(
    *,
    task: Task,
    state: str,
    by: User | None,
    owner: User | None = None,
    due: dt.date | None = None,
    note: str = "",
    seen: TaskStep | None = None,
    on: dt.date | None = None,
) -> TaskStep:
    """Say that it is done, dropped (with the reason), begins anew, has another owner or another day.

    `seen` is the step that the writer knew: when somebody else said something since, it is refused.
    """
    Task.objects.select_for_update().get(pk=task.pk)
    last = history(task.pk)[0]
    if seen is not None and seen.pk != last.pk:
        raise ValidationError("그 사이 다른 사람이 적었습니다. 지금 것을 보고 다시 적으세요.")
    day = max(on or today(), last.on)
    step = TaskStep(
        task=task,
        state=state,
        owner=owner or last.owner,
        due=due or last.due,
        note=note.strip(),
        on=day,
        entered_by=by,
    )
    same = (step.state, step.owner_id, step.due) == (last.state, last.owner_id, last.due)
    if same and not step.note:
        raise ValidationError("바뀐 것이 없습니다.")
    changed_due = step.due if step.due != last.due else None
    changed_owner = step.owner if step.owner_id != last.owner_id else None
    _refuse(task, note, owner=changed_owner, due=changed_due, day=day)
    step.full_clean()
    step.save()
    record_event("task.stepped", step, by=by, task=task.pk, state=step.state)
    return step


def _refuse(task: Task, *words: str, owner: User | None, due: dt.date | None, day: dt.date) -> None:
    """What keeps a task or a step from being written. What is None was there before and stays."""
    if owner is not None and not possible_owners(task.municipality).filter(pk=owner.pk).exists():
        raise ValidationError({"owner": "그 자리에서 일하는 사람을 고르세요."})
    if due is not None and due < day:
        raise ValidationError({"due": "기한이 이미 지난 날입니다."})
    if stops(" ".join(words)):
        raise ValidationError("고유식별정보로 보이는 숫자가 있습니다. 지우고 쓰세요.")
