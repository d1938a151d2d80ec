"""Notes and counterparts of the demo's bill: invented, but for what is quoted from Acts in force."""

from __future__ import annotations

import datetime as dt
from typing import Any

from coalition.drafts.actions import place_counterpart, write_note
from coalition.drafts.models import Bill, Provision
from coalition.drafts.text.statutes import address
from coalition.members.models import Municipality
from coalition.record.models import User
from coalition.record.sources import Cited


def make_clauses(told: dict[str, Any], by: User) -> None:
    """What stands beside the clauses; what is there already stays as people left it."""
    bill = Bill.objects.get(slug=told["bill"])
    for note in told["notes"]:
        provision = _article(bill, note)
        if not provision.notes.filter(kind=note["kind"]).exists():
            write_note(provision=provision, kind=note["kind"], text=note["text"], by=by)
    for one in told["counterparts"]:
        provision = _article(bill, one)
        if not provision.counterparts.filter(name=one["name"], article=one["article"]).exists():
            slug = one.get("municipality")
            place_counterpart(
                provision=provision,
                kind=one["kind"],
                name=one["name"],
                article=one["article"],
                text=one["text"],
                municipality=Municipality.objects.get(slug=slug) if slug else None,
                cited=_cited(one["name"], one["source"]) if "source" in one else None,
                by=by,
            )


def _article(bill: Bill, told: dict[str, Any]) -> Provision:
    return Provision.objects.select_related("version").get(
        version__bill=bill, version__no=told["version"], eid=told["eid"]
    )


def _cited(law: str, told: dict[str, str]) -> Cited:
    """The Act as 법제처 publishes it, in the version that was quoted."""
    day = dt.date.fromisoformat(told["published_on"])
    place = address(law, told["code"])
    return Cited(told["title"], told["publisher"], day, place, told["note"])
