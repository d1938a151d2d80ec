"""Opinions as a citizen sends and confirms them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coalition.advocacy.actions import confirm_opinion, send_opinion
from coalition.advocacy.models import Opinion, Sending
from coalition.drafts.models import Version

TEXT = "저녁에 열리는 대화도 있어야 합니다."


def make_opinion(
    version: Version,
    eid: str = "",
    *,
    on: dt.date | None = None,
    confirmed: bool = True,
    **told: Any,
) -> Opinion:
    """An opinion on a clause, or on the whole bill; confirmed unless told. No limit counts it."""
    opinion = send_opinion(
        **{
            "version": version,
            "provision": version.provisions.get(eid=eid) if eid else None,
            "author_kind": "citizen",
            "text": TEXT,
            "email": "one@example.kr",
            "of_age": True,
            "by": None,
            **told,
        }
    )
    Sending.objects.all().delete()
    return confirm_opinion(opinion=opinion, on=on, by=None) if confirmed else opinion


def link_in(mail: str) -> str:
    """The address that a mail asks to open."""
    return next(line for line in mail.split("\n") if line.startswith("http"))
