"""schema.org beside the pages: Legislation of versions and clauses, organizations of who takes part."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from wagtail.models import PageViewRestriction

from cms.models import MunicipalityPage
from coalition.members.actions import record_membership
from tests.factories import make_bill, make_version

pytestmark = pytest.mark.django_db
HUB = "지속가능 일자리 연대 허브"


def read(client: Client, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, address
    assert answer["Content-Type"].startswith("application/ld+json")
    told: dict[str, Any] = answer.json()
    assert told["@context"] == "https://schema.org"
    return told


def test_a_version_is_legislation_with_articles_and_files(client: Client) -> None:
    first = make_version(make_bill())
    version = make_version(first.bill, "0.2", date=dt.date(2026, 9, 1))
    page = f"/bills/{first.bill.slug}/v0.2/"

    told = read(client, f"{page}legislation.jsonld")

    assert told["@type"] == "Legislation"
    assert told["@id"].endswith(page)
    assert told["legislationLegalForce"] == "https://schema.org/NotInForce"
    assert told["legislationDate"] == "2026-09-01"
    assert told["isBasedOn"].endswith(f"/bills/{first.bill.slug}/v0.1/")
    assert told["identifier"]["value"] == version.sha256
    assert told["creativeWorkStatus"] == "시연용 초안"
    parts = {part["@id"] for part in told["hasPart"]}
    assert any(part.endswith(f"{page}art_1/") for part in parts)
    assert {file["encodingFormat"] for file in told["encoding"]} >= {
        "text/plain",
        "application/json",
    }
    for file in told["encoding"]:
        assert "/export." in file["contentUrl"]
    assert f'href="{page}legislation.jsonld"' in client.get(page).content.decode()


def test_a_clause_says_its_own_words_and_where_it_stands(client: Client) -> None:
    version = make_version(make_bill())
    page = f"/bills/{version.bill.slug}/v{version.no}/art_1/"
    row = version.provisions.get(eid="art_1")

    told = read(client, f"{page}legislation.jsonld")

    assert told["legislationIdentifier"].endswith("/art_1")
    assert told["text"] in version.source_text
    assert row.text.strip().splitlines()[0] in told["text"]
    assert told["isPartOf"]["@id"].endswith(f"/v{version.no}/")
    assert "제1조" in told["creditText"]
    assert f'href="{page}legislation.jsonld"' in client.get(page).content.decode()


def test_what_is_not_published_is_not_described(client: Client) -> None:
    version = make_version(make_bill(), live=False)
    for address in (
        f"/bills/{version.bill.slug}/v{version.no}/legislation.jsonld",
        "/bills/none/v1/legislation.jsonld",
        "/municipalities/none/organization.jsonld",
    ):
        assert client.get(address).status_code == 404
    live = make_version(version.bill, "0.2", date=dt.date(2026, 9, 1))
    assert client.get(f"/bills/{live.bill.slug}/v0.2/art_999/legislation.jsonld").status_code == 404


def test_who_takes_part_is_an_organization_of_today(client: Client, garam: Any, nuri: Any) -> None:
    day = dt.date(2026, 3, 1)
    record_membership(municipality=garam, state="approved", on=day, by=None)

    coalition = read(client, "/organization.jsonld")
    place = read(client, "/municipalities/garam/organization.jsonld")

    assert (coalition["@type"], coalition["name"]) == ("Organization", HUB)
    assert [one["name"] for one in coalition["member"]] == [garam.full_name]
    assert place["@type"] == "GovernmentOrganization"
    assert place["identifier"]["value"] == garam.code
    assert place["memberOf"]["name"] == HUB
    assert place["additionalType"] == "시연용으로 지어낸 지방정부"
    assert "memberOf" not in read(client, "/municipalities/nuri/organization.jsonld")
    linked = 'href="/municipalities/garam/organization.jsonld"'
    assert linked in client.get("/municipalities/garam/").content.decode()

    page = MunicipalityPage.objects.get(municipality=garam)
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert client.get("/municipalities/garam/organization.jsonld").status_code == 404
    assert "member" not in read(client, "/organization.jsonld")


def test_more_members_ask_no_more_queries(client: Client, garam: Any, nuri: Any) -> None:
    def asked() -> int:
        with CaptureQueriesContext(
            connection,
        ) as queries:
            read(client, "/organization.jsonld")
        return len(queries)

    day = dt.date(2026, 3, 1)
    record_membership(municipality=garam, state="approved", on=day, by=None)
    one = asked()
    record_membership(municipality=nuri, state="approved", on=day, by=None)

    assert asked() == one <= 4
