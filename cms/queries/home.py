"""The front door: what is counted live, and what was published with its source."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, Q, Window

from cms.as_of import AsOf
from cms.queries.cases import case_items, newest_live
from cms.queries.municipalities import members_by_region, members_map
from cms.queries.news import newest_news
from coalition.advocacy.models import RoadStage
from coalition.advocacy.road import Passed, stages_of
from coalition.drafts.models import Version
from coalition.members.models import PublishedFigure

# The chain on the front page begins with what Gwangsan-gu published (data/facts.csv).
CHAIN = {
    "green-paper-questions": "질문",
    "white-paper-answers": "답변",
    "models": "일자리 모델",
    "pilots-selected": "1차 시범",
}


@dataclass(frozen=True, slots=True)
class Stage:
    """One point on the road of the bill. `css` is done, now or empty (ahead)."""

    label: str
    css: str
    on: dt.date | None = None
    note: str = ""


def road(versions: list[Version], passed: list[Passed]) -> list[Stage]:
    """The newest two versions, then the stages of the Assembly as the ledger of the road has them."""
    if not versions:
        return []
    line = [Stage(f"초안 v{v.no}", "done", v.date) for v in reversed(versions[:2])]
    assembly = [one for one in passed if one.stage.key != RoadStage.DRAFT]
    reached = max((place for place, one in enumerate(assembly) if one.step), default=-1)
    here = len(line) + reached
    for place, one in enumerate(assembly):
        line.append(
            Stage(one.stage.name, "done", one.step.happened_on)
            if one.step
            else Stage(one.stage.name, "", note="기록 없음" if place < reached else "아직")
        )
    line[here] = replace(line[here], css="now")
    return line


def home_details(day: AsOf) -> dict[str, Any]:
    """Everything of the home page; with a day, what was out and who took part by then."""
    regions = members_by_region(day.until)
    everybody = [member for region in regions for member in region.members]
    versions = _versions_of_newest_bill(day.until)
    newest = versions[0] if versions else None
    cases = list(newest_live(day.until).annotate(total=Window(Count("pk")))[:4])
    figures = {
        figure.key: figure
        for figure in PublishedFigure.objects.filter(key__in=CHAIN).select_related(
            "source", "municipality"
        )
        if day.until is None or (figure.source.published_on or day.until) <= day.until
    }
    return {
        "as_of": day,
        "chain": [(label, figures[key]) for key, label in CHAIN.items() if key in figures],
        # Those of a municipality that left are still there to read.
        "case_count": cases[0].total if cases else 0,
        "article_count": newest.articles if newest else 0,
        "bill": newest.bill if newest else None,
        "newest_version": newest,
        "stages": road(versions, stages_of(newest.bill, day.until) if newest else []),
        "regions": regions,
        "member_count": len(everybody),
        "real_count": sum(not m.municipality.fictional for m in everybody),
        "fictional_count": sum(m.municipality.fictional for m in everybody),
        "on": day.day,
        "map": members_map(regions),
        "cases": case_items(cases, [member.municipality for member in everybody]),
        "news": list(newest_news(3, day.until)),
    }


def _versions_of_newest_bill(on: dt.date | None) -> list[Any]:
    """Published versions (by that day) of the bill that was published last, newest first, each with its
    `articles`."""
    body = Q(provisions__kind="article", provisions__deleted=False) & ~Q(
        provisions__eid__startswith="supp"
    )
    out = Version.objects.filter(published_at__isnull=False)
    if on is not None:
        out = out.filter(date__lte=on)
    versions = list(
        out.select_related("bill")
        .defer("source_text")
        .annotate(articles=Count("provisions", filter=body))
        .order_by("-published_at", "-order")
    )
    return [version for version in versions if version.bill_id == versions[0].bill_id]
