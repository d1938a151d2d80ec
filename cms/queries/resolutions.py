"""의회 결의: the tracker's pages, and the model text that a council may begin with."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format

from cms.as_of import AsOf
from cms.queries.bills import cite
from cms.queries.positions import vote_words
from cms.tenancy import MUNICIPALITIES
from coalition.advocacy.models import CouncilResolution
from coalition.advocacy.resolutions import (
    Tracked,
    counted,
    newest_stages,
    of_bill,
    resolutions_until,
    tracked,
)
from coalition.drafts.models import Bill, Version
from coalition.drafts.queries import newest_published
from coalition.members.heritage import UNSETTLED, heirs
from coalition.members.models import Municipality


@dataclass(frozen=True, slots=True)
class ToldStep:
    """A step as it is shown."""

    step: Any
    stage: str
    vote: str
    document: str
    state: str


@dataclass(frozen=True, slots=True)
class ToldResolution:
    """A resolution as it is shown."""

    found: Tracked
    address: str
    place_address: str
    steps: list[ToldStep]
    state: str
    # Who came after, since the municipality of this council is no more; what it holds to is not known.
    heir: Municipality | None = None
    unsettled: str = ""


def _told_all(found: list[Tracked]) -> list[ToldResolution]:
    after = heirs(one.row.heir for one in found)
    return [_told(one, after.get(one.row.heir)) for one in found]


def _told(one: Tracked, after: Municipality | None) -> ToldResolution:
    row = one.row
    waits = "확인 중" if one.passed is not None and not one.verified else ""
    return ToldResolution(
        found=one,
        address=reverse("resolution", args=[row.bill.slug, row.pk]),
        place_address=f"/{MUNICIPALITIES}/{row.municipality.slug}/",
        steps=[_step(row, step) for step in one.steps],
        state=waits or (one.now.stage.name if one.now else "등록"),
        heir=after,
        unsettled=UNSETTLED if after else "",
    )


def _step(row: CouncilResolution, step: Any) -> ToldStep:
    shown = step.document is not None and step.document.public_since is not None
    return ToldStep(
        step=step,
        stage=step.stage.name,
        vote=vote_words(step.votes_for, step.votes_against, step.votes_abstained),
        document=reverse("resolution_document", args=[row.bill.slug, row.pk, step.pk])
        if shown
        else "",
        state="확인함" if step.accepted else "확인 중" if step.document is not None else "",
    )


def resolutions_details(bill: Bill, day: AsOf) -> dict[str, Any]:
    """Everything of `/bills/<slug>/resolutions/`."""
    found = of_bill(bill, day.day)
    return {
        "bill": bill,
        "as_of": day,
        "count": counted(found),
        "resolutions": _told_all(found),
        "newest": newest_published(bill, day.day),
    }


def resolution_details(bill: Bill, pk: int, day: AsOf) -> dict[str, Any] | None:
    """Everything of one resolution's page, or None when there was none on that day."""
    found = tracked(resolutions_until(day.day).filter(bill=bill, pk=pk), day.day)
    return {"bill": bill, "as_of": day, "one": _told_all(found)[0]} if found else None


@dataclass(frozen=True, slots=True)
class Brief:
    """A resolution in one line: how far it came by a day."""

    row: Any
    address: str
    stage: str
    since: dt.date | None
    formerly: str = ""


def resolutions_of(municipality: Municipality, day: AsOf) -> list[Brief]:
    """What the council of a municipality resolved, as it stood on that day."""
    return [
        Brief(
            row,
            f"{reverse('resolution', args=[row.bill.slug, row.pk])}{day.suffix}",
            row.stage or "등록",
            row.since,
            row.municipality.full_name if row.municipality_id != municipality.pk else "",
        )
        for row in newest_stages(municipality, day.day)
    ]


@dataclass(frozen=True, slots=True)
class ModelText:
    """건의안 본보기: blanks are ○○."""

    title: str
    lines: list[str]
    notice: str


def model_text(version: Version) -> ModelText:
    """The model text for a council, which names the version and its hash."""
    name, citation = version.bill.title, cite(version)
    lines = [
        "# 의안번호: 제○○호",
        "발의 연월일: ○○○○년 ○○월 ○○일",
        "발의자: ○○○ 의원 외 ○명",
        "",
        "# 주문",
        f"○○의회는 「{name}」의 제정을 국회와 정부에 건의하고자 별지와 같이 의결한다.",
        "",
        "# 제안이유",
        "우리 지역에서 시민과 노동자, 기업, 전문가가 함께 모은 질문과 시범 사업의 결과를 적는다. (지역의 사례와 "
        "수치는 출처와 함께 쓴다.)",
        "",
        "# 건의문",
        f"1. 국회는 「{name}」을 조속히 심사하여 줄 것을 건의한다.",
        "2. 정부는 시범 사업의 실시와 확산에 필요한 재정 지원 방안을 마련하여 줄 것을 건의한다.",
        "3. (특히 지지하거나 조건을 두는 조문이 있으면 조문 번호와 까닭을 쓴다.)",
        "",
        f"{date_format(version.date)} 판을 보고 의결함: {citation.text}",
        f"조문의 주소: {citation.url}",
        f"sha256 {version.sha256}",
        "",
        "○○○○년 ○○월 ○○일",
        "○○의회",
        "",
        "이송할 곳: 국회의장, ○○부 장관",
    ]
    notice = "시연용 초안을 바탕으로 한 본보기입니다" if version.bill.fictional else ""
    return ModelText(f"「{name}」 제정 촉구 건의안", lines, notice)
