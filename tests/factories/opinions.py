"""Opinions as a citizen sends and confirms them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coalition.advocacy.actions import (
    ask_suspension,
    confirm_opinion,
    confirm_suspension_request,
    send_opinion,
)
from coalition.advocacy.models import Opinion, Sending, SuspensionRequest
from coalition.drafts.models import Version

CLAIM = "제가 하지 않은 말을 한 것처럼 썼습니다."
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


def make_suspension(opinion: Opinion, *, confirmed: bool = True, **told: Any) -> SuspensionRequest:
    """A request that this opinion be hidden; confirmed unless told. No limit counts it."""
    request = ask_suspension(
        **{
            "opinion": opinion,
            "right": "honour",
            "claim": CLAIM,
            "email": "asker@example.kr",
            "by": None,
            **told,
        }
    )
    Sending.objects.all().delete()
    return confirm_suspension_request(request=request, by=None) if confirmed else request


def link_in(mail: str) -> str:
    """The address that a mail asks to open."""
    return next(line for line in mail.split("\n") if line.startswith("http"))
