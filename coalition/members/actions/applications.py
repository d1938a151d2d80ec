"""Writes of 참여 신청: asked, confirmed by mail, answered, forgotten. No Event holds an address."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from coalition.members.applications import (
    DAYS_AFTER_ANSWER,
    DAYS_TO_CONFIRM,
    DAYS_WAITING,
    PURPOSE,
    is_office,
    refuse_personal_data,
    refuse_who_cannot_join,
    waiting,
)
from coalition.members.models import Application, Ask, Municipality
from coalition.members.queries import today
from coalition.record.actions import record_event
from coalition.record.attachments import store_attachment
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Person, User


@transaction.atomic
def ask_to_join(
    *,
    municipality: Municipality,
    asks: Ask,
    post: str,
    name: str,
    email: str,
    by: User | None,
    note: str = "",
    file: File[bytes] | None = None,
    client: str = "",
) -> Application:
    """Somebody asks for a municipality; a reader of the Event sends the mail that asks whether it was they.

    Raises ValidationError for who can't join, for an address that is no office's, for 신청 without a
    document, and for texts that hold a person's number.
    """
    refuse_who_cannot_join(municipality)
    address = email.strip()
    validate_email(address)
    if not is_office(address, municipality):
        raise ValidationError(
            {
                "email": "기관의 메일 주소(…go.kr, korea.kr)를 쓰세요. 그 주소로 확인 메일을 보냅니다."
            }
        )
    if asks == Ask.APPLY and file is None:
        raise ValidationError({"document": "참여를 신청하는 공문을 붙이세요."})
    for field, text in (("post", post), ("note", note)):
        try:
            refuse_personal_data(text)
        except ValidationError as error:
            raise ValidationError({field: error.messages[0]}) from None
    title = f"{municipality} 참여 {Ask(asks).label}"
    application = Application.objects.create(
        municipality=municipality,
        asks=asks,
        post=post.strip(),
        note=note.strip(),
        document=store_attachment(file=file, title=title, uploader=by) if file else None,
        person=Person.objects.create(
            name=name.strip()[:100],
            email=address,
            purpose=PURPOSE,
            consented_at=timezone.now(),
            retain_until=today() + dt.timedelta(days=DAYS_TO_CONFIRM),
        ),
        client=client,
    )
    record_event("application.asked", application, by=by, municipality=municipality.code)
    return application


@transaction.atomic
def confirm_application(*, application: Application, by: User | None) -> Application:
    """It was they, and the office's mail is theirs. Confirmed again, it stays as it is.

    Raises ValidationError when somebody else's application of the same municipality was confirmed before.
    """
    Municipality.objects.select_for_update().get(pk=application.municipality_id)
    application = Application.objects.select_related("person").get(pk=application.pk)
    before = fingerprint(application)
    if application.confirmed_at is None:
        refuse_who_cannot_join(application.municipality)
        application.confirmed_at, application.client = timezone.now(), ""
        application.save(update_fields=["confirmed_at", "client"])
        _keep_person(application.person, DAYS_WAITING)
    record_event("application.confirmed", application, by=by, before=before)
    return application


@transaction.atomic
def answer_application(
    *, application: Application, accepted: bool, answer: str, by: User
) -> Application:
    """Say yes, or no and why; a reader of the Event sends the answer by mail.

    Raises ValidationError when it was answered before, and for a no without a reason.
    """
    found = waiting().select_for_update(of=("self",)).filter(pk=application.pk).first()
    if found is None:
        raise ValidationError("이미 답했거나 확인되지 않은 신청입니다.")
    if not accepted and not answer.strip():
        raise ValidationError({"answer": "받아들이지 않는 까닭을 쓰세요. 메일로 갑니다."})
    before = fingerprint(found)
    found.accepted, found.answer = accepted, answer.strip()
    found.answered_by, found.answered_at = by, timezone.now()
    found.save()
    _keep_person(found.person, DAYS_AFTER_ANSWER)
    record_event("application.answered", found, by=by, before=before, accepted=accepted)
    return found


@transaction.atomic
def forget_application(*, application: Application, by: User | None) -> None:
    """Nobody confirmed it: the row goes with its file, and the person with it."""
    if application.confirmed_at is not None:
        raise ValidationError("확인된 신청은 지우지 않습니다.")
    record_event("application.forgotten", application, by=by, after="")
    person, document = application.person, application.document
    application.delete()
    person.mails.all().delete()
    person.delete()
    if document is not None:
        storage, name = document.file.storage, str(document.file.name)
        transaction.on_commit(lambda: storage.delete(name))
        document.delete()


def _keep_person(person: Person, days: int) -> None:
    person.retain_until = today() + dt.timedelta(days=days)
    person.save(update_fields=["retain_until"])
