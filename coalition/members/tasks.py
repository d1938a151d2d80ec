"""Reads of what there is to do, as of any day. A task stands as its newest step says."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import Group
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from coalition.members.access import SECRETARIAT, SECRETARIAT_LEAD
from coalition.members.models import Appointment, Municipality, TaskState, TaskStep
from coalition.members.queries import today
from coalition.record.models import User


def standing(on: dt.date | None = None) -> QuerySet[TaskStep]:
    """The step of each task that counted on that day, those that are due first in front."""
    later = TaskStep.objects.filter(task=OuterRef("task"), pk__gt=OuterRef("pk"))
    if on is not None:
        later = later.filter(on__lte=on)
    steps = TaskStep.objects.filter(on__lte=on) if on is not None else TaskStep.objects.all()
    return (
        steps.exclude(Exists(later))
        .select_related("task__municipality__region", "owner")
        .order_by("due", "pk")
    )


def open_tasks(on: dt.date | None = None) -> QuerySet[TaskStep]:
    """What is still to do."""
    return standing(on).filter(state=TaskState.OPEN)


def overdue(on: dt.date | None = None) -> QuerySet[TaskStep]:
    """What should have been done before that day."""
    return open_tasks(on).filter(due__lt=on or today())


def ownerless() -> QuerySet[TaskStep]:
    """What is to do and was left behind: who had it holds no post there any more."""
    post = Appointment.objects.filter(
        user=OuterRef("owner"), municipality=OuterRef("task__municipality"), until__isnull=True
    )
    in_secretariat = Exists(_keepers().filter(pk=OuterRef("owner")))
    holds = Q(Exists(post)) | (Q(task__municipality__isnull=True) & Q(in_secretariat))
    return open_tasks().exclude(Q(owner__is_active=True) & holds)


def tasks_of(municipality: Municipality | None) -> QuerySet[TaskStep]:
    """The tasks of one municipality, or of the secretariat."""
    return standing().filter(task__municipality=municipality)


def tasks_for(user: User) -> QuerySet[TaskStep]:
    """What this user has to do."""
    return open_tasks().filter(owner=user)


def possible_owners(municipality: Municipality | None) -> QuerySet[User]:
    """Who may be given a task there: people with an open post, or the secretariat's own."""
    if municipality is None:
        return _keepers().filter(is_active=True).order_by("last_name", "first_name", "pk")
    posts = Appointment.objects.filter(
        user=OuterRef("pk"), municipality=municipality, until__isnull=True
    )
    people = User.objects.filter(Exists(posts), is_active=True)
    return people.order_by("last_name", "first_name", "pk")


def _keepers() -> QuerySet[User]:
    groups = Group.objects.filter(name__in=(SECRETARIAT, SECRETARIAT_LEAD), user=OuterRef("pk"))
    return User.objects.filter(Exists(groups))


def history(task_id: int) -> QuerySet[TaskStep]:
    """Everything that was said of a task, newest first."""
    return (
        TaskStep.objects.filter(task=task_id)
        .select_related("owner", "entered_by")
        .order_by(F("pk").desc())
    )
