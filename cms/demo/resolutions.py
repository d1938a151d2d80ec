"""What the demo's fictional councils resolved, and the road of its bill as far as drafts go."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.files.base import ContentFile

from cms.demo.positions import NOTICE, make_officers
from coalition.advocacy.actions import (
    enter_resolution,
    record_resolution_step,
    record_road_step,
    verify_step,
)
from coalition.advocacy.filing import Votes
from coalition.advocacy.letters import docx_of
from coalition.advocacy.models import CouncilResolution, RoadStep
from coalition.drafts.models import Bill
from coalition.members.models import Municipality
from coalition.record.models import User
from coalition.record.sources import Cited

PUBLISHER = "지속가능 일자리 연대 협력망 사무국(가상)"


def make_resolutions(told: dict[str, Any], secretariat: User) -> None:
    """The tracker and the road of the demo, unless they have rows."""
    bill = Bill.objects.get(slug="sjsa")
    if not CouncilResolution.objects.exists():
        officers = make_officers()
        for one in told["resolutions"]:
            _resolve(one, bill, officers[one["municipality"]], secretariat)
    if not RoadStep.objects.exists():
        for one in told["drafts"]:
            day = dt.date.fromisoformat(one["on"])
            record_road_step(
                bill=bill,
                stage="draft",
                happened_on=day,
                note=one["note"],
                cited=Cited(one["source"], PUBLISHER, day),
                on=day,
                by=secretariat,
            )


def _resolve(told: dict[str, Any], bill: Bill, officer: User, secretariat: User) -> None:
    place = Municipality.objects.select_related("region").get(slug=told["municipality"])
    resolution = enter_resolution(
        municipality=place,
        bill=bill,
        council=told["council"],
        title=told["title"],
        on=dt.date.fromisoformat(told["steps"][0]["on"]),
        by=officer,
    )
    for one in told["steps"]:
        _step(one, resolution, officer, secretariat)


def _step(
    told: dict[str, Any], resolution: CouncilResolution, officer: User, secretariat: User
) -> None:
    day = dt.date.fromisoformat(told["on"])
    step = record_resolution_step(
        resolution=resolution,
        stage=told["stage"],
        happened_on=day,
        place=told.get("place", ""),
        note=told.get("note", ""),
        votes=Votes(*told["votes"]) if "votes" in told else None,
        file=_paper(told, resolution) if told.get("document") else None,
        on=day,
        by=officer,
    )
    if "verified_on" in told:
        verified = dt.date.fromisoformat(told["verified_on"])
        verify_step(step=step, accepted=True, on=verified, by=secretariat)


def _paper(told: dict[str, Any], resolution: CouncilResolution) -> ContentFile[bytes]:
    """The council's paper, which says that it is invented."""
    lines = [
        resolution.title,
        "",
        f"날짜: {told['on']}",
        f"곳: {told.get('place', '')}",
        told.get("note", ""),
    ]
    if "votes" in told:
        yes, no, abstained = told["votes"]
        lines.append(f"표결: 찬성 {yes}, 반대 {no}, 기권 {abstained}")
    name = f"{resolution.council}-{told['stage']}.docx"
    return ContentFile(docx_of(resolution.council, lines, NOTICE), name=name)
