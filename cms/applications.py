"""Mails about 참여 신청: a reader of Events of its own, and what the worker forgets when it is needed no more."""

from __future__ import annotations

from django.conf import settings
from django.contrib.auth.models import Group
from django.template.loader import render_to_string
from django.urls import reverse

from coalition.members.access import SECRETARIAT, SECRETARIAT_LEAD
from coalition.members.actions import forget_application
from coalition.members.applications import DAYS_TO_CONFIRM, confirm_token, over, unproven
from coalition.members.models import Application
from coalition.particles import object_
from coalition.record.actions import erase_person
from coalition.record.mail import write_mail
from coalition.record.models import Event, User
from coalition.record.queries import mark_read, unread_events

READER = "applications"
_PORTION = 20


def write_application_mails() -> int:
    """The worker's job: who asked is asked back, the secretariat is told, the answer goes out."""
    events = unread_events(READER)
    for event in events:
        write = _LETTERS.get(event.verb)
        if write is not None:
            rows = Application.objects.select_related("municipality__region", "person")
            application = rows.filter(pk=event.object_id).first()
            if application is not None:
                write(event, application)
    mark_read(READER, events)
    return len(events)


def forget_applications() -> int:
    """The worker's job: unproven applications go, and addresses that are needed no more; how many."""
    gone = list(unproven()[:_PORTION])
    for application in gone:
        forget_application(application=application, by=None)
    persons = list(over()[:_PORTION])
    for person in persons:
        erase_person(person=person, by=None)
    return len(gone) + len(persons)


def confirm_address(application: Application) -> str:
    """The path that the first mail names."""
    return reverse("join_confirm", args=[confirm_token(application)])


def _ask_back(event: Event, application: Application) -> None:
    if application.confirmed_at is None:
        address = settings.HUB_BASE_URL + confirm_address(application)
        subject = f"{application.municipality} 참여 {object_(application.get_asks_display())} 확인해 주세요"
        _write(event, application, "application_confirm", subject, address=address)


def _tell_secretariat(event: Event, application: Application) -> None:
    if application.answered_at is not None:
        return
    address = settings.HUB_BASE_URL + reverse("joining_desk:application", args=[application.pk])
    context = {"application": application, "address": address}
    text = render_to_string("mail/application_waits.txt", context)
    groups = Group.objects.filter(name__in=(SECRETARIAT, SECRETARIAT_LEAD))
    for user in User.objects.filter(groups__in=groups, is_active=True).distinct():
        write_mail(
            key=f"application-waits:{event.pk}:{user.pk}",
            to=user,
            subject=f"[연대 허브] 참여 {application.get_asks_display()}: {application.municipality}",
            text=text,
        )


def _answer(event: Event, application: Application) -> None:
    subject = f"{application.municipality} 참여 {application.get_asks_display()}에 답합니다"
    _write(event, application, "application_answered", subject, address=settings.HUB_BASE_URL)


def _write(
    event: Event, application: Application, template: str, subject: str, *, address: str
) -> None:
    context = {"application": application, "address": address, "days": DAYS_TO_CONFIRM}
    write_mail(
        key=f"{template}:{event.pk}",
        to=application.person,
        subject=f"[연대 허브] {subject}",
        text=render_to_string(f"mail/{template}.txt", context),
    )


_LETTERS = {
    "application.asked": _ask_back,
    "application.confirmed": _tell_secretariat,
    "application.answered": _answer,
}
