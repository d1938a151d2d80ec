"""Wagtail's own doings, written into the one log (coalition.record.Event).

Our named actions write their Event themselves. What an editor does through Wagtail's screens is told by
signals; each becomes one Event in the same transaction, so that search, cache and feeds learn of it.
"""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save, pre_delete
from wagtail.models import Page, PageViewRestriction, TaskState
from wagtail.signals import (
    page_published,
    page_slug_changed,
    page_unpublished,
    post_page_move,
    task_approved,
    task_rejected,
    workflow_submitted,
)

from cms.models import CasePage
from cms.reviews import offer_anew
from coalition.record.actions import record_event
from coalition.record.models import User


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_published, dispatch_uid="cms.published")
    page_unpublished.connect(_unpublished, dispatch_uid="cms.unpublished")
    page_slug_changed.connect(_slug_changed, dispatch_uid="cms.slug_changed")
    post_page_move.connect(_moved, dispatch_uid="cms.moved")
    workflow_submitted.connect(_submitted, dispatch_uid="cms.submitted")
    task_approved.connect(_approved, dispatch_uid="cms.approved")
    task_rejected.connect(_rejected, dispatch_uid="cms.rejected")
    pre_delete.connect(_deleted, sender=Page, dispatch_uid="cms.deleted")
    post_save.connect(_restricted, sender=PageViewRestriction, dispatch_uid="cms.restricted")
    post_delete.connect(_unrestricted, sender=PageViewRestriction, dispatch_uid="cms.unrestricted")


def _write(verb: str, page: Page, *, by: User | None = None, **data: Any) -> None:
    """One Event about a page. Wagtail sends some signals outside a transaction, so we open our own."""
    with transaction.atomic():
        subject = page.specific if page.specific_class else page
        record_event(verb, subject, by=by, after="", url_path=page.url_path, **data)


def _published(instance: Page, revision: Any = None, **kwargs: Any) -> None:
    by = revision.user if revision is not None else None
    digest = "" if revision is None else str(revision.pk)
    _write("page.published", instance, by=by, revision=digest)
    if isinstance(instance, CasePage) and instance.in_case_book:
        offer_anew(instance, by=by)


def _unpublished(instance: Page, **kwargs: Any) -> None:
    _write("page.unpublished", instance)


def _slug_changed(instance: Page, instance_before: Page, **kwargs: Any) -> None:
    _write("page.renamed", instance, url_path_before=instance_before.url_path)


def _moved(instance: Page, url_path_before: str, url_path_after: str, **kwargs: Any) -> None:
    if url_path_before != url_path_after:
        _write("page.moved", instance, url_path_before=url_path_before)


def _deleted(instance: Page, **kwargs: Any) -> None:
    _write("page.deleted", instance)


def _submitted(instance: Any, user: User | None = None, **kwargs: Any) -> None:
    state = instance.current_task_state
    _write(
        "page.submitted", instance.content_object, by=user, task_state=state.pk if state else None
    )


def _approved(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    _write("page.approved", instance.workflow_state.content_object, by=user, task_state=instance.pk)


def _rejected(instance: TaskState, user: User | None = None, **kwargs: Any) -> None:
    _write("page.rejected", instance.workflow_state.content_object, by=user, task_state=instance.pk)


def _restricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    _write("page.restricted", instance.page)


def _unrestricted(instance: PageViewRestriction, **kwargs: Any) -> None:
    if Page.objects.filter(pk=instance.page_id).exists():
        _write("page.unrestricted", instance.page)
