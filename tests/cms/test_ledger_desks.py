"""The desks of the ledgers with many rows: paged, narrowed by place and by state, and none is cut off."""

from __future__ import annotations

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cms.viewsets import contacts, positions, resolutions, statements
from coalition.advocacy.actions import enter_resolution, write_statement
from coalition.drafts.models import Bill
from coalition.members.actions import enter_contact
from tests.factories.positions import make_position, make_terms

pytestmark = pytest.mark.django_db


def _page(client: Client, address: str) -> BeautifulSoup:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return BeautifulSoup(answer.content, "html.parser")


def _rows(client: Client, address: str) -> int:
    return len(_page(client, address).select(".desk tbody tr th"))


def test_positions_are_paged_and_narrowed_and_the_board_leads_to_one(
    sjsa: Bill, garam: Any, nuri: Any, secretariat: Any, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_terms()
    old = sjsa.versions.get(no="0.2")
    monkeypatch.setattr(positions, "ROWS_A_PAGE", 2)
    made = [
        make_position(garam, old, f"art_{number}", by=secretariat) for number in (1, 13, 20)
    ] + [make_position(nuri, old, "art_20", by=secretariat, verified=old.date)]
    client = login(secretariat)

    pages = [_rows(client, f"/admin/positions/?page={number}") for number in (1, 2)]
    assert pages == [2, 2]
    tabs = [a.get_text() for a in _page(client, "/admin/positions/").select(".desk-tabs a")]
    assert tabs == ["모두 4", "확인할 것 3", "확인함 1", "돌려보냄 0", "거둠 0"]
    assert _rows(client, "/admin/positions/?place=nuri") == 1
    assert _rows(client, "/admin/positions/?place=nuri&tab=waiting") == 0
    assert _rows(client, "/admin/positions/?tab=accepted") == 1
    for wrong in ("tab=x", "place=nowhere", "page=999", "position=x", f"position={'9' * 40}"):
        assert client.get(f"/admin/positions/?{wrong}").status_code == 200
    assert _page(client, f"/admin/positions/?position={made[0].pk}").select_one(
        f"#position-{made[0].pk}"
    )


def test_resolutions_statements_and_contacts_are_paged(
    sjsa: Bill, garam: Any, nuri: Any, secretariat: Any, login: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name in (
        (resolutions, "ROWS_A_PAGE"), (statements, "ROWS_A_PAGE"), (contacts, "PLACES_A_PAGE")
    ):  # fmt: skip
        monkeypatch.setattr(module, name, 1)
    for place in (garam, nuri):
        enter_resolution(
            municipality=place,
            bill=sjsa,
            council=f"{place.name}의회",
            title="건의안",
            by=secretariat,
        )
        write_statement(title=f"{place.name}와 함께", text="글", fictional=True, by=secretariat)
        enter_contact(municipality=place, post="일자리과", telephone="031-000-0001", by=secretariat)
    client = login(secretariat)

    for name in ("resolutions", "statements", "contacts"):
        assert [_rows(client, f"/admin/{name}/?page={number}") for number in (1, 2)] == [1, 1], name
    assert _rows(client, "/admin/resolutions/?place=nuri") == 1
    assert "누리군" in _page(client, "/admin/contacts/?q=누리").get_text()
    assert "찾지 못했습니다" in _page(client, "/admin/contacts/?q=없는곳").get_text()


def test_more_rows_ask_the_database_no_more_often(
    sjsa: Bill, garam: Any, secretariat: Any, login: Any
) -> None:
    make_terms()
    old = sjsa.versions.get(no="0.2")
    client = login(secretariat)
    addresses = ("/admin/positions/", "/admin/resolutions/", "/admin/statements/")

    def add(numbers: range) -> list[int]:
        for number in numbers:
            make_position(garam, old, "art_20", by=secretariat)
            enter_resolution(
                municipality=garam, bill=sjsa, council="의회", title=f"{number}", by=secretariat
            )
            write_statement(title=f"{number}", text="글", fictional=True, by=secretariat)
        asked = []
        for address in addresses:
            client.get(address)
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            asked.append(len(queries))
        return asked

    assert add(range(3)) == add(range(3, 20))
