"""The municipalities of the demo: 광산구 with its sourced facts, six invented ones in full."""

from __future__ import annotations

import datetime as dt
from typing import Any

from cms.actions import provision_municipality
from cms.demo.bodies import make_gwangsan_body
from cms.models import MunicipalityPage
from coalition.dialogue.actions import found_body
from coalition.members.actions import enter_fictional, record_membership
from coalition.members.models import Fact, MembershipState, Municipality
from coalition.record.models import User

GWANGSAN = "12330"


def make_gwangsan(by: User) -> None:
    """The real municipality: registry, membership, body and divisions, each with its Source."""
    municipality = Municipality.objects.get(code=GWANGSAN)
    article = Fact.objects.get(municipality=municipality, key="act").source
    if not municipality.memberships.exists():
        record_membership(
            municipality=municipality,
            state=MembershipState.APPROVED,
            on=article.published_on or dt.date(2026, 1, 27),
            note="연대 협력망을 구축해 운영하겠다고 밝힌 지방정부",
            source=article,
            by=by,
        )
    make_gwangsan_body(municipality, by)
    if not MunicipalityPage.objects.filter(municipality=municipality).exists():
        provision_municipality(municipality=municipality, by=by)


def make_fictional(told: dict[str, Any], by: User) -> None:
    """An invented municipality: its membership, body, page and contact."""
    if Municipality.objects.filter(code=told["code"]).exists():
        return
    municipality = enter_fictional(code=told["code"], name=told["name"], slug=told["slug"], by=by)
    for state, day in (
        (MembershipState.APPLIED, told["applied_on"]),
        (MembershipState.APPROVED, told["joined_on"]),
    ):
        record_membership(
            municipality=municipality, state=state, on=dt.date.fromisoformat(day), by=by
        )
    body = told["body"]
    found_body(
        municipality=municipality,
        name=body["name"],
        slug=body["slug"],
        summary=body["summary"],
        divisions=body["divisions"],
        since=dt.date.fromisoformat(body["since"]),
        source=None,
        by=by,
    )
    page = provision_municipality(municipality=municipality, by=by)
    page.intro = told["intro"]
    page.contact_post = told["contact_post"]
    page.contact_phone = told["contact_phone"]
    page.save_revision(user=by).publish()
