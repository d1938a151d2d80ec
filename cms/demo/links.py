"""Links of the demo: cases, barriers and questions of fictional municipalities to clauses of the invented bill."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from cms.demo.dialogue import GREEN
from cms.models import CasePage
from coalition.dialogue.models import Question
from coalition.drafts.actions import confirm_link, propose_link
from coalition.drafts.models import Bill, ClauseLink, Provision
from coalition.evidence.models import Finding
from coalition.practice.actions import record_barrier
from coalition.practice.models import Barrier
from coalition.record.models import User

# The secretariat's two people: whoever did not link reviews.
REVIEWERS = ("secretariat-2", "secretariat")


def make_links(told: dict[str, Any], people: dict[str, User]) -> None:
    """Barriers and links, unless there are links already: what people did with them stays."""
    bill = Bill.objects.get(slug=told["bill"])
    if ClauseLink.objects.filter(provision__version__bill=bill).exists():
        return
    cases = _cases()
    barriers = {one["key"]: _barrier(one, cases, people) for one in told["barriers"]}
    for one in told["links"]:
        provision = Provision.objects.select_related("version__bill").get(
            version__bill=bill, version__no=one["version"], eid=one["eid"]
        )
        thing = _thing(one, cases, barriers)
        if thing is None:  # a finding of which data/demo/practice.json no longer tells
            continue
        link = propose_link(
            provision=provision,
            thing=thing,
            kind=one.get("kind", ""),
            relation=one.get("relation", ""),
            note=one["note"],
            by=people[one["by"]],
        )
        if one.get("state") != "proposed":
            _review(link, provision, people)


def _review(link: ClauseLink, provision: Provision, people: dict[str, User]) -> None:
    others = [people[name] for name in (*REVIEWERS, "admin") if people[name] != link.linked_by]
    for reviewer in others[: link.agreements_needed]:
        confirm_link(link=link, provision=provision, by=reviewer)


def _cases() -> dict[str, CasePage]:
    file = settings.DATA_DIR / "demo" / "cases.json"
    titles = {one["title"]: one["key"] for one in json.loads(file.read_text(encoding="utf-8"))}
    return {titles[page.title]: page for page in CasePage.objects.live() if page.title in titles}


def _barrier(told: dict[str, Any], cases: dict[str, CasePage], people: dict[str, User]) -> Barrier:
    page = cases[told["case"]]
    found = Barrier.objects.filter(case_id=page.pk, what=told["what"]).first()
    return found or record_barrier(
        case=(ContentType.objects.get_for_model(CasePage), page.pk),
        kind=told["kind"],
        what=told["what"],
        proof=told["proof"],
        on=dt.date.fromisoformat(told["on"]),
        by=people["secretariat"],
    )


def _thing(
    told: dict[str, Any], cases: dict[str, CasePage], barriers: dict[str, Barrier]
) -> Model | None:
    if "barrier" in told:
        return barriers[told["barrier"]]
    if "finding" in told:
        return Finding.objects.filter(claim=told["finding"]).first()
    if "question" in told:
        rows = Question.objects.select_related("paper__body__municipality")
        return rows.get(paper__key=GREEN, number=told["question"])
    return cases[told["case"]]
