"""Attachments keep their hash, people can be forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from coalition.record.actions import erase_person, keep_attachment, show_attachment
from coalition.record.models import Attachment, Event, Person, Source

pytestmark = pytest.mark.django_db


def test_an_attachment_is_private_and_has_its_hash(secretariat: Any) -> None:
    content = "의결서".encode()

    kept = keep_attachment(
        file=ContentFile(content, name="../의결서.pdf"), title="의결서", by=secretariat
    )

    assert kept.sha256 == hashlib.sha256(content).hexdigest()
    assert kept.public_since is None
    assert kept.filename == "의결서.pdf"
    assert kept.media_type == "application/pdf"
    assert ".." not in kept.file.name
    assert kept.file.name.startswith("attachments/")


def test_showing_an_attachment_twice_keeps_the_first_day(secretariat: Any) -> None:
    kept = keep_attachment(file=ContentFile(b"x", name="a.txt"), title="a", by=secretariat)

    first = show_attachment(attachment=kept, by=secretariat).public_since
    again = show_attachment(attachment=kept, by=secretariat).public_since

    assert first == again is not None


def test_an_erased_person_is_empty_and_the_log_tells_nothing_of_them(secretariat: Any) -> None:
    person = Person.objects.create(
        name="아무개",
        email="someone@example.kr",
        phone="010-0000-0000",
        purpose="의견",
        consented_at=timezone.now(),
        retain_until=dt.date(2027, 1, 1),
    )

    erase_person(person=person, by=secretariat)

    person.refresh_from_db()
    assert (person.name, person.email, person.phone) == ("", "", "")
    event = Event.objects.get(verb="person.erased")
    assert event.hash_before == event.hash_after == ""
    assert "아무개" not in str(event.data)


def test_a_person_marked_erased_cannot_keep_a_name() -> None:
    with pytest.raises(IntegrityError, match="erased person"), transaction.atomic():
        Person.objects.create(
            name="아무개",
            purpose="의견",
            consented_at=timezone.now(),
            retain_until=dt.date(2027, 1, 1),
            erased_at=timezone.now(),
        )


def test_a_source_has_title_and_publisher_and_is_named_once() -> None:
    Source.objects.create(title="기사", publisher="신문", published_on=dt.date(2026, 1, 27))

    for fields in (
        {"title": "", "publisher": "신문"},
        {"title": "기사", "publisher": "신문", "published_on": dt.date(2026, 1, 27)},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Source.objects.create(**fields)
    Source.objects.create(title="기사", publisher="신문")
    with pytest.raises(IntegrityError), transaction.atomic():
        Source.objects.create(title="기사", publisher="신문")


def test_an_attachment_without_hash_is_refused(secretariat: Any) -> None:
    with pytest.raises(IntegrityError, match="attachment has its hash"), transaction.atomic():
        Attachment.objects.create(
            title="a", filename="a", media_type="t", size=1, sha256="", uploaded_by=secretariat
        )
