"""Writes of the floor. `record_event` is what every other action calls once, as its last word."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db import transaction
from django.db.models import Model
from django.utils import timezone

from coalition.record.attachments import store_attachment
from coalition.record.fingerprint import fingerprint
from coalition.record.models import Attachment, Event, MailOut, Person, User


def record_event(
    verb: str,
    subject: Model,
    *,
    by: User | None,
    before: str = "",
    after: str | None = None,
    **data: Any,
) -> Event:
    """Write the one Event of an action.

    `verb` is `noun.verb`, `subject` the row it was done to, `by` the actor (None: the system itself).
    `before` and `after` are fingerprints; `after` is taken from the subject when not given. `data` holds
    what a reader of the log needs, and never personal data. It has to run inside the action's transaction.
    """
    if not transaction.get_connection().in_atomic_block:
        raise transaction.TransactionManagementError(
            f"{verb}: 한 일은 그 일의 트랜잭션 안에서 적습니다."
        )
    from django.contrib.contenttypes.models import ContentType

    return Event.objects.create(
        actor=by if by is not None and by.pk else None,
        verb=verb,
        content_type=ContentType.objects.get_for_model(subject, for_concrete_model=False),
        object_id=str(subject.pk),
        hash_before=before,
        hash_after=fingerprint(subject) if after is None else after,
        data=data,
    )


@transaction.atomic
def keep_attachment(*, file: File[bytes], title: str, by: User) -> Attachment:
    """Store a private file with its size, type and sha256."""
    attachment = store_attachment(file=file, title=title, uploader=by)
    record_event("attachment.kept", attachment, by=by)
    return attachment


@transaction.atomic
def show_attachment(*, attachment: Attachment, by: User) -> Attachment:
    """Make a private file readable for everybody. A file that is public stays as it is."""
    before = fingerprint(attachment)
    attachment.public_since = attachment.public_since or timezone.now()
    attachment.save(update_fields=["public_since"])
    record_event("attachment.shown", attachment, by=by, before=before)
    return attachment


@transaction.atomic
def erase_person(*, person: Person, by: User | None) -> Person:
    """Empty a citizen's personal data for good (「개인정보 보호법」 제21조, 제36조).

    The row stays so that ledgers keep their links. The Event carries no fingerprint: a hash of a phone
    number can be guessed back.
    """
    person.name = person.email = person.phone = ""
    person.erased_at = person.erased_at or timezone.now()
    person.save()
    person.mails.all().delete()  # a letter to a citizen tells who wrote to us
    record_event("person.erased", person, by=by, after="")
    return person


@transaction.atomic
def retry_mail(*, mail: MailOut, by: User) -> MailOut:
    """Put a mail that could not be sent back into the queue, counted from the beginning.

    Raises ValidationError when it went out after all.
    """
    mail = MailOut.objects.select_for_update().get(pk=mail.pk)
    if mail.sent_at is not None:
        raise ValidationError("이미 보낸 메일입니다.")
    before = fingerprint(mail)
    mail.attempts, mail.given_up_at, mail.error, mail.due_at = 0, None, "", timezone.now()
    mail.save()
    record_event("mail.retried", mail, by=by, before=before)
    return mail
