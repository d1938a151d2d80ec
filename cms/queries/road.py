"""법안의 길: what the page of a bill says of where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cms.as_of import AsOf
from cms.queries.law import provision_address
from coalition.advocacy.road import Road, Tied, road
from coalition.drafts.models import Bill
from coalition.drafts.queries import published_versions
from coalition.drafts.text.address import korean_from_eid


@dataclass(frozen=True, slots=True)
class ToldTask:
    """A 국정과제 with the clause that it is tied to."""

    tied: Tied
    clause: str
    address: str


def road_details(bill: Bill, day: AsOf) -> dict[str, Any]:
    """Everything of `/bills/<slug>/road/`."""
    versions = list(published_versions(bill, day.day).defer("source_text"))
    found = road(bill, versions[0] if versions else None, day.day)
    return {
        "bill": bill,
        "as_of": day,
        "versions": versions,
        "road": found,
        "now": _furthest(found),
        "tasks": [_task(one) for one in found.tasks],
    }


def _furthest(found: Road) -> str:
    """The name of the last stage that was reached."""
    reached = [one.stage.name for one in found.stages if one.step is not None]
    return reached[-1] if reached else ""


def _task(one: Tied) -> ToldTask:
    provision = one.row.provision
    if provision is None:
        return ToldTask(one, "법안 전체", "")
    name = f"v{provision.version.no} {korean_from_eid(provision.eid)}"
    provision.version.bill = one.row.bill
    return ToldTask(one, name, provision_address(provision.version, provision.eid))
