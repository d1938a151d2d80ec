"""One municipality that left, and asks to come back: its application waits on the secretariat's desk."""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

from django.core.files.base import ContentFile
from docx import Document

from coalition.members.actions import ask_to_join, confirm_application, leave_coalition
from coalition.members.models import Application, Ask, Municipality
from coalition.members.queries import has_left
from coalition.record.models import User


def make_joining(told: dict[str, Any], by: User) -> None:
    """탈퇴 and the new 신청, unless they are there."""
    place = Municipality.objects.get(slug=told["municipality"])
    if Application.objects.filter(municipality=place).exists():
        return
    if not has_left(place):
        leave_coalition(
            municipality=place,
            on=dt.date.fromisoformat(told["left_on"]),
            note=told["left_note"],
            by=by,
        )
    application = ask_to_join(
        municipality=place,
        asks=Ask.APPLY,
        post=told["post"],
        name=told["name"],
        email=told["email"],
        note=told["note"],
        file=ContentFile(_letter(told["letter"]), name=told["filename"]),
        by=None,
    )
    confirm_application(application=application, by=None)


def _letter(lines: list[str]) -> bytes:
    document = Document()
    for line in lines:
        document.add_paragraph(line)
    written = BytesIO()
    document.save(written)
    return written.getvalue()
