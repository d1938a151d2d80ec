"""Positions of the demo's fictional municipalities, filed by their own officers and verified by the secretariat."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from cms.demo.people import SINCE
from coalition.advocacy.actions import file_position, verify_position
from coalition.advocacy.filing import Votes
from coalition.advocacy.letters import docx_of
from coalition.advocacy.models import Position
from coalition.drafts.models import Bill, Version
from coalition.drafts.text.address import korean_from_eid
from coalition.members.actions import appoint
from coalition.members.models import Municipality, Role
from coalition.particles import topic
from coalition.record.models import User

NOTICE = "시연용으로 지어낸 문서입니다"


def make_officers() -> dict[str, User]:
    """An 입장 등록자 for each fictional municipality; she is one of its 담당자 too. Password = name."""
    officers = {}
    for place in Municipality.objects.filter(fictional=True).select_related("region"):
        name = f"{place.slug}-officer"
        user = User.objects.filter(username=name).first()
        if user is None:
            user = User(
                username=name,
                email=f"{name}@example.invalid",
                last_name=place.name[:-1],
                first_name="입장 등록자",
                post=f"{place.name} 기획조정실",
            )
            user.set_password(name)
            user.save()
        for role in (Role.EDITOR, Role.POSITION_OFFICER):  # a post that ended stays ended
            if not user.appointments.filter(role=role).exists():
                appoint(user=user, municipality=place, role=role, since=SINCE, by=None)
        officers[place.slug] = user
    return officers


def make_positions(told: list[dict[str, Any]], secretariat: User) -> None:
    """The ledger of the demo, unless it has rows."""
    officers = make_officers()
    if Position.objects.exists():
        return
    bill = Bill.objects.get(slug="sjsa")
    for one in told:
        _file(one, bill, officers[one["municipality"]], secretariat)


def _file(told: dict[str, Any], bill: Bill, officer: User, secretariat: User) -> None:
    place = Municipality.objects.select_related("region").get(slug=told["municipality"])
    version = Version.objects.get(bill=bill, no=told["version"])
    provision = version.provisions.get(eid=told["eid"]) if told["eid"] else None
    position = file_position(
        municipality=place,
        version=version,
        provision=provision,
        stance=told["stance"],
        act=told["act"],
        acted_on=dt.date.fromisoformat(told["acted_on"]),
        reason=told.get("reason", ""),
        votes=Votes(*told["votes"]) if "votes" in told else None,
        file=_letter(told, place, version),
        on=dt.date.fromisoformat(told["on"]),
        by=officer,
    )
    if told["verified_on"]:
        day = dt.date.fromisoformat(told["verified_on"])
        verify_position(position=position, accepted=True, on=day, by=secretariat)


def _letter(told: dict[str, Any], place: Municipality, version: Version) -> ContentFile[bytes]:
    """The document behind it, which says that it is invented."""
    clause = korean_from_eid(told["eid"]) if told["eid"] else "법안 전체"
    words = {"support": "지지", "conditional": "조건부 지지", "reserved": "유보", "opposed": "반대"}
    lines = [
        "수신: 지속가능 일자리 연대 협력망 사무국(가상)",
        f"제목: 「{version.bill.title}」 v{version.no} {clause}에 대한 입장",
        "",
        f"{topic(place.full_name)} 위 조문에 대하여 ‘{words[told['stance']]}’ 입장을 밝힙니다.",
        told.get("reason", ""),
        "",
        f"{told['acted_on']} {place.name}",
    ]
    name = f"{place.name}-v{version.no}-{told['eid'] or 'whole'}.docx"
    return ContentFile(docx_of(f"{place.name} 입장", lines, NOTICE), name=name)
