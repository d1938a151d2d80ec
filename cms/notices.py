"""Mails about approval: a reader of the Events that tells who has to do something now.

Wagtail would mail inside the editor's request, in half a translation, and lose what the mail server
refuses; here a mail is a row (coalition.record.mail) and says in Korean what happened and what to do.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from wagtail import signals
from wagtail.models import Page, TaskState, WorkflowState

from cms.addresses import address_of
from cms.models import CaseBookEntry, CaseBookState
from cms.notices_of_spread import told_to_donor
from cms.privacy import warnings_of
from cms.tenancy import municipality_slug
from coalition.members.access import SECRETARIAT, SECRETARIAT_LEAD
from coalition.members.models import Appointment, Deputation, Municipality, Role
from coalition.record.mail import write_mail
from coalition.record.models import Event, User
from coalition.record.queries import mark_read, unread_events

READER = "notices"
# After a long standstill nobody wants mail about what was settled by telephone meanwhile.
STALE = dt.timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Notice:
    """One mail before it has a recipient. `template` stands in templates/mail/."""

    template: str
    subject: str
    recipients: list[User]
    context: dict[str, Any]


def silence_wagtail() -> None:
    """Wagtail's own mails about a workflow are ours now. Called once when the app is ready."""
    for signal, name in (
        (signals.workflow_submitted, "workflow_state_submitted_email_notification"),
        (signals.workflow_rejected, "workflow_state_rejected_email_notification"),
        (signals.workflow_approved, "workflow_state_approved_email_notification"),
    ):
        signal.disconnect(sender=WorkflowState, dispatch_uid=name)
    signals.task_submitted.disconnect(
        sender=TaskState, dispatch_uid="group_approval_task_submitted_email_notification"
    )


def write_notices() -> int:
    """The worker's job: mails for what happened since the last look; how many Events were read."""
    events = unread_events(READER)
    for event in events:
        if timezone.now() - event.at < STALE:
            _write(event)
    mark_read(READER, events)
    return len(events)


def _write(event: Event) -> None:
    for notice in _notices(event):
        for user in notice.recipients:
            text = render_to_string(
                f"mail/{notice.template}.txt", {**notice.context, "recipient": user}
            )
            write_mail(
                key=f"{notice.template}:{event.pk}:{user.pk}",
                to=user,
                subject=f"[연대 허브] {notice.subject}",
                text=text,
            )


def _notices(event: Event) -> Iterator[Notice]:
    if (told := told_to_donor(event)) is not None:
        yield Notice("adoption_begun", *told)
        return
    if event.verb in ("case_book.offered", "case_book.decided"):
        yield from _case_book_notices(event)
        return
    if event.verb not in ("page.submitted", "page.approved", "page.rejected"):
        return
    state = _task_state(event)
    page = Page.objects.filter(pk=event.object_id).first()
    if state is None or page is None:
        return
    context = _context(event, page, state)
    if event.verb == "page.submitted":
        if state.status == TaskState.STATUS_IN_PROGRESS:
            subject = f"결재를 기다립니다: {page.get_admin_display_title()}"
            context["warnings"] = warnings_of(page.get_latest_revision_as_object())
            yield Notice("page_submitted", subject, approvers_of(page, event.actor), context)
        return
    author = state.workflow_state.requested_by
    if author is None or author == event.actor:
        return
    if event.verb == "page.rejected":
        subject = f"돌려보냈습니다: {page.get_admin_display_title()}"
        yield Notice("page_rejected", subject, [author], context)
    elif state.workflow_state.status == WorkflowState.STATUS_APPROVED:
        subject = f"승인되어 공개됐습니다: {page.get_admin_display_title()}"
        yield Notice("page_approved", subject, [author], context)


def _case_book_notices(event: Event) -> Iterator[Notice]:
    """사무국 확인: the secretariat is asked, the municipality hears what was decided and why."""
    entry = CaseBookEntry.objects.filter(pk=event.object_id).select_related("page").first()
    if entry is None:
        return
    title = entry.page.get_admin_display_title()
    context = {
        "title": title,
        "address": settings.HUB_BASE_URL + address_of(entry.page),
        "place": _place(entry.page),
        "desk": settings.HUB_BASE_URL + reverse("case_book:index"),
        "reason": entry.reason,
        "decision": "실었습니다" if entry.state == CaseBookState.TAKEN else "싣지 않기로 했습니다",
    }
    if event.verb == "case_book.offered":
        if entry.state == CaseBookState.WAITING:
            subject = f"사례집 확인을 기다립니다: {title}"
            yield Notice("case_book_offered", subject, list(_secretariat()), context)
        return
    owner = entry.page.owner
    told = {
        user.pk: user for user in [*approvers_of(entry.page, event.actor), *filter(None, [owner])]
    }
    subject = f"공동 사례집에 {context['decision']}: {title}"
    yield Notice("case_book_decided", subject, list(told.values()), context)


def _task_state(event: Event) -> TaskState | None:
    key = event.data.get("task_state")
    states = TaskState.objects.select_related("workflow_state__requested_by", "task")
    return states.filter(pk=key).first() if key else None


def _context(event: Event, page: Page, state: TaskState) -> dict[str, Any]:
    base = settings.HUB_BASE_URL
    return {
        "title": page.get_admin_display_title(),
        "actor": event.actor,
        "comment": state.comment.strip(),
        "edit": base + reverse("wagtailadmin_pages:edit", args=[page.pk]),
        "address": base + address_of(page),
        "account": base + reverse("wagtailadmin_account"),
        "place": _place(page),
    }


def _place(page: Page) -> str:
    slug = municipality_slug(page)
    municipality = Municipality.objects.filter(slug=slug).first() if slug else None
    return municipality.full_name if municipality else "사무국"


def approvers_of(page: Page, author: User | None) -> list[User]:
    """Who may approve this page now: its 결재자, else the deputy; outside municipalities a colleague."""
    slug = municipality_slug(page)
    if slug is None:
        return _without(_secretariat(), author)
    posts = Appointment.objects.filter(
        municipality__slug=slug, role=Role.APPROVER, until__isnull=True, user__is_active=True
    ).select_related("user")
    found = _without((post.user for post in posts), author)
    if Deputation.objects.filter(municipality__slug=slug, until__isnull=True).exists():
        found += _without(_secretariat(), author)
    return found


def _secretariat() -> Iterable[User]:
    groups = Group.objects.filter(name__in=(SECRETARIAT, SECRETARIAT_LEAD))
    return User.objects.filter(groups__in=groups, is_active=True).distinct().order_by("pk")


def _without(users: Iterable[User], author: User | None) -> list[User]:
    return [user for user in users if author is None or user.pk != author.pk]
